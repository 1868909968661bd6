// What the judges make of a log with a gap, of a print without contact, and of cards of which one
// stays, in sentences for people.
//
//   InWords(MissingOf(node, incarnation));
//   // Entries 12 to 30 are missing.
//
// Ids, serials and numbers only, as in the events.
#ifndef KEPING_CENTRAL_NODE_CORE_CASE_WORDS_H_
#define KEPING_CENTRAL_NODE_CORE_CASE_WORDS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "central_node/core/anomaly.h"
#include "central_node/core/facts.h"
#include "central_node/core/judge_stream.h"

namespace keping::central {

std::vector<std::string> InWords(const MissingEntries& missing);
// `budget`: prints of its class that the policy allowed which the office knew.
std::vector<std::string> InWords(const StaleUse& use, uint32_t budget);
// Of the cards of one record or person.
std::vector<std::string> InWordsOfCards(const Anomaly& anomaly);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_CASE_WORDS_H_
