// A node's log in a file: entries byte for byte with the node's signatures, appended and never
// changed. What the mirror folder holds, and what `keping edge export-log` writes.
//
//   file   := "keping log 1\n" record*
//   record := kind(u8) size(u32) body(size bytes)
//     kind 1, entry: an encoded entry (common/domain/entry.h)
//     kind 2, head:  seq(u64) signature: of the node over the head that entry `seq` makes
//                    (sync::HeadStatement); it covers every entry up to there
//   integers are big-endian
//
// A file may end in the middle of a record, where the power or the disk failed: what is before it
// counts. Entries hold no personal data, so neither does the file.
//
//   KEPING_ASSIGN_OR_RETURN(auto file, LogFileWriter::Create("stick/susut/000001.klog"));
//   file->AddEntry(bytes); file->AddHead(17, signature);
//   KEPING_RETURN_IF_ERROR(file->Sync());
//   KEPING_ASSIGN_OR_RETURN(LogFileEnd end, ReadLogFile(path, on_entry, on_head));
#ifndef KEPING_COMMON_STORAGE_LOG_FILE_H_
#define KEPING_COMMON_STORAGE_LOG_FILE_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace keping::storage {

// Of files in a mirror folder; what an administrator calls an export does not matter.
inline constexpr char kLogFileSuffix[] = ".klog";

// Owned by one thread.
class LogFileWriter {
 public:
  // Makes the file, which must not exist, mode 0600. AlreadyExists; NotFound: no such folder;
  // PermissionDenied; ResourceExhausted: disk full; Unavailable: another failure of the disk.
  static absl::StatusOr<std::unique_ptr<LogFileWriter>> Create(const std::string& path);
  // Goes on with a file that ReadLogFile found whole. The same codes.
  static absl::StatusOr<std::unique_ptr<LogFileWriter>> Append(const std::string& path);
  ~LogFileWriter();
  LogFileWriter(const LogFileWriter&) = delete;
  LogFileWriter& operator=(const LogFileWriter&) = delete;

  // Both wait in memory for Sync.
  void AddEntry(absl::string_view bytes);
  void AddHead(uint64_t seq, absl::string_view signature);

  // Writes what was added and makes it durable. After an error the file is finished: it was cut
  // back to what was durable before, as far as the disk allows; a reader copes with the rest.
  absl::Status Sync();

  // Whether the file is still where it was made: a stick that was pulled out takes it away.
  bool IsInPlace() const;
  // With what waits for Sync.
  uint64_t size() const { return durable_size_ + waiting_.size(); }
  const std::string& path() const { return path_; }

 private:
  LogFileWriter(std::string path, int file, uint64_t size)
      : path_(std::move(path)), file_(file), durable_size_(size) {}

  void Add(uint8_t kind, absl::string_view body);

  const std::string path_;
  const int file_;
  uint64_t durable_size_;
  std::string waiting_;
};

// Whether the first bytes of a file are those of a log. False when it cannot be read.
bool BeginsAsLogFile(const std::string& path);

struct LogFileEnd {
  // The file ends with its last record.
  bool whole = true;
  // Up to the end of the last whole record.
  uint64_t good_bytes = 0;
};

// Visits the whole records in order. InvalidArgument: not a file of this kind. Else the codes of
// files::ReadFile.
absl::StatusOr<LogFileEnd> ReadLogFile(
    const std::string& path, absl::FunctionRef<void(absl::string_view bytes)> on_entry,
    absl::FunctionRef<void(uint64_t seq, absl::string_view signature)> on_head);

}  // namespace keping::storage

#endif  // KEPING_COMMON_STORAGE_LOG_FILE_H_
