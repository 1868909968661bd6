// The folder through which people carry what a national server would answer: in/ for the files of
// the centre, out/ for what goes back, done/ for the files that are durable at the district.
//
//   KEPING_ASSIGN_OR_RETURN(ExchangeFolder folder, ExchangeFolder::Open(config.exchange_dir()));
//   for (const WaitingFile& file : *folder.Waiting(FileKind::kRecords)) Read(file);
//   folder.Finish(file, base, end);   // to done/, if nobody touched it meanwhile
#ifndef KEPING_CENTRAL_NODE_NATIONAL_EXCHANGE_FOLDER_H_
#define KEPING_CENTRAL_NODE_NATIONAL_EXCHANGE_FOLDER_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/exchange/file_type.h"
#include "common/exchange/national_file.h"

namespace keping::central {

// What changes while a file is still copied.
struct FileStamp {
  uint64_t size = 0;
  std::filesystem::file_time_type written = {};

  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

struct WaitingFile {
  std::string name;
  std::string path;
  exchange::FileType type;
  FileStamp stamp = {};
};

// A file's rows came after the cursor `base`; the last one's is `end`. done/ keeps both in the
// name, so that a district whose database was set back finds what it has to read again.
struct DoneFile {
  WaitingFile file;
  uint64_t base = 0;
  uint64_t end = 0;
};

// Not thread-safe. Errors name the path, and never a file's content.
class ExchangeFolder {
 public:
  // Makes the folders that are missing, for the owner only.
  static absl::StatusOr<ExchangeFolder> Open(const std::string& path);

  // In in/, by their names; whatever is no file of this kind is left alone.
  absl::StatusOr<std::vector<WaitingFile>> Waiting(exchange::FileKind kind) const;
  // In done/, by their ends.
  absl::StatusOr<std::vector<DoneFile>> Done(exchange::FileKind kind) const;

  absl::StatusOr<std::unique_ptr<exchange::NationalFile>> Read(const WaitingFile& file) const;
  // Moves the file to done/. One that changed since it was read stays, to be read again.
  absl::Status Finish(const WaitingFile& file, uint64_t base, uint64_t end) const;
  // out/NAME.ditolak.csv and out/NAME.peringatan.csv; one with nothing to list is not there.
  absl::Status WriteFindings(const WaitingFile& file, const exchange::NationalFile& read) const;
  absl::Status WriteOut(const std::string& name, absl::string_view content) const;

 private:
  explicit ExchangeFolder(std::string path) : path_(std::move(path)) {}

  absl::Status WriteList(const std::string& name,
                         const std::vector<exchange::Finding>& findings) const;

  std::string path_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_NATIONAL_EXCHANGE_FOLDER_H_
