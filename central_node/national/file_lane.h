// The rows of one kind of file after a cursor, page by page, as a server would answer: what lies in
// done/ after the cursor first, then what waits in in/, file by file.
//
//   FileLane lane(&folder, &clock, FileKind::kRecords);
//   KEPING_ASSIGN_OR_RETURN(LanePage page, lane.Next(cursor));
//
// Being asked with a page's cursor means that its rows are durable: then, and not before, the file
// goes to done/. Killed in between, it lies in in/ and is read again from its first row.
#ifndef KEPING_CENTRAL_NODE_NATIONAL_FILE_LANE_H_
#define KEPING_CENTRAL_NODE_NATIONAL_FILE_LANE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "central_node/national/exchange_folder.h"
#include "common/time/clock.h"

namespace google::protobuf {
class Message;
}

namespace keping::central {

struct LanePage {
  std::vector<std::unique_ptr<google::protobuf::Message>> rows;
  std::vector<std::string> refused;  // one sentence each
  uint64_t cursor = 0;
  bool complete = false;  // no file waits
};

// Which files are not being copied any more: they look the same as a moment ago. Not thread-safe.
class SettledFiles {
 public:
  static constexpr absl::Duration kSettled = absl::Seconds(2);

  explicit SettledFiles(const time::Clock* clock) : clock_(*clock) {}
  // Of all that wait; names that are not among them are forgotten.
  std::vector<WaitingFile> Of(const std::vector<WaitingFile>& waiting);

 private:
  struct Look {
    FileStamp stamp;
    absl::Duration since;
  };
  const time::Clock& clock_;
  std::map<std::string, Look> looks_;
};

// Not thread-safe. What it points to outlives it.
class FileLane {
 public:
  FileLane(const ExchangeFolder* folder, const time::Clock* clock, exchange::FileKind kind);
  ~FileLane();

  // Cursors of this lane count rows, good and bad.
  absl::StatusOr<LanePage> Next(uint64_t cursor);

 private:
  struct Reading;

  absl::Status FinishIfRead(uint64_t cursor);
  absl::Status Choose(uint64_t cursor);
  absl::Status Begin(const WaitingFile& file, std::optional<uint64_t> end, uint64_t base,
                     uint64_t cursor);
  void Fill(LanePage* page);

  const ExchangeFolder& folder_;
  const exchange::FileKind kind_;
  SettledFiles settled_;
  std::unique_ptr<Reading> reading_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_NATIONAL_FILE_LANE_H_
