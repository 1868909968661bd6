// Judges a print-ready record: how far it is, which good cards exist, and what is wrong.
//
//   PrrVerdict verdict = JudgePrr(facts, jobs, known_positions);
//   // {kPrinted, one good card at "susut", no anomalies}
//
// Pure, order-free and idempotent.
#ifndef KEPING_CENTRAL_NODE_CORE_JUDGE_PRR_H_
#define KEPING_CENTRAL_NODE_CORE_JUDGE_PRR_H_

#include <functional>
#include <map>
#include <vector>

#include "central_node/core/anomaly.h"
#include "central_node/core/facts.h"
#include "central_node/core/judge_job.h"
#include "central_node/core/lease.h"

namespace keping::central {

enum class PrrState {
  kAbsent = 0,  // nothing received: only a job or a withdrawal names it
  kWaiting,     // received, leased to nobody
  kLeased,
  kReleased,  // given back, and not granted on
  kPrinting,
  kInDoubt,
  kPrinted,
  kWithdrawn,
  kMaybePrinted,  // leased to a node that was lost
};

// Of records that a node holds and may still print.
inline constexpr PrrState kLeasedStates[] = {PrrState::kLeased, PrrState::kPrinting,
                                             PrrState::kInDoubt};

const char* PrrStateName(PrrState state);

struct GoodCard {
  CardAt at;
  uint32_t version = 0;
  domain::LeaseEpoch epoch;
  uint64_t control_position = 0;
  bool lease_valid = false;  // printed under a lease that the node had and, as it knew, still held
  // Of that lease, in the centre's log; 0: not known to that log.
  uint64_t granted_seq = 0;
  crypto::Hash intent;
  crypto::Hash verified;

  friend bool operator==(const GoodCard&, const GoodCard&) = default;
};

struct PrrVerdict {
  PrrState state = PrrState::kAbsent;
  domain::NodeId holder;             // where it is leased, printed or in doubt; may be empty
  std::vector<GoodCard> good_cards;  // in the order of (node, act, blank)
  std::vector<Anomaly> anomalies;    // in the order of their kinds

  friend bool operator==(const PrrVerdict&, const PrrVerdict&) = default;
};

// How far each node's own log proves that it knew its feed: the highest control position that an
// intent of it names.
using KnownPositions = std::map<domain::NodeId, uint64_t>;

// What was done with the card on a blank after it was made, whichever of its names was scanned.
using StepsOf = std::function<std::vector<StepFact>(const domain::BlankSerial&)>;

// `jobs` holds at least the jobs that `facts` names. Without `steps` no card has left its office.
PrrVerdict JudgePrr(const PrrFacts& facts, const Jobs& jobs, const KnownPositions& known,
                    const StepsOf& steps = nullptr);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_JUDGE_PRR_H_
