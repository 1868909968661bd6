// What an office will say when its link returns: it received its blanks, lost the link, and printed
// every record that the centre had sent it.
//
//   KEPING_RETURN_IF_ERROR(centre->Supply("n7", 62, 40));
//   KEPING_ASSIGN_OR_RETURN(RecordedSession session, RecordOutage(*centre, keys));
#ifndef KEPING_TESTS_BENCH_OUTAGE_SESSION_H_
#define KEPING_TESTS_BENCH_OUTAGE_SESSION_H_

#include <cstddef>

#include "absl/status/statusor.h"
#include "edge_node/sync_client/node_keys.h"
#include "tests/bench/bench_centre.h"
#include "tests/bench/recorded_session.h"

namespace keping::bench {

// Of a log: opened, blanks received, and four for each card.
inline constexpr size_t OutageEvents(size_t cards) { return 2 + 4 * cards; }

// The node knows its whole feed, so that none of it comes again, and nothing of its log is held. No
// case follows from it.
absl::StatusOr<RecordedSession> RecordOutage(BenchCentre& centre, const edge::NodeKeys& keys);

}  // namespace keping::bench

#endif  // KEPING_TESTS_BENCH_OUTAGE_SESSION_H_
