#include "common/exchange/text_encoding.h"

#include <iconv.h>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace keping::exchange {
namespace {

constexpr absl::string_view kUtf8Mark("\xEF\xBB\xBF", 3);
constexpr absl::string_view kUtf16LittleMark("\xFF\xFE", 2);
constexpr absl::string_view kUtf16BigMark("\xFE\xFF", 2);
constexpr absl::string_view kUtf32LittleMark("\xFF\xFE\0\0", 4);
constexpr absl::string_view kUtf32BigMark("\0\0\xFE\xFF", 4);

absl::StatusOr<std::string> FromUtf16(absl::string_view bytes, const char* encoding) {
  const iconv_t converter = iconv_open("UTF-8", encoding);
  if (converter == reinterpret_cast<iconv_t>(-1)) {
    return absl::InternalError("this machine's C library cannot read UTF-16: install libc-bin");
  }
  // At most three bytes for a unit of two.
  std::string text(bytes.size() / 2 * 3 + 4, '\0');
  std::string source(bytes);
  char* from = source.data();
  size_t left = source.size();
  char* to = text.data();
  size_t room = text.size();
  const bool whole = iconv(converter, &from, &left, &to, &room) != static_cast<size_t>(-1);
  iconv_close(converter);
  if (!whole || left != 0) {
    return absl::InvalidArgumentError(
        "got UTF-16 that is damaged or cut off, want the whole file; save it again as CSV UTF-8");
  }
  text.resize(text.size() - room);
  return text;
}

}  // namespace

absl::StatusOr<std::string> ToUtf8(std::string bytes) {
  if (absl::StartsWith(bytes, kUtf8Mark)) return bytes.substr(kUtf8Mark.size());
  if (absl::StartsWith(bytes, kUtf32LittleMark) || absl::StartsWith(bytes, kUtf32BigMark)) {
    return absl::InvalidArgumentError("got UTF-32, want UTF-8; save the file again as CSV UTF-8");
  }
  const absl::string_view rest = absl::string_view(bytes).substr(bytes.size() < 2 ? 0 : 2);
  if (absl::StartsWith(bytes, kUtf16LittleMark)) return FromUtf16(rest, "UTF-16LE");
  if (absl::StartsWith(bytes, kUtf16BigMark)) return FromUtf16(rest, "UTF-16BE");
  return bytes;
}

}  // namespace keping::exchange
