#include "edge_node/printing/reasons.h"

#include <cstring>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "edge_node/printing/reason_catalogue.h"

namespace keping::edge {
namespace {

struct Suffix {
  const char* text;
  Severity severity;
};
constexpr Suffix kSuffixes[] = {
    {"-report", Severity::kReport}, {"-warning", Severity::kWarning}, {"-error", Severity::kError}};

constexpr char kUnknownIndonesian[] = "Printer melaporkan: ";
constexpr char kUnknownEnglish[] = "The printer reports: ";

void Say(const ReasonRow& row, ReasonWords* words) {
  const RemedyWords remedy = WordsOf(row.remedy);
  words->known = true;
  words->stops_printing = row.stops_printing;
  words->code = row.code;
  words->indonesian = row.indonesian;
  words->english = row.english;
  words->indonesian_action = remedy.indonesian;
  words->english_action = remedy.english;
}

// For a keyword made of a part and its condition. False when it is not such a one.
bool SayPart(const std::string& keyword, ReasonWords* words) {
  const PartRow* part = FindPart(keyword.c_str());
  if (part == nullptr) return false;
  const ReasonRow* condition = FindPartCondition(keyword.c_str() + std::strlen(part->keyword) + 1);
  if (condition == nullptr) return false;
  Say(*condition, words);
  words->indonesian = absl::StrCat(part->indonesian, ": ", condition->indonesian);
  words->english = absl::StrCat(part->english, ": ", condition->english);
  return true;
}

bool SayKnown(const std::string& keyword, ReasonWords* words) {
  if (const ReasonRow* row = FindReason(keyword.c_str())) {
    Say(*row, words);
    return true;
  }
  return SayPart(keyword, words);
}

// An answer of IPP or HTTP that has no row of its own.
const char* FamilyOf(absl::string_view keyword) {
  for (const char* family : {"client-error", "server-error", "http"}) {
    if (absl::StartsWith(keyword, absl::StrCat(family, "-"))) return family;
  }
  return nullptr;
}

void SayUnknown(ReasonWords* words) {
  const RemedyWords remedy = WordsOf(Remedy::kReadDisplay);
  words->indonesian = absl::StrCat(kUnknownIndonesian, words->keyword, ".");
  words->english = absl::StrCat(kUnknownEnglish, words->keyword, ".");
  words->indonesian_action = remedy.indonesian;
  words->english_action = remedy.english;
}

}  // namespace

ReasonWords ExplainReason(absl::string_view keyword) {
  ReasonWords words;
  words.keyword = std::string(keyword);
  const std::string whole = absl::AsciiStrToLower(keyword);
  // Some reasons end like a suffix: "media-path-input-feed-error".
  if (SayKnown(whole, &words)) return words;
  absl::string_view stem = whole;
  bool has_suffix = false;
  for (const Suffix& suffix : kSuffixes) {
    if (has_suffix || !absl::ConsumeSuffix(&stem, suffix.text)) continue;
    words.severity = suffix.severity;
    has_suffix = true;
  }
  if (SayKnown(std::string(stem), &words)) {
    words.stops_printing = words.stops_printing && words.severity != Severity::kReport;
    return words;
  }
  if (const char* family = FamilyOf(whole)) {
    Say(*FindReason(family), &words);
    absl::StrAppend(&words.indonesian, " (", words.keyword, ")");
    absl::StrAppend(&words.english, " (", words.keyword, ")");
    return words;
  }
  // Nobody here knows what it is; only a printer that calls it an error is believed to need help.
  words.stops_printing = has_suffix && words.severity == Severity::kError;
  SayUnknown(&words);
  return words;
}

std::vector<ReasonWords> ExplainReasons(absl::string_view keywords) {
  std::vector<ReasonWords> all;
  for (absl::string_view keyword : absl::StrSplit(keywords, ',', absl::SkipWhitespace())) {
    all.push_back(ExplainReason(absl::StripAsciiWhitespace(keyword)));
  }
  return all;
}

}  // namespace keping::edge
