// Writes into the report on a store, or on several, and reads the prefixes of a store.
//
//   AddCheck(report, "blank_rows", blanks);
//   AddDifference(report, "blank_misplaced", "blank A0001000", "got …, want …");
#ifndef KEPING_COMMON_CLI_STORE_REPORT_H_
#define KEPING_COMMON_CLI_STORE_REPORT_H_

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/storage/kv_store.h"
#include "keping/cli/v1/verify.pb.h"

namespace keping::cli {

// `code` is stable, in snake_case.
template <typename Report>  // v1::StoreReport or v1::VerifyReport
void AddDifference(Report* report, const std::string& code, const std::string& place,
                   const std::string& sentence) {
  v1::Difference* difference = report->add_differences();
  difference->set_code(code);
  difference->set_place(place);
  difference->set_sentence(sentence);
}
template <typename Report>
void AddCheck(Report* report, const char* name, uint64_t count) {
  v1::Check* check = report->add_checks();
  check->set_name(name);
  check->set_count(count);
}

// Visits the rows under a prefix, with the prefix cut off their keys, until one gives an error.
absl::Status ScanPrefix(
    const storage::KvStore& store, absl::string_view prefix,
    absl::FunctionRef<absl::Status(absl::string_view key, absl::string_view value)> visit);

// DataLoss, of bytes that this version does not write: "the row of a blank".
absl::Status Unreadable(absl::string_view what);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_STORE_REPORT_H_
