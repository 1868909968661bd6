#include "central_node/console/desk_console.h"

#include <algorithm>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "central_node/console/case_message.h"
#include "central_node/console/command.h"
#include "central_node/console/fact_message.h"
#include "central_node/console/people_console.h"
#include "central_node/console/remark_message.h"
#include "central_node/core/officers.h"
#include "central_node/store/explain_case.h"
#include "central_node/store/personal_data.h"
#include "central_node/store/trace.h"
#include "central_node/store/try_policy.h"
#include "common/base/epoch_days.h"
#include "common/base/status_macros.h"
#include "common/crypto/hash.h"
#include "common/domain/nik.h"
#include "common/wire/district_event_codec.h"
#include "common/wire/field_reader.h"

namespace keping::central {
namespace {

constexpr size_t kActIdBytes = 8;
constexpr int kMostParts = 100;
constexpr size_t kMostLabelBytes = 64;
constexpr uint32_t kMostTried = 1000;
constexpr size_t kDestructionsAPage = 200, kMostDestructionsAPage = 1000;

absl::Status NotKnown(const char* code, const char* what, absl::string_view id, const char* see) {
  return absl::NotFoundError(
      absl::StrCat(code, ": got ", what, " ", id, ", want one that is known here; ", see));
}

void FillOrders(const CaseTrace& trace, v1::GetCaseResponse& response) {
  for (const auto& [action, row] : trace.view.actions) {
    v1::Order& order = *response.add_orders();
    order.set_action(action.value());
    order.set_kind(static_cast<log::v1::ActionKind>(row.kind));
    order.set_node(row.node.value());
    if (row.blank.has_value()) order.set_blank(row.blank->text());
    order.set_done(!row.acknowledgements.empty());
    for (const FactRef& ref : row.acknowledgements) {
      FillFact(trace.others.at(ref.id), *order.add_acknowledgements());
    }
  }
}

void FillDecisions(const CaseTrace& trace, v1::GetCaseResponse& response) {
  for (const CaseDecisionFact& one : trace.view.row.decisions) {
    v1::Decision& decision = *response.add_decisions();
    FillFact(trace.others.at(one.fact.id), *decision.mutable_fact());
    decision.set_revision(one.revision);
    decision.set_resolution(static_cast<log::v1::Resolution>(one.resolution));
    if (one.keep.has_value()) decision.set_keep(one.keep->text());
    decision.set_by(one.by.value());
    decision.set_second(one.second.value());
    decision.set_document(one.document.value());
  }
}

void FillCard(const GoodCard& card, const RecordTrace& trace, v1::Card& proto) {
  proto.set_blank(card.at.blank.text());
  proto.set_node(card.at.node.value());
  proto.set_act(card.at.act.value());
  proto.set_version(card.version);
  proto.set_lease_epoch(absl::StrCat(card.epoch.generation_order, "/", card.epoch.counter));
  proto.set_lease_valid(card.lease_valid);
  const auto place = trace.places.find(card.at.blank);
  if (place != trace.places.end()) proto.set_account(ledger::AccountName(place->second.account));
  for (const IntentFact& intent : trace.jobs.at(card.at.act).intents) {
    if (intent.fact.id != card.intent) continue;
    proto.set_operator_id(intent.operator_id.value());
    proto.set_printer(intent.printer.value());
    proto.set_application_version(intent.application_version.value());
    proto.set_printed_micros(intent.fact.wall_micros);
  }
}

v1::TraceRecordResponse ViewOf(const domain::PrrId& prr, const RecordTrace& trace) {
  const PrrFacts& facts = trace.view.row.facts;
  v1::TraceRecordResponse response;
  response.set_prr(prr.value());
  response.set_state(PrrStateName(trace.view.verdict.state));
  response.set_holder(trace.view.verdict.holder.value());
  if (const VersionFact* current = CurrentVersion(facts)) {
    response.set_village(current->village.value());
    response.set_version(current->version);
    response.set_replaces(current->replaces.value());
  }
  response.set_withdrawn(IsWithdrawn(facts));
  for (const ReplacementFact& one : facts.replaced_by) response.add_replaced_by(one.by.value());
  for (const GoodCard& card : trace.view.verdict.good_cards) {
    FillCard(card, trace, *response.add_cards());
  }
  FillFacts(trace.facts, *response.mutable_facts());
  for (domain::CaseKind kind : trace.view.row.cases) {
    response.add_cases(CaseIdFor(kind, prr.value()).value());
  }
  return response;
}

void FillTreatment(const CaseTreatment& made, v1::Treatment& proto) {
  proto.set_fate(static_cast<v1::CaseFate>(made.fate));
  for (domain::Role role : made.may_decide) proto.add_may_decide(static_cast<log::v1::Role>(role));
  proto.set_two_persons(made.two_persons);
}

}  // namespace

template <typename Input>
absl::Status DeskConsole::Command(const Input& command) {
  return Answer(ports_.node->Handle(ports_.clock->Now(), command), ports_.failed, *ports_.hub);
}

// ---------------------------------------------------------------------------------------------
// Questions.

absl::StatusOr<v1::GetCaseResponse> DeskConsole::GetCase(const v1::GetCaseRequest& request) {
  wire::FieldReader read("GetCaseRequest");
  const auto id = read.Id<domain::CaseId>("case_id", request.case_id());
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_ASSIGN_OR_RETURN(const std::optional<CaseTrace> trace, TraceCase(*ports_.node, id));
  if (!trace.has_value()) return NotKnown("K-395", "case", id.value(), "see keping central cases");
  v1::GetCaseResponse response;
  FillCase(trace->view, *response.mutable_case_());
  response.set_code(trace->view.policy->code);
  response.set_entity(trace->view.row.entity);
  FillFacts(trace->evidence, *response.mutable_evidence());
  KEPING_ASSIGN_OR_RETURN(const std::vector<Remark> remarks,
                          ExplainCase(*ports_.node, trace->view.row));
  for (const Remark& remark : remarks) {
    response.add_explanation(remark.text);
    FillRemark(remark, *response.add_remarks());
  }
  FillOrders(*trace, response);
  FillDecisions(*trace, response);
  const domain::CaseRule rule =
      RuleFor(ports_.node->resident().centre.policy, trace->view.row.kind);
  for (domain::Role role : rule.may_decide) {
    response.add_may_decide(static_cast<log::v1::Role>(role));
  }
  response.set_two_persons(rule.two_persons);
  return response;
}

absl::StatusOr<v1::TraceBlankResponse> DeskConsole::TraceBlank(
    const v1::TraceBlankRequest& request) {
  wire::FieldReader read("TraceBlankRequest");
  const domain::BlankSerial serial = read.Blank("blank", request.blank());
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_ASSIGN_OR_RETURN(const std::optional<BlankTrace> trace,
                          central::TraceBlank(*ports_.node, serial));
  if (!trace.has_value()) {
    return NotKnown("K-394", "blank", serial.text(),
                    "no allotment names it, and no office spoke of it. Scan it once more");
  }
  v1::TraceBlankResponse response;
  response.set_blank(serial.text());
  response.set_account(ledger::AccountName(trace->row.place.account));
  response.set_holder(trace->row.place.holder.value());
  response.set_issued(trace->row.facts.issued);
  if (trace->other_name.has_value()) response.set_other_name(trace->other_name->text());
  FillFacts(trace->facts, *response.mutable_facts());
  for (const auto& [act, job] : trace->jobs) {
    response.add_acts(act.value());
    response.add_prrs(job.intents.empty() ? "" : job.intents.front().prr.value());
  }
  for (const domain::CaseId& id : trace->cases) response.add_cases(id.value());
  const domain::BoxId box = trace->row.facts.born_of();
  if (box.empty()) return response;
  response.set_box(box.value());
  const BoxFacts& facts = trace->boxes.at(box).facts;
  if (facts.declarations.empty()) return response;
  response.set_lot(facts.declarations.front().lot.value());
  response.set_allotment(facts.declarations.front().allotment.value());
  return response;
}

absl::StatusOr<v1::TraceRecordResponse> DeskConsole::Trace(const domain::PrrId& prr) const {
  KEPING_ASSIGN_OR_RETURN(const std::optional<RecordTrace> trace,
                          central::TraceRecord(*ports_.node, prr));
  if (!trace.has_value()) {
    return NotKnown("K-381", "record", prr.value(),
                    "check its id, or wait for the national centre");
  }
  return ViewOf(prr, *trace);
}

absl::StatusOr<v1::TraceRecordResponse> DeskConsole::TraceRecord(
    const v1::TraceRecordRequest& request) {
  wire::FieldReader read("TraceRecordRequest");
  const auto prr = read.Id<domain::PrrId>("prr", request.prr());
  KEPING_RETURN_IF_ERROR(read.status());
  return Trace(prr);
}

absl::StatusOr<v1::ReportSubjectResponse> DeskConsole::ReportSubject(
    const v1::ReportSubjectRequest& request) {
  wire::FieldReader read("ReportSubjectRequest");
  const auto by = read.Id<domain::OperatorId>("by", request.by());
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_ASSIGN_OR_RETURN(const domain::Nik nik, domain::Nik::Parse(request.nik()));
  const crypto::Hash key = crypto::KeyedHash(ports_.node->options().nik_lookup_key, {nik.Reveal()});
  KEPING_ASSIGN_OR_RETURN(const std::vector<domain::PrrId> records,
                          RecordsOfPerson(*ports_.node, key));
  // The question is logged whether something is found or not.
  KEPING_RETURN_IF_ERROR(Command(ReadSubject{
      .by = by, .prr = records.empty() ? domain::PrrId() : records.back(), .nik_key = key}));
  if (records.empty()) {
    return absl::NotFoundError("no record under this NIK came to this district");
  }
  v1::ReportSubjectResponse response;
  for (const domain::PrrId& prr : records) {
    KEPING_ASSIGN_OR_RETURN(*response.add_records(), Trace(prr));
    KEPING_ASSIGN_OR_RETURN(const std::vector<PersonalRead> reads, ReadsOf(*ports_.node, prr));
    for (const PersonalRead& looked : reads) {
      v1::PersonalRead& out = *response.add_reads();
      FillFact(looked.fact, *out.mutable_fact());
      out.set_prr(prr.value());
      out.set_purpose(static_cast<log::v1::ReadPurpose>(looked.read.purpose));
      out.set_of_plan(looked.of_plan);
    }
  }
  return response;
}

absl::StatusOr<v1::ListDestructionsResponse> DeskConsole::ListDestructions(
    const v1::ListDestructionsRequest& request) {
  wire::FieldReader read("ListDestructionsRequest");
  const auto after = read.OptionalId<domain::PrrId>("page_token", request.page_token());
  KEPING_RETURN_IF_ERROR(read.status());
  const size_t limit = request.page_size() == 0
                           ? kDestructionsAPage
                           : std::min<size_t>(request.page_size(), kMostDestructionsAPage);
  KEPING_ASSIGN_OR_RETURN(const Destructions page, ReadDestructions(*ports_.node, after, limit));
  v1::ListDestructionsResponse response;
  response.set_picture_days(ports_.node->resident().centre.policy.picture_days);
  for (const Destruction& record : page.records) {
    v1::DestroyedRecord& out = *response.add_records();
    out.set_prr(record.prr.value());
    FillFacts(record.facts, *out.mutable_facts());
  }
  if (!page.complete) response.set_next_page_token(page.records.back().prr.value());
  return response;
}

absl::StatusOr<v1::ListOfficersResponse> DeskConsole::ListOfficers(
    const v1::ListOfficersRequest& request) {
  v1::ListOfficersResponse response;
  for (const auto& [officer, entry] : ports_.node->resident().centre.officers) {
    if (request.active_only() && !entry.active) continue;
    v1::Officer& proto = *response.add_officers();
    proto.set_officer(officer.value());
    proto.set_role(static_cast<log::v1::Role>(entry.role));
    proto.set_active(entry.active);
    // A damaged one opens nothing, and is made anew as one that is not there.
    proto.set_has_password(!ports_.node->OfficerPassword(officer).value_or("").empty());
    const auto sign_in = ports_.node->resident().centre.sign_ins.find(officer);
    proto.set_own_password(sign_in != ports_.node->resident().centre.sign_ins.end() &&
                           sign_in->second.own_password);
  }
  return response;
}

absl::StatusOr<v1::GetPolicyResponse> DeskConsole::GetPolicy(const v1::GetPolicyRequest&) {
  v1::GetPolicyResponse response;
  *response.mutable_policy() = wire::WritePolicy(ports_.node->resident().centre.policy);
  return response;
}

absl::StatusOr<v1::TryPolicyResponse> DeskConsole::TryPolicy(const v1::TryPolicyRequest& request) {
  KEPING_ASSIGN_OR_RETURN(const domain::Policy tried, wire::ReadPolicy(request.policy()));
  const uint32_t size = request.page_size() == 0 ? kMostTried : request.page_size();
  KEPING_ASSIGN_OR_RETURN(
      const PolicyPage page,
      central::TryPolicy(*ports_.node, tried, request.page_token(), std::min(size, kMostTried)));
  v1::TryPolicyResponse response;
  for (const PolicyDifference& one : page.differences) {
    v1::PolicyDifference& proto = *response.add_differences();
    proto.set_case_id(one.id.value());
    proto.set_kind(static_cast<log::v1::CaseKind>(one.kind));
    proto.set_code(PolicyFor(one.kind).code);
    proto.set_entity(one.entity);
    proto.set_now(one.now.text);
    proto.set_would_be(one.would_be.text);
    proto.set_reason(one.reason.text);
    FillTreatment(one.now, *proto.mutable_now_fate());
    FillTreatment(one.would_be, *proto.mutable_would_be_fate());
    FillRemark(one.reason, *proto.mutable_why());
  }
  response.set_looked_at(page.looked_at);
  response.set_cannot_tell(page.cannot_tell);
  response.set_next_page_token(page.next);
  return response;
}

// ---------------------------------------------------------------------------------------------
// Decisions and entries.

absl::StatusOr<v1::ResolveCaseResponse> DeskConsole::ResolveCase(
    const v1::ResolveCaseRequest& request) {
  wire::FieldReader read("ResolveCaseRequest");
  const central::ResolveCase command{
      .case_id = read.Id<domain::CaseId>("case_id", request.case_id()),
      .revision = request.revision(),
      .resolution = read.EnumValue("resolution", request.resolution(), domain::Resolution::kRetry),
      .keep = read.OptionalBlank("keep", request.keep()),
      .by = read.Id<domain::OperatorId>("by", request.by()),
      .second = read.OptionalId<domain::OperatorId>("second", request.second()),
      .document = read.OptionalId<domain::DocumentNumber>("document", request.document())};
  KEPING_RETURN_IF_ERROR(read.status());
  if (request.dry_run()) return TryToResolve(command);
  KEPING_ASSIGN_OR_RETURN(const std::optional<CaseView> before,
                          ReadCase(*ports_.node, command.case_id));
  KEPING_RETURN_IF_ERROR(Command(command));
  KEPING_ASSIGN_OR_RETURN(const std::optional<CaseView> after,
                          ReadCase(*ports_.node, command.case_id));
  v1::ResolveCaseResponse response;
  response.set_state(static_cast<log::v1::CaseState>(after->row.state));
  response.set_orders(
      static_cast<uint32_t>(after->row.actions.size() - before->row.actions.size()));
  return response;
}

absl::StatusOr<v1::ResolveCaseResponse> DeskConsole::TryToResolve(
    const central::ResolveCase& command) {
  KEPING_ASSIGN_OR_RETURN(const DecisionOutcome decision, ports_.node->Try(command));
  KEPING_RETURN_IF_ERROR(Answer(decision.why, ports_.failed, *ports_.hub));
  v1::ResolveCaseResponse response;
  response.set_state(decision.acting ? log::v1::CASE_STATE_ACTING : log::v1::CASE_STATE_CLOSED);
  response.set_orders(static_cast<uint32_t>(decision.orders.size()));
  response.set_dry_run(true);
  for (const domain::ActionOrdered& one : decision.orders) {
    v1::Order& order = *response.add_would_order();
    order.set_action(one.action.value());
    order.set_kind(static_cast<log::v1::ActionKind>(one.kind));
    order.set_node(one.node.value());
    if (one.blank.has_value()) order.set_blank(one.blank->text());
  }
  return response;
}

bool DeskConsole::WantsPassword(const v1::SetOfficerRequest& request) const {
  if (!request.active() || request.first_password()) return request.active();
  const absl::StatusOr<domain::OperatorId> officer = domain::OperatorId::Parse(request.officer());
  return officer.ok() && ports_.node->OfficerPassword(*officer).value_or("damaged").empty();
}

absl::StatusOr<v1::SetOfficerResponse> DeskConsole::SetOfficer(const v1::SetOfficerRequest& request,
                                                               const FirstPassword& password) {
  wire::FieldReader read("SetOfficerRequest");
  const central::SetOfficer command{
      .officer = read.Id<domain::OperatorId>("officer", request.officer()),
      .role = read.EnumValue("role", request.role(), domain::Role::kAdministrator),
      .active = request.active(),
      .by = read.OptionalId<domain::OperatorId>("by", request.by())};
  KEPING_RETURN_IF_ERROR(read.status());
  if (command.active && !request.first_password()) {
    KEPING_RETURN_IF_ERROR(ports_.node->OfficerPassword(command.officer).status());
  }
  const bool wanted = WantsPassword(request);
  KEPING_RETURN_IF_ERROR(
      Answer(ports_.node->Handle(ports_.clock->Now(), command, wanted ? password.verifier : ""),
             ports_.failed, *ports_.hub));
  v1::SetOfficerResponse response;
  if (wanted || !command.active) ports_.signed_out(command.officer);
  if (wanted) response.set_first_password(password.shown);
  return response;
}

absl::StatusOr<v1::SetPolicyResponse> DeskConsole::SetPolicy(const v1::SetPolicyRequest& request) {
  wire::FieldReader read("SetPolicyRequest");
  const central::SetPolicy command{
      .policy = read.Value("policy", wire::ReadPolicy(request.policy())),
      .by = read.Id<domain::OperatorId>("by", request.by()),
      .second = read.Id<domain::OperatorId>("second", request.second())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(Command(command));
  return v1::SetPolicyResponse();
}

absl::StatusOr<v1::EnterReadinessResponse> DeskConsole::EnterReadiness(
    const v1::EnterReadinessRequest& request) {
  wire::FieldReader read("EnterReadinessRequest");
  const domain::VillageReadinessSet entry{
      .village = read.Id<domain::VillageCode>("village", request.village()),
      .day = base::FromEpochDays(request.day_days()),
      .persons = request.persons(),
      .withdrawn = request.withdrawn(),
      .by = read.Id<domain::OperatorId>("by", request.by())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(Command(Enter{.entry = entry, .by = entry.by}));
  return v1::EnterReadinessResponse();
}

absl::StatusOr<v1::EnterAbsenceResponse> DeskConsole::EnterAbsence(
    const v1::EnterAbsenceRequest& request) {
  wire::FieldReader read("EnterAbsenceRequest");
  const domain::AbsenceSet entry{
      .operator_id = read.Id<domain::OperatorId>("operator_id", request.operator_id()),
      .kind = read.EnumValue("kind", request.kind(), domain::AbsenceKind::kOtherOffice),
      .first = base::FromEpochDays(request.first_days()),
      .last = base::FromEpochDays(request.last_days()),
      .node = read.OptionalId<domain::NodeId>("node", request.node()),
      .withdrawn = request.withdrawn(),
      .by = read.Id<domain::OperatorId>("by", request.by())};
  KEPING_RETURN_IF_ERROR(read.status());
  if (entry.last < entry.first) {
    return absl::InvalidArgumentError(
        absl::StrCat("last_days: got ", absl::FormatCivilTime(entry.last),
                     ", want the first day or a later one: ", absl::FormatCivilTime(entry.first)));
  }
  KEPING_RETURN_IF_ERROR(Command(Enter{.entry = entry, .by = entry.by}));
  return v1::EnterAbsenceResponse();
}

absl::StatusOr<v1::StatePrinterResponse> DeskConsole::StatePrinter(
    const v1::StatePrinterRequest& request) {
  wire::FieldReader read("StatePrinterRequest");
  const domain::PrinterStated entry{
      .printer = read.Id<domain::PrinterId>("printer", request.printer()),
      .node = read.Id<domain::NodeId>("node", request.node()),
      .cards_per_day = request.cards_per_day(),
      .from = base::FromEpochDays(request.from_days()),
      .by = read.Id<domain::OperatorId>("by", request.by())};
  KEPING_RETURN_IF_ERROR(read.status());
  if (entry.cards_per_day > 1000) {
    return absl::InvalidArgumentError(absl::StrCat("cards_per_day: got ", entry.cards_per_day,
                                                   ", want 0 to 1000 of one printer"));
  }
  KEPING_RETURN_IF_ERROR(Command(Enter{.entry = entry, .by = entry.by}));
  return v1::StatePrinterResponse();
}

absl::StatusOr<v1::ReportFiguresResponse> DeskConsole::ReportFigures(
    const v1::ReportFiguresRequest& request) {
  wire::FieldReader read("ReportFiguresRequest");
  domain::FiguresReported entry{
      .act = domain::ActId::Of(absl::BytesToHexString(ports_.random(kActIdBytes))),
      .kind = read.EnumValue("kind", request.kind(), domain::FigureKind::kInStock),
      .node = read.OptionalId<domain::NodeId>("node", request.node()),
      .upto = base::FromEpochDays(request.upto_days()),
      .parts = {},
      .total = request.total(),
      .document = read.Id<domain::DocumentNumber>("document", request.document()),
      .by = read.Id<domain::OperatorId>("by", request.by())};
  KEPING_RETURN_IF_ERROR(read.status());
  if (request.parts_size() > kMostParts) {
    return absl::InvalidArgumentError(
        absl::StrCat("parts: got ", request.parts_size(), ", want at most ", kMostParts));
  }
  for (const log::v1::FigurePart& part : request.parts()) {
    if (part.label().size() > kMostLabelBytes) {
      return absl::InvalidArgumentError(absl::StrCat("label: got ", part.label().size(),
                                                     " bytes, want at most ", kMostLabelBytes));
    }
    entry.parts.push_back({.label = part.label(), .quantity = part.quantity()});
  }
  KEPING_RETURN_IF_ERROR(Command(Enter{.entry = entry, .by = entry.by}));
  return v1::ReportFiguresResponse();
}

absl::StatusOr<v1::IdentifyBlankResponse> DeskConsole::IdentifyBlank(
    const v1::IdentifyBlankRequest& request) {
  wire::FieldReader read("IdentifyBlankRequest");
  const domain::BlankIdentified entry{
      .act = domain::ActId::Of(absl::BytesToHexString(ports_.random(kActIdBytes))),
      .printed = read.Blank("printed", request.printed()),
      .uid = read.Blank("uid", request.uid()),
      .operator_id = read.Id<domain::OperatorId>("by", request.by())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(Command(Enter{.entry = entry, .by = entry.operator_id}));
  return v1::IdentifyBlankResponse();
}

absl::StatusOr<v1::CloseDaysResponse> DeskConsole::CloseDays(const v1::CloseDaysRequest& request) {
  wire::FieldReader read("CloseDaysRequest");
  const auto by = read.Id<domain::OperatorId>("by", request.by());
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(
      Answer(WhyNotOfficer(ports_.node->resident().centre, by, {domain::Role::kAdministrator}),
             ports_.failed, *ports_.hub));
  const absl::Status closed = ports_.node->EndDays(ports_.clock->Now(), /*all=*/true);
  if (!closed.ok()) return Answer(closed, ports_.failed, *ports_.hub);
  v1::CloseDaysResponse response;
  response.set_last_days(base::ToEpochDays(ports_.node->resident().centre.last_closed_day));
  return response;
}

}  // namespace keping::central
