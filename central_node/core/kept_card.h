// Which of several good cards of one person stays: a delivered, valid one before one that was not
// delivered; else the one under the latest valid lease; else an officer decides.
//
//   KeepOne(claims, steps, anomaly);   // anomaly.kept, .cards: those that come back, .ask
//
// Pure and order-free.
#ifndef KEPING_CENTRAL_NODE_CORE_KEPT_CARD_H_
#define KEPING_CENTRAL_NODE_CORE_KEPT_CARD_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "central_node/core/anomaly.h"
#include "central_node/core/judge_prr.h"

namespace keping::central {

// One of the cards, and what speaks for it.
struct CardClaim {
  CardAt at;
  bool current = false;  // of the version that holds
  bool lease_valid = false;
  // Of two valid leases the greater one is the later one. Equal ones tell nothing, nor does one
  // whose second part is 0: nobody knows when it was granted.
  std::pair<uint32_t, uint64_t> lease = {};
};

void KeepOne(const std::vector<CardClaim>& claims, const StepsOf& steps, Anomaly& anomaly);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_KEPT_CARD_H_
