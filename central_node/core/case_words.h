// What the judges make of a log with a gap, of a print without contact, and of cards of which one
// stays.
//
//   RemarksOn(MissingOf(node, incarnation)).front().text;
//   // Entries 12 to 30 are missing.
#ifndef KEPING_CENTRAL_NODE_CORE_CASE_WORDS_H_
#define KEPING_CENTRAL_NODE_CORE_CASE_WORDS_H_

#include <cstdint>
#include <vector>

#include "central_node/core/anomaly.h"
#include "central_node/core/facts.h"
#include "central_node/core/judge_stream.h"
#include "central_node/core/remark.h"

namespace keping::central {

std::vector<Remark> RemarksOn(const MissingEntries& missing);
// `budget`: prints of its class that the policy allowed which the office knew.
std::vector<Remark> RemarksOn(const StaleUse& use, uint32_t budget);
// Of the cards of one record or person.
std::vector<Remark> RemarksOnCards(const Anomaly& anomaly);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_CASE_WORDS_H_
