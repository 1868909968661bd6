#include "edge_node/counter/press.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "common/base/epoch_days.h"
#include "common/base/status_macros.h"
#include "common/wire/field_reader.h"
#include "edge_node/core/correction_decisions.h"
#include "edge_node/counter/answers.h"
#include "edge_node/counter/card_history.h"
#include "edge_node/counter/history_words.h"

namespace keping::edge {
namespace {

using domain::ActId;
using domain::OperatorId;
using domain::PrinterId;

void FillConsumable(domain::ConsumableKind kind, const domain::ConsumableId& id, uint32_t capacity,
                    uint32_t gave, v1::PrinterConsumable& proto) {
  proto.set_kind(static_cast<log::v1::ConsumableKind>(kind));
  proto.set_consumable(id.value());
  proto.set_capacity(capacity);
  proto.set_gave(gave);
}

void FillLine(const HistoryLine& line, uint64_t proven_seq, v1::HistoryEntry& proto) {
  const Words words = WordsOf(line.event);
  proto.set_seq(line.seq);
  proto.set_at_micros(line.wall_micros);
  proto.set_type(line.type);
  proto.set_event(domain::EventName(line.event));
  proto.set_act(ActOf(line.event).value());
  proto.set_operator_id(OperatorOf(line.event).value());
  proto.set_second(SecondOf(line.event).value());
  proto.set_words_id(words.indonesian);
  proto.set_words_en(words.english);
  proto.set_proven(line.of_ancestor || line.seq <= proven_seq);
  proto.set_set_aside(line.set_aside);
}

domain::RecordClass ReadClass(log::v1::RecordClass record_class, wire::FieldReader& read) {
  if (record_class == log::v1::RECORD_CLASS_UNSPECIFIED) return domain::RecordClass::kFirstCard;
  return read.EnumValue("record_class", record_class, domain::RecordClass::kReplacement);
}

void FillBudget(const EdgeCore& core, const time::Moment& now, domain::RecordClass record_class,
                v1::StaleBudget& proto) {
  proto.set_record_class(static_cast<log::v1::RecordClass>(record_class));
  proto.set_budget(core.StalenessRuleOf(record_class).override_prints);
  proto.set_budget_left(core.OverridesLeft(record_class));
  proto.set_prints_left(core.staleness().Left(core.contact().proven_seq, record_class));
  proto.set_too_stale(core.TooStale(now, record_class));
}

// To print, and to send along with the printer.
std::string SlipPage(const ReleaseSlip& slip, const OperatorId& operator_id) {
  return absl::Substitute(
      "SURAT LEPAS PRINTER / RELEASE SLIP OF A PRINTER\n\n"
      "Printer                       : $0\n"
      "Dari kantor / from the office : $1\n"
      "Hari kerja / office day       : $2\n"
      "Kartu hari itu / cards then   : $3\n"
      "Kartu seluruhnya / in all     : $4\n"
      "Dilepas oleh / released by    : $5\n\n"
      "Untuk kantor penerima, ketik atau pindai baris ini / for the next office, type or scan:\n\n"
      "$6\n",
      slip.printer.value(), slip.from.value(), absl::FormatCivilTime(slip.day), slip.fed_today,
      slip.wear, operator_id.value(), FormatSlip(slip));
}

absl::StatusOr<HistorySubject> SubjectOf(const v1::GetCardHistoryRequest& request) {
  wire::FieldReader read("GetCardHistoryRequest");
  HistorySubject subject;
  switch (request.of_case()) {
    case v1::GetCardHistoryRequest::kAct:
      subject = read.Id<ActId>("act", request.act());
      break;
    case v1::GetCardHistoryRequest::kPrr:
      subject = read.Id<domain::PrrId>("prr", request.prr());
      break;
    case v1::GetCardHistoryRequest::kBlank:
      subject = read.Blank("blank", request.blank());
      break;
    case v1::GetCardHistoryRequest::OF_NOT_SET:
      return absl::InvalidArgumentError("got no subject, want an act, a record or a blank");
  }
  KEPING_RETURN_IF_ERROR(read.status());
  return subject;
}

}  // namespace

absl::StatusOr<Decision> Press::Command(const Input& input) {
  KEPING_ASSIGN_OR_RETURN(Decision decision, node_->Handle(input));
  KEPING_RETURN_IF_ERROR(decision.status);
  on_handled_();
  return decision;
}

// ---- Batches.

absl::StatusOr<v1::OpenBatchResponse> Press::OpenBatch(const v1::OpenBatchRequest& request) {
  wire::FieldReader read("OpenBatchRequest");
  edge::OpenBatch open{.act = node_->NewAct(),
                       .job = node_->NewAct(),
                       .operator_id = read.Id<OperatorId>("operator_id", request.operator_id()),
                       .printer = read.OptionalId<PrinterId>("printer", request.printer()),
                       .blanks = {}};
  for (const std::string& blank : request.blanks()) {
    open.blanks.push_back(read.Blank("blanks", blank));
  }
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_ASSIGN_OR_RETURN(open.printer, ChoosePrinter(core().settings(), open.printer));
  const Reservations::Holder holder{open.operator_id, request.counter()};
  const absl::Duration now = node_->Now().monotonic;
  for (const domain::BlankSerial& blank : open.blanks) {
    KEPING_RETURN_IF_ERROR(node_->reservations().Check(blank, holder, now));
  }
  open.taken = node_->reservations().RecordsOfOthers(holder, now);
  KEPING_ASSIGN_OR_RETURN(const Decision decision, Command(open));
  v1::OpenBatchResponse response;
  if (decision.refusal != domain::PrintRefusal::kNone) {
    FillRefusal(decision.refusal, *response.mutable_refusal());
  } else {
    response.set_batch(open.act.value());
  }
  return response;
}

absl::StatusOr<v1::GetBatchResponse> Press::GetBatch(const v1::GetBatchRequest& request) {
  wire::FieldReader read("GetBatchRequest");
  ActId act = read.OptionalId<ActId>("batch", request.batch());
  KEPING_RETURN_IF_ERROR(read.status());
  if (act.empty() && !core().batches().order().empty()) act = core().batches().order().back();
  const Batch* batch = core().batches().Find(act);
  if (batch == nullptr) {
    return absl::NotFoundError(absl::StrCat("K-154: there is no batch ", act.value(), " here."));
  }
  v1::GetBatchResponse response;
  response.set_batch(act.value());
  response.set_printer(batch->opened.printer.value());
  response.set_operator_id(batch->opened.operator_id.value());
  if (!batch->open()) {
    response.set_end(static_cast<log::v1::BatchEnd>(batch->closed->end));
    response.set_ended_by(batch->closed->job.value());
  }
  for (const ActId& job_act : batch->jobs) {
    const Job& job = *core().journal().Find(job_act);
    FillJob(job, *response.add_jobs());
    const bool out = job.stage == JobStage::kCompleted || job.stage == JobStage::kFailed ||
                     job.stage == JobStage::kDoubt;
    if (out) response.add_to_scan(job_act.value());
  }
  for (size_t i = batch->jobs.size(); i < batch->opened.blanks.size(); ++i) {
    response.add_waiting(batch->opened.blanks[i].text());
  }
  return response;
}

absl::StatusOr<v1::CloseBatchResponse> Press::CloseBatch(const v1::CloseBatchRequest& request) {
  wire::FieldReader read("CloseBatchRequest");
  const edge::CloseBatch close{
      .batch = read.Id<ActId>("batch", request.batch()),
      .operator_id = read.Id<OperatorId>("operator_id", request.operator_id())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(Command(close).status());
  return v1::CloseBatchResponse();
}

// ---- One card.

absl::StatusOr<v1::CancelJobResponse> Press::CancelJob(const v1::CancelJobRequest& request) {
  wire::FieldReader read("CancelJobRequest");
  const edge::CancelJob cancel{
      .act = read.Id<ActId>("act", request.act()),
      .operator_id = read.Id<OperatorId>("operator_id", request.operator_id())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(Command(cancel).status());
  return v1::CancelJobResponse();
}

absl::StatusOr<v1::CorrectAnswerResponse> Press::CorrectAnswer(
    const v1::CorrectAnswerRequest& request) {
  wire::FieldReader read("CorrectAnswerRequest");
  edge::CorrectAnswer correct{
      .act = node_->NewAct(),
      .subject = read.Id<ActId>("subject", request.subject()),
      .event = {},
      .reason = read.EnumValue("reason", request.reason(), domain::CorrectionReason::kOther),
      .operator_id = read.Id<OperatorId>("operator_id", request.operator_id()),
      .second = read.Id<OperatorId>("second", request.second())};
  KEPING_RETURN_IF_ERROR(read.status());
  if (const uint64_t seq = AnswerToCorrect(core(), correct.subject); seq > 0) {
    KEPING_ASSIGN_OR_RETURN(const storage::LogHead answer, node_->store().log().HeadAt(seq));
    correct.event = answer.hash;
  }
  KEPING_RETURN_IF_ERROR(Command(correct).status());
  return v1::CorrectAnswerResponse();
}

absl::StatusOr<v1::GetCardHistoryResponse> Press::GetCardHistory(
    const v1::GetCardHistoryRequest& request) {
  KEPING_ASSIGN_OR_RETURN(const HistorySubject subject, SubjectOf(request));
  KEPING_ASSIGN_OR_RETURN(const std::vector<HistoryLine> lines,
                          ReadHistory(node_->store(), subject));
  v1::GetCardHistoryResponse response;
  for (const HistoryLine& line : lines) {
    FillLine(line, core().contact().proven_seq, *response.add_entries());
  }
  return response;
}

// ---- The printers as machines.

uint32_t Press::LeftToday(const PrinterId& printer, uint32_t limit) const {
  const time::Moment now = clock_->Now();
  const auto local = absl::ToCivilDay(now.wall, core().settings().time_zone);
  return core().duty().DayToOpen(now, local) ? core().duty().LeftNextDay(now, printer, limit)
                                             : core().duty().LeftToday(printer, limit);
}

void Press::FillMachine(const PrinterId& printer, uint32_t limit, v1::PrinterMachine& proto) const {
  proto.set_printer(printer.value());
  proto.set_cards_per_day(limit);
  proto.set_fed_today(core().duty().FedToday(printer));
  proto.set_granted_today(core().duty().GrantedToday(printer));
  proto.set_left_today(LeftToday(printer, limit));
  const Machine* machine = core().machines().Find(printer);
  if (machine == nullptr) return;
  proto.set_in_service(machine->in_service);
  proto.set_wear(machine->wear);
  proto.set_since_cleaning(machine->since_cleaning);
  proto.set_test_cards(machine->test_cards);
  for (const auto& [kind, one] : machine->installed) {
    FillConsumable(kind, one.id, one.capacity, one.fed, *proto.add_installed());
  }
}

absl::StatusOr<v1::ListPrintersResponse> Press::ListPrinters(const v1::ListPrintersRequest&) {
  v1::ListPrintersResponse response;
  for (const auto& [printer, limit] : core().settings().cards_per_day) {
    FillMachine(printer, limit, *response.add_printers());
  }
  for (const auto& [id, used] : core().machines().consumables()) {
    if (used.state != ConsumableState::kRemoved) continue;
    v1::PrinterConsumable& proto = *response.add_to_destroy();
    FillConsumable(used.kind, id, used.capacity, used.gave, proto);
    proto.set_panels_left(used.panels_left);
    proto.set_step(log::v1::CONSUMABLE_STEP_REMOVED);
  }
  return response;
}

absl::StatusOr<v1::PrintTestCardResponse> Press::PrintTestCard(
    const v1::PrintTestCardRequest& request) {
  wire::FieldReader read("PrintTestCardRequest");
  edge::PrintTestCard test{.act = node_->NewAct(),
                           .operator_id = read.Id<OperatorId>("operator_id", request.operator_id()),
                           .printer = read.OptionalId<PrinterId>("printer", request.printer()),
                           .blank = read.Blank("blank", request.blank())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_ASSIGN_OR_RETURN(test.printer, ChoosePrinter(core().settings(), test.printer));
  KEPING_ASSIGN_OR_RETURN(const Decision decision, Command(test));
  v1::PrintTestCardResponse response;
  if (decision.refusal != domain::PrintRefusal::kNone) {
    FillRefusal(decision.refusal, *response.mutable_refusal());
  } else {
    response.set_act(test.act.value());
  }
  return response;
}

absl::StatusOr<v1::MaintainPrinterResponse> Press::MaintainPrinter(
    const v1::MaintainPrinterRequest& request) {
  wire::FieldReader read("MaintainPrinterRequest");
  const edge::MaintainPrinter maintain{
      .act = node_->NewAct(),
      .printer = read.Id<PrinterId>("printer", request.printer()),
      .kind = read.EnumValue("kind", request.kind(), domain::MaintenanceKind::kRepaired),
      .operator_id = read.Id<OperatorId>("operator_id", request.operator_id())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(Command(maintain).status());
  return v1::MaintainPrinterResponse();
}

absl::StatusOr<v1::MoveConsumableResponse> Press::MoveConsumable(
    const v1::MoveConsumableRequest& request) {
  wire::FieldReader read("MoveConsumableRequest");
  const edge::MoveConsumable move{
      .act = node_->NewAct(),
      .kind = read.EnumValue("kind", request.kind(), domain::ConsumableKind::kCleaningCard),
      .step = read.EnumValue("step", request.step(), domain::ConsumableStep::kDestroyed),
      .consumable = read.Id<domain::ConsumableId>("consumable", request.consumable()),
      .panels = request.panels(),
      .printer = read.OptionalId<PrinterId>("printer", request.printer()),
      .operator_id = read.Id<OperatorId>("operator_id", request.operator_id()),
      .second = read.OptionalId<OperatorId>("second", request.second())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(Command(move).status());
  v1::MoveConsumableResponse response;
  if (const UsedConsumable* used = core().machines().FindConsumable(move.consumable)) {
    response.set_capacity(used->capacity);
    response.set_gave(used->gave);
  }
  return response;
}

absl::StatusOr<v1::ReleasePrinterResponse> Press::ReleasePrinter(
    const v1::ReleasePrinterRequest& request) {
  wire::FieldReader read("ReleasePrinterRequest");
  const edge::ReleasePrinter release{
      .act = node_->NewAct(),
      .printer = read.Id<PrinterId>("printer", request.printer()),
      .operator_id = read.Id<OperatorId>("operator_id", request.operator_id())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_ASSIGN_OR_RETURN(const Decision decision, Command(release));
  const auto& event = std::get<domain::PrinterReleased>(decision.events.back());
  const ReleaseSlip slip{.printer = event.printer,
                         .from = core().settings().node,
                         .day = event.day,
                         .fed_today = event.fed_today,
                         .wear = event.wear,
                         .event = node_->store().log().head().hash};
  v1::ReleasePrinterResponse response;
  response.set_slip(FormatSlip(slip));
  response.set_page(SlipPage(slip, release.operator_id));
  return response;
}

absl::StatusOr<v1::AdoptPrinterResponse> Press::AdoptPrinter(
    const v1::AdoptPrinterRequest& request) {
  wire::FieldReader read("AdoptPrinterRequest");
  edge::AdoptPrinter adopt{
      .act = node_->NewAct(),
      .printer = read.Id<PrinterId>("printer", request.printer()),
      .basis = read.EnumValue("basis", request.basis(), domain::AdoptionBasis::kWithoutSlip),
      .slip = {},
      .operator_id = read.Id<OperatorId>("operator_id", request.operator_id())};
  KEPING_RETURN_IF_ERROR(read.status());
  if (adopt.basis == domain::AdoptionBasis::kSlip) {
    KEPING_ASSIGN_OR_RETURN(adopt.slip, ParseSlip(request.slip()));
  }
  KEPING_RETURN_IF_ERROR(Command(adopt).status());
  v1::AdoptPrinterResponse response;
  response.set_left_today(
      LeftToday(adopt.printer, core().settings().cards_per_day.at(adopt.printer)));
  return response;
}

// ---- The office day.

absl::StatusOr<v1::GrantOverrideResponse> Press::GrantOverride(
    const v1::GrantOverrideRequest& request) {
  wire::FieldReader read("GrantOverrideRequest");
  const edge::GrantOverride grant{
      .act = node_->NewAct(),
      .kind = read.EnumValue("kind", request.kind(), domain::OverrideKind::kStaleness),
      .printer = read.OptionalId<PrinterId>("printer", request.printer()),
      .prints = request.prints(),
      .reason = read.EnumValue("reason", request.reason(), domain::OverrideReason::kOther),
      .operator_id = read.Id<OperatorId>("operator_id", request.operator_id()),
      .record_class = ReadClass(request.record_class(), read)};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(Command(grant).status());
  v1::GrantOverrideResponse response;
  response.set_left(
      grant.kind == domain::OverrideKind::kStaleness
          ? core().staleness().Left(core().contact().proven_seq, grant.record_class)
          : LeftToday(grant.printer, core().settings().cards_per_day.at(grant.printer)));
  return response;
}

absl::StatusOr<v1::CorrectOfficeDayResponse> Press::CorrectOfficeDay(
    const v1::CorrectOfficeDayRequest& request) {
  wire::FieldReader read("CorrectOfficeDayRequest");
  const edge::CorrectOfficeDay correct{
      .act = node_->NewAct(),
      .day = base::FromEpochDays(request.day()),
      .operator_id = read.Id<OperatorId>("operator_id", request.operator_id()),
      .second = read.Id<OperatorId>("second", request.second())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(Command(correct).status());
  return v1::CorrectOfficeDayResponse();
}

absl::StatusOr<v1::GetOfficeDayResponse> Press::GetOfficeDay(const v1::GetOfficeDayRequest&) {
  const time::Moment now = clock_->Now();
  const auto local = absl::ToCivilDay(now.wall, core().settings().time_zone);
  const DutyGuard& duty = core().duty();
  v1::GetOfficeDayResponse response;
  response.set_number(duty.day());
  response.set_local_day(base::ToEpochDays(local));
  response.set_next_print_opens_day(duty.DayToOpen(now, local).has_value());
  for (const domain::RecordClass record_class : domain::kRecordClasses) {
    FillBudget(core(), now, record_class, *response.add_stale_budgets());
    response.set_stale_prints_left(response.stale_prints_left() +
                                   response.stale_budgets().rbegin()->prints_left());
  }
  if (duty.day() == 0) return response;
  response.set_day(base::ToEpochDays(duty.date()));
  response.set_running_micros(absl::ToInt64Microseconds(duty.RunningTime(now)));
  return response;
}

}  // namespace keping::edge
