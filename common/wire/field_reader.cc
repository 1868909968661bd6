#include "common/wire/field_reader.h"

#include "absl/strings/str_cat.h"

namespace keping::wire {

domain::BlankSerial FieldReader::Blank(const char* field, absl::string_view text) {
  return Keep(field, domain::BlankSerial::Parse(text));
}

std::optional<domain::BlankSerial> FieldReader::OptionalBlank(const char* field,
                                                              absl::string_view text) {
  if (text.empty()) return std::nullopt;
  return Blank(field, text);
}

domain::SerialSet FieldReader::Serials(const char* field, absl::string_view text) {
  if (text.empty()) return {};
  return Keep(field, domain::SerialSet::Parse(text));
}

crypto::Hash FieldReader::Hash(const char* field, absl::string_view raw) {
  return Keep(field, crypto::Hash::FromBytes(raw));
}

crypto::Hash FieldReader::OptionalHash(const char* field, absl::string_view raw) {
  return raw.empty() ? crypto::Hash() : Hash(field, raw);
}

void FieldReader::Fail(const char* field, const absl::Status& cause) {
  if (!status_.ok()) return;
  status_ =
      absl::InvalidArgumentError(absl::StrCat("bad ", message_, ".", field, ": ", cause.message()));
}

void FieldReader::FailEnum(const char* field, int number, int last) {
  Fail(field,
       absl::InvalidArgumentError(absl::StrCat("got enum number ", number, ", want 1 to ", last)));
}

}  // namespace keping::wire
