// Everything the centre knows about one entity, reduced from events: what the judges look at.
//
//   BlankFacts facts;
//   AddFact(facts.dispatches, {.fact = {event_id}, .transfer = transfer, .node = node});
//   AddFact(facts.dispatches, …the same again…);   // changes nothing
//
// Facts are kept sorted and unique, so that two centres that hold the same logs hold the same
// facts, whatever the order of arrival. A fact is named by the id of its event.
#ifndef KEPING_CENTRAL_NODE_CORE_FACTS_H_
#define KEPING_CENTRAL_NODE_CORE_FACTS_H_

#include <algorithm>
#include <compare>
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/crypto/hash.h"
#include "common/domain/blank_serial.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"
#include "common/domain/record_class.h"
#include "common/domain/serial_set.h"

namespace keping::central {

// An event by its id, and where in which log it stands: order exists within one stream, and between
// the incarnations of one node.
struct FactRef {
  crypto::Hash id;
  domain::NodeId node;  // of the stream; the centre's own id for its own events
  domain::IncarnationId incarnation;
  uint64_t seq = 0;
  int64_t wall_micros = 0;  // evidence, never order
  // When its incarnation was enrolled, as a seq of the centre's log; 0: not known. A log and its
  // branches are of one era.
  uint64_t era = 0;
  // Of a branch: the first seq at which its log is not that of the incarnation's own stream.
  uint64_t parted = 0;

  bool SameStream(const FactRef& other) const {
    return node == other.node && incarnation == other.incarnation;
  }
  // Later in one log; a branch goes on from what it shares with the stream that it left.
  bool After(const FactRef& other) const {
    const bool shared = node == other.node && era == other.era && era > 0 && other.parted == 0 &&
                        other.seq < parted;
    return shared || (SameStream(other) && seq > other.seq);
  }
  // Also under a later incarnation of the node: of what people of the office saw and did, since
  // they are the same people. What a machine knows is ordered by After alone.
  bool Later(const FactRef& other) const {
    return After(other) || (node == other.node && era > other.era);
  }
  friend bool operator==(const FactRef& a, const FactRef& b) { return a.id == b.id; }
  friend auto operator<=>(const FactRef& a, const FactRef& b) { return a.id <=> b.id; }
};

// Keeps `facts` sorted by event id; returns whether the fact is new.
template <typename T>
bool AddFact(std::vector<T>& facts, T fact) {
  const auto at = std::lower_bound(facts.begin(), facts.end(), fact,
                                   [](const T& a, const T& b) { return a.fact.id < b.fact.id; });
  if (at != facts.end() && at->fact.id == fact.fact.id) return false;
  facts.insert(at, std::move(fact));
  return true;
}

// ---------------------------------------------------------------------------------------------
// A job: one attempt to print, named by its act id. Only the intent names PRR and blank.

// A print that a supervisor allowed although there was no contact for too long.
struct StaleUse {
  domain::RecordClass record_class = domain::RecordClass::kFirstCard;  // as its grant says
  uint32_t number =
      0;  // among those of its class since the contact that its office had last: 1, 2 …
  uint32_t policy_version = 0;  // that the office knew, as the grant says
  bool granted = false;         // its log has the grant, and that had a print left

  friend bool operator==(const StaleUse&, const StaleUse&) = default;
};

struct IntentFact {
  FactRef fact;
  domain::PrrId prr;
  uint32_t prr_version = 0;
  domain::BlankSerial blank;
  domain::LeaseEpoch epoch;
  uint64_t control_position = 0;
  // The circumstances, as the node wrote them down.
  domain::PrinterId printer = {};
  domain::OperatorId operator_id = {};
  domain::ApplicationVersion application_version = {};
  domain::ActId batch = {};        // or empty
  absl::CivilDay office_day = {};  // of the node, when it was written
  bool beyond_duty = false;        // a supervisor allowed it beyond the printer's duty
  // And without contact for longer than the rule says.
  std::optional<StaleUse> stale = {};
};

enum class OutcomeKind {
  kSent = 1,
  kCompleted,
  kNotAccepted,  // no card was fed
  kAborted,      // a person must say what became of the blank
  kDoubted,
  kVerified,
  kSpoiled,
  kUnused,
};

struct OutcomeFact {
  FactRef fact;
  OutcomeKind kind = OutcomeKind::kSent;
  domain::BlankSerial blank;  // of kVerified and kSpoiled: the one that was scanned
};

// Two persons set an earlier answer aside; it stays a fact, and is not believed any more.
struct CorrectionFact {
  FactRef fact;
  crypto::Hash event;  // id of that answer
};

inline bool IsSetAside(const std::vector<CorrectionFact>& corrections, const crypto::Hash& event) {
  return std::any_of(corrections.begin(), corrections.end(),
                     [&](const CorrectionFact& one) { return one.event == event; });
}

struct JobFacts {
  std::vector<IntentFact> intents;
  std::vector<OutcomeFact> outcomes;
  std::vector<CorrectionFact> corrections;
  std::set<domain::CaseKind> cases = {};  // that this job by itself has

  // What the printer said of a job that people have looked at since is set aside with their
  // answers.
  bool SetAside(const OutcomeFact& outcome) const {
    return IsSetAside(corrections, outcome.fact.id) ||
           (outcome.kind == OutcomeKind::kNotAccepted && !corrections.empty());
  }
};

// ---------------------------------------------------------------------------------------------
// A blank.

struct DispatchFact {
  FactRef fact;
  domain::TransferId transfer;
  domain::NodeId node;
  domain::NodeId from = {};  // the office that lent it; empty: the district sent it
};

// kFound, kNotFound: when its stock was scanned again under a new incarnation.
enum class ScanKind { kReceived = 1, kMissing, kUnexpected, kFound, kNotFound };

// What a node said about the blank when it received a transfer, or scanned its stock again.
struct ScanFact {
  FactRef fact;
  domain::TransferId transfer;  // or empty
  ScanKind kind = ScanKind::kReceived;
  domain::NodeId lent_by = {};  // as the slip said under which it came; or empty
};

struct SpoilFact {
  FactRef fact;
  domain::ActId act;
};

// What lay in an office before its first day.
struct OpeningFact {
  FactRef fact;
  domain::ActId act;
  domain::Pile pile = domain::Pile::kTray;
};

// What was done with a finished card or a spoiled blank after it was made. Where two branches of
// one office's log tell of different ends, the greater one is believed: further from the office.
enum class StepKind {
  kReturned = 1,
  kHandedOver,
  kNotFound,  // the village head still has it
  kDelivered,
  kWithdrawn,  // a recall was carried out
  kDestroyed,
};

struct StepFact {
  FactRef fact;
  StepKind kind = StepKind::kHandedOver;
};

// The node that held it was declared lost.
struct LossFact {
  FactRef fact;
  domain::NodeId node;
  std::set<domain::IncarnationId> incarnations;  // of the node, up to then
};

// It was scanned out of a box.
struct BirthFact {
  FactRef fact;
  domain::BoxId box;
};

// Somebody says that the blank has another name too.
struct NameFact {
  FactRef fact;
  domain::BlankSerial printed;
  domain::BlankSerial uid;
};

// A paper between this district and another one names it. Papers are of the centre's own log.
struct LoanFact {
  FactRef fact;
  domain::LoanStep step = domain::LoanStep::kLentOut;

  // It came into the district.
  bool inward() const {
    return step == domain::LoanStep::kCameBack || step == domain::LoanStep::kBorrowed;
  }
};

struct BlankFacts {
  bool issued = false;  // some allotment names it
  std::vector<DispatchFact> dispatches;
  std::vector<ScanFact> scans;
  std::vector<SpoilFact> spoils;            // outside a job
  std::vector<CorrectionFact> corrections;  // of those
  std::vector<OpeningFact> openings;
  std::vector<StepFact> steps;
  std::vector<LossFact> losses = {};
  std::set<domain::ActId> jobs;  // that intended it, or found their card on it
  std::vector<BirthFact> births = {};
  std::vector<LoanFact> loans = {};
  std::vector<NameFact> names = {};  // by which it is also called otherwise; they move nothing

  // Another district gave it.
  bool came_from_elsewhere() const {
    return std::any_of(loans.begin(), loans.end(),
                       [](const LoanFact& one) { return one.inward(); });
  }
  // Somebody answers for where it came from.
  bool known() const {
    return issued || !openings.empty() || !births.empty() || came_from_elsewhere();
  }
  // Nobody says anything of it but what it is called.
  bool only_named() const {
    return dispatches.empty() && scans.empty() && spoils.empty() && corrections.empty() &&
           openings.empty() && steps.empty() && losses.empty() && jobs.empty() && loans.empty() &&
           births.empty();
  }
  // The box that it came out of, and whose quantity it is part of; empty: another paper or
  // inventory answers for it. Of several boxes the first by its number.
  domain::BoxId born_of() const {
    if (issued || !openings.empty() || came_from_elsewhere() || births.empty()) return {};
    return std::min_element(births.begin(), births.end(),
                            [](const BirthFact& a, const BirthFact& b) { return a.box < b.box; })
        ->box;
  }
};

// ---------------------------------------------------------------------------------------------
// A box of blanks that came by quantity.

struct BoxDeclarationFact {
  FactRef fact;
  domain::AllotmentId allotment;
  domain::LotId lot;  // or empty
  domain::Box box;
};

struct BoxDispatchFact {
  FactRef fact;
  domain::TransferId transfer;
  domain::NodeId node;
};

// As the transfer's receipt says: kReceived, kMissing or kUnexpected.
struct BoxScanFact {
  FactRef fact;
  domain::TransferId transfer;
  ScanKind kind = ScanKind::kReceived;
};

struct BoxOpeningFact {
  FactRef fact;
  bool emptied = false;
};

struct BoxFacts {
  std::vector<BoxDeclarationFact> declarations;
  std::vector<BoxDispatchFact> dispatches;
  std::vector<BoxScanFact> scans;
  std::vector<BoxOpeningFact> openings;
  std::vector<LossFact> losses;
  // Of the serials that were scanned out of it: those that are part of its quantity
  // (BlankFacts::born_of), and those for which something else answers.
  domain::SerialSet born;
  domain::SerialSet strays;
};

// ---------------------------------------------------------------------------------------------
// A print-ready record.

struct VersionFact {
  FactRef fact;
  uint32_t version = 1;
  domain::VillageCode village;
  absl::Time enrolled_at;
  crypto::Hash nik_key;
  crypto::Hash record_digest;
  domain::PrrId replaces;
};

struct WithdrawalFact {
  FactRef fact;
  uint32_t version = 1;
  domain::WithdrawalReason reason = domain::WithdrawalReason::kOther;
};

struct GrantFact {
  FactRef fact;
  domain::NodeId node;
  domain::LeaseEpoch epoch;
  bool forced = false;
};

struct ReleaseRequestFact {
  FactRef fact;
  domain::NodeId node;
  domain::LeaseEpoch epoch;
  domain::NodeId next_holder;
};

struct ReleaseFact {
  FactRef fact;
  domain::LeaseEpoch epoch;
};

// The holder was declared lost under this lease.
struct LeaseLossFact {
  FactRef fact;
  domain::NodeId node;
  domain::LeaseEpoch epoch;
};

// A later record of the same person says that it replaces this one's card.
struct ReplacementFact {
  FactRef fact;
  domain::PrrId by;
};

// The node that says so has no picture of the record any more: of the centre, of the versions that
// it had received by then.
struct DestructionFact {
  FactRef fact;
};

// Where in a node's feed it was told that a lease is not (or no longer) its own, or that the record
// is withdrawn. The centre's own bookkeeping: it depends on the order in which things arrived here.
struct FeedMark {
  domain::NodeId node;
  domain::LeaseEpoch epoch;  // the lease that was taken away; empty for a withdrawal
  uint64_t position = 0;

  friend bool operator==(const FeedMark&, const FeedMark&) = default;
};

struct PrrFacts {
  std::vector<VersionFact> versions;
  std::vector<WithdrawalFact> withdrawals;
  std::vector<GrantFact> grants;
  std::vector<ReleaseRequestFact> requests;
  std::vector<ReleaseFact> releases;
  std::vector<LeaseLossFact> losses = {};
  std::set<domain::ActId> jobs;
  std::vector<ReplacementFact> replaced_by = {};
  std::set<domain::PrrId> same_person = {};  // the other records under its NIK
  std::vector<DestructionFact> destructions = {};

  std::vector<FeedMark> lease_removals;
  std::vector<FeedMark> withdrawal_marks;
};

// ---------------------------------------------------------------------------------------------
// A transfer.

struct ReceiptFact {
  FactRef fact;
  domain::SerialSet received;
  domain::SerialSet missing;
  domain::SerialSet unexpected;
  domain::NodeId lent_by = {};  // as the slip said under which it came; or empty
  std::set<domain::BoxId> boxes = {};
  std::set<domain::BoxId> missing_boxes = {};
  std::set<domain::BoxId> unexpected_boxes = {};
};

struct TransferDispatchFact {
  FactRef fact;
  domain::NodeId node;
  domain::SerialSet serials;
  std::set<domain::BoxId> boxes = {};
};

struct TransferFacts {
  std::vector<TransferDispatchFact> dispatches;
  std::vector<ReceiptFact> receipts;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_FACTS_H_
