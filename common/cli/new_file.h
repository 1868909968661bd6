// What a command writes for people: a file that was not there before.
//
//   KEPING_RETURN_IF_ERROR(WriteNewFile("A0001000.pack", bytes));
#ifndef KEPING_COMMON_CLI_NEW_FILE_H_
#define KEPING_COMMON_CLI_NEW_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace keping::cli {

// Only its owner reads it. AlreadyExists: it is never overwritten. Else the codes of
// files::WriteFile.
absl::Status WriteNewFile(const std::string& path, absl::string_view content);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_NEW_FILE_H_
