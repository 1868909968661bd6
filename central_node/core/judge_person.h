// Judges a person: two records under one NIK may each have a card only when one replaces the other.
//
//   std::optional<Anomaly> anomaly = JudgePerson(records, rows.jobs);
//
// Pure and order-free.
#ifndef KEPING_CENTRAL_NODE_CORE_JUDGE_PERSON_H_
#define KEPING_CENTRAL_NODE_CORE_JUDGE_PERSON_H_

#include <optional>
#include <vector>

#include "central_node/core/anomaly.h"
#include "central_node/core/facts.h"
#include "central_node/core/judge_job.h"

namespace keping::central {

// `records`: all of one person. A record that was withdrawn, or that another one replaces, has a
// case of its own for its card.
std::optional<Anomaly> JudgePerson(const std::vector<const PrrFacts*>& records, const Jobs& jobs);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_JUDGE_PERSON_H_
