#include "common/cli/render_qr.h"

#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace keping::cli {
namespace {

constexpr int kQuietZone = 4;   // modules
constexpr int kMaxWidth = 177;  // of version 40

}  // namespace

std::string RenderQr(const edge::v1::QrCode& code) {
  const int width = code.width() > kMaxWidth ? 0 : static_cast<int>(code.width());
  if (width == 0 || code.modules().size() != static_cast<size_t>((width * width + 7) / 8))
    return "";
  const auto dark = [&](int x, int y) {
    if (x < 0 || y < 0 || x >= width || y >= width) return false;
    const size_t i = static_cast<size_t>(y * width + x);
    return (code.modules()[i / 8] & (0x80 >> (i % 8))) != 0;
  };
  std::string text;
  for (int y = -kQuietZone; y < width + kQuietZone; y += 2) {
    std::string line;
    for (int x = -kQuietZone; x < width; ++x) {
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
