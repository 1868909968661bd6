#include "common/domain/value_lists.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/check.h"

namespace keping::domain {
namespace {

struct Name {
  ValueList list;
  const char* in_file;
  const char* on_card;
};

constexpr Name kNames[] = {{ValueList::kSex, "sex", "Jenis Kelamin"},
                           {ValueList::kBloodType, "blood_type", "Gol. Darah"},
                           {ValueList::kReligion, "religion", "Agama"},
                           {ValueList::kMaritalStatus, "marital_status", "Status Perkawinan"},
                           {ValueList::kOccupation, "occupation", "Pekerjaan"},
                           {ValueList::kCitizenship, "citizenship", "Kewarganegaraan"}};

const Name* FindName(absl::string_view in_file) {
  for (const Name& name : kNames) {
    if (in_file == name.in_file) return &name;
  }
  return nullptr;
}

const Name& NameOf(ValueList list) { return kNames[static_cast<size_t>(list)]; }

// At most three digits: what does not look like a code may be somebody's data, and is not repeated.
bool IsCode(absl::string_view text) {
  return !text.empty() && text.size() <= 3 && text[0] != '0' &&
         std::all_of(text.begin(), text.end(), [](char c) { return absl::ascii_isdigit(c); });
}

bool HasCode(const std::vector<ListedValue>& values, absl::string_view code) {
  return std::any_of(values.begin(), values.end(),
                     [code](const ListedValue& value) { return value.code == code; });
}

}  // namespace

absl::StatusOr<ValueLists> ValueLists::Parse(absl::string_view csv) {
  ValueLists lists;
  int line_number = 0;
  for (absl::string_view line : absl::StrSplit(csv, '\n')) {
    if (++line_number == 1 || line.empty()) continue;
    const std::vector<std::string> fields = absl::StrSplit(line, ',');
    const Name* name = FindName(fields[0]);
    if (fields.size() != 3 || name == nullptr || !IsCode(fields[1]) || fields[2].empty() ||
        HasCode(lists.lists_[name->list], fields[1])) {
      return absl::InvalidArgumentError(
          absl::StrCat("value lists, line ", line_number, ": got \"", line,
                       "\", want list,code,text with a known list and a code that is new in it"));
    }
    lists.lists_[name->list].push_back({fields[1], fields[2]});
  }
  for (const Name& name : kNames) {
    if (lists.lists_[name.list].empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("value lists: got no value of the list ", name.in_file, ", want one"));
    }
  }
  return lists;
}

absl::StatusOr<std::string> ValueLists::Text(ValueList list, absl::string_view code) const {
  for (const ListedValue& value : Of(list)) {
    if (value.code == code) return value.text;
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "K-141: ", NameOf(list).on_card, ": got ",
      IsCode(code) ? absl::StrCat("code ", code) : std::string("what is no code"),
      ", want one of the ", Of(list).size(), " codes of the list ", NameOf(list).in_file,
      ". Ask the district for a corrected record, or install a program that knows the code."));
}

std::optional<std::string> ValueLists::Code(ValueList list, absl::string_view text) const {
  for (const ListedValue& value : Of(list)) {
    if (value.text == text) return value.code;
  }
  return std::nullopt;
}

const ValueLists& OfficialValueLists() {
  static const ValueLists* const lists = [] {
    auto parsed = ValueLists::Parse(kValueListsCsv);
    KEPING_CHECK(parsed.ok(), "the value lists that are compiled in can be read");
    return new ValueLists(*std::move(parsed));
  }();
  return *lists;
}

}  // namespace keping::domain
