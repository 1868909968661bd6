#include "common/qr/qr_code.h"

#include <qrencode.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace keping::qr {

absl::StatusOr<QrCode> MakeQrCode(absl::string_view text) {
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> made(
      QRcode_encodeString(std::string(text).c_str(), 0, QR_ECLEVEL_M, QR_MODE_8,
                          /*casesensitive=*/1),
      &QRcode_free);
  if (made == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("got ", text.size(), " bytes, want 1 to 2331 for a QR code"));
  }
  QrCode code{.width = made->width, .modules = {}};
  const int modules = code.width * code.width;
  code.modules.reserve(static_cast<size_t>(modules));
  for (int i = 0; i < modules; ++i) code.modules.push_back((made->data[i] & 1) != 0);
  return code;
}

}  // namespace keping::qr
