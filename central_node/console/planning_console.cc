#include "central_node/console/planning_console.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "central_node/console/command.h"
#include "central_node/console/plan_source.h"
#include "central_node/console/planning_message.h"
#include "central_node/core/passing_days.h"
#include "central_node/planner/blank_requests.h"
#include "central_node/planner/explanation.h"
#include "central_node/planner/forecast.h"
#include "central_node/planner/invitations.h"
#include "central_node/planner/lease_moves.h"
#include "central_node/planner/plan.h"
#include "central_node/planner/print_plan.h"
#include "central_node/planner/readiness.h"
#include "central_node/store/queries.h"
#include "central_node/store/records.h"
#include "common/base/epoch_days.h"
#include "common/base/status_macros.h"
#include "common/domain/nik.h"
#include "common/wire/field_reader.h"
#include "keping/national/v1/national.pb.h"

namespace keping::central {
namespace {

constexpr size_t kDaysAPage = 31, kMostDaysAPage = 100;
constexpr size_t kInvitationsAPage = 200, kMostInvitationsAPage = 1000;
constexpr size_t kRecordsAPage = 1000, kMostRecordsAPage = 5000;
constexpr uint64_t kMostBlanks = 1'000'000'000;
constexpr uint64_t kMostRequested = 1'000'000;

size_t PageSize(uint32_t asked, size_t usual, size_t most) {
  return asked == 0 ? usual : std::min<size_t>(asked, most);
}

}  // namespace

struct PlanningConsole::Made {
  crypto::Hash key;
  absl::Time at;
  planner::Plan plan;

  void Stamp(v1::PlanStamp& out) const {
    out.set_plan_id(key.Hex());
    out.set_first_day(base::ToEpochDays(plan.basis.input.first_day));
    out.set_days(static_cast<uint32_t>(plan.schedule.days));
    out.set_made_micros(absl::ToUnixMicros(at));
  }
};

PlanningConsole::PlanningConsole(Ports ports) : ports_(std::move(ports)) {}
PlanningConsole::~PlanningConsole() = default;

absl::StatusOr<const PlanningConsole::Made*> PlanningConsole::Current(
    const std::string& page_token) {
  if (made_ != nullptr && absl::StartsWith(page_token, made_->key.ShortHex() + "-")) {
    return made_.get();
  }
  const absl::Time now = ports_.clock->Now().wall;
  FactRef at;
  at.wall_micros = absl::ToUnixMicros(now);
  const absl::CivilDay today = DayOf(ports_.node->options().settings, at);
  const crypto::Hash key = PlanKey(*ports_.node, today);
  if (made_ == nullptr || made_->key != key) {
    KEPING_ASSIGN_OR_RETURN(planner::PlanInput input, ReadPlanInput(*ports_.node, today));
    KEPING_ASSIGN_OR_RETURN(planner::Plan plan, planner::MakePlan(std::move(input)));
    made_ = std::make_unique<Made>(Made{.key = key, .at = now, .plan = std::move(plan)});
  }
  return made_.get();
}

std::string PlanningConsole::MakeToken(size_t next, const Made& made) const {
  return absl::StrCat(made.key.ShortHex(), "-", next);
}

absl::StatusOr<size_t> PlanningConsole::ReadToken(const std::string& token,
                                                  const Made& made) const {
  if (token.empty()) return 0;
  const std::vector<std::string> parts = absl::StrSplit(token, '-');
  uint64_t next = 0;
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[1], &next)) {
    return absl::InvalidArgumentError(
        absl::StrCat("page_token: got ", token, ", want the one of the answer before"));
  }
  if (parts[0] != made.key.ShortHex()) {
    return absl::AbortedError("the plan changed meanwhile; begin again without a page_token");
  }
  return next;
}

absl::StatusOr<v1::GetPlanResponse> PlanningConsole::GetPlan(const v1::GetPlanRequest& request) {
  wire::FieldReader read("GetPlanRequest");
  const auto node = read.OptionalId<domain::NodeId>("node", request.node());
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_ASSIGN_OR_RETURN(const Made* made, Current(request.page_token()));
  KEPING_ASSIGN_OR_RETURN(const size_t from, ReadToken(request.page_token(), *made));
  const size_t size = PageSize(request.page_size(), kDaysAPage, kMostDaysAPage);
  v1::GetPlanResponse response;
  made->Stamp(*response.mutable_stamp());
  size_t index = 0;
  for (const planner::Office& office : made->plan.basis.input.offices) {
    if (!node.empty() && office.node != node) continue;
    for (const planner::PlannedDay& day : planner::PrintPlanOf(made->plan, office.node)) {
      if (request.has_from_day() && base::ToEpochDays(day.day) < request.from_day()) continue;
      if (index++ < from) continue;
      if (static_cast<size_t>(response.days_size()) == size) {
        response.set_next_page_token(MakeToken(from + size, *made));
        return response;
      }
      FillDay(office.node, day, *response.add_days());
    }
  }
  return response;
}

absl::StatusOr<v1::GetForecastResponse> PlanningConsole::GetForecast(
    const v1::GetForecastRequest&) {
  KEPING_ASSIGN_OR_RETURN(const Made* made, Current());
  v1::GetForecastResponse response;
  made->Stamp(*response.mutable_stamp());
  FillForecast(made->plan, response);
  return response;
}

absl::StatusOr<v1::GetReadinessResponse> PlanningConsole::GetReadiness(
    const v1::GetReadinessRequest& request) {
  wire::FieldReader read("GetReadinessRequest");
  const auto node = read.OptionalId<domain::NodeId>("node", request.node());
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_ASSIGN_OR_RETURN(const Made* made, Current());
  v1::GetReadinessResponse response;
  made->Stamp(*response.mutable_stamp());
  for (const planner::Readiness& office : planner::ReadinessOf(made->plan)) {
    if (node.empty() || office.node == node) FillReadiness(office, *response.add_offices());
  }
  return response;
}

absl::StatusOr<std::string> PlanningConsole::MaskedNik(const domain::PrrId& prr) const {
  KEPING_ASSIGN_OR_RETURN(const std::optional<PrrView> view, ReadPrr(*ports_.node, prr));
  if (!view.has_value()) return std::string();
  const VersionFact* version = CurrentVersion(view->row.facts);
  if (version == nullptr) return std::string();
  const absl::StatusOr<OpenedRecord> record =
      OpenSideRecord(ports_.node->store(), ports_.node->sealed_rows(), prr, version->version);
  if (absl::IsNotFound(record.status())) return std::string();
  KEPING_RETURN_IF_ERROR(record.status());
  national::v1::Record proto;
  if (!proto.ParseFromString(record->bytes)) return std::string();
  const absl::StatusOr<domain::Nik> nik = domain::Nik::Parse(proto.nik());
  return nik.ok() ? nik->Redacted() : std::string();
}

absl::StatusOr<v1::ListInvitationsResponse> PlanningConsole::ListInvitations(
    const v1::ListInvitationsRequest& request) {
  wire::FieldReader read("ListInvitationsRequest");
  const auto village = read.Id<domain::VillageCode>("village", request.village());
  const auto by = read.Id<domain::OperatorId>("by", request.by());
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(Answer(
      ports_.node->Handle(ports_.clock->Now(), ReadSubject{.by = by, .prr = {}, .nik_key = {}}),
      ports_.failed, *ports_.hub));
  KEPING_ASSIGN_OR_RETURN(const Made* made, Current(request.page_token()));
  KEPING_ASSIGN_OR_RETURN(const size_t from, ReadToken(request.page_token(), *made));
  const size_t size = PageSize(request.page_size(), kInvitationsAPage, kMostInvitationsAPage);
  const planner::InvitationList list = planner::InvitationsOf(made->plan, village);
  v1::ListInvitationsResponse response;
  made->Stamp(*response.mutable_stamp());
  const size_t all = list.invitations.size() + list.not_yet.size();
  for (size_t i = from; i < std::min(all, from + size); ++i) {
    v1::Invitation& out = *response.add_invitations();
    const bool invited = i < list.invitations.size();
    const domain::PrrId& prr =
        invited ? list.invitations[i].prr : list.not_yet[i - list.invitations.size()];
    out.set_prr(prr.value());
    KEPING_ASSIGN_OR_RETURN(*out.mutable_masked_nik(), MaskedNik(prr));
    if (!invited) continue;
    out.set_day(base::ToEpochDays(list.invitations[i].day));
    out.set_hour(list.invitations[i].hour);
  }
  if (from + size < all) response.set_next_page_token(MakeToken(from + size, *made));
  return response;
}

absl::StatusOr<v1::ExplainRecordResponse> PlanningConsole::ExplainRecord(
    const v1::ExplainRecordRequest& request) {
  wire::FieldReader read("ExplainRecordRequest");
  const auto prr = read.Id<domain::PrrId>("prr", request.prr());
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_ASSIGN_OR_RETURN(const Made* made, Current());
  const std::optional<planner::Explanation> why = planner::Explain(made->plan, prr);
  if (!why.has_value()) {
    return absl::NotFoundError(absl::StrCat(
        "got record ", prr.value(),
        ", want one that waits for its card; see keping central record for what became of it"));
  }
  v1::ExplainRecordResponse response;
  made->Stamp(*response.mutable_stamp());
  FillExplanation(*why, response);
  return response;
}

absl::StatusOr<v1::ProposeSplitResponse> PlanningConsole::ProposeSplit(
    const v1::ProposeSplitRequest& request) {
  if (request.blanks() == 0 || request.blanks() > kMostBlanks) {
    return absl::InvalidArgumentError(
        absl::StrCat("blanks: got ", request.blanks(), ", want 1 to ", kMostBlanks));
  }
  KEPING_ASSIGN_OR_RETURN(const Made* made, Current());
  v1::ProposeSplitResponse response;
  made->Stamp(*response.mutable_stamp());
  FillSplit(made->plan, planner::ProposeSplit(made->plan, request.blanks()), response);
  return response;
}

absl::Status PlanningConsole::Complete(const v1::RequestBlanksRequest& request,
                                       central::RequestBlanks& command) {
  if (request.has_blanks() && request.has_needed_by_day()) return absl::OkStatus();
  const auto complete = [&](uint64_t quantity, absl::CivilDay needed_by) {
    if (!request.has_blanks()) command.quantity = quantity;
    if (!request.has_needed_by_day()) command.needed_by = needed_by;
    return absl::OkStatus();
  };
  const auto& requests = ports_.node->resident().centre.requests;
  if (const auto known = requests.find(command.request);
      known != requests.end() && !known->second.by.empty()) {
    return complete(known->second.quantity, known->second.needed_by);
  }
  KEPING_ASSIGN_OR_RETURN(const Made* made, Current());
  const std::optional<planner::BlankRequest> proposed = planner::RequestOf(made->plan);
  if (!proposed.has_value()) {
    return absl::FailedPreconditionError(
        "K-312: by the plan the blanks that are here and expected suffice. Name how many are "
        "wanted, and the day.");
  }
  return complete(proposed->blanks,
                  std::max(proposed->arrive_by, made->plan.basis.input.first_day));
}

absl::StatusOr<v1::RequestBlanksResponse> PlanningConsole::RequestBlanks(
    const v1::RequestBlanksRequest& request) {
  wire::FieldReader read("RequestBlanksRequest");
  central::RequestBlanks command{
      .request = read.Id<domain::RequestId>("request", request.request()),
      .quantity = request.blanks(),
      .needed_by = base::FromEpochDays(request.needed_by_day()),
      .by = read.Id<domain::OperatorId>("by", request.by()),
      .second = read.Id<domain::OperatorId>("second", request.second())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(Complete(request, command));
  if (command.quantity == 0 || command.quantity > kMostRequested) {
    return absl::InvalidArgumentError(
        absl::StrCat("blanks: got ", command.quantity, ", want 1 to ", kMostRequested));
  }
  KEPING_RETURN_IF_ERROR(
      Answer(ports_.node->Handle(ports_.clock->Now(), command), ports_.failed, *ports_.hub));
  v1::RequestBlanksResponse response;
  response.set_blanks(command.quantity);
  response.set_needed_by_day(base::ToEpochDays(command.needed_by));
  return response;
}

absl::StatusOr<v1::ListBlankRequestsResponse> PlanningConsole::ListBlankRequests(
    const v1::ListBlankRequestsRequest&) {
  v1::ListBlankRequestsResponse response;
  for (const auto& [request, row] : ports_.node->resident().centre.requests) {
    v1::SentBlankRequest& out = *response.add_requests();
    out.set_request(request.value());
    out.set_blanks(row.quantity);
    out.set_needed_by_day(base::ToEpochDays(row.needed_by));
    out.set_by(row.by.value());
    out.set_second(row.second.value());
    out.set_asked_micros(row.fact.wall_micros);
    out.set_answered(row.answered.has_value());
    out.set_accepted(row.accepted);
    if (row.expected.has_value()) out.set_expected_day(base::ToEpochDays(*row.expected));
    out.set_reason(row.reason);
    for (const domain::AllotmentId& allotment : row.allotments) {
      out.add_allotments(allotment.value());
    }
  }
  return response;
}

absl::StatusOr<v1::ListLeaseMovesResponse> PlanningConsole::ListLeaseMoves(
    const v1::ListLeaseMovesRequest& request) {
  KEPING_ASSIGN_OR_RETURN(const Made* made, Current(request.page_token()));
  KEPING_ASSIGN_OR_RETURN(const size_t from, ReadToken(request.page_token(), *made));
  const size_t size = PageSize(request.page_size(), kRecordsAPage, kMostRecordsAPage);
  v1::ListLeaseMovesResponse response;
  made->Stamp(*response.mutable_stamp());
  size_t index = 0;
  size_t given = 0;
  for (const planner::LeaseMove& move : planner::LeaseMovesOf(made->plan)) {
    v1::LeaseMove* out = nullptr;
    for (const domain::PrrId& prr : move.records) {
      if (index++ < from) continue;
      if (given++ == size) {
        response.set_next_page_token(MakeToken(from + size, *made));
        return response;
      }
      if (out == nullptr) {
        out = response.add_moves();
        FillMove(move, *out);
      }
      out->add_prrs(prr.value());
    }
  }
  return response;
}

}  // namespace keping::central
