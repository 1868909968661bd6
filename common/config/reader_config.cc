#include "common/config/reader_config.h"

#include <google/protobuf/text_format.h>

#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace keping::config {
namespace {

constexpr int kMaxReaders = 32;
constexpr int kMaxDigits = 25;  // of ten bytes

scan::Notation NotationOf(v1::ReaderNotation notation) {
  switch (notation) {
    case v1::READER_NOTATION_TEXT:
      return scan::Notation::kText;
    case v1::READER_NOTATION_DECIMAL:
      return scan::Notation::kDecimal;
    default:
      return scan::Notation::kHex;
  }
}

v1::ReaderNotation NotationOf(scan::Notation notation) {
  switch (notation) {
    case scan::Notation::kText:
      return v1::READER_NOTATION_TEXT;
    case scan::Notation::kHex:
      return v1::READER_NOTATION_HEX;
    case scan::Notation::kDecimal:
      return v1::READER_NOTATION_DECIMAL;
  }
  return v1::READER_NOTATION_UNSPECIFIED;
}

void ValidateAffix(const std::string& name, const std::string& affix, Problems* problems) {
  if (affix.size() <= scan::ReaderProfile::kMaxAffix) return;
  problems->Add(name, absl::StrCat(affix.size(), " characters"),
                absl::StrCat("at most ", scan::ReaderProfile::kMaxAffix));
}

void ValidateTyping(const std::string& name, const v1::ReaderConfig& reader, Problems* problems) {
  const std::string& separator = reader.separator();
  if (!separator.empty() && separator != ":" && separator != "-" && separator != " ") {
    problems->Add(absl::StrCat(name, ".separator"), absl::StrCat("\"", separator, "\""),
                  "\":\", \"-\", \" \" or nothing");
  }
  const bool decimal = reader.notation() == v1::READER_NOTATION_DECIMAL;
  problems->RequireBetween(absl::StrCat(name, ".digits"), reader.digits(), 0,
                           decimal ? kMaxDigits : 0);
  ValidateAffix(absl::StrCat(name, ".prefix"), reader.prefix(), problems);
  ValidateAffix(absl::StrCat(name, ".suffix"), reader.suffix(), problems);
}

void ValidateReader(const std::string& name, const v1::ReaderConfig& reader, Problems* problems) {
  problems->RequireId(absl::StrCat(name, ".counter"), reader.counter());
  if (reader.pcsc().empty()) return ValidateTyping(name, reader, problems);
  v1::ReaderConfig bare;
  bare.set_counter(reader.counter());
  bare.set_pcsc(reader.pcsc());
  if (bare.SerializeAsString() == reader.SerializeAsString()) return;
  problems->Add(absl::StrCat(name, ".pcsc"), "a PC/SC reader with fields for one that types",
                "counter and pcsc only");
}

}  // namespace

scan::ReaderProfile ProfileOf(const v1::ReaderConfig& reader) {
  scan::ReaderProfile profile;
  profile.notation = NotationOf(reader.notation());
  profile.reversed = reader.reversed();
  profile.letters = reader.lower_case() ? scan::LetterCase::kLower : scan::LetterCase::kUpper;
  profile.separator = reader.separator().empty() ? '\0' : reader.separator().front();
  profile.enter = reader.enter();
  profile.prefix = reader.prefix();
  profile.suffix = reader.suffix();
  profile.digits = reader.digits();
  return profile;
}

std::string ReaderBlock(absl::string_view counter, const scan::ReaderProfile& profile) {
  v1::ReaderConfig reader;
  reader.set_counter(std::string(counter));
  reader.set_notation(NotationOf(profile.notation));
  reader.set_reversed(profile.reversed);
  reader.set_lower_case(profile.letters == scan::LetterCase::kLower);
  if (profile.separator != 0) reader.set_separator(std::string(1, profile.separator));
  reader.set_enter(profile.enter);
  reader.set_prefix(profile.prefix);
  reader.set_suffix(profile.suffix);
  reader.set_digits(profile.digits);
  std::string fields;
  google::protobuf::TextFormat::PrintToString(reader, &fields);
  std::string block = "readers {\n";
  for (absl::string_view line : absl::StrSplit(fields, '\n', absl::SkipEmpty())) {
    absl::StrAppend(&block, "  ", line, "\n");
  }
  return absl::StrCat(block, "}\n");
}

void ValidateReaders(const v1::EdgeConfig& config, Problems* problems) {
  if (config.readers_size() > kMaxReaders) {
    problems->Add("readers", absl::StrCat(config.readers_size()),
                  absl::StrCat("at most ", kMaxReaders, " readers"));
  }
  std::set<std::string> counters;
  for (int i = 0; i < config.readers_size(); ++i) {
    const std::string name = absl::StrCat("readers[", i, "]");
    ValidateReader(name, config.readers(i), problems);
    if (!counters.insert(config.readers(i).counter()).second) {
      problems->Add(absl::StrCat(name, ".counter"),
                    absl::StrCat("\"", config.readers(i).counter(), "\" a second time"),
                    "one reader for each counter");
    }
  }
}

}  // namespace keping::config
