#include "edge_node/counter/counter.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "common/base/epoch_days.h"
#include "common/base/status_macros.h"
#include "common/wire/field_reader.h"
#include "edge_node/core/autonomy.h"
#include "edge_node/core/job_counts.h"
#include "edge_node/counter/answers.h"
#include "edge_node/counter/head_code.h"
#include "edge_node/counter/print_turn.h"
#include "edge_node/printing/reasons.h"

namespace keping::edge {
namespace {

constexpr uint32_t kDefaultQueue = 20;
constexpr uint32_t kMaxQueue = 500;
constexpr uint32_t kDefaultJobs = 50;
constexpr uint32_t kMaxJobs = 1000;

uint32_t Limit(uint32_t wanted, uint32_t standard, uint32_t most) {
  return wanted == 0 ? standard : std::min(wanted, most);
}

bool PrinterDone(const Job& job) { return job.stage >= JobStage::kCompleted; }

void FillReason(const std::string& keyword, v1::PrinterReason& proto) {
  ReasonWords words = ExplainReason(keyword);
  proto.set_keyword(std::move(words.keyword));
  proto.set_code(std::move(words.code));
  proto.set_stops_printing(words.stops_printing);
  proto.set_indonesian(std::move(words.indonesian));
  proto.set_english(std::move(words.english));
  proto.set_indonesian_action(std::move(words.indonesian_action));
  proto.set_english_action(std::move(words.english_action));
}

}  // namespace

absl::StatusOr<v1::GetStatusResponse> Counter::GetStatus(const v1::GetStatusRequest&) {
  const EdgeCore& core = node_->core();
  v1::GetStatusResponse response;
  response.set_node(core.settings().node.value());
  response.set_incarnation(node_->identity().incarnation.value());
  response.set_application_version(core.settings().application_version.value());
  response.set_lock_reason(node_->store().lock_reason());
  response.set_connected(node_->welcomed());
  response.set_log_entries(node_->store().log().head().seq);
  response.set_log_entries_proven(core.contact().proven_seq);
  FillProof(response);
  response.set_feed_position(core.catalogue().position());
  if (core.duty().day() > 0) {
    response.set_office_day(base::ToEpochDays(core.duty().date()));
  }
  FillPrinters(response);
  FillCounts(response);
  FillFetching(response);
  FillAutonomy(*response.mutable_autonomy());
  response.set_bytes_sent(view_.bytes_sent());
  response.set_bytes_received(view_.bytes_received());
  FillDataKey(*response.mutable_data_key());
  if (view_.mirror) *response.mutable_mirror() = view_.mirror();
  if (view_.certificate) *response.mutable_certificate() = view_.certificate();
  response.set_disk_free_mb(view_.disk_free_mb());
  response.set_disk_reserve_mb(view_.disk_reserve_mb);
  return response;
}

void Counter::FillFetching(v1::GetStatusResponse& response) const {
  const absl::CivilSecond now =
      absl::ToCivilSecond(node_->Now().wall, node_->core().settings().time_zone);
  response.set_records_missing(node_->core().catalogue().missing().size());
  response.set_bytes_fetched_today(node_->store().fetched().On(now));
  switch (node_->fetch_wait()) {
    case FetchWait::kNone:
      break;
    case FetchWait::kHours:
      response.set_records_wait_for("hours");
      break;
    case FetchWait::kBudget:
      response.set_records_wait_for("budget");
      break;
  }
}

void Counter::FillProof(v1::GetStatusResponse& response) {
  const Contact& contact = node_->core().contact();
  const auto proven = node_->store().log().HeadAt(contact.proven_seq);
  if (!proven.ok()) return;
  response.set_proof_code(proven->hash.ShortHex());
  response.set_last_receipt_micros(absl::ToUnixMicros(contact.received_at));
  const std::string text = HeadCodeText(node_->core().settings().node,
                                        node_->identity().incarnation, proven->seq, proven->hash);
  if (text != proof_qr_.text()) proof_qr_ = DrawHeadCode(text);
  *response.mutable_proof_qr() = proof_qr_;
}

void Counter::FillAutonomy(v1::Autonomy& proto) const {
  const Autonomy autonomy = AutonomyOf(node_->core(), node_->Now());
  proto.set_days(static_cast<uint32_t>(autonomy.days));
  proto.set_cards_per_day(static_cast<uint32_t>(autonomy.cards_per_day));
  for (const SupplyLeft& left : autonomy.supplies) {
    v1::SupplyLeft& supply = *proto.add_supplies();
    supply.set_supply(SupplyName(left.supply));
    supply.set_days(static_cast<uint32_t>(left.days));
    supply.set_cards(static_cast<uint32_t>(left.cards.value_or(0)));
  }
}

void Counter::FillDataKey(v1::DataKeyState& proto) const {
  const storage::SealedRows& rows = node_->store().sealed_rows();
  const std::vector<crypto::KeyId>& named = rows.named_keys();
  proto.set_key_id(named.back().value());
  for (size_t i = 0; i + 1 < named.size(); ++i) proto.add_old_key_ids(named[i].value());
  proto.set_resealed_rows(rows.resealed_rows());
}

void Counter::FillPrinters(v1::GetStatusResponse& response) const {
  const EdgeCore& core = node_->core();
  for (const auto& [printer, limit] : core.settings().cards_per_day) {
    v1::PrinterState& proto = *response.add_printers();
    proto.set_printer(printer.value());
    proto.set_cards_per_day(limit);
    proto.set_fed_today(core.duty().FedToday(printer));
    if (const Job* open = core.journal().OpenJobAt(printer)) {
      proto.set_open_job(open->intent.act.value());
    }
    CounterView::PrinterView seen = view_.printer(printer);
    proto.set_state(seen.state);
    for (const std::string& reason : seen.reasons) FillReason(reason, *proto.add_reasons());
  }
}

void Counter::FillCounts(v1::GetStatusResponse& response) const {
  const EdgeCore& core = node_->core();
  const JobCounts jobs = CountJobs(core.journal());
  response.set_prrs_printable(core.printable_count());
  response.set_blanks_in_tray(core.tray().available().size());
  response.set_blanks_unconfirmed(core.tray().unconfirmed().size());
  response.set_blanks_bound(jobs.under_way);
  response.set_blanks_in_doubt(jobs.in_doubt);
  response.set_blanks_used(core.tray().Count(BlankUse::kUsed));
  response.set_blanks_spoiled(core.tray().Count(BlankUse::kSpoiled));
  response.set_cards_fed(jobs.fed);
  response.set_cards_good(jobs.good);
  response.set_cards_fed_offline(jobs.fed_offline);
  response.set_doubts_opened(core.journal().doubts_opened());
  response.set_doubts_resolved(core.journal().doubts_resolved());
  for (const auto& [refusal, count] : core.refusals()) {
    v1::RefusalCount& proto = *response.add_refusals();
    proto.set_refusal(static_cast<log::v1::PrintRefusal>(refusal));
    proto.set_code(domain::Describe(refusal).code);
    proto.set_count(count);
  }
  uint64_t transfers = 0, actions = 0;
  for (const auto& [id, item] : core.catalogue().transfers()) transfers += !core.Received(id);
  for (const auto& [id, item] : core.catalogue().actions()) actions += !core.Acknowledged(id);
  response.set_transfers_waiting(transfers);
  response.set_actions_waiting(actions);
}

absl::StatusOr<v1::ListQueueResponse> Counter::ListQueue(const v1::ListQueueRequest& request) {
  const EdgeCore& core = node_->core();
  v1::ListQueueResponse response;
  const uint32_t limit = Limit(request.limit(), kDefaultQueue, kMaxQueue);
  for (const domain::PrrId& prr : core.Plan(limit)) {
    const domain::PrrItem* item = core.catalogue().FindPrr(prr);
    v1::QueuedPrr& proto = *response.add_prrs();
    proto.set_prr(prr.value());
    proto.set_village(item->village.value());
    proto.set_enrolled_at_micros(absl::ToUnixMicros(item->enrolled_at));
  }
  response.set_total(core.printable_count());
  const std::map<domain::PrrId, std::string>& faults = core.catalogue().faults();
  response.set_faulty_total(faults.size());
  for (const auto& [prr, fault] : faults) {
    if (response.faulty_size() == static_cast<int>(limit)) break;
    v1::FaultyPrr& proto = *response.add_faulty();
    proto.set_prr(prr.value());
    proto.set_fault(fault);
  }
  return response;
}

absl::StatusOr<v1::PrintResponse> Counter::Print(const v1::PrintRequest& request) {
  wire::FieldReader read("PrintRequest");
  edge::Print print{
      .act = node_->NewAct(),
      .operator_id = read.Id<domain::OperatorId>("operator_id", request.operator_id()),
      .printer = read.OptionalId<domain::PrinterId>("printer", request.printer()),
      .blank = read.Blank("blank", request.blank()),
      .prr = read.OptionalId<domain::PrrId>("prr", request.prr())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_ASSIGN_OR_RETURN(print.printer, ChoosePrinter(node_->core().settings(), print.printer));
  KEPING_RETURN_IF_ERROR(TakeTurn(*node_, {print.operator_id, request.counter()}, print));
  KEPING_ASSIGN_OR_RETURN(const Decision decision, Command(print));
  EndTurn(*node_, print, decision);
  v1::PrintResponse response;
  response.set_prr(decision.prr.value());
  if (decision.refusal != domain::PrintRefusal::kNone) {
    FillRefusal(decision.refusal, *response.mutable_refusal());
    return response;
  }
  response.set_act(print.act.value());
  response.set_state(JobStageName(node_->core().journal().Find(print.act)->stage));
  return response;
}

absl::StatusOr<v1::ListJobsResponse> Counter::ListJobs(const v1::ListJobsRequest& request) {
  const PrintJournal& journal = node_->core().journal();
  const int limit = static_cast<int>(Limit(request.limit(), kDefaultJobs, kMaxJobs));
  v1::ListJobsResponse response;
  for (auto act = journal.order().rbegin(); act != journal.order().rend(); ++act) {
    if (response.jobs_size() == limit) break;
    const Job& job = *journal.Find(*act);
    if (request.open_only() && !job.open()) continue;
    FillJob(job, *response.add_jobs());
  }
  return response;
}

absl::StatusOr<v1::VerifyCardResponse> Counter::VerifyCard(const v1::VerifyCardRequest& request) {
  wire::FieldReader read("VerifyCardRequest");
  const edge::VerifyCard verify{
      .act = read.Id<domain::ActId>("act", request.act()),
      .scanned = read.Blank("blank", request.blank()),
      .nik_tail = request.nik_tail(),
      .operator_id = read.Id<domain::OperatorId>("operator_id", request.operator_id())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(Command(verify).status());
  v1::VerifyCardResponse response;
  const Job* job = node_->core().journal().Find(verify.act);
  response.set_on_other_blank(job->intent.blank != verify.scanned);
  return response;
}

absl::StatusOr<v1::SpoilCardResponse> Counter::SpoilCard(const v1::SpoilCardRequest& request) {
  wire::FieldReader read("SpoilCardRequest");
  const edge::SpoilCard spoil{
      .act = read.Id<domain::ActId>("act", request.act()),
      .cause = read.EnumValue("cause", request.cause(), domain::SpoilCause::kWarped),
      .operator_id = read.Id<domain::OperatorId>("operator_id", request.operator_id()),
      .step = read.OptionalEnum("step", request.step(), domain::SpoilStep::kPrinting),
      .scanned = read.OptionalBlank("blank", request.blank()).value_or(domain::BlankSerial())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(Command(spoil).status());
  return v1::SpoilCardResponse();
}

absl::StatusOr<v1::ReleaseJobResponse> Counter::ReleaseJob(const v1::ReleaseJobRequest& request) {
  wire::FieldReader read("ReleaseJobRequest");
  const edge::ReleaseJob release{
      .act = read.Id<domain::ActId>("act", request.act()),
      .operator_id = read.Id<domain::OperatorId>("operator_id", request.operator_id())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(Command(release).status());
  return v1::ReleaseJobResponse();
}

absl::StatusOr<v1::SpoilBlankResponse> Counter::SpoilBlank(const v1::SpoilBlankRequest& request) {
  wire::FieldReader read("SpoilBlankRequest");
  const edge::SpoilBlank spoil{
      .act = node_->NewAct(),
      .blank = read.Blank("blank", request.blank()),
      .cause = read.EnumValue("cause", request.cause(), domain::SpoilCause::kWarped),
      .operator_id = read.Id<domain::OperatorId>("operator_id", request.operator_id())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(Command(spoil).status());
  return v1::SpoilBlankResponse();
}

absl::StatusOr<v1::ListTransfersResponse> Counter::ListTransfers(const v1::ListTransfersRequest&) {
  v1::ListTransfersResponse response;
  for (const auto& [id, item] : node_->core().catalogue().transfers()) {
    v1::Transfer& proto = *response.add_transfers();
    proto.set_transfer(id.value());
    proto.set_serials(item.serials.ToString());
    proto.set_quantity(item.serials.size());
    for (const domain::Box& box : item.boxes) {
      v1::TransferBox& sealed = *proto.add_boxes();
      sealed.set_box(box.box.value());
      sealed.set_quantity(box.quantity);
    }
    proto.set_received(node_->core().Received(id));
  }
  return response;
}

absl::StatusOr<v1::ReceiveTransferResponse> Counter::ReceiveTransfer(
    const v1::ReceiveTransferRequest& request) {
  wire::FieldReader read("ReceiveTransferRequest");
  edge::ReceiveTransfer receive{
      .act = node_->NewAct(),
      .transfer = read.Id<domain::TransferId>("transfer", request.transfer()),
      .scanned = read.Serials("scanned", request.scanned()),
      .operator_id = read.Id<domain::OperatorId>("operator_id", request.operator_id()),
      .no_boxes = request.no_boxes()};
  for (const std::string& box : request.boxes()) {
    receive.boxes.push_back({.box = read.Id<domain::BoxId>("boxes", box)});
  }
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_ASSIGN_OR_RETURN(const Decision decision, Command(receive));
  const auto& event = std::get<domain::BlanksReceived>(decision.events.front());
  v1::ReceiveTransferResponse response;
  response.set_received(event.received.size());
  response.set_missing(event.missing.size());
  response.set_unexpected(event.unexpected.size());
  response.set_boxes(static_cast<uint32_t>(event.boxes.size()));
  response.set_missing_boxes(static_cast<uint32_t>(event.missing_boxes.size()));
  response.set_unexpected_boxes(static_cast<uint32_t>(event.unexpected_boxes.size()));
  return response;
}

absl::StatusOr<v1::ListActionsResponse> Counter::ListActions(const v1::ListActionsRequest&) {
  v1::ListActionsResponse response;
  for (const auto& [id, item] : node_->core().catalogue().actions()) {
    v1::Action& proto = *response.add_actions();
    proto.set_action(id.value());
    proto.set_kind(static_cast<log::v1::ActionKind>(item.kind));
    proto.set_case_id(item.case_id.value());
    proto.set_prr(item.prr.value());
    if (item.blank) proto.set_blank(item.blank->text());
    proto.set_acknowledged(node_->core().Acknowledged(id));
  }
  return response;
}

absl::StatusOr<v1::AcknowledgeActionResponse> Counter::AcknowledgeAction(
    const v1::AcknowledgeActionRequest& request) {
  wire::FieldReader read("AcknowledgeActionRequest");
  const edge::AcknowledgeAction acknowledge{
      .action = read.Id<domain::ActionId>("action", request.action()),
      .operator_id = read.Id<domain::OperatorId>("operator_id", request.operator_id())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(Command(acknowledge).status());
  return v1::AcknowledgeActionResponse();
}

absl::StatusOr<Decision> Counter::Command(const Input& input) {
  KEPING_ASSIGN_OR_RETURN(Decision decision, node_->Handle(input));
  KEPING_RETURN_IF_ERROR(decision.status);
  OnHandled();
  return decision;
}

void Counter::WhenFinished(const domain::ActId& act, std::function<void(const Job& job)> done) {
  waiting_.emplace(act, std::move(done));
  OnHandled();
}

void Counter::OnHandled() {
  for (auto it = waiting_.begin(); it != waiting_.end();) {
    const Job* job = node_->core().journal().Find(it->first);
    if (job != nullptr && !PrinterDone(*job)) {
      ++it;
      continue;
    }
    if (job != nullptr) it->second(*job);
    it = waiting_.erase(it);
  }
}

void Counter::StopWaiting() {
  for (const auto& [act, done] : waiting_) {
    if (const Job* job = node_->core().journal().Find(act)) done(*job);
  }
  waiting_.clear();
}

}  // namespace keping::edge
