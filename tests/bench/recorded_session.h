// What a node will say in one session, in a file: a program of its own plays it and needs neither
// the node's log nor its key.
//
//   KEPING_RETURN_IF_ERROR(StoreRecordedSession(folder, {hello, segments}));
//   KEPING_ASSIGN_OR_RETURN(RecordedSession same, LoadRecordedSession(folder));
#ifndef KEPING_TESTS_BENCH_RECORDED_SESSION_H_
#define KEPING_TESTS_BENCH_RECORDED_SESSION_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/sync/frames.h"

namespace keping::bench {

struct RecordedSession {
  sync::Hello hello;
  // The whole log, in its order.
  std::vector<sync::Segment> segments;
};

// Not synced.
absl::Status StoreRecordedSession(const std::string& folder, const RecordedSession& session);
absl::StatusOr<RecordedSession> LoadRecordedSession(const std::string& folder);

}  // namespace keping::bench

#endif  // KEPING_TESTS_BENCH_RECORDED_SESSION_H_
