// What happens in an office besides printing a card: batches, the printers' upkeep, people, stock,
// handover. One struct per kind, part of the variant of common/domain/event.h.
//
//   Event event = StockCounted{.act = act, .pile = Pile::kTray, .counted = scanned, …};
//
// As in event.h: ids, serials, codes and numbers only. `second` is the other of two persons.
#ifndef KEPING_COMMON_DOMAIN_OFFICE_EVENT_H_
#define KEPING_COMMON_DOMAIN_OFFICE_EVENT_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/crypto/hash.h"
#include "common/domain/blank_serial.h"
#include "common/domain/ids.h"
#include "common/domain/record_class.h"
#include "common/domain/serial_set.h"

namespace keping::domain {

// Why a batch feeds no further card. kMismatch: a finished card was scanned on another blank of the
// tray than its job intended, so everything behind it may be shifted.
enum class BatchEnd {
  kFinished = 1,
  kMismatch = 2,
  kCancelled = 3,
  kPrinter = 4,
  kRestart = 5,
  kRefused = 6,  // the next print was refused, as the entry before says
};

enum class CorrectionReason { kWrongScan = 1, kWrongAnswer = 2, kWrongCause = 3, kOther = 4 };

enum class MaintenanceKind { kCleaningCard = 1, kHeadCleaned = 2, kRepaired = 3 };

enum class ConsumableKind { kRibbon = 1, kFilm = 2, kCleaningCard = 3 };

// A used ribbon holds readable personal data: it is removed, kept, and destroyed before a witness.
// kSpoiled: one in stock is unusable. kCounted: so many pieces of it lie in stock, 0 when it was
// not found.
enum class ConsumableStep {
  kReceived = 1,
  kInstalled = 2,
  kRemoved = 3,
  kDestroyed = 4,
  kSpoiled = 5,
  kCounted = 6,
};
inline constexpr ConsumableStep kLastConsumableStep = ConsumableStep::kCounted;

enum class OverrideKind { kDuty = 1, kStaleness = 2 };

enum class OverrideReason { kDisaster = 1, kCourtOrElection = 2, kTravel = 3, kOther = 4 };

// kCommissioned: a new printer. kSlip: with the release slip of its last node. kWithoutSlip:
// today's allowance is zero, since nobody knows what it printed.
enum class AdoptionBasis { kCommissioned = 1, kSlip = 2, kWithoutSlip = 3 };

enum class SignInOutcome { kAccepted = 1, kWrongPassword = 2, kLockedOut = 3, kNoPassword = 4 };

enum class PasswordBasis { kOwn = 1, kGrant = 2, kFirst = 3 };

// What a telephone grant allows.
enum class GrantKind { kUnlockNode = 1, kCertifyOperator = 2, kResetPassword = 3, kForceLease = 4 };

// What a person may do; each role may do what the roles of the counter below it may.
enum class Role {
  kOperator = 1,
  kSupervisor = 2,
  kStockKeeper = 3,
  kReconciler = 4,
  kAuditor = 5,
  kAdministrator = 6
};

// A heap of cards or blanks that can be taken stock of.
enum class Pile { kTray = 1, kSpoiled = 2, kPrinted = 3 };

enum class ReadPurpose { kResidentStatus = 1, kRecordView = 2, kVerification = 3 };

// A tray of blanks goes through a printer, one job and one intent per card. `blanks` is the order
// in which they lie in the hopper.
struct BatchOpened {
  ActId act;
  PrinterId printer;
  OperatorId operator_id;
  std::vector<BlankSerial> blanks;

  friend bool operator==(const BatchOpened&, const BatchOpened&) = default;
};

// The batch feeds no further card; jobs already intended still want their scan.
struct BatchClosed {
  ActId act;
  BatchEnd end = BatchEnd::kFinished;
  ActId job;  // whose scan or answer ended it; or empty

  friend bool operator==(const BatchClosed&, const BatchClosed&) = default;
};

// A person asked the printer to give up a job. What became of the card is a later answer.
struct CancelAsked {
  ActId act;
  OperatorId operator_id;

  friend bool operator==(const CancelAsked&, const CancelAsked&) = default;
};

// An earlier answer of this node was wrong, two persons say so. The judges set `event` aside; both
// stay visible. A job whose answer is set aside is in doubt again.
struct Corrected {
  ActId act;
  ActId subject;       // the act whose answer was wrong
  crypto::Hash event;  // id of that answer's event
  CorrectionReason reason = CorrectionReason::kWrongScan;
  OperatorId operator_id;
  OperatorId second;
  std::optional<BlankSerial> blank = {};  // spoiled outside a job; then the subject is no job

  friend bool operator==(const Corrected&, const Corrected&) = default;
};

// A test card is about to be printed on `blank`, which it consumes whatever comes out.
struct TestCardPrinted {
  ActId act;
  PrinterId printer;
  BlankSerial blank;
  OperatorId operator_id;

  friend bool operator==(const TestCardPrinted&, const TestCardPrinted&) = default;
};

struct PrinterMaintained {
  ActId act;
  PrinterId printer;
  MaintenanceKind kind = MaintenanceKind::kCleaningCard;
  OperatorId operator_id;

  friend bool operator==(const PrinterMaintained&, const PrinterMaintained&) = default;
};

// A ribbon, a film or cleaning cards came, went into a printer, came out, or were destroyed.
struct ConsumableMoved {
  ActId act;
  ConsumableKind kind = ConsumableKind::kRibbon;
  ConsumableStep step = ConsumableStep::kReceived;
  ConsumableId consumable;  // of one ribbon or film; of a box of cleaning cards
  uint32_t quantity = 0;    // pieces; 1 for a ribbon or a film
  uint32_t panels = 0;      // capacity when installed, panels left when removed
  PrinterId printer;        // of kInstalled and kRemoved; or empty
  OperatorId operator_id;
  OperatorId second;         // witness of a destruction, second person of a count; or empty
  TransferId transfer = {};  // of kReceived: the district's parcel that it came in; or empty

  friend bool operator==(const ConsumableMoved&, const ConsumableMoved&) = default;
};

// A supervisor allows so many prints that the guard would refuse. Prints name it as `override_act`.
struct OverrideGranted {
  ActId act;
  OverrideKind kind = OverrideKind::kDuty;
  PrinterId printer;  // of kDuty; or empty
  uint32_t prints = 0;
  OverrideReason reason = OverrideReason::kDisaster;
  OperatorId operator_id;  // the supervisor
  // Of kStaleness: for records of this class, under the district's policy of this version (0:
  // none).
  RecordClass record_class = RecordClass::kFirstCard;
  uint32_t policy_version = 0;

  friend bool operator==(const OverrideGranted&, const OverrideGranted&) = default;
};

// The printer leaves this node; this event is its release slip.
struct PrinterReleased {
  ActId act;
  PrinterId printer;
  absl::CivilDay day;  // the open office day
  uint32_t fed_today = 0;
  uint64_t wear = 0;  // cards fed in all
  OperatorId operator_id;

  friend bool operator==(const PrinterReleased&, const PrinterReleased&) = default;
};

// The printer works at this node from now on.
struct PrinterAdopted {
  ActId act;
  PrinterId printer;
  AdoptionBasis basis = AdoptionBasis::kCommissioned;
  NodeId from;                        // of kSlip; or empty
  crypto::Hash slip;                  // id of the PrinterReleased event; of kSlip; or empty
  std::optional<absl::CivilDay> day;  // on the slip
  uint32_t fed_today = 0;             // on the slip
  uint64_t wear = 0;                  // on the slip
  OperatorId operator_id;

  friend bool operator==(const PrinterAdopted&, const PrinterAdopted&) = default;
};

struct SignInTried {
  OperatorId operator_id;
  SignInOutcome outcome = SignInOutcome::kAccepted;
  // At the district: how long the centre has run, as far as its log proves it. Zero at an office,
  // whose own log proves more.
  absl::Duration running = absl::ZeroDuration();

  friend bool operator==(const SignInTried&, const SignInTried&) = default;
};

// The new digest lies in a sealed row of the node.
struct PasswordChanged {
  OperatorId operator_id;
  OperatorId changed_by;
  PasswordBasis basis = PasswordBasis::kOwn;
  ActId grant;  // of kGrant; or empty

  friend bool operator==(const PasswordChanged&, const PasswordChanged&) = default;
};

// A telephone grant was typed in. The centre matches it with the one it issued.
struct GrantTried {
  ActId act;
  GrantKind kind = GrantKind::kUnlockNode;
  SubjectId subject;  // the operator or the record it is for; or empty
  absl::CivilDay day;
  crypto::Hash tag;  // keyed hash that names the grant when accepted; or empty
  bool accepted = false;
  OperatorId operator_id;
  ApplicationVersion application_version;  // of kCertifyOperator; or empty
  LeaseEpoch lease_epoch;                  // of kForceLease
  uint64_t control_position = 0;           // of the feed, as it was known

  friend bool operator==(const GrantTried&, const GrantTried&) = default;
};

struct ShiftOpened {
  ActId act;
  OperatorId operator_id;
  std::optional<uint64_t> counted;  // blanks in the tray, as counted by hand
  CodeText proof_code;              // of the last day report, as read from the paper; or empty
  // What the book of that moment had there, beside a hand count. Absent in earlier entries.
  std::optional<uint64_t> book = {};

  friend bool operator==(const ShiftOpened&, const ShiftOpened&) = default;
};

// `act` is the one that opened it.
struct ShiftClosed {
  ActId act;
  OperatorId operator_id;
  std::optional<uint64_t> counted;    // blanks in the tray, as counted by hand
  std::optional<uint64_t> book = {};  // as of ShiftOpened

  friend bool operator==(const ShiftClosed&, const ShiftClosed&) = default;
};

// What the signed day report says; `seq` and `head` are of the entry before this one.
struct DayReported {
  ActId act;
  absl::CivilDay day;
  uint32_t cards_fed = 0;
  uint32_t cards_good = 0;
  uint32_t cards_spoiled = 0;
  uint32_t blanks_spoiled = 0;  // outside a job
  uint32_t jobs_open = 0;
  uint64_t blanks_in_tray = 0;
  uint64_t seq = 0;
  crypto::Hash head;
  uint64_t proven_seq = 0;
  OperatorId operator_id;

  friend bool operator==(const DayReported&, const DayReported&) = default;
};

// Go-live: what lay in the office before its first day, by scan, with minutes and two persons.
struct StockOpened {
  ActId act;
  Pile pile = Pile::kTray;
  SerialSet serials;
  DocumentNumber minutes;
  OperatorId operator_id;
  OperatorId second;

  friend bool operator==(const StockOpened&, const StockOpened&) = default;
};

// A pile counted by scan. `missing` is in the book and was not scanned, `surplus` the reverse;
// nothing is adjusted by it.
struct StockCounted {
  ActId act;
  Pile pile = Pile::kTray;
  SerialSet counted;
  SerialSet missing;
  SerialSet surplus;
  OperatorId operator_id;
  OperatorId second;  // or empty

  friend bool operator==(const StockCounted&, const StockCounted&) = default;
};

// After a new incarnation began: these blanks were found in the office by scan.
struct StockRescanned {
  ActId act;
  SerialSet blanks;
  SerialSet missing;  // waited to be scanned again, and were not found
  OperatorId operator_id;
  OperatorId second;

  friend bool operator==(const StockRescanned&, const StockRescanned&) = default;
};

// Blanks were scanned out of a box: each of these serials is born by it and lies in the tray. In
// several events where a box is not emptied at once. `emptied`: nothing is left in it, also if
// fewer came out than it was to hold.
struct BoxOpened {
  ActId act;
  BoxId box;
  SerialSet serials;
  bool emptied = false;
  OperatorId operator_id;
  OperatorId second;  // who saw that a box held fewer; or empty

  friend bool operator==(const BoxOpened&, const BoxOpened&) = default;
};

// Blanks of the tray leave for another office, which receives them by scan under the transfer.
struct BlanksLent {
  ActId act;
  TransferId transfer;
  NodeId to;
  SerialSet blanks;
  OperatorId operator_id;
  OperatorId second;

  friend bool operator==(const BlanksLent&, const BlanksLent&) = default;
};

// Spoiled or withdrawn cards burnt before two officers and witnesses.
struct CardsDestroyed {
  ActId act;
  SerialSet serials;
  DocumentNumber minutes;
  OperatorId operator_id;
  OperatorId second;
  crypto::Hash witnesses;  // of the sealed side record that names them; or empty

  friend bool operator==(const CardsDestroyed&, const CardsDestroyed&) = default;
};

// The event of this act, written in the same batch, was copied from a paper form: it happened at
// the stated time and was recorded later.
struct LateEntryMade {
  ActId act;
  DocumentNumber form;
  absl::Time stated_at;
  OperatorId operator_id;

  friend bool operator==(const LateEntryMade&, const LateEntryMade&) = default;
};

// Finished cards listed for a village head.
struct ManifestMade {
  ActId act;
  VillageCode village;
  SerialSet cards;
  OperatorId operator_id;

  friend bool operator==(const ManifestMade&, const ManifestMade&) = default;
};

// Cards of a manifest left the office: those listed that had not been called back meanwhile.
struct ManifestHandedOver {
  ActId act;
  ActId manifest;
  SerialSet cards;
  absl::CivilDay day;
  crypto::Hash receiver;  // of the sealed side record that names the person; or empty
  OperatorId operator_id;

  friend bool operator==(const ManifestHandedOver&, const ManifestHandedOver&) = default;
};

// What became of handed-over cards. Without a manifest: handed to the resident at the counter.
struct CardsAnswered {
  ActId act;
  ActId manifest;  // or empty
  SerialSet delivered;
  SerialSet not_found;  // still with the village
  SerialSet returned;   // back in the office
  OperatorId operator_id;

  friend bool operator==(const CardsAnswered&, const CardsAnswered&) = default;
};

// The open office day has another date; never gives a card of the day's duty back.
struct OfficeDayCorrected {
  ActId act;
  absl::CivilDay day;
  OperatorId operator_id;
  OperatorId second;

  friend bool operator==(const OfficeDayCorrected&, const OfficeDayCorrected&) = default;
};

// Printing is allowed again after a lock, by the centre's telephone grant.
struct NodeUnlocked {
  ActId act;
  ActId grant;
  OperatorId operator_id;

  friend bool operator==(const NodeUnlocked&, const NodeUnlocked&) = default;
};

// Somebody looked at a resident's data outside the day's plan.
struct PersonalDataRead {
  OperatorId operator_id;
  PrrId prr;             // when one was found; or empty
  crypto::Hash nik_key;  // the node's keyed hash of the NIK asked for; or empty
  ReadPurpose purpose = ReadPurpose::kResidentStatus;

  friend bool operator==(const PersonalDataRead&, const PersonalDataRead&) = default;
};

// A person works at a node under a role, or at the district itself. Written by the central node;
// supersedes OperatorCertified.
struct OperatorRostered {
  OperatorId operator_id;
  NodeId node;  // empty: the district
  Role role = Role::kOperator;
  std::vector<ApplicationVersion> certified;  // in ascending order of their text
  bool active = false;                        // false: struck off the roster
  crypto::Hash verifier;  // of the sealed row that holds the first password's verifier; or empty
  OperatorId by = {};     // the officer who changed the roster; empty: the district had none yet

  friend bool operator==(const OperatorRostered&, const OperatorRostered&) = default;
};

// A telephone grant was read out. Written by the central node.
struct GrantIssued {
  ActId act;
  GrantKind kind = GrantKind::kUnlockNode;
  NodeId node;
  SubjectId subject;  // or empty
  absl::CivilDay day;
  crypto::Hash tag;  // keyed hash that names the grant
  OperatorId operator_id;
  ApplicationVersion application_version;  // of kCertifyOperator; or empty
  LeaseEpoch lease_epoch;                  // of kForceLease

  friend bool operator==(const GrantIssued&, const GrantIssued&) = default;
};

// Printing wants at least this version of the print application. Written by the central node.
struct ApplicationRequired {
  ApplicationVersion application_version;
  NodeId node;  // of all nodes when empty; or empty
  OperatorId by = {};

  friend bool operator==(const ApplicationRequired&, const ApplicationRequired&) = default;
};

}  // namespace keping::domain

#endif  // KEPING_COMMON_DOMAIN_OFFICE_EVENT_H_
