// What became of a finished card, or of a spoiled blank, after it was made: handed over, delivered,
// returned, called back, destroyed.
//
//   const StepFact* last = LastStep(facts.steps, node);
//   if (last != nullptr) place.account = AccountAfter(last->kind);
#ifndef KEPING_CENTRAL_NODE_CORE_CARD_STEPS_H_
#define KEPING_CENTRAL_NODE_CORE_CARD_STEPS_H_

#include <set>
#include <vector>

#include "central_node/core/facts.h"
#include "common/crypto/hash.h"
#include "common/ledger/account.h"

namespace keping::central {

// The last step at `node`: within one stream the one written last, of the branches of one log the
// greatest kind, of several incarnations that of the latest; but no recall after the fire. Null
// when there is none. Points into `steps`.
const StepFact* LastStep(const std::vector<StepFact>& steps, const domain::NodeId& node);

ledger::Account AccountAfter(StepKind kind);

// The facts that saw a blank after the same office had it destroyed, with those destructions. Empty
// when none did.
std::set<crypto::Hash> SeenAfterDestruction(const std::vector<StepFact>& steps,
                                            const std::vector<FactRef>& sightings);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_CARD_STEPS_H_
