// Judges one stream of a node's log: was its machine restored, does it run twice, is a part of it
// missing?
//
//   std::vector<Anomaly> anomalies = JudgeStream(node_row, incarnation);
#ifndef KEPING_CENTRAL_NODE_CORE_JUDGE_STREAM_H_
#define KEPING_CENTRAL_NODE_CORE_JUDGE_STREAM_H_

#include <cstdint>
#include <string>
#include <vector>

#include "central_node/core/anomaly.h"
#include "central_node/core/rows.h"

namespace keping::central {

std::vector<Anomaly> JudgeStream(const NodeRow& node, const domain::IncarnationId& incarnation);

// Entries that some fact speaks of and that are not here.
struct MissingEntries {
  uint64_t held_seq = 0;     // the last one that is here, in the stream, its branches or its claims
  uint64_t reached_seq = 0;  // the last one that was written, as far as anybody knows

  bool filled() const { return held_seq >= reached_seq; }
};
// Zeros of a stream that no fact says more of than is here.
MissingEntries MissingOf(const NodeRow& node, const domain::IncarnationId& incarnation);

// Of the stream and of those that it branched off: the ones of which entries are missing.
std::vector<domain::IncarnationId> OpenGaps(const NodeRow& node,
                                            const domain::IncarnationId& incarnation);

// What the cases of a stream are named by.
std::string StreamEntity(const domain::NodeId& node, const domain::IncarnationId& incarnation);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_JUDGE_STREAM_H_
