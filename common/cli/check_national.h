// `keping national check`: what the district would take of a file of the centre, before anybody
// drops it into the exchange folder. Changes nothing.
//
//   KEPING_ASSIGN_OR_RETURN(CheckedFile checked, CheckNational({.file = "records.csv"}));
#ifndef KEPING_COMMON_CLI_CHECK_NATIONAL_H_
#define KEPING_COMMON_CLI_CHECK_NATIONAL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/exchange/findings.h"

namespace keping::cli {

struct CheckNationalRequest {
  std::string file;  // villages.csv and pictures/ are looked for beside it
};

struct CheckedFile {
  std::string kind;  // "records"
  uint64_t rows = 0;
  uint64_t good = 0;
  std::vector<exchange::Finding> rejected = {};
  std::vector<exchange::Finding> warnings = {};
};

// InvalidArgument when the name does not say what is inside; else the codes of files::ReadFile.
absl::StatusOr<CheckedFile> CheckNational(const CheckNationalRequest& request);

// For people, without personal data.
std::string RenderCheckedFile(const CheckedFile& checked);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_CHECK_NATIONAL_H_
