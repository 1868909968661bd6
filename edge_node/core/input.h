// What goes into the edge core and what comes out of it, as values.
//
//   Decision decision = core.Step(now, conditions, SpoilBlank{.act = act, .blank = blank, …});
//
// An input that a person causes carries who it was, and a random act id made by the shell.
#ifndef KEPING_EDGE_NODE_CORE_INPUT_H_
#define KEPING_EDGE_NODE_CORE_INPUT_H_

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/domain/event.h"
#include "common/domain/feed.h"
#include "common/domain/ids.h"
#include "common/domain/refusal.h"
#include "common/time/clock.h"
#include "edge_node/core/people_input.h"
#include "edge_node/core/release_slip.h"
#include "edge_node/core/stock_input.h"

namespace keping::edge {

// What the shell sees around it when it hands in an input.
struct Conditions {
  bool disk_nearly_full = false;     // nothing new is printed
  bool no_room_for_records = false;  // nor taken from the feed: what is left is for events
  bool offline = false;              // no session with the centre is up
  std::set<domain::PrinterId> printers_not_ready;
};

// ---- Inputs.

// A person asks for the next card, or for one PRR, on the blank just scanned.
struct Print {
  domain::ActId act;  // random, made by the shell
  domain::OperatorId operator_id;
  domain::PrinterId printer;
  domain::BlankSerial blank;
  domain::PrrId prr;         // empty: the first of the plan
  domain::ActId batch = {};  // the tray that it is fed from; set by the core alone
};

enum class PrinterAnswer { kAccepted, kNotAccepted, kCompleted, kAborted, kUnknown };

struct PrinterReported {
  domain::ActId act;
  PrinterAnswer answer = PrinterAnswer::kUnknown;
  int32_t printer_job = 0;
};

// The finished card was scanned and the last four digits of its NIK read out.
struct VerifyCard {
  domain::ActId act;
  domain::BlankSerial scanned;
  std::string nik_tail;
  domain::OperatorId operator_id;
};

struct SpoilCard {
  domain::ActId act;
  domain::SpoilCause cause = domain::SpoilCause::kPrint;
  domain::OperatorId operator_id;
  domain::SpoilStep step = domain::SpoilStep::kUnknown;
  // Serial of the spoiled card, where it can be read; empty: the blank that the job holds.
  domain::BlankSerial scanned = {};
};

// No card was fed: the person holds the blank, unprinted.
struct ReleaseJob {
  domain::ActId act;
  domain::OperatorId operator_id;
};

// The printer is to give the job up, if it still can.
struct CancelJob {
  domain::ActId act;
  domain::OperatorId operator_id;
};

// Two persons say that an earlier answer was wrong.
struct CorrectAnswer {
  domain::ActId act;      // random, made by the shell
  domain::ActId subject;  // the job, or the blank spoiled outside a job, whose answer was wrong
  crypto::Hash event;     // id of the answer's entry, read by the shell
  domain::CorrectionReason reason = domain::CorrectionReason::kWrongScan;
  domain::OperatorId operator_id;
  domain::OperatorId second;
};

// A tray of blanks, in the order of the hopper, goes through a printer.
struct OpenBatch {
  domain::ActId act;  // random, made by the shell, as is `job`
  domain::ActId job;  // for the first card
  domain::OperatorId operator_id;
  domain::PrinterId printer;
  std::vector<domain::BlankSerial> blanks;
  std::set<domain::PrrId> taken = {};  // records that somebody else has in hand
};

// The next card of a batch, once the printer has completed the one before.
struct FeedBatch {
  domain::ActId batch;
  domain::ActId job;                   // random, made by the shell
  std::set<domain::PrrId> taken = {};  // records that somebody else has in hand
};

// Nothing more is fed from this tray.
struct CloseBatch {
  domain::ActId batch;
  domain::OperatorId operator_id;
};

// ---- The printers as machines. Each act id is random, made by the shell.

// A test card on a blank, which it consumes whatever comes out.
struct PrintTestCard {
  domain::ActId act;
  domain::OperatorId operator_id;
  domain::PrinterId printer;
  domain::BlankSerial blank;
};

struct MaintainPrinter {
  domain::ActId act;
  domain::PrinterId printer;
  domain::MaintenanceKind kind = domain::MaintenanceKind::kCleaningCard;
  domain::OperatorId operator_id;
};

// A ribbon or film goes into a printer, comes out, or is destroyed before a witness.
struct MoveConsumable {
  domain::ActId act;
  domain::ConsumableKind kind = domain::ConsumableKind::kRibbon;
  domain::ConsumableStep step = domain::ConsumableStep::kInstalled;
  domain::ConsumableId consumable;
  uint32_t panels = 0;  // promised when installed, left when removed
  domain::PrinterId printer;
  domain::OperatorId operator_id;
  domain::OperatorId second;
};

struct ReleasePrinter {
  domain::ActId act;
  domain::PrinterId printer;
  domain::OperatorId operator_id;
};

struct AdoptPrinter {
  domain::ActId act;
  domain::PrinterId printer;
  domain::AdoptionBasis basis = domain::AdoptionBasis::kSlip;
  ReleaseSlip slip;  // of kSlip
  domain::OperatorId operator_id;
};

// ---- The office day.

struct GrantOverride {
  domain::ActId act;
  domain::OverrideKind kind = domain::OverrideKind::kDuty;
  domain::PrinterId printer;  // of kDuty
  uint32_t prints = 0;
  domain::OverrideReason reason = domain::OverrideReason::kDisaster;
  domain::OperatorId operator_id;
  domain::RecordClass record_class = domain::RecordClass::kFirstCard;  // of kStaleness
};

struct CorrectOfficeDay {
  domain::ActId act;
  absl::CivilDay day;
  domain::OperatorId operator_id;
  domain::OperatorId second;
};

// ---- Stock and what the centre says.

struct SpoilBlank {
  domain::ActId act;  // random, made by the shell
  domain::BlankSerial blank;
  domain::SpoilCause cause = domain::SpoilCause::kFactory;
  domain::OperatorId operator_id;
  domain::SpoilStep step = domain::SpoilStep::kUnknown;
};

// With `before_dispatch` the transfer may be unknown: its number is the one on the paper that came
// with the blanks, and the dispatch record is matched by it when it arrives.
struct ReceiveTransfer {
  domain::ActId act;  // random, made by the shell
  domain::TransferId transfer;
  domain::SerialSet scanned;
  domain::OperatorId operator_id;
  bool before_dispatch = false;
  // The sealed boxes that came; before their dispatch record with the quantity on the label.
  std::vector<domain::Box> boxes = {};
  bool no_boxes = false;  // of those that the dispatch record names none came
};

// Copied from a paper form that was filled in while the node did not run.
struct LateEntry {
  domain::DocumentNumber form;
  absl::Time stated_at;
  std::variant<SpoilBlank, ReceiveTransfer, CountPile, HandOver, AnswerCards> what;
};

struct AcknowledgeAction {
  domain::ActionId action;
  domain::OperatorId operator_id;
};

// A verified batch of the feed, in the order of its positions.
struct FeedArrived {
  std::vector<domain::FeedItem> items;
  uint64_t to = 0;
};

// The process has just started and read its log.
struct Started {};

// The centre began a new generation, and may have forgotten what it told this node.
struct MeetGeneration {
  domain::GenerationId generation;
  uint32_t order = 1;
};

using Input =
    std::variant<Print, PrinterReported, VerifyCard, SpoilCard, ReleaseJob, CancelJob,
                 CorrectAnswer, OpenBatch, FeedBatch, CloseBatch, PrintTestCard, MaintainPrinter,
                 MoveConsumable, ReleasePrinter, AdoptPrinter, GrantOverride, CorrectOfficeDay,
                 SpoilBlank, ReceiveTransfer, AcknowledgeAction, FeedArrived, Started, AskSignIn,
                 PasswordChecked, ChangePassword, OpenShift, CloseShift, ReportDay, UseGrant,
                 NoteRead, OpenStock, RescanStock, OpenBox, LendBlanks, CountPile, DestroyCards,
                 ReceiveConsumable, SettleConsumable, MakeManifest, HandOver, AnswerCards,
                 AskStatus, ViewNames, LateEntry, MeetGeneration>;

// What a decision is told beside its input.
struct Scene {
  const time::Moment& now;
  const Conditions& conditions;
};

// ---- What comes out.

// Hand the card to the printer. Only ever once per act.
struct SubmitJob {
  domain::ActId act;
  domain::PrrId prr;
  domain::PrinterId printer;
};

// Ask the printer what became of a job.
struct QueryJob {
  domain::ActId act;
  domain::PrinterId printer;
  int32_t printer_job = 0;
};

// Ask the printer to give a job up, and then what became of it.
struct WithdrawJob {
  domain::ActId act;
  domain::PrinterId printer;
  int32_t printer_job = 0;
};

// Hand a test page to the printer. Nothing waits for what it says.
struct SubmitTest {
  domain::ActId act;
  domain::PrinterId printer;
  domain::BlankSerial blank;
};

using Action = std::variant<SubmitJob, QueryJob, WithdrawJob, SubmitTest>;

// The verifier of a person's new password, for a sealed row beside the event.
struct PasswordRow {
  domain::OperatorId operator_id;
  std::string verifier;
  bool must_change = false;  // somebody else chose it
};

struct Decision {
  // Operating or input error of a command. Events are empty then, but for those that record a
  // refused try (a wrong password, a wrong grant code): they are written all the same.
  absl::Status status;
  // Outcome of a Print; other inputs leave it at kNone.
  domain::PrintRefusal refusal = domain::PrintRefusal::kNone;
  // The PRR that a Print chose.
  domain::PrrId prr;
  std::vector<domain::Event> events;
  std::vector<PasswordRow> passwords;  // written with the events
  std::vector<Action> actions;
  // The batch that is fed once this is durable; or empty. The node hands in FeedBatch.
  domain::ActId feed_next;

  static Decision Failed(absl::Status status) {
    Decision decision;
    decision.status = std::move(status);
    return decision;
  }
};

// When and where an entry was written.
struct EntryStamp {
  uint64_t seq = 0;
  std::string boot_id;
  absl::Duration monotonic;
  absl::Time wall = absl::UnixEpoch();  // evidence only: what a screen shows as a date
};

// The last countersigned receipt of this node.
struct Contact {
  uint64_t proven_seq = 0;
  absl::Time received_at = absl::InfinitePast();  // by the local wall clock
  absl::Time centre_time = absl::InfinitePast();
  absl::Duration running_at = absl::ZeroDuration();  // running_time.h, when it came
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_INPUT_H_
