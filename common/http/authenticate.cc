#include "common/http/authenticate.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace keping::http {
namespace {

constexpr char kScheme[] = "Bearer ";

}  // namespace

absl::string_view BearerToken(const Headers& headers) {
  const absl::string_view header = headers.Get("authorization");
  if (!absl::StartsWithIgnoreCase(header, kScheme)) return {};
  return absl::StripAsciiWhitespace(header.substr(sizeof(kScheme) - 1));
}

}  // namespace keping::http
