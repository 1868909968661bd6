#include "common/crypto/key_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/status_macros.h"
#include "common/crypto/random.h"

namespace keping::crypto {
namespace {

class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) : fd_(fd) {}
  ~FileDescriptor() {
    if (fd_ >= 0) close(fd_);
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  int get() const { return fd_; }
  bool ok() const { return fd_ >= 0; }

 private:
  int fd_;
};

// The status for errno, as "secret file PATH: DOING: what the system said".
absl::Status SystemError(const std::string& path, const char* doing) {
  const int code = errno;
  const std::string text = absl::StrCat("secret file ", path, ": ", doing, ": ", strerror(code));
  switch (code) {
    case ENOENT:
      return absl::NotFoundError(absl::StrCat(text, ": check the path"));
    case EEXIST:
      return absl::AlreadyExistsError(absl::StrCat(text, ": it is never overwritten"));
    case EACCES:
    case EPERM:
    case EROFS:
      return absl::PermissionDeniedError(absl::StrCat(text, ": correct owner and mode"));
    case ENOSPC:
    case EDQUOT:
      return absl::ResourceExhaustedError(absl::StrCat(text, ": free some space"));
    default:
      return absl::UnavailableError(absl::StrCat(text, ": check the disk"));
  }
}

enum class Mode { kOwnerOnly, kAny };

absl::Status CheckKindAndMode(int fd, const std::string& path, Mode mode) {
  struct stat info {};
  if (fstat(fd, &info) != 0) return SystemError(path, "looking at it");
  if (!S_ISREG(info.st_mode)) {
    return absl::InvalidArgumentError(
        absl::StrCat("secret file ", path, ": got something else than a plain file"));
  }
  if (mode == Mode::kOwnerOnly && (info.st_mode & 077) != 0) {
    return absl::PermissionDeniedError(
        absl::StrFormat("secret file %s: got mode %04o, want 0600: others may have read it; make a "
                        "new secret, or chmod 600 it if nobody could",
                        path, info.st_mode & 07777));
  }
  const auto size = static_cast<size_t>(info.st_size);
  if (size == 0 || size > kMaxSecretFileSize) {
    return absl::InvalidArgumentError(absl::StrCat("secret file ", path, ": got ", size,
                                                   " bytes, want 1 to ", kMaxSecretFileSize));
  }
  return absl::OkStatus();
}

absl::Status WriteAll(int fd, const std::string& contents, const std::string& path) {
  size_t written = 0;
  while (written < contents.size()) {
    const ssize_t count = write(fd, contents.data() + written, contents.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return SystemError(path, "writing it");
    written += static_cast<size_t>(count);
  }
  if (fsync(fd) != 0) return SystemError(path, "writing it to the disk");
  return absl::OkStatus();
}

std::string FolderOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

absl::Status SyncFolderOf(const std::string& path) {
  const FileDescriptor folder(open(FolderOf(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.ok() || fsync(folder.get()) != 0) return SystemError(path, "syncing its folder");
  return absl::OkStatus();
}

absl::Status WriteNewFile(const std::string& path, const std::string& contents,
                          const std::string& reported_path) {
  const FileDescriptor file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file.ok()) return SystemError(reported_path, "creating it");
  return WriteAll(file.get(), contents, reported_path);
}

absl::StatusOr<std::string> Load(const std::string& path, Mode mode) {
  // Not blocking, so that a named pipe is refused and not waited for.
  const FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.ok()) return SystemError(path, "opening it");
  KEPING_RETURN_IF_ERROR(CheckKindAndMode(file.get(), path, mode));
  std::string contents;
  char buffer[4096];
  while (contents.size() <= kMaxSecretFileSize) {
    const ssize_t count = read(file.get(), buffer, sizeof(buffer));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return SystemError(path, "reading it");
    if (count == 0) break;
    contents.append(buffer, static_cast<size_t>(count));
  }
  return contents;
}

absl::Status Overwrite(const std::string& path) {
  const FileDescriptor file(open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.ok()) return SystemError(path, "destroying it");
  struct stat info {};
  if (fstat(file.get(), &info) != 0) return SystemError(path, "looking at it");
  const auto size = std::min(static_cast<size_t>(info.st_size), kMaxSecretFileSize);
  return WriteAll(file.get(), RandomBytes(size), path);
}

}  // namespace

absl::StatusOr<std::string> LoadSecretFile(const std::string& path) {
  return Load(path, Mode::kOwnerOnly);
}

absl::StatusOr<std::string> LoadCredentialFile(const std::string& path) {
  return Load(path, Mode::kAny);
}

absl::Status DestroySecretFile(const std::string& path) {
  const absl::Status overwritten = Overwrite(path);
  if (absl::IsNotFound(overwritten)) return absl::OkStatus();
  KEPING_RETURN_IF_ERROR(overwritten);
  if (unlink(path.c_str()) != 0) return SystemError(path, "removing it");
  return SyncFolderOf(path);
}

absl::Status CreateSecretFile(const std::string& path, const std::string& contents) {
  const std::string temporary = absl::StrCat(path, ".", absl::BytesToHexString(RandomBytes(8)));
  absl::Status status = WriteNewFile(temporary, contents, path);
  // A link, unlike a rename, never replaces a file that another process made meanwhile.
  if (status.ok() && link(temporary.c_str(), path.c_str()) != 0) {
    status = SystemError(path, "creating it");
  }
  unlink(temporary.c_str());
  KEPING_RETURN_IF_ERROR(status);
  return SyncFolderOf(path);
}

absl::StatusOr<std::string> LoadOrCreateKeyFile(const std::string& path, size_t size) {
  absl::StatusOr<std::string> key = LoadSecretFile(path);
  if (absl::IsNotFound(key.status())) {
    const absl::Status created = CreateSecretFile(path, RandomBytes(size));
    if (!created.ok() && !absl::IsAlreadyExists(created)) return created;
    key = LoadSecretFile(path);
  }
  KEPING_RETURN_IF_ERROR(key.status());
  if (key->size() != size) {
    return absl::InvalidArgumentError(absl::StrCat("key file ", path, ": got ", key->size(),
                                                   " bytes, want ", size,
                                                   ": put the right file in its place"));
  }
  return key;
}

}  // namespace keping::crypto
