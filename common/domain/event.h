// Everything that happens, as values: one struct per kind of event. A node's tables are projections
// of these; wire/event_codec.h turns them into payload bytes and back.
//
//   Event event = PrintIntended{.act = act, .prr = prr, …};
//   if (const auto* intent = std::get_if<PrintIntended>(&event)) …
//
// Events hold ids, serials, codes and numbers only; personal data lies in side records.
#ifndef KEPING_COMMON_DOMAIN_EVENT_H_
#define KEPING_COMMON_DOMAIN_EVENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/crypto/hash.h"
#include "common/domain/blank_serial.h"
#include "common/domain/box.h"
#include "common/domain/district_event.h"
#include "common/domain/ids.h"
#include "common/domain/office_event.h"
#include "common/domain/refusal.h"
#include "common/domain/serial_set.h"
#include "common/domain/stream_event.h"

namespace keping::domain {

// ---------------------------------------------------------------------------------------------
// Written by an edge node.

// kForgotten, of an enrolment alone: the centre was set back to before it.
enum class IncarnationReason { kEnrolled = 1, kRestored = 2, kForked = 3, kForgotten = 4 };

// Opens a stream; always entry 1. Names the head of the incarnation it goes on from, if any.
struct IncarnationOpened {
  IncarnationReason reason = IncarnationReason::kEnrolled;
  IncarnationId parent;  // or empty
  uint64_t parent_seq = 0;
  crypto::Hash parent_head;
  std::string public_key;  // the incarnation's log key, 32 bytes
  // How far the parent's log had reached, as far as its machine knows; 0: not beyond parent_seq.
  uint64_t parent_reached_seq = 0;

  friend bool operator==(const IncarnationOpened&, const IncarnationOpened&) = default;
};

enum class OfficeDayBasis { kFirst = 1, kRunningTime = 2, kAttested = 3 };

// A new office day: every printer's duty starts at zero.
struct OfficeDayOpened {
  // The local clock's or the centre's, where that is later than any day before; else the date after
  // the last one. Evidence only.
  absl::CivilDay date;
  OfficeDayBasis basis = OfficeDayBasis::kFirst;

  friend bool operator==(const OfficeDayOpened&, const OfficeDayOpened&) = default;
};

// A transfer received by scan. `missing` was dispatched and not found; `unexpected` was found and
// not dispatched: it is recorded, and only `received` enters the tray.
struct BlanksReceived {
  ActId act;
  TransferId transfer;
  OperatorId operator_id;
  SerialSet received;
  SerialSet missing;
  SerialSet unexpected;
  NodeId lent_by = {};  // by a lending slip; else empty
  // Sealed boxes of the transfer: nothing of them enters the tray before it is scanned out of them.
  std::vector<Box> boxes = {};
  std::vector<BoxId> missing_boxes = {};
  std::vector<BoxId> unexpected_boxes = {};

  friend bool operator==(const BlanksReceived&, const BlanksReceived&) = default;
};

struct PrintRefused {
  PrintRefusal refusal = PrintRefusal::kNone;
  PrrId prr;                         // empty when the plan had none
  std::optional<BlankSerial> blank;  // as scanned
  PrinterId printer;
  OperatorId operator_id;

  friend bool operator==(const PrintRefused&, const PrintRefused&) = default;
};

// The promise before a byte goes to the printer. Everything the print relied on is named.
struct PrintIntended {
  ActId act;
  PrrId prr;
  uint32_t prr_version = 0;
  BlankSerial blank;
  uint32_t attempt = 1;
  PrinterId printer;
  OperatorId operator_id;
  LeaseEpoch lease_epoch;
  uint64_t control_position = 0;  // how far this node knew the centre's control lane
  crypto::Hash control_state;
  uint64_t proven_seq = 0;  // freshness: the own head that the centre had countersigned
  ApplicationVersion application_version;
  bool offline = false;       // no session with the centre was up
  ActId batch = {};           // the tray that this card is fed from, or empty
  ActId override_act = {};    // the OverrideGranted that allowed it beyond its printer's duty
  ActId stale_override = {};  // and the one that allowed it without contact; or empty

  friend bool operator==(const PrintIntended&, const PrintIntended&) = default;
};

// The printer took the job.
struct PrintSent {
  ActId act;
  int32_t printer_job = 0;

  friend bool operator==(const PrintSent&, const PrintSent&) = default;
};

// The printer says the job is done; proves no good card.
struct PrintCompleted {
  ActId act;

  friend bool operator==(const PrintCompleted&, const PrintCompleted&) = default;
};

enum class PrintFailure { kNotAccepted = 1, kAborted = 2 };

// The printer says the job failed. kNotAccepted: refused before a card was fed, the blank is
// unused. kAborted: a person must say whether the blank is spoiled or unused.
struct PrintFailed {
  ActId act;
  PrintFailure failure = PrintFailure::kAborted;

  friend bool operator==(const PrintFailed&, const PrintFailed&) = default;
};

enum class DoubtCause { kRestart = 1, kPrinterVanished = 2, kTimeout = 3 };

// Nobody knows whether a card was printed; a person with the card in hand decides.
struct PrintDoubted {
  ActId act;
  DoubtCause cause = DoubtCause::kRestart;

  friend bool operator==(const PrintDoubted&, const PrintDoubted&) = default;
};

// A person scanned the finished card and confirmed the last four digits of the NIK on it. `blank`
// differs from the intended one when the card is good on another blank.
struct PrintVerified {
  ActId act;
  BlankSerial blank;
  OperatorId operator_id;

  friend bool operator==(const PrintVerified&, const PrintVerified&) = default;
};

enum class SpoilCause {
  kFactory = 1,
  kEncode = 2,
  kPrint = 3,
  kMisprint = 4,
  kWarped = 5,
};

// Where on its way the blank was spoiled. Unknown in entries of the first version.
enum class SpoilStep { kUnknown = 0, kStorage = 1, kHandling = 2, kEncoding = 3, kPrinting = 4 };

// The job's card is spoiled: the PRR may be tried again on another blank.
struct PrintSpoiled {
  ActId act;
  BlankSerial blank;
  SpoilCause cause = SpoilCause::kPrint;
  OperatorId operator_id;
  SpoilStep step = SpoilStep::kUnknown;

  friend bool operator==(const PrintSpoiled&, const PrintSpoiled&) = default;
};

// The job fed no card: blank and PRR are free again.
struct PrintUnused {
  ActId act;
  OperatorId operator_id;  // empty when the printer itself proved it

  friend bool operator==(const PrintUnused&, const PrintUnused&) = default;
};

// A blank of the tray spoiled outside a job.
struct BlankSpoiled {
  ActId act;
  BlankSerial blank;
  SpoilCause cause = SpoilCause::kFactory;
  OperatorId operator_id;
  SpoilStep step = SpoilStep::kUnknown;

  friend bool operator==(const BlankSpoiled&, const BlankSpoiled&) = default;
};

// The node gives a lease back on request; it will not print this PRR under this epoch.
struct LeaseReleased {
  PrrId prr;
  LeaseEpoch epoch;

  friend bool operator==(const LeaseReleased&, const LeaseReleased&) = default;
};

// The operator says that an action of the centre was carried out.
struct ActionAcknowledged {
  ActionId action;
  OperatorId operator_id;
  std::optional<BlankSerial> blank = {};  // the card that was called back, if the order was that

  friend bool operator==(const ActionAcknowledged&, const ActionAcknowledged&) = default;
};

// ---------------------------------------------------------------------------------------------
// Written by the central node.

// Opens a life of the centre's state; a restored centre opens the next one.
struct GenerationOpened {
  GenerationId generation;
  uint32_t order = 1;
  bool restored = false;  // the centre was set back, and may have forgotten what it told the nodes
  NodeId shown_by;        // the node that showed it; empty: the witness beside the centre's keys

  friend bool operator==(const GenerationOpened&, const GenerationOpened&) = default;
};

struct NodeEnrolled {
  NodeId node;
  IncarnationId incarnation;
  std::string public_key;  // 32 bytes
  IncarnationReason reason = IncarnationReason::kEnrolled;
  OperatorId by = {};  // whose code it was, if an officer had it made

  friend bool operator==(const NodeEnrolled&, const NodeEnrolled&) = default;
};

struct OperatorCertified {
  OperatorId operator_id;
  NodeId node;
  ApplicationVersion application_version;  // empty: on the roster, not certified

  friend bool operator==(const OperatorCertified&, const OperatorCertified&) = default;
};

// A delivery: of the national link, or entered by the district from its handover minutes (BAST).
struct AllotmentReceived {
  AllotmentId allotment;
  std::string bast_number;  // of the handover minutes
  SerialSet serials;        // those that the paper lists: they lie in the district's stock
  // Blanks that are known by quantity, until they are scanned out of their box.
  std::vector<Box> boxes = {};
  SerialScheme scheme = SerialScheme::kUndeclared;
  LotId lot = {};                          // or empty
  std::optional<absl::CivilDay> day = {};  // of the minutes
  OfficeCode handed_over_by = {};          // or empty
  OperatorId received_by = {};             // empty: of the national link
  OperatorId second = {};                  // the other officer who received it
  RequestId request = {};                  // that it answers; or empty

  friend bool operator==(const AllotmentReceived&, const AllotmentReceived&) = default;
};

struct PrrReceived {
  PrrId prr;
  uint32_t version = 1;
  VillageCode village;
  absl::Time enrolled_at;
  crypto::Hash nik_key;        // keyed hash of the NIK, for look-ups and duplicate checks
  crypto::Hash record_digest;  // of the sealed side record
  PrrId replaces;              // the PRR whose card this one supersedes, or empty

  friend bool operator==(const PrrReceived&, const PrrReceived&) = default;
};

// kPrintedElsewhere: another district printed it.
enum class WithdrawalReason {
  kDeath = 1,
  kMove = 2,
  kDuplicate = 3,
  kOther = 4,
  kPrintedElsewhere = 5,
};

struct PrrWithdrawn {
  PrrId prr;
  uint32_t version = 1;
  WithdrawalReason reason = WithdrawalReason::kOther;

  friend bool operator==(const PrrWithdrawn&, const PrrWithdrawn&) = default;
};

struct LeaseGranted {
  PrrId prr;
  NodeId node;
  LeaseEpoch epoch;
  bool forced = false;  // without the old holder's release
  OperatorId by = {};   // the officer who moved it; empty: the centre by its rules

  friend bool operator==(const LeaseGranted&, const LeaseGranted&) = default;
};

struct LeaseReleaseRequested {
  PrrId prr;
  NodeId node;
  LeaseEpoch epoch;
  NodeId next_holder;
  OperatorId by = {};  // the officer who moves it

  friend bool operator==(const LeaseReleaseRequested&, const LeaseReleaseRequested&) = default;
};

struct BlanksDispatched {
  TransferId transfer;
  NodeId node;
  SerialSet serials;
  std::vector<Box> boxes = {};  // sealed
  OperatorId by = {};           // the officer who sent them
  OperatorId second = {};       // who counted them too; may be nobody

  friend bool operator==(const BlanksDispatched&, const BlanksDispatched&) = default;
};

// The kinds of the case table; central_node/core/case_policy.cc says what each is about.
enum class CaseKind {
  kDuplicatePrint = 1,
  kStalePrint = 2,
  kWithdrawnPrinted = 3,
  kBlankUsedTwice = 4,
  kWrongBlankBound = 5,
  kDoubleDispatch = 6,
  kForeignBlank = 7,
  kNeverIssued = 8,
  kTransferDifference = 9,
  kLeaseBreach = 10,
  kOverlapRisk = 11,
  kDestroyedReappears = 12,
  kLogForked = 13,
  kGrantMismatch = 14,
  kLogRolledBack = 15,
  kLostTail = 16,
  kRevokedClaims = 17,
  kCardSuperseded = 18,
  kPrintedElsewhere = 19,
  kTwoCardsOnePerson = 20,
  kBindingsShifted = 21,
  kNameClash = 22,
  kTransferSilent = 23,
  kCountVariance = 24,
  kReportContradiction = 25,
  kOverDuty = 26,
  kUntrainedPrint = 27,
  kBeyondStaleness = 28,
  kClockChanged = 29,
  kDoubtUnresolved = 30,
  kReportRejected = 31,
  kNodeSilent = 32,
  kLogGap = 33,
  kBoxDifference = 34,
  kLentBlankSeen = 35,
  kLoanContradiction = 36,
};

inline constexpr CaseKind kCaseKinds[] = {CaseKind::kDuplicatePrint,
                                          CaseKind::kStalePrint,
                                          CaseKind::kWithdrawnPrinted,
                                          CaseKind::kBlankUsedTwice,
                                          CaseKind::kWrongBlankBound,
                                          CaseKind::kDoubleDispatch,
                                          CaseKind::kForeignBlank,
                                          CaseKind::kNeverIssued,
                                          CaseKind::kTransferDifference,
                                          CaseKind::kLeaseBreach,
                                          CaseKind::kOverlapRisk,
                                          CaseKind::kDestroyedReappears,
                                          CaseKind::kLogForked,
                                          CaseKind::kGrantMismatch,
                                          CaseKind::kLogRolledBack,
                                          CaseKind::kLostTail,
                                          CaseKind::kRevokedClaims,
                                          CaseKind::kCardSuperseded,
                                          CaseKind::kPrintedElsewhere,
                                          CaseKind::kTwoCardsOnePerson,
                                          CaseKind::kBindingsShifted,
                                          CaseKind::kNameClash,
                                          CaseKind::kTransferSilent,
                                          CaseKind::kCountVariance,
                                          CaseKind::kReportContradiction,
                                          CaseKind::kOverDuty,
                                          CaseKind::kUntrainedPrint,
                                          CaseKind::kBeyondStaleness,
                                          CaseKind::kClockChanged,
                                          CaseKind::kDoubtUnresolved,
                                          CaseKind::kReportRejected,
                                          CaseKind::kNodeSilent,
                                          CaseKind::kLogGap,
                                          CaseKind::kBoxDifference,
                                          CaseKind::kLentBlankSeen,
                                          CaseKind::kLoanContradiction};
inline constexpr CaseKind kLastCaseKind = CaseKind::kLoanContradiction;

enum class CaseState { kOpen = 1, kActing = 2, kClosed = 3 };

// A case was opened, changed by new evidence, or closed. Evidence is named by event id.
struct CaseChanged {
  CaseId case_id;
  CaseKind kind = CaseKind::kDuplicatePrint;
  CaseState state = CaseState::kOpen;
  uint32_t revision = 1;
  // Whom it is about, where that is one of these.
  PrrId prr;
  std::optional<BlankSerial> blank;
  NodeId node;
  std::vector<crypto::Hash> evidence;
  std::string entity = {};  // what its id is made of; empty in entries of the first version

  friend bool operator==(const CaseChanged&, const CaseChanged&) = default;
};

enum class ActionKind { kRecallCard = 1, kRescanBlank = 2 };

struct ActionOrdered {
  ActionId action;
  ActionKind kind = ActionKind::kRecallCard;
  NodeId node;
  CaseId case_id;
  PrrId prr;
  std::optional<BlankSerial> blank;

  friend bool operator==(const ActionOrdered&, const ActionOrdered&) = default;
};

enum class ReportKind { kPrinted = 1, kSpoiled = 2 };

// The national centre's answer to one reported item.
struct ReportAnswered {
  std::string item;  // the idempotency key: the id (hash) of the reported event in hex
  ReportKind kind = ReportKind::kPrinted;
  bool accepted = false;
  std::string reason;  // the centre's reason code when not accepted

  friend bool operator==(const ReportAnswered&, const ReportAnswered&) = default;
};

using Event = std::variant<
    IncarnationOpened, OfficeDayOpened, BlanksReceived, PrintRefused, PrintIntended, PrintSent,
    PrintCompleted, PrintFailed, PrintDoubted, PrintVerified, PrintSpoiled, PrintUnused,
    BlankSpoiled, LeaseReleased, ActionAcknowledged, GenerationOpened, NodeEnrolled,
    OperatorCertified, AllotmentReceived, PrrReceived, PrrWithdrawn, LeaseGranted,
    LeaseReleaseRequested, BlanksDispatched, CaseChanged, ActionOrdered, ReportAnswered,
    BatchOpened, BatchClosed, CancelAsked, Corrected, TestCardPrinted, PrinterMaintained,
    ConsumableMoved, OverrideGranted, PrinterReleased, PrinterAdopted, SignInTried, PasswordChanged,
    GrantTried, ShiftOpened, ShiftClosed, DayReported, StockOpened, StockCounted, CardsDestroyed,
    LateEntryMade, ManifestMade, ManifestHandedOver, CardsAnswered, OfficeDayCorrected,
    NodeUnlocked, PersonalDataRead, OperatorRostered, GrantIssued, ApplicationRequired,
    StockRescanned, BlanksLent, LogForked, LogRolledBack, NodeClosed, ClaimsAccepted, TailLost,
    GenerationMet, CaseDecided, DayClosed, NodeHeard, PolicySet, VillageReadinessSet, AbsenceSet,
    PrinterStated, FiguresReported, BlankIdentified, PicturesDestroyed, LogGapFound, BoxOpened,
    LoanMoved, SupplyMoved, BlanksRequested, BlanksRequestAnswered>;

// Stable snake_case name of a kind of event, for screens and logs.
const char* EventName(const Event& event);
const char* CaseKindName(CaseKind kind);
const char* CaseStateName(CaseState state);

}  // namespace keping::domain

#endif  // KEPING_COMMON_DOMAIN_EVENT_H_
