// The rows of the central node's tables, as the core sees them: the facts of an entity, its last
// verdict, and what the centre has done about it. The shell loads the ones a step needs (needs.h),
// the step changes them in place and says which (step.h).
//
// Rows are projections of the logs: the same logs give the same rows, except for what is marked as
// the centre's own bookkeeping, which depends on the order of arrival.
#ifndef KEPING_CENTRAL_NODE_CORE_ROWS_H_
#define KEPING_CENTRAL_NODE_CORE_ROWS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "central_node/core/facts.h"
#include "central_node/core/judge_job.h"
#include "central_node/core/judge_prr.h"
#include "central_node/core/phone_grant.h"
#include "common/crypto/hash.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"
#include "common/domain/serial_set.h"
#include "common/ledger/balances.h"

namespace keping::central {

// Only blanks that left the district's stock, or that somebody claims, have a row.
struct BlankRow {
  bool exists = false;
  BlankFacts facts;
  ledger::Place place;                                       // of the last verdict
  ledger::Account origin = ledger::Account::kUnknownOrigin;  // the source that gave it
  std::set<domain::CaseKind> cases;
};

struct PrrRow {
  PrrFacts facts;
  PrrState state = PrrState::kAbsent;  // of the last verdict
  domain::NodeId holder;
  std::set<domain::CaseKind> cases;
  domain::NodeId waiting_for;  // bookkeeping: the office that must be enrolled first
};

struct TransferRow {
  TransferFacts facts;
};

struct CaseRow {
  domain::CaseKind kind = domain::CaseKind::kDuplicatePrint;
  domain::CaseState state = domain::CaseState::kOpen;
  uint32_t revision = 0;  // 0: there is no such case
  domain::PrrId prr;
  std::optional<domain::BlankSerial> blank;
  domain::NodeId node;
  std::set<crypto::Hash> evidence;
  std::set<domain::ActionId> actions;
};

struct ActionRow {
  bool ordered = false;
  domain::ActionKind kind = domain::ActionKind::kRecallCard;
  domain::NodeId node;
  domain::CaseId case_id;
  domain::PrrId prr;
  std::optional<domain::BlankSerial> blank;
  std::set<FactRef> acknowledgements;
};

enum class ReportState { kPending = 1, kAccepted, kRejected };

// One item for the national server. Its name is the id of the reported event in hex.
struct ReportRow {
  bool known = false;  // the event is here; an answer alone does not make it known
  domain::ReportKind kind = domain::ReportKind::kPrinted;
  domain::PrrId prr;  // empty for a blank spoiled outside a job
  uint32_t prr_version = 0;
  domain::BlankSerial blank;
  int64_t at_micros = 0;
  ReportState state = ReportState::kPending;
  std::string reason = {};  // of a rejection
  uint64_t outbox_seq = 0;  // bookkeeping of the store: its place in the outbox
};

struct StreamHead {
  std::string public_key;  // 32 bytes
  uint64_t seq = 0;        // the last entry held, 0 before the first
  crypto::Hash hash;
  uint64_t skipped = 0;       // entries kept that this version cannot read
  uint64_t enrolled_seq = 0;  // of the centre's log; 0: a branch, or not known
  // Of a branch: where it leaves another stream of the node, and its own first seq.
  domain::IncarnationId branch_of = {};
  uint64_t branch_seq = 0;
  // What showed that its machine was restored or cloned: the first entry of a branch, or the head
  // that it was set back to -> the fact.
  std::map<crypto::Hash, crypto::Hash> forks = {};
  std::map<crypto::Hash, crypto::Hash> rollbacks = {};
  // How it ended -> the smallest id of the events that say so. Empty: it goes on.
  std::map<domain::NodeEnd, crypto::Hash> ends = {};
  uint64_t accepted_seq = 0;  // up to where two officers believe what came after its end

  // Bookkeeping: the end of what came after it, believed or not; 0: nothing did.
  uint64_t claims_seq = 0;
  crypto::Hash claims_hash = {};
};

// One person of a node's roster, as the node is told.
struct RosterEntry {
  domain::Role role = domain::Role::kOperator;
  std::set<domain::ApplicationVersion> certified;
  bool active = true;     // false: struck off
  crypto::Hash verifier;  // of the sealed row with the first password's verifier; or zero
};

struct NodeRow {
  std::map<domain::IncarnationId, StreamHead> streams;
  domain::IncarnationId active;  // the incarnation enrolled last
  std::map<domain::OperatorId, RosterEntry> operators;
  domain::ApplicationVersion required_application;  // printing wants at least this; or empty
  std::map<crypto::Hash, PhoneGrantFacts> grants;   // telephone grants by tag
  uint64_t grants_refused = 0;                      // wrong codes typed in at this node
  uint64_t known_position = 0;    // the highest control position that an intent of it names
  std::set<crypto::Hash> losses;  // the events that declared it lost
  // Of what it held then: blanks that may be used, records that may be printed.
  uint64_t unsettled = 0;

  // Bookkeeping.
  uint64_t feed_head = 0;
  std::map<domain::PrrId, uint64_t> open_overlaps;  // -> position that took the lease away
  crypto::Hash grant_key_told;  // Settings::grant_key_name when the node was told its key
};

struct CentreRow {
  domain::GenerationId generation;
  uint32_t generation_order = 0;
  std::map<domain::GenerationId, uint32_t> generations = {};  // all that this log opened -> order
  std::set<domain::AllotmentId> allotments = {};
  domain::SerialSet allotted;
  domain::SerialSet district_stock;
  domain::SerialSet unissued;                       // have a row, and no allotment names them
  domain::ApplicationVersion required_application;  // of nodes that enrol from now on; or empty
  // The centre was set back: these nodes have not said yet what it told them before.
  std::set<domain::NodeId> unheard = {};
};

// Always in memory: nodes are few.
struct Resident {
  CentreRow centre;
  std::map<domain::NodeId, NodeRow> nodes;
};

// The keys of rows, by table.
struct Keys {
  std::set<domain::BlankSerial> blanks;
  std::set<domain::PrrId> prrs;
  std::set<domain::ActId> jobs;
  std::set<domain::TransferId> transfers;
  std::set<domain::CaseId> cases;
  std::set<domain::ActionId> actions;
  std::set<std::string> reports;

  bool empty() const {
    return blanks.empty() && prrs.empty() && jobs.empty() && transfers.empty() && cases.empty() &&
           actions.empty() && reports.empty();
  }
};

// The rows that one step works on. A key that is here is loaded; a row that does not exist yet is
// here with its default value.
struct Rows {
  std::map<domain::BlankSerial, BlankRow> blanks;
  std::map<domain::PrrId, PrrRow> prrs;
  Jobs jobs;
  std::map<domain::TransferId, TransferRow> transfers;
  std::map<domain::CaseId, CaseRow> cases;
  std::map<domain::ActionId, ActionRow> actions;
  std::map<std::string, ReportRow> reports;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_ROWS_H_
