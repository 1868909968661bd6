// Judges one stream of a node's log: was its machine restored, or does it run twice?
//
//   std::vector<Anomaly> anomalies = JudgeStream(node_row.streams.at(incarnation));
#ifndef KEPING_CENTRAL_NODE_CORE_JUDGE_STREAM_H_
#define KEPING_CENTRAL_NODE_CORE_JUDGE_STREAM_H_

#include <string>
#include <vector>

#include "central_node/core/anomaly.h"
#include "central_node/core/rows.h"

namespace keping::central {

std::vector<Anomaly> JudgeStream(const StreamHead& stream);

// What the cases of a stream are named by.
std::string StreamEntity(const domain::NodeId& node, const domain::IncarnationId& incarnation);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_JUDGE_STREAM_H_
