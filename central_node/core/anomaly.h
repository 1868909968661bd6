// What a judge finds wrong with an entity. The diff of two verdicts opens, updates and closes
// cases.
#ifndef KEPING_CENTRAL_NODE_CORE_ANOMALY_H_
#define KEPING_CENTRAL_NODE_CORE_ANOMALY_H_

#include <compare>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "common/crypto/hash.h"
#include "common/domain/blank_serial.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"

namespace keping::central {

// A card that an action should reach: where it is and what it is.
struct CardAt {
  domain::NodeId node;
  domain::ActId act;
  domain::BlankSerial blank;

  friend bool operator==(const CardAt&, const CardAt&) = default;
  friend auto operator<=>(const CardAt&, const CardAt&) = default;
};

// Why one of several cards stays.
enum class KeepReason { kDelivered = 1, kLatestLease };

struct KeptCard {
  CardAt card;
  KeepReason reason = KeepReason::kDelivered;

  friend bool operator==(const KeptCard&, const KeptCard&) = default;
};

struct Anomaly {
  domain::CaseKind kind = domain::CaseKind::kDuplicatePrint;
  std::set<crypto::Hash> evidence = {};
  // The facts themselves end it: located, covered, equal after a late receipt, harmless.
  bool settled = false;
  // What the policy's action goes to; empty when only an officer can tell.
  std::vector<CardAt> cards = {};
  // Of cards that are of other records than the case: theirs.
  std::map<domain::ActId, domain::PrrId> records = {};
  // Of cards of which one stays: that one; nullopt: an officer decides.
  std::optional<KeptCard> kept = {};
  // A card that comes back had left its office: that it is back closes nothing, a person does.
  bool ask = false;
  // Of a withdrawn or moved record: the node had been told before it printed.
  bool node_knew = false;

  friend bool operator==(const Anomaly&, const Anomaly&) = default;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_ANOMALY_H_
