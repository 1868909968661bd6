// Whole files: read with a limit, written so that a crash leaves the old content or the new one.
//
//   KEPING_ASSIGN_OR_RETURN(std::string pem, ReadFile(keys + "/node.pem", kMaxPemBytes));
//   KEPING_RETURN_IF_ERROR(WriteFile(keys + "/node.key", pem, Access::kOwnerOnly));
//
// Files that are too large for that go piece by piece:
//
//   KEPING_RETURN_IF_ERROR(ReadRange(path, 0, size, [&](absl::string_view piece) { … }));
//   KEPING_ASSIGN_OR_RETURN(auto file, NewFile::Create(path));
//   file->Append(piece); … file->Finish();
#ifndef KEPING_COMMON_FILES_FILE_H_
#define KEPING_COMMON_FILES_FILE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/functional/function_ref.h"
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

// The `size` bytes at `from` of a regular file, in pieces of at most 64 kB. OutOfRange: it ends
// before. Errors of `on_piece` end it and are passed on; else the codes of ReadFile.
absl::Status ReadRange(const std::string& path, uint64_t from, uint64_t size,
                       absl::FunctionRef<absl::Status(absl::string_view piece)> on_piece);

// Of a regular file. The codes of ReadFile.
absl::StatusOr<uint64_t> FileSize(const std::string& path);

// A new file of mode 0600: it has its name when it is whole and durable, and is not there before.
// Owned by one thread.
class NewFile {
 public:
  // AlreadyExists: it is never overwritten. Else the codes of WriteFile.
  static absl::StatusOr<std::unique_ptr<NewFile>> Create(const std::string& path);
  // Removes what was not finished.
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  absl::Status Append(absl::string_view piece);
  absl::Status Finish();

 private:
  NewFile(std::string path, int file) : path_(std::move(path)), file_(file) {}

  const std::string path_;
  const int file_;
  bool finished_ = false;
};

// Makes the folder and its parents, readable by the owner only (mode 0700); an existing one stays
// as it is.
absl::Status MakePrivateFolder(const std::string& path);

// Gives a folder another name on the same disk, durably; `to` is not there, or is an empty folder.
// The codes of WriteFile.
absl::Status RenameFolder(const std::string& from, const std::string& to);

// `path` as seen from `folder`; an absolute or empty path stays as it is.
std::string ResolvePath(absl::string_view folder, absl::string_view path);

}  // namespace keping::files

#endif  // KEPING_COMMON_FILES_FILE_H_
