// What reaches the central core: arrivals, which are facts and are never refused, and commands of
// people, which have an outcome.
#ifndef KEPING_CENTRAL_NODE_CORE_INPUT_H_
#define KEPING_CENTRAL_NODE_CORE_INPUT_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "central_node/core/facts.h"
#include "central_node/core/rows.h"
#include "common/crypto/hash.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"
#include "common/domain/serial_set.h"

namespace keping::central {

// One entry of a verified segment. Without an event it is of a type, or in a form, that this
// version cannot read: it is kept and skipped.
struct ArrivedEntry {
  FactRef ref;
  std::optional<domain::Event> event;
};

// The next entries of one stream, in order, without a gap; the shell has checked that.
struct EntriesArrived {
  domain::NodeId node;
  domain::IncarnationId incarnation;
  std::vector<ArrivedEntry> entries;
  // They open `incarnation` as a branch.
  std::optional<domain::LogForked> forked = std::nullopt;
  // Where a branch begins: what supervisors allowed without contact in the part of its log that it
  // shares with the stream that it leaves, and that is not over there.
  std::map<domain::ActId, StaleGrant> shared_grants = {};
};

// A node's log ends before what the centre holds of it.
struct RollbackFound {
  domain::LogRolledBack rollback;
};

// A signed part of a node's log came, and what is before it is not here.
struct GapFound {
  domain::LogGapFound gap;
};

struct RecordsArrived {
  std::vector<domain::PrrReceived> records;
};

struct WithdrawalsArrived {
  std::vector<domain::PrrWithdrawn> withdrawals;
};

struct AllotmentsArrived {
  std::vector<domain::AllotmentReceived> allotments;
};

struct ReportAnswersArrived {
  std::vector<domain::ReportAnswered> answers;
};

// To a request for blanks, by its idempotency key.
struct RequestAnswer {
  std::string item;
  bool accepted = false;
  std::optional<absl::CivilDay> expected = std::nullopt;
  std::string reason = {};  // when not accepted
};

struct RequestAnswersArrived {
  std::vector<RequestAnswer> answers;
};

struct OpenGeneration {
  domain::GenerationId generation;
  // As of domain::GenerationOpened.
  bool restored = false;
  domain::NodeId shown_by = {};
  uint32_t known_order = 0;  // the latest that anybody knows of, or 0
};

struct EnrolNode {
  domain::NodeId node;
  domain::IncarnationId incarnation;
  std::string public_key;      // 32 bytes
  bool forgotten = false;      // it was enrolled before the centre was set back
  domain::OperatorId by = {};  // who had its code made
};

// Puts a person on a node's roster under a role, or changes the role of one who is on it. With a
// verifier the person gets a new first password.
struct AddOperator {
  domain::OperatorId operator_id;
  domain::NodeId node;
  domain::Role role = domain::Role::kOperator;
  crypto::Hash verifier = {};  // of the sealed row; zero: the password stays as it is
  domain::OperatorId by = {};
};

// Strikes a person off; comes back by AddOperator.
struct RemoveOperator {
  domain::OperatorId operator_id;
  domain::NodeId node;
  domain::OperatorId by = {};
};

// Certifies a person of the roster on an application version, or takes that back.
struct CertifyOperator {
  domain::OperatorId operator_id;
  domain::NodeId node;
  domain::ApplicationVersion application_version;
  bool withdraw = false;
  domain::OperatorId by = {};
};

// Printing wants at least this version of the card application.
struct RequireApplication {
  domain::ApplicationVersion application_version;
  domain::NodeId node;  // empty: everywhere
  domain::OperatorId by = {};
};

// Makes a telephone grant and carries out what it is for at once where that is the centre's to do:
// the certificate goes onto the roster, the lease is moved by force.
struct IssueGrant {
  domain::ActId act;
  domain::NodeId node;
  domain::GrantKind kind = domain::GrantKind::kUnlockNode;
  domain::SubjectId subject;  // of all but kUnlockNode
  absl::CivilDay day;
  domain::ApplicationVersion application_version;  // of kCertifyOperator
  domain::OperatorId by;
  std::string key;            // of this node's grants
  uint32_t first_number = 0;  // random: the first that is looked at (common/domain/grant_code.h)
};

// Every node that has not been told its key for telephone grants is told.
struct TellGrantKeys {};

// Sends blanks of the district's stock: the named serials, or the first `quantity` in order. The
// same dispatch again, under the same transfer, changes nothing.
struct Dispatch {
  domain::TransferId transfer;
  domain::NodeId node;
  uint64_t quantity = 0;
  domain::SerialSet serials;
  std::set<domain::BoxId> boxes = {};  // sealed, beside the serials
  domain::OperatorId by = {};
  domain::OperatorId second = {};  // may be nobody
};

// A delivery that came to the district with its handover minutes. The same again changes nothing.
struct ReceiveDelivery {
  domain::AllotmentReceived delivery;
  domain::OperatorId by = {};
};

// Moves the right to print a record. Not forced: the holder is asked to release it first.
struct MoveLease {
  domain::PrrId prr;
  domain::NodeId to;
  bool forced = false;
  // Whoever moves it has looked for its card: a lost node may have printed it.
  bool although_maybe_printed = false;
  domain::OperatorId by = {};
};

// What a node still has that would be lost from sight with it.
struct Holdings {
  uint64_t blanks = 0;      // in its tray, bound to jobs, in doubt or on their way to it
  uint64_t cards = 0;       // in its office, spoiled and withdrawn ones too
  uint64_t leases = 0;      // records that are not printed
  uint64_t maybe_used = 0;  // of what it held when it was lost
  // Entries of its log that the centre does not hold; nullopt: it is not connected.
  std::optional<uint64_t> unproven = uint64_t{0};

  bool empty() const { return *this == Holdings(); }
  friend bool operator==(const Holdings&, const Holdings&) = default;
};

// Ends every incarnation that a node has.
struct CloseNode {
  domain::NodeId node;
  domain::NodeEnd end = domain::NodeEnd::kRevoked;
  domain::OperatorId by;
  domain::OperatorId second;        // of all but kRetired
  domain::DocumentNumber document;  // of all but kRetired
  Holdings holdings = {};           // of kRetired
  // Of kLost: what it held, as the shell looked it up.
  domain::SerialSet blanks = {};
  std::vector<domain::PrrId> prrs = {};
  std::set<domain::BoxId> boxes = {};
};

// Entries of a quarantined incarnation were stored as claims, up to this one.
struct ClaimsArrived {
  domain::NodeId node;
  domain::IncarnationId incarnation;
  uint64_t seq = 0;
  crypto::Hash head;
};

// Two officers believe the claims of an incarnation up to an entry. They become facts as
// EntriesArrived, which the shell hands in afterwards.
struct AcceptClaims {
  domain::NodeId node;
  domain::IncarnationId incarnation;
  uint64_t seq = 0;
  crypto::Hash head = {};    // of that entry; zero: it is no signed head of the claims
  uint64_t next_signed = 0;  // the signed head at or after it; 0: there is none
  domain::OperatorId by;
  domain::OperatorId second;
  domain::DocumentNumber document;
};

// An officer decides on a case.
struct ResolveCase {
  domain::CaseId case_id;
  uint32_t revision = 0;  // as whoever decides saw it
  domain::Resolution resolution = domain::Resolution::kAccepted;
  std::optional<domain::BlankSerial> keep = std::nullopt;  // of kRecall: the card that stays
  domain::OperatorId by;
  domain::OperatorId second = {};
  domain::DocumentNumber document = {};
};

// A day is over.
struct CloseDay {
  absl::CivilDay day;
  std::set<domain::NodeId> heard;  // as in domain::DayClosed
};

// A node is in contact.
struct HearNode {
  domain::NodeId node;
};

struct SetPolicy {
  domain::Policy policy;
  domain::OperatorId by;
  domain::OperatorId second;
};

// Puts a person on the district's own roster, or strikes one off. With a verifier the person gets a
// new first password.
struct SetOfficer {
  domain::OperatorId officer;
  domain::Role role = domain::Role::kReconciler;
  bool active = true;
  domain::OperatorId by;
  crypto::Hash verifier = {};  // of the sealed row; zero: the password stays as it is
  // No administrator can sign in: nobody's word is needed for one.
  bool founding = false;
};

// An officer is about to give a password: may it be looked at? `running` is the centre's running
// time now, here and below.
struct AskSignIn {
  domain::OperatorId officer;
  absl::Duration running = absl::ZeroDuration();
};

// The password was looked at, elsewhere since that takes long.
struct PasswordChecked {
  domain::OperatorId officer;
  domain::SignInOutcome outcome = domain::SignInOutcome::kWrongPassword;
  absl::Duration running = absl::ZeroDuration();
};

// An officer who has just given the old password takes a new one, whose sealed row is there.
struct ChangePassword {
  domain::OperatorId officer;
};

// What people of the district know and write down.
struct Enter {
  std::variant<domain::VillageReadinessSet, domain::AbsenceSet, domain::PrinterStated,
               domain::FiguresReported, domain::BlankIdentified>
      entry;
  domain::OperatorId by;
};

// A paper between this district and another one, with the signatures of two officers. What goes out
// is of the district's stock: the named serials, or the first `quantity` in order; what comes in is
// named. The same paper again changes nothing.
struct EnterLoan {
  domain::ActId act;
  domain::LoanStep step = domain::LoanStep::kLentOut;
  domain::DistrictCode district;
  uint64_t quantity = 0;
  domain::SerialSet serials = {};
  absl::CivilDay day;
  domain::DocumentNumber document;
  domain::OperatorId by;
  domain::OperatorId second;
};

// What happened to ribbons, films or cleaning cards at the district; `book` is put in.
struct EnterSupply {
  domain::SupplyMoved moved;
};

// Two people of the district ask the capital for blanks. The same request again changes nothing.
struct RequestBlanks {
  domain::RequestId request;
  uint64_t quantity = 0;
  absl::CivilDay needed_by;
  domain::OperatorId by;
  domain::OperatorId second;
};

// Destroys the pictures of those of these records that are due; the shell names some that may be.
struct DestroyPictures {
  std::vector<domain::PrrId> prrs;
};

// Somebody of the district looks at everything that is known of one person.
struct ReadSubject {
  domain::OperatorId by;
  domain::PrrId prr;  // the newest record that was found
  crypto::Hash nik_key;
};

// Looks again at records that waited for an office; the shell names them, after an enrolment.
struct GrantWaiting {
  std::vector<domain::PrrId> prrs;
};

// The centre's own log, when the tables are rebuilt from the logs.
struct CentralEntriesReplayed {
  std::vector<ArrivedEntry> entries;
};

using Input =
    std::variant<EntriesArrived, RollbackFound, GapFound, RecordsArrived, WithdrawalsArrived,
                 AllotmentsArrived, ReportAnswersArrived, OpenGeneration, EnrolNode, AddOperator,
                 RemoveOperator, CertifyOperator, RequireApplication, IssueGrant, TellGrantKeys,
                 Dispatch, ReceiveDelivery, MoveLease, GrantWaiting, CloseNode, ClaimsArrived,
                 AcceptClaims, CentralEntriesReplayed, ResolveCase, CloseDay, HearNode, SetPolicy,
                 SetOfficer, AskSignIn, PasswordChecked, ChangePassword, Enter, ReadSubject,
                 EnterLoan, EnterSupply, RequestAnswersArrived, RequestBlanks, DestroyPictures>;

// Why a command did nothing. The order is the precedence of the checks.
enum class CommandOutcome {
  kDone = 0,
  kUnknownNode,
  kUnknownPrr,
  kUnknownOperator,
  kAlreadyEnrolled,  // with another key
  kTransferIdUsed,   // for another dispatch
  kNothingAsked,     // a dispatch of no blanks
  kNotInStock,       // `want` blanks asked for, `got` of them in the district's stock
  kPrrWithdrawn,
  kPrrPrinted,
  kAlreadyHolder,
  kMoveInProgress,
  kNoSubject,      // a grant that names nobody, or no version
  kTooManyGrants,  // for this node and day
  kNotTwoPersons,
  kStillHolds,       // `holdings`
  kNodeClosed,       // revoked, retired or declared lost
  kHolderClosed,     // it cannot be asked to give the lease back
  kPrrMaybePrinted,  // by a node that was lost
  kNoSuchClaims,     // up to `got`; `want`: up to this one there are, or 0
  kNodesUnheard,     // `got` of them, since the centre was set back
  kUnknownCase,
  kUnknownOfficer,
  kRoleForbids,
  kCaseChanged,  // `got`: the revision that it has; `want`: the one that was seen
  kCaseClosed,
  kSamePerson,
  kResolutionUnfit,
  kNoDocument,
  kNothingToOrder,
  kDayClosedBefore,
  kPolicyVersion,  // `got`, and the one that follows
  kFirstOfficer,
  kLastAdministrator,
  kDeliveryKnown,   // under the same number, with other contents
  kEmptyDelivery,   // of nothing, or with a box of nothing
  kBoxKnown,        // `subject`, by another delivery
  kBoxNotInStock,   // `subject`
  kSerialsIssued,   // `got` of them, the first is `subject`
  kSchemeUnfit,     // `got` serials, the first is `subject`
  kPersonalNumber,  // in a field for an office or a paper
  kOwnDistrict,
  kDocumentUsed,     // for other blanks, or another quantity
  kNotOwed,          // `want` given back, `got` of them borrowed and not given back yet
  kNoSerials,        // of blanks that come in
  kSuppliesShort,    // `want` pieces, `got` of the lot in the district's stock
  kNothingSupplied,  // of no pieces
  kRequestIdUsed,    // for another request
  kDayHasPassed,
  kLockedOut,  // for `got` seconds of running time
  kWrongPassword,
  kNoPassword,
};

struct CommandResult {
  CommandOutcome outcome = CommandOutcome::kDone;
  uint64_t got = 0;
  uint64_t want = 0;
  std::string grant_code = {};          // of IssueGrant: secret, for one telephone call
  domain::LeaseEpoch lease_epoch = {};  // of IssueGrant for a lease
  Holdings holdings = {};               // of CloseNode
  // A box or a serial; of kRoleForbids who has which role, and which is wanted.
  std::string subject = {};

  friend bool operator==(const CommandResult&, const CommandResult&) = default;
};

// What happened and what to do, in one sentence.
std::string Sentence(const CommandResult& result);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_INPUT_H_
