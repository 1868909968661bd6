// The population register's lists of values, code to the words on the card: value_lists.csv, which
// is compiled in. A new religion or occupation is a line there, and no line of code.
//
//   absl::StatusOr<std::string> words = OfficialValueLists().Text(ValueList::kReligion, "4");
//   // "HINDU"; an unknown code is InvalidArgument, which names the list
//
// The codes are those of the register's form F-1.01 (Permendagri 19/2010 and 109/2019: religion,
// blood type, occupation) and of its administration system (sex, marital status, citizenship).
// Blood type 13, unknown, is a dash on the card.
#ifndef KEPING_COMMON_DOMAIN_VALUE_LISTS_H_
#define KEPING_COMMON_DOMAIN_VALUE_LISTS_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace keping::domain {

enum class ValueList { kSex, kBloodType, kReligion, kMaritalStatus, kOccupation, kCitizenship };

struct ListedValue {
  std::string code;  // decimal, without leading zeros
  std::string text;  // upper case, as on the card

  friend bool operator==(const ListedValue&, const ListedValue&) = default;
};

// Immutable after construction: safe to use from any thread.
class ValueLists {
 public:
  // InvalidArgument names the line that is not "list,code,text" with a known list and a new code,
  // or the list that has no values.
  static absl::StatusOr<ValueLists> Parse(absl::string_view csv);

  // In the order of the file.
  const std::vector<ListedValue>& Of(ValueList list) const { return lists_.at(list); }

  // The words of a code, or InvalidArgument K-141.
  absl::StatusOr<std::string> Text(ValueList list, absl::string_view code) const;
  // The code of words, for whoever imports a file that has the words.
  std::optional<std::string> Code(ValueList list, absl::string_view text) const;

 private:
  std::map<ValueList, std::vector<ListedValue>> lists_;
};

// The lists that this program was built with.
const ValueLists& OfficialValueLists();

// value_lists.csv as it was when the program was built.
extern const char kValueListsCsv[];

}  // namespace keping::domain

#endif  // KEPING_COMMON_DOMAIN_VALUE_LISTS_H_
