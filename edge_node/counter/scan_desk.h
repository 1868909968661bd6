// What the readers of the counters typed, and which readers there are (keping.edge.v1.ScanService).
//
//   ScanDesk desk({{.counter = "loket-1", .profile = ProfileOf(config), .status = nullptr},
//                  {.counter = "loket-2", .profile = {}, .status = [&] { return pcsc.Status();
//                  }}});
//   desk.ReadScan(request);   // on any thread
#ifndef KEPING_EDGE_NODE_COUNTER_SCAN_DESK_H_
#define KEPING_EDGE_NODE_COUNTER_SCAN_DESK_H_

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/scan/field.h"
#include "common/scan/reader_profile.h"
#include "common/scan/words.h"
#include "edge_node/readers/serial_reader.h"
#include "keping/edge/v1/scan.pb.h"

namespace keping::edge {

struct CounterReader {
  std::string counter;
  scan::ReaderProfile profile = {};                // of one that types
  std::function<ReaderStatus()> status = nullptr;  // of one at the node itself; else empty
};

// Thread-safe: nothing changes after it was made.
class ScanDesk {
 public:
  static constexpr size_t kMaxTyped = 256 * 1024;

  explicit ScanDesk(std::vector<CounterReader> readers) : readers_(std::move(readers)) {}

  absl::StatusOr<v1::ReadScanResponse> ReadScan(const v1::ReadScanRequest& request) const;
  absl::StatusOr<v1::ListReadersResponse> ListReaders(const v1::ListReadersRequest& request) const;

  // Whether the counter's reader streams: OK, NotFound or FailedPrecondition.
  absl::Status CheckStreams(absl::string_view counter) const;

 private:
  const CounterReader* Find(absl::string_view counter) const;
  scan::FieldInput Read(const CounterReader* reader, scan::Field field,
                        absl::string_view typed) const;

  const std::vector<CounterReader> readers_;
};

v1::ScanProblem ProblemOf(const scan::Words& words);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_COUNTER_SCAN_DESK_H_
