#include "common/storage/log_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/domain/entry.h"
#include "common/storage/key_space.h"

namespace keping::storage {
namespace {

constexpr absl::string_view kMagic = "keping log 1\n";
constexpr uint8_t kEntryKind = 1;
constexpr uint8_t kHeadKind = 2;
constexpr size_t kPrefixSize = 5;  // kind and size
constexpr size_t kSeqSize = 8;
constexpr size_t kMaxSignatureSize = 1024;
// An entry's header is far below a kilobyte.
constexpr size_t kMaxBodySize = domain::kMaxPayloadSize + 4096;

absl::Status SystemError(const std::string& path, const char* doing) {
  const int code = errno;
  const std::string text = absl::StrCat("log file ", path, ": ", doing, ": ", strerror(code));
  switch (code) {
    case ENOENT:
    case ENOTDIR:
      return absl::NotFoundError(absl::StrCat(text, ": check the path, or put the disk back"));
    case EEXIST:
      return absl::AlreadyExistsError(absl::StrCat(text, ": give a new name"));
    case EACCES:
    case EPERM:
    case EROFS:
      return absl::PermissionDeniedError(absl::StrCat(text, ": correct owner and mode"));
    case ENOSPC:
    case EDQUOT:
      return absl::ResourceExhaustedError(absl::StrCat(text, ": free some space there"));
    default:
      return absl::UnavailableError(absl::StrCat(text, ": check the disk"));
  }
}

absl::Status SyncFolderOf(const std::string& path) {
  const std::filesystem::path parent = std::filesystem::path(path).parent_path();
  const std::string folder = parent.empty() ? "." : parent.string();
  const int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return SystemError(path, "opening its folder");
  const absl::Cleanup close_folder = [file] { close(file); };
  return fsync(file) == 0 ? absl::OkStatus() : SystemError(path, "syncing its folder");
}

absl::Status WriteAll(int file, absl::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) return SystemError(path, "writing");
    if (written > 0) bytes.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

uint32_t ReadSize(absl::string_view bytes) {
  uint32_t size = 0;
  for (const char byte : bytes) size = size << 8 | static_cast<uint8_t>(byte);
  return size;
}

bool ReadMagic(std::ifstream& file) {
  std::string magic(kMagic.size(), '\0');
  return file.read(magic.data(), static_cast<std::streamsize>(magic.size())) && magic == kMagic;
}

// Whether a record can begin like this.
bool IsPlausible(uint8_t kind, size_t size) {
  if (kind == kEntryKind) return size > 0 && size <= kMaxBodySize;
  return kind == kHeadKind && size > kSeqSize && size <= kSeqSize + kMaxSignatureSize;
}

// The next record of `file`; false at the end, or where no whole record follows.
bool ReadRecord(std::ifstream& file, uint8_t* kind, std::string* body) {
  char prefix[kPrefixSize];
  if (!file.read(prefix, kPrefixSize)) return false;
  *kind = static_cast<uint8_t>(prefix[0]);
  const size_t size = ReadSize({prefix + 1, kPrefixSize - 1});
  if (!IsPlausible(*kind, size)) return false;
  body->resize(size);
  return static_cast<bool>(file.read(body->data(), static_cast<std::streamsize>(size)));
}

}  // namespace

absl::StatusOr<std::unique_ptr<LogFileWriter>> LogFileWriter::Create(const std::string& path) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) return SystemError(path, "making it");
  std::unique_ptr<LogFileWriter> writer(new LogFileWriter(path, file, 0));
  writer->waiting_ = std::string(kMagic);
  absl::Status status = writer->Sync();
  if (status.ok()) status = SyncFolderOf(path);
  if (status.ok()) return writer;
  unlink(path.c_str());
  return status;
}

absl::StatusOr<std::unique_ptr<LogFileWriter>> LogFileWriter::Append(const std::string& path) {
  const int file = open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  if (file < 0) return SystemError(path, "opening it");
  struct stat info {};
  if (fstat(file, &info) != 0) {
    const absl::Cleanup close_file = [file] { close(file); };
    return SystemError(path, "looking at it");
  }
  return std::unique_ptr<LogFileWriter>(
      new LogFileWriter(path, file, static_cast<uint64_t>(info.st_size)));
}

LogFileWriter::~LogFileWriter() { close(file_); }

void LogFileWriter::AddEntry(absl::string_view bytes) { Add(kEntryKind, bytes); }

void LogFileWriter::AddHead(uint64_t seq, absl::string_view signature) {
  std::string body;
  AppendBigEndian64(&body, seq);
  body.append(signature.data(), signature.size());
  Add(kHeadKind, body);
}

void LogFileWriter::Add(uint8_t kind, absl::string_view body) {
  waiting_.push_back(static_cast<char>(kind));
  for (int shift = 24; shift >= 0; shift -= 8) {
    waiting_.push_back(static_cast<char>(body.size() >> shift));
  }
  waiting_.append(body.data(), body.size());
}

absl::Status LogFileWriter::Sync() {
  absl::Status status = WriteAll(file_, waiting_, path_);
  if (status.ok() && fdatasync(file_) != 0) status = SystemError(path_, "syncing");
  if (status.ok()) {
    durable_size_ += waiting_.size();
    waiting_.clear();
    return status;
  }
  // So that a full disk is not filled further by attempts; a failure changes nothing for a reader.
  if (ftruncate(file_, static_cast<off_t>(durable_size_)) != 0) errno = 0;
  return status;
}

bool LogFileWriter::IsInPlace() const {
  struct stat named {
  }, open_file{};
  return stat(path_.c_str(), &named) == 0 && fstat(file_, &open_file) == 0 &&
         named.st_dev == open_file.st_dev && named.st_ino == open_file.st_ino;
}

bool BeginsAsLogFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return file && ReadMagic(file);
}

absl::StatusOr<LogFileEnd> ReadLogFile(
    const std::string& path, absl::FunctionRef<void(absl::string_view bytes)> on_entry,
    absl::FunctionRef<void(uint64_t seq, absl::string_view signature)> on_head) {
  std::error_code error;
  const uint64_t size = std::filesystem::file_size(path, error);
  if (error) {
    errno = error.value();
    return SystemError(path, "looking at it");
  }
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) return SystemError(path, "opening it");
  if (!ReadMagic(file)) {
    return absl::InvalidArgumentError(
        absl::StrCat("log file ", path,
                     ": got another kind of file, want one of a mirror folder or export-log"));
  }
  LogFileEnd end{.whole = true, .good_bytes = kMagic.size()};
  uint8_t kind = 0;
  std::string body;
  while (ReadRecord(file, &kind, &body)) {
    if (kind == kEntryKind) {
      on_entry(body);
    } else {
      KEPING_ASSIGN_OR_RETURN(const uint64_t seq, ReadBigEndian64(body));
      on_head(seq, absl::string_view(body).substr(kSeqSize));
    }
    end.good_bytes += kPrefixSize + body.size();
  }
  end.whole = end.good_bytes == size;
  return end;
}

}  // namespace keping::storage
