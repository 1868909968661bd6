// A log that is not written to any more, and when a new one may follow it.
//
//   if (const auto& frozen = store.frozen(); frozen.has_value()) {
//     CheckDelivered(*frozen, {.head_seq = 6, .fetched_to = 12, .proven_seq = 6});
//   }
#ifndef KEPING_EDGE_NODE_STORE_FROZEN_H_
#define KEPING_EDGE_NODE_STORE_FROZEN_H_

#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "common/sync/frames.h"

namespace keping::edge {

// Why the log is not written to any more.
struct Frozen {
  sync::ProblemKind kind = sync::ProblemKind::kRollback;
  uint64_t held_seq = 0;  // the end of the log as the centre holds it; 0: not known
  // The centre has seen it: only a new incarnation goes on. Else the node suspects it by itself,
  // and a supervisor may say by a telephone grant that it is mistaken.
  bool by_centre = false;

  friend bool operator==(const Frozen&, const Frozen&) = default;
};

// What is known of the log when `now` is heard after `before`. Words come in any order, an old
// stick after a session: none takes back what was known. That another incarnation was enrolled says
// nothing of this log; that the centre holds more than it, nothing of a branch that the centre saw.
Frozen Learn(const std::optional<Frozen>& before, const Frozen& now);

// How far a frozen log is known here and at the centre.
struct LogReach {
  uint64_t head_seq = 0;    // its end here
  uint64_t fetched_to = 0;  // with what was fetched back from the centre
  uint64_t proven_seq = 0;  // countersigned by the centre
};

// FailedPrecondition, with what to do, while an end of the log would lose something: the centre
// does not hold all of it, or holds more of it than was fetched back.
absl::Status CheckDelivered(const Frozen& frozen, const LogReach& reach);

// What the witness beside the keys saw of the log; 0 where the centre holds all of that.
uint64_t ReachedSeq(const Frozen& frozen, uint64_t witnessed_seq);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_STORE_FROZEN_H_
