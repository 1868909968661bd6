// What the facts about one blank say of it, sorted by what they mean: which acts hold it, who
// received, sent, missed, used and handed it on. What follows from that is for judge_blank.h.
//
//   const BlankTraces traces = ReadTraces(serial, facts, jobs, other_name);
//   if (traces.claims.size() >= 2) …two acts hold one blank…
//
// Pure and order-free.
#ifndef KEPING_CENTRAL_NODE_CORE_BLANK_TRACES_H_
#define KEPING_CENTRAL_NODE_CORE_BLANK_TRACES_H_

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "central_node/core/facts.h"
#include "central_node/core/judge_job.h"
#include "common/crypto/hash.h"
#include "common/domain/blank_serial.h"
#include "common/domain/ids.h"
#include "common/ledger/account.h"

namespace keping::central {

// An act that holds the blank: it used it up, or its job is still open on it.
struct Claim {
  domain::NodeId node;
  ledger::Account account = ledger::Account::kBoundToJob;

  // There is a card, good or spoiled.
  bool finished() const {
    return account == ledger::Account::kPrintedReady || account == ledger::Account::kSpoiled;
  }
};

// A job that means the blank, by its intent.
struct Meaning {
  domain::ActId act;
  FactRef intent;
};

using FactsOfNodes = std::map<domain::NodeId, std::set<crypto::Hash>>;

struct BlankTraces {
  std::map<domain::ActId, Claim> claims;
  std::map<domain::ActId, std::set<crypto::Hash>> act_evidence;
  std::vector<Meaning> intents;
  std::vector<Meaning> displaced;  // of these: the job found its card on another blank
  FactsOfNodes uses;
  FactsOfNodes received;
  FactsOfNodes unexpected;
  FactsOfNodes handled;            // handed on as a card, or destroyed
  std::vector<FactRef> sightings;  // by which it was in somebody's hand
  std::map<domain::TransferId, domain::NodeId> destinations;
  std::set<domain::TransferId> sent_by_district;
  // By which it came to a node, the empty one at go-live; and by which it was lent on from there.
  std::map<domain::NodeId, std::set<domain::TransferId>> came;
  std::map<domain::NodeId, std::set<domain::TransferId>> lent;
  std::set<domain::TransferId> arrived;
  std::set<domain::TransferId> missing;
  std::vector<FactRef> not_found;

  // It came there more often than it was lent on from there. A blank that was only found there by
  // scan came once.
  bool HeldBy(const domain::NodeId& node) const;
  // Of those that received it.
  std::vector<domain::NodeId> Holders() const;
  // Somebody lent it on more often than it had it, or used it after it was lent.
  bool LentInVain() const;
  bool DispatchedTo(const domain::NodeId& node) const;

 private:
  size_t TimesItCame(const domain::NodeId& node) const;
};

// Somebody of the office had it in hand under a later incarnation than the lost ones. A branch may
// be one of the lost log that came late.
bool SeenSince(const LossFact& loss, const std::vector<FactRef>& sightings);

// Whoever scanned it so had it in hand.
bool InHand(ScanKind kind);

// `jobs` holds at least the jobs that `facts` names. Under `other_name` too the facts are about
// this blank.
BlankTraces ReadTraces(const domain::BlankSerial& serial, const BlankFacts& facts, const Jobs& jobs,
                       const std::optional<domain::BlankSerial>& other_name);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_BLANK_TRACES_H_
