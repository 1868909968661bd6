// The time line of a job, a record or a blank: every entry of the log that tells of it, in order.
// The log itself is read, so that nothing has to be remembered for a question that is asked now and
// then.
//
//   absl::StatusOr<std::vector<HistoryLine>> lines = ReadHistory(store,
//   domain::PrrId::Of("prr-1"));
#ifndef KEPING_EDGE_NODE_COUNTER_CARD_HISTORY_H_
#define KEPING_EDGE_NODE_COUNTER_CARD_HISTORY_H_

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"
#include "edge_node/store/edge_store.h"

namespace keping::edge {

using HistorySubject = std::variant<domain::ActId, domain::PrrId, domain::BlankSerial>;

struct HistoryLine {
  uint64_t seq = 0;
  bool of_ancestor = false;  // in the log of an earlier incarnation
  int64_t wall_micros = 0;
  uint32_t type = 0;
  domain::Event event;
  bool set_aside = false;  // by a correction
};

// NotFound (K-169) when the log tells nothing of it. Entries of a later version are passed over.
absl::StatusOr<std::vector<HistoryLine>> ReadHistory(const EdgeStore& store,
                                                     const HistorySubject& subject);

// Of any event: empty where it has none.
domain::ActId ActOf(const domain::Event& event);
domain::OperatorId OperatorOf(const domain::Event& event);
domain::OperatorId SecondOf(const domain::Event& event);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_COUNTER_CARD_HISTORY_H_
