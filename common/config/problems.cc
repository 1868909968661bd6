#include "common/config/problems.h"

#include <sys/un.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace keping::config {
namespace {

constexpr size_t kMaxIdSize = 63;
constexpr size_t kMaxSocketPathSize = sizeof(sockaddr_un{}.sun_path) - 1;

bool IsId(absl::string_view text) {
  return !text.empty() && text.size() <= kMaxIdSize && text.front() != '-' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-';
         });
}

bool IsAddress(absl::string_view text, int lowest_port) {
  const size_t colon = text.rfind(':');
  if (colon == absl::string_view::npos || colon == 0) return false;
  const absl::string_view host = text.substr(0, colon);
  const bool bracketed = host.front() == '[' && host.back() == ']';
  if (!bracketed && absl::StrContains(host, ':')) return false;
  int port = 0;
  return absl::SimpleAtoi(text.substr(colon + 1), &port) && port >= lowest_port && port <= 65535;
}

std::string Quote(absl::string_view value) {
  return value.empty() ? "nothing" : absl::StrCat("\"", value, "\"");
}

}  // namespace

void Problems::Add(absl::string_view field, absl::string_view got, absl::string_view want) {
  lines_.push_back(absl::StrCat(file_, ": ", field, ": got ", got, ", want ", want));
}

void Problems::RequireText(absl::string_view field, absl::string_view value) {
  if (value.empty()) Add(field, Quote(value), "a value");
}

void Problems::RequireId(absl::string_view field, absl::string_view value) {
  if (IsId(value)) return;
  Add(field, Quote(value),
      "1 to 63 lower-case letters, digits and hyphens, beginning and ending with no hyphen");
}

void Problems::RequireAddress(absl::string_view field, absl::string_view value, int lowest_port) {
  if (IsAddress(value, lowest_port)) return;
  Add(field, Quote(value),
      absl::StrCat("host:port with a port from ", lowest_port, " to 65535, like 127.0.0.1:7443"));
}

void Problems::RequireLoopback(absl::string_view field, absl::string_view value) {
  RequireAddress(field, value, 0);
  if (absl::StartsWith(value, "127.") || absl::StartsWith(value, "[::1]:")) return;
  Add(field, absl::StrCat("\"", value, "\""),
      "127.0.0.1:port or [::1]:port; other addresses go to listen, with TLS");
}

void Problems::RequireBetween(absl::string_view field, int64_t value, int64_t low, int64_t high) {
  if (value >= low && value <= high) return;
  Add(field, absl::StrCat(value), absl::StrCat("a number from ", low, " to ", high));
}

void Problems::RequireSocketPath(absl::string_view field, absl::string_view value) {
  if (value.size() <= kMaxSocketPathSize) return;
  Add(field, absl::StrCat("a path of ", value.size(), " characters (", value, ")"),
      absl::StrCat("at most ", kMaxSocketPathSize, ", the system's limit for a Unix socket"));
}

void Problems::RequireUtcOffset(absl::string_view field, int minutes) {
  if (minutes == 420 || minutes == 480 || minutes == 540) return;
  Add(field, absl::StrCat(minutes), "420 (WIB), 480 (WITA) or 540 (WIT)");
}

absl::Status Problems::ToStatus() const {
  if (lines_.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrJoin(lines_, "\n"));
}

}  // namespace keping::config
