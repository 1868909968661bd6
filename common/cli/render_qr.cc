#include "common/cli/render_qr.h"

#include <cstddef>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace keping::cli {
namespace {

constexpr int kQuietZone = 4;   // modules
constexpr int kMaxWidth = 177;  // of version 40

}  // namespace

std::string RenderQr(const edge::v1::QrCode& code) {
  const int width = code.width() > kMaxWidth ? 0 : static_cast<int>(code.width());
  const auto size = static_cast<size_t>(width * width);
  if (width == 0 || code.modules().size() != (size + 7) / 8) return "";
  qr::QrCode drawn{.width = width, .modules = std::vector<bool>(size)};
  for (size_t i = 0; i < size; ++i) {
    drawn.modules[i] = (code.modules()[i / 8] & (0x80 >> (i % 8))) != 0;
  }
  return RenderQr(drawn);
}

std::string RenderQr(const qr::QrCode& code) {
  const auto dark = [&code](int x, int y) {
    return x >= 0 && y >= 0 && x < code.width && y < code.width && code.dark(x, y);
  };
  std::string text;
  for (int y = -kQuietZone; y < code.width + kQuietZone; y += 2) {
    std::string line;
    for (int x = -kQuietZone; x < code.width; ++x) {
      const bool upper = dark(x, y);
      const bool lower = dark(x, y + 1);
      absl::StrAppend(&line, upper && lower ? "█" : upper ? "▀" : lower ? "▄" : " ");
    }
    absl::StripTrailingAsciiWhitespace(&line);
    absl::StrAppend(&text, line, "\n");
  }
  return text;
}

}  // namespace keping::cli
