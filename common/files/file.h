// Whole files: read with a limit, written so that a crash leaves the old content or the new one.
//
//   KEPING_ASSIGN_OR_RETURN(std::string pem, ReadFile(keys + "/node.pem", kMaxPemBytes));
//   KEPING_RETURN_IF_ERROR(WriteFile(keys + "/node.key", pem, Access::kOwnerOnly));
#ifndef KEPING_COMMON_FILES_FILE_H_
#define KEPING_COMMON_FILES_FILE_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace keping::files {

// The content of a regular file. NotFound, PermissionDenied, InvalidArgument for a folder or more
// than `max_bytes`, Unavailable for anything else; messages name the path.
absl::StatusOr<std::string> ReadFile(const std::string& path, size_t max_bytes);

enum class Access {
  kOwnerOnly,     // mode 0600: keys
  kEveryoneReads  // mode 0644
};

// Writes beside `path`, syncs, renames over it and syncs the folder. The folder exists. An error
// leaves the old file as it was.
absl::Status WriteFile(const std::string& path, absl::string_view content, Access access);

// Makes the folder and its parents, readable by the owner only (mode 0700); an existing one stays
// as it is.
absl::Status MakePrivateFolder(const std::string& path);

// `path` as seen from `folder`; an absolute or empty path stays as it is.
std::string ResolvePath(absl::string_view folder, absl::string_view path);

}  // namespace keping::files

#endif  // KEPING_COMMON_FILES_FILE_H_
