// Judges a box of blanks that came by quantity: where it is, how many blanks in it nobody scanned
// yet, and whether what came out of it is what its paper says.
//
//   BoxVerdict verdict = JudgeBox(facts);
//   // 200 by the paper, 150 scanned at susut: {unidentified, susut}, 50
//
// What was scanned out of it is judged serial by serial (judge_blank.h).
#ifndef KEPING_CENTRAL_NODE_CORE_JUDGE_BOX_H_
#define KEPING_CENTRAL_NODE_CORE_JUDGE_BOX_H_

#include <cstdint>
#include <vector>

#include "central_node/core/anomaly.h"
#include "central_node/core/facts.h"
#include "common/domain/serial_set.h"
#include "common/ledger/balances.h"

namespace keping::central {

struct BoxVerdict {
  ledger::Place place;        // of what nobody scanned
  int64_t quantity = 0;       // by its paper; 0 without one
  int64_t unidentified = 0;   // blanks; at the end of a box those that did not come out
  int64_t excess = 0;         // scanned out of it beyond its quantity
  bool declared = false;      // some delivery names it
  bool contradicted = false;  // several deliveries do, with different quantities or serials
  bool emptied = false;       // somebody said that nothing is left in it
  bool twice = false;         // it was sent twice, or came to two offices
  domain::SerialSet unfit;    // scanned out of it, and not of its scheme or list
  std::vector<Anomaly> anomalies;
};

// Pure, order-free and idempotent. Of contradicting papers the one with the smaller id counts.
BoxVerdict JudgeBox(const BoxFacts& facts);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_JUDGE_BOX_H_
