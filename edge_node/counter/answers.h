// What several of the counter's services answer in the same way.
#ifndef KEPING_EDGE_NODE_COUNTER_ANSWERS_H_
#define KEPING_EDGE_NODE_COUNTER_ANSWERS_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/domain/refusal.h"
#include "common/wire/field_reader.h"
#include "edge_node/core/edge_core.h"
#include "keping/edge/v1/edge.pb.h"

namespace keping::edge {

void FillJob(const Job& job, v1::Job& proto);
void FillRefusal(domain::PrintRefusal refusal, v1::Refusal& proto);

// The printer that was named, or the office's only one.
absl::StatusOr<domain::PrinterId> ChoosePrinter(const EdgeSettings& settings,
                                                const domain::PrinterId& named);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_COUNTER_ANSWERS_H_
