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
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "central_node/core/count_facts.h"
#include "central_node/core/facts.h"
#include "central_node/core/judge_figures.h"
#include "central_node/core/judge_job.h"
#include "central_node/core/judge_prr.h"
#include "central_node/core/phone_grant.h"
#include "common/crypto/hash.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"
#include "common/domain/serial_set.h"
#include "common/domain/sign_in_tries.h"
#include "common/ledger/balances.h"

namespace keping::central {

// Only blanks that left the district's stock, or that somebody claims, have a row.
struct BlankRow {
  bool exists = false;
  BlankFacts facts;
  ledger::Place place;                                       // of the last verdict
  ledger::Account origin = ledger::Account::kUnknownOrigin;  // the source that gave it
  bool allotted_again = false;                               // as of BlankVerdict, the last one
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

struct CaseDecisionFact {
  FactRef fact;
  uint32_t revision = 0;
  domain::Resolution resolution = domain::Resolution::kAccepted;
  std::optional<domain::BlankSerial> keep;
  domain::OperatorId by;
  domain::OperatorId second;
  domain::DocumentNumber document;
};

struct BoxRow {
  BoxFacts facts;
  // Of the last verdict, as the ledger has it.
  ledger::Place place;
  int64_t unidentified = 0;  // blanks that nobody scanned out of it
  int64_t excess = 0;        // scanned out of it beyond its quantity
  int64_t quantity = 0;      // by its paper
};

// The other names of a blank, under each of them. A name is no blank: it moves nothing.
struct NameRow {
  std::vector<NameFact> names;
};

// Of this district with another one, in the centre's own log.
struct LoanPaper {
  FactRef fact;
  domain::LoanMoved paper;
};

struct SupplyFact {
  FactRef fact;
  domain::SupplyMoved moved;
};

// Of one node's log.
struct ConsumableFact {
  FactRef fact;
  domain::ConsumableMoved moved;
};

// All records of one person, by the keyed hash of the NIK.
struct PersonRow {
  std::set<domain::PrrId> prrs;
};

// What one printer did on one office day of a node.
struct PrinterDayRow {
  // Intents whose card was fed, without a supervisor's word for more than the duty.
  std::set<crypto::Hash> fed;

  bool empty() const { return fed.empty(); }
};

// The jobs of one tray whose cards were found on another blank than they were meant for.
struct BatchRow {
  struct Swap {
    domain::BlankSerial intended;
    domain::BlankSerial found;
    crypto::Hash verified;
  };
  std::map<domain::ActId, Swap> swaps;

  bool empty() const { return swaps.empty(); }
};

// Figures that somebody reported, under the act of the report.
struct FiguresRow {
  std::vector<FiguresFact> reports;
};

// How many cards a node made, handed over or burnt on a day of the district's.
using FiguresOfDays = std::map<domain::FigureKind, std::map<absl::CivilDay, int64_t>>;

struct CaseRow {
  domain::CaseKind kind = domain::CaseKind::kDuplicatePrint;
  domain::CaseState state = domain::CaseState::kOpen;
  uint32_t revision = 0;  // 0: there is no such case
  domain::PrrId prr;
  std::optional<domain::BlankSerial> blank;
  domain::NodeId node;
  std::set<crypto::Hash> evidence;
  std::set<domain::ActionId> actions;
  std::string entity = {};  // what its id is made of
  // What officers decided, in the order of the log; the last one holds until evidence is added.
  std::vector<CaseDecisionFact> decisions = {};
  bool decided = false;
  // By the centre's clock: when it was opened first, and closed last; 0: it was not.
  int64_t opened_micros = 0;
  int64_t closed_micros = 0;
};

// How many cases are in a state, or how many more than before.
using CaseTally = std::map<domain::CaseState, int64_t>;

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
  std::set<crypto::Hash> answers = {};
  uint64_t outbox_seq = 0;  // bookkeeping of the store: its place in the outbox
};

// What a supervisor allowed in an outage that its stream has not seen the end of.
struct StaleGrant {
  uint64_t seq = 0;
  domain::RecordClass record_class = domain::RecordClass::kFirstCard;
  uint32_t prints = 0;
  uint32_t policy_version = 0;
  uint32_t used = 0;
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
  // Facts that show that it was written further than it is here -> up to which seq.
  std::map<crypto::Hash, uint64_t> gaps = {};
  // How it ended -> the smallest id of the events that say so. Empty: it goes on.
  std::map<domain::NodeEnd, crypto::Hash> ends = {};
  uint64_t accepted_seq = 0;  // up to where two officers believe what came after its end

  // Office days that it opened, by the seq from which each holds; the latest ones.
  std::map<uint64_t, absl::CivilDay> office_days = {};
  int64_t wall_micros = 0;                  // of the last entry held
  std::set<crypto::Hash> clock_jumps = {};  // entries before which its clock was set back

  std::map<domain::ActId, StaleGrant> stale_grants = {};

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

// How an officer signs in. The password's verifier lies in the sealed row of the roster's entry.
struct OfficerSignIn {
  bool own_password = false;  // else it is the one that an administrator had made
  domain::SignInTries tries = {};
};

// An entry of the roster, from the time of the fact on.
struct RosterFact {
  FactRef fact;
  std::set<domain::ApplicationVersion> certified;
  bool active = true;
};

struct RequirementFact {
  FactRef fact;
  domain::ApplicationVersion version;
};

struct PrinterFact {
  FactRef fact;
  domain::NodeId node;
  uint32_t cards_per_day = 0;
  absl::CivilDay from;
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

  // Who was on the roster when, and which application was wanted when.
  std::map<domain::OperatorId, std::vector<RosterFact>> roster = {};
  std::vector<RequirementFact> requirements = {};
  std::set<absl::CivilDay> closed_days = {};         // working days that ended, the latest ones
  std::map<uint64_t, crypto::Hash> silences = {};    // closed days without contact, by seq
  uint64_t heard_seq = 0;                            // of the centre's log, the last contact
  std::set<domain::TransferId> open_transfers = {};  // on their way to it
  std::set<domain::ActId> doubts = {};               // jobs of it that nobody answered for
  domain::SerialSet differing = {};  // what its last counts name and are looked into for
  FiguresOfDays figures = {};
  std::vector<ConsumableFact> consumables = {};

  // Bookkeeping.
  uint64_t feed_head = 0;
  std::map<domain::PrrId, uint64_t> open_overlaps;  // -> position that took the lease away
  crypto::Hash grant_key_told;  // Settings::grant_key_name when the node was told its key
};

// What a village said of a day, or a person's office of days; the last word counts.
struct ReadinessFact {
  FactRef fact;
  uint32_t persons = 0;
  bool withdrawn = false;
};

struct AbsenceFact {
  FactRef fact;
  domain::AbsenceKind kind = domain::AbsenceKind::kLeave;
  absl::CivilDay last;
  domain::NodeId node;  // or empty
  bool withdrawn = false;
};

// A request for blanks, with what the capital said to it.
struct RequestRow {
  FactRef fact;
  uint64_t quantity = 0;
  absl::CivilDay needed_by;
  domain::OperatorId by;
  domain::OperatorId second;
  // The first answer, by the centre's own log.
  std::optional<FactRef> answered = std::nullopt;
  bool accepted = false;
  std::optional<absl::CivilDay> expected = std::nullopt;
  std::string reason = {};
  std::set<domain::AllotmentId> allotments = {};  // that name it
};

struct CentreRow {
  domain::GenerationId generation;
  uint32_t generation_order = 0;
  std::map<domain::GenerationId, uint32_t> generations = {};  // all that this log opened -> order
  std::set<domain::AllotmentId> allotments = {};
  domain::SerialSet allotted;
  domain::SerialSet district_stock;
  uint64_t in_boxes = 0;                            // allotted by quantity, in all
  uint64_t allotted_again = 0;                      // second names in `allotted` of joined blanks
  domain::SerialSet unissued;                       // have a row, and no allotment names them
  domain::ApplicationVersion required_application;  // of nodes that enrol from now on; or empty
  domain::Policy policy = {};
  // What each version said of prints without contact: an office may know an earlier one.
  std::map<uint32_t, std::vector<domain::StalenessRule>> staleness = {};
  absl::CivilDay last_closed_day = {};  // at first the day before its log begins
  std::map<domain::OperatorId, RosterEntry> officers = {};    // the district's own people
  std::map<domain::OperatorId, OfficerSignIn> sign_ins = {};  // of those who ever tried
  // How long the centre has run, by the last try to sign in.
  absl::Duration running = absl::ZeroDuration();
  std::vector<RequirementFact> requirements = {};  // of nodes that enrol from now on
  std::map<domain::PrinterId, std::vector<PrinterFact>> printers = {};
  std::map<domain::VillageCode, std::map<absl::CivilDay, ReadinessFact>> readiness = {};
  std::map<domain::OperatorId, std::map<absl::CivilDay, AbsenceFact>> absences =
      {};                                   // by first day
  std::set<domain::NodeId> differing = {};  // nodes whose last counts differ from the book
  std::map<domain::RequestId, RequestRow> requests = {};
  // The centre was set back: these nodes have not said yet what it told them before.
  std::set<domain::NodeId> unheard = {};
  std::vector<LoanPaper> loans = {};
  std::vector<SupplyFact> supplies = {};

  // Bookkeeping: reports of figures that wait for the logs of their day -> whose they are; empty:
  // all nodes'.
  std::map<domain::ActId, domain::NodeId> uncompared = {};
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
  std::set<std::string> persons;       // keyed hashes in hex
  std::set<std::string> printer_days;  // PrinterDayKey
  std::set<domain::ActId> batches;
  std::set<domain::BlankSerial> names;
  std::set<domain::NodeId> counts;
  std::set<domain::ActId> figures;
  std::set<domain::BoxId> boxes;

  bool empty() const { return *this == Keys(); }
  friend bool operator==(const Keys&, const Keys&) = default;
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
  std::map<std::string, PersonRow> persons;
  std::map<std::string, PrinterDayRow> printer_days;
  std::map<domain::ActId, BatchRow> batches;
  std::map<domain::BlankSerial, NameRow> names;
  std::map<domain::NodeId, CountFacts> counts;
  std::map<domain::ActId, FiguresRow> figures;
  std::map<domain::BoxId, BoxRow> boxes;
};

// Of the blanks that are here.
StepsOf StepsIn(const Rows& rows);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_ROWS_H_
