#include "edge_node/core/release_slip.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/status_macros.h"

namespace keping::edge {
namespace {

constexpr char kTitle[] = "KEPING-SLIP";
constexpr size_t kWords = 8;
constexpr size_t kCheckDigits = 8;

std::string CheckOf(absl::string_view body) {
  return absl::AsciiStrToUpper(crypto::Sha256({body}).Hex().substr(0, kCheckDigits));
}

std::string Body(const ReleaseSlip& slip) {
  return absl::StrCat(kTitle, " ", slip.printer.value(), " ", slip.from.value(), " ",
                      absl::FormatCivilTime(slip.day), " ", slip.fed_today, " ", slip.wear, " ",
                      slip.event.Hex());
}

absl::Status Wrong(absl::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat("K-162: ", what,
                   ". Copy the slip of the office that released the printer once "
                   "more, or adopt the printer without one."));
}

}  // namespace

std::string FormatSlip(const ReleaseSlip& slip) {
  const std::string body = Body(slip);
  return absl::StrCat(body, " ", CheckOf(body));
}

absl::StatusOr<ReleaseSlip> ParseSlip(absl::string_view line) {
  const std::vector<std::string> words =
      absl::StrSplit(absl::AsciiStrToLower(line), absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty());
  if (words.size() != kWords || words[0] != absl::AsciiStrToLower(kTitle)) {
    return Wrong(absl::StrCat("got ", words.size(), " words, want the ", kWords,
                              " of a line that "
                              "begins with ",
                              kTitle));
  }
  ReleaseSlip slip;
  const bool is_hex = words[6].size() == 2 * crypto::Hash::kSize &&
                      words[6].find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!is_hex) return Wrong("its seventh word is no entry's number of 64 hex digits");
  auto printer = domain::PrinterId::Parse(words[1]);
  auto from = domain::NodeId::Parse(words[2]);
  auto event = crypto::Hash::FromBytes(absl::HexStringToBytes(words[6]));
  if (!printer.ok() || !from.ok() || !absl::ParseCivilTime(words[3], &slip.day) ||
      !absl::SimpleAtoi(words[4], &slip.fed_today) || !absl::SimpleAtoi(words[5], &slip.wear) ||
      !event.ok()) {
    return Wrong("one of its words does not parse");
  }
  slip.printer = *std::move(printer);
  slip.from = *std::move(from);
  slip.event = *event;
  if (absl::AsciiStrToUpper(words[7]) != CheckOf(Body(slip))) {
    return Wrong("its last word does not fit the others, so one of them was copied wrongly");
  }
  return slip;
}

}  // namespace keping::edge
