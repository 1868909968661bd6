#include "common/files/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"

namespace keping::files {
namespace {

constexpr size_t kPieceBytes = 64 * 1024;

// Where a file is written until it is whole.
std::string DraftOf(const std::string& path) { return path + ".new"; }

absl::Status ErrorFor(int error, absl::string_view what, absl::string_view path) {
  const std::string message =
      absl::StrCat("cannot ", what, " ", path, ": got \"", strerror(error), "\"");
  switch (error) {
    case ENOENT:
      return absl::NotFoundError(absl::StrCat(message, ", want an existing path; correct it"));
    case EACCES:
    case EPERM:
      return absl::PermissionDeniedError(
          absl::StrCat(message, ", want access; correct its owner or mode, or the user"));
    case ENOSPC:
    case EDQUOT:
      return absl::ResourceExhaustedError(absl::StrCat(message, ", want free space; make room"));
    default:
      return absl::UnavailableError(message);
  }
}

absl::Status WriteAll(int file, absl::string_view content, const std::string& path) {
  while (!content.empty()) {
    const ssize_t written = write(file, content.data(), content.size());
    if (written < 0 && errno != EINTR) return ErrorFor(errno, "write", path);
    if (written > 0) content.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

absl::Status WriteAndSync(const std::string& path, absl::string_view content, Access access) {
  const mode_t mode = access == Access::kOwnerOnly ? 0600 : 0644;
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  if (file < 0) return ErrorFor(errno, "write", path);
  absl::Cleanup close_file = [file] { close(file); };
  // The mode given to open is cut by the umask, and ignored for a file left over by a crash.
  if (fchmod(file, mode) != 0) return ErrorFor(errno, "set the mode of", path);
  KEPING_RETURN_IF_ERROR(WriteAll(file, content, path));
  if (fsync(file) != 0) return ErrorFor(errno, "sync", path);
  return absl::OkStatus();
}

absl::Status SyncFolderOf(const std::string& path) {
  std::filesystem::path parent = std::filesystem::path(path).parent_path();
  const std::string folder = parent.empty() ? "." : parent.string();
  const int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return ErrorFor(errno, "open", folder);
  absl::Cleanup close_file = [file] { close(file); };
  return fsync(file) == 0 ? absl::OkStatus() : ErrorFor(errno, "sync", folder);
}

bool IsFolder(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored);
}

absl::Status CheckRegular(int file, const std::string& path) {
  struct stat facts {};
  if (fstat(file, &facts) != 0) return ErrorFor(errno, "read", path);
  if (S_ISREG(facts.st_mode)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("cannot read ", path, ": got ",
                                                 S_ISDIR(facts.st_mode) ? "a folder" : "no file",
                                                 ", want a regular file"));
}

}  // namespace

absl::StatusOr<std::string> ReadFile(const std::string& path, size_t max_bytes) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return ErrorFor(errno, "read", path);
  absl::Cleanup close_file = [file] { close(file); };
  KEPING_RETURN_IF_ERROR(CheckRegular(file, path));
  std::string content;
  char buffer[16384];
  while (true) {
    const ssize_t got = read(file, buffer, sizeof(buffer));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return ErrorFor(errno, "read", path);
    if (got == 0) return content;
    content.append(buffer, static_cast<size_t>(got));
    if (content.size() > max_bytes) {
      return absl::InvalidArgumentError(absl::StrCat("cannot read ", path, ": got more than ",
                                                     max_bytes, " bytes; is it the right file?"));
    }
  }
}

absl::Status WriteFile(const std::string& path, absl::string_view content, Access access) {
  const std::string draft = DraftOf(path);
  absl::Status status = WriteAndSync(draft, content, access);
  if (status.ok() && rename(draft.c_str(), path.c_str()) != 0) {
    status = ErrorFor(errno, "replace", path);
  }
  if (!status.ok()) {
    unlink(draft.c_str());
    return status;
  }
  return SyncFolderOf(path);
}

absl::Status ReadRange(const std::string& path, uint64_t from, uint64_t size,
                       absl::FunctionRef<absl::Status(absl::string_view piece)> on_piece) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return ErrorFor(errno, "read", path);
  absl::Cleanup close_file = [file] { close(file); };
  KEPING_RETURN_IF_ERROR(CheckRegular(file, path));
  std::string piece(kPieceBytes, '\0');
  while (size > 0) {
    const size_t want = static_cast<size_t>(std::min<uint64_t>(size, piece.size()));
    const ssize_t got = pread(file, piece.data(), want, static_cast<off_t>(from));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return ErrorFor(errno, "read", path);
    if (got == 0) {
      return absl::OutOfRangeError(absl::StrCat("cannot read ", path, ": got its end at byte ",
                                                from, ", want ", size, " bytes more"));
    }
    KEPING_RETURN_IF_ERROR(on_piece({piece.data(), static_cast<size_t>(got)}));
    from += static_cast<uint64_t>(got);
    size -= static_cast<uint64_t>(got);
  }
  return absl::OkStatus();
}

absl::StatusOr<uint64_t> FileSize(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return ErrorFor(errno, "read", path);
  absl::Cleanup close_file = [file] { close(file); };
  KEPING_RETURN_IF_ERROR(CheckRegular(file, path));
  struct stat facts {};
  if (fstat(file, &facts) != 0) return ErrorFor(errno, "read", path);
  return static_cast<uint64_t>(facts.st_size);
}

absl::StatusOr<std::unique_ptr<NewFile>> NewFile::Create(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) {
    return absl::AlreadyExistsError(
        absl::StrCat(path, " is there already, and is never overwritten; choose another name"));
  }
  const std::string draft = DraftOf(path);
  const int file = open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return ErrorFor(errno, "write", path);
  return std::unique_ptr<NewFile>(new NewFile(path, file));
}

NewFile::~NewFile() {
  close(file_);
  if (!finished_) unlink(DraftOf(path_).c_str());
}

absl::Status NewFile::Append(absl::string_view piece) { return WriteAll(file_, piece, path_); }

absl::Status NewFile::Finish() {
  if (fsync(file_) != 0) return ErrorFor(errno, "sync", path_);
  if (rename(DraftOf(path_).c_str(), path_.c_str()) != 0) {
    return ErrorFor(errno, "replace", path_);
  }
  finished_ = true;
  return SyncFolderOf(path_);
}

absl::Status MakePrivateFolder(const std::string& path) {
  if (path.empty() || IsFolder(path)) return absl::OkStatus();
  const std::filesystem::path parent = std::filesystem::path(path).parent_path();
  KEPING_RETURN_IF_ERROR(MakePrivateFolder(parent));
  if (mkdir(path.c_str(), 0700) != 0 && !IsFolder(path)) {
    return ErrorFor(errno, "make the folder", path);
  }
  return absl::OkStatus();
}

absl::Status RenameFolder(const std::string& from, const std::string& to) {
  if (rename(from.c_str(), to.c_str()) != 0) return ErrorFor(errno, "rename to", to);
  KEPING_RETURN_IF_ERROR(SyncFolderOf(from));
  return SyncFolderOf(to);
}

std::string ResolvePath(absl::string_view folder, absl::string_view path) {
  if (path.empty() || path.front() == '/' || folder.empty()) return std::string(path);
  return absl::StrCat(folder, folder.back() == '/' ? "" : "/", path);
}

}  // namespace keping::files
