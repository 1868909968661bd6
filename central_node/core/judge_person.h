// Judges a person: two records under one NIK may each have a card only when one replaces the other.
//
//   std::optional<Anomaly> anomaly = JudgePerson(records, rows.jobs, steps);
//
// Pure and order-free.
#ifndef KEPING_CENTRAL_NODE_CORE_JUDGE_PERSON_H_
#define KEPING_CENTRAL_NODE_CORE_JUDGE_PERSON_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "central_node/core/anomaly.h"
#include "central_node/core/facts.h"
#include "central_node/core/judge_job.h"
#include "central_node/core/judge_prr.h"
#include "central_node/core/rows.h"

namespace keping::central {

// A record and what is known of it.
using NamedRecords = std::vector<std::pair<domain::PrrId, const PrrFacts*>>;

// The records under a NIK, by its keyed hash in hex, of those that were ever under it: an earlier
// version may have had a mistyped one. Points into `rows`, which hold them all.
NamedRecords RecordsOf(const std::string& person, const PersonRow& row, const Rows& rows);

// `records`: all of one person. A record that was withdrawn, or that another one replaces, has a
// case of its own for its card. Which of the cards stays is said as of one record's (kept_card.h);
// of leases of two records the later one is the one that the centre granted later.
std::optional<Anomaly> JudgePerson(const NamedRecords& records, const Jobs& jobs,
                                   const StepsOf& steps);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_JUDGE_PERSON_H_
