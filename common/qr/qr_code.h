// A QR code (ISO/IEC 18004) as a square of dark and light modules, made by libqrencode.
//
//   KEPING_ASSIGN_OR_RETURN(QrCode code, MakeQrCode("5f2c…"));
//   if (code.dark(x, y)) …fill a module…
#ifndef KEPING_COMMON_QR_QR_CODE_H_
#define KEPING_COMMON_QR_QR_CODE_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace keping::qr {

struct QrCode {
  int width = 0;  // modules a side, without the quiet zone
  std::vector<bool> modules;

  bool dark(int x, int y) const { return modules[static_cast<size_t>(y * width + x)]; }
};

// Medium error correction: a crumpled corner still reads. InvalidArgument for an empty text, or one
// that no code holds.
absl::StatusOr<QrCode> MakeQrCode(absl::string_view text);

}  // namespace keping::qr

#endif  // KEPING_COMMON_QR_QR_CODE_H_
