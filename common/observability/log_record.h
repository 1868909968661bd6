// One log record as a line of logfmt: `event=printer_busy printer=p1 jobs=3 reason="no ribbon"`.
//
// Records hold ids, codes and counts only. As a second line of defence every run of 16 or more
// digits (the shape of a NIK) is written as `**`, wherever it stands: log hashes by their short
// form.
#ifndef KEPING_COMMON_OBSERVABILITY_LOG_RECORD_H_
#define KEPING_COMMON_OBSERVABILITY_LOG_RECORD_H_

#include <concepts>
#include <initializer_list>
#include <string>
#include <type_traits>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace keping::observability {

// A key (lower_snake_case, with its unit last: `wait_ms`) and a value. A value that copies its
// text.
class Field {
 public:
  Field(absl::string_view key, absl::string_view value) : key_(key), value_(value) {}
  template <std::integral T>
  Field(absl::string_view key, T value) : key_(key) {
    if constexpr (std::is_same_v<T, bool>) {
      value_ = value ? "true" : "false";
    } else {
      value_ = absl::StrCat(value);
    }
  }

  const std::string& key() const { return key_; }
  const std::string& value() const { return value_; }

 private:
  std::string key_;
  std::string value_;
};

// `text` with every run of 16 or more digits replaced by `**`.
std::string MaskLongNumbers(absl::string_view text);

// `event=… key=value …` on one line: values with spaces, quotes, `=` or control characters are
// quoted and escaped, so that nobody can forge a second record.
std::string FormatRecord(absl::string_view event, std::initializer_list<Field> fields);

}  // namespace keping::observability

#endif  // KEPING_COMMON_OBSERVABILITY_LOG_RECORD_H_
