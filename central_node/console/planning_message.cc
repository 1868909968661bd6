#include "central_node/console/planning_message.h"

#include "central_node/planner/forecast.h"
#include "central_node/planner/lendings.h"
#include "common/base/epoch_days.h"

namespace keping::central {
namespace {

void FillBacklog(const planner::Backlog& backlog, v1::Backlog& out) {
  out.set_records(backlog.records);
  for (uint64_t waiting : backlog.waiting) out.add_waiting(waiting);
  if (backlog.ends_on.has_value()) out.set_ends_on(base::ToEpochDays(*backlog.ends_on));
}

void FillRunOut(const planner::RunOut& run_out, v1::RunOut& out) {
  if (run_out.used_up_on.has_value()) out.set_used_up_on(base::ToEpochDays(*run_out.used_up_on));
  out.set_working_days(run_out.working_days);
  out.set_dry_from(base::ToEpochDays(run_out.dry_from));
  if (run_out.dry_until.has_value()) out.set_dry_until(base::ToEpochDays(*run_out.dry_until));
}

// Of the district and of an office alike.
template <typename From, typename Proto>
void FillOutlook(const From& from, Proto& out) {
  FillBacklog(from.backlog, *out.mutable_backlog());
  out.set_blanks(from.blanks);
  if (from.run_out.has_value()) FillRunOut(*from.run_out, *out.mutable_run_out());
  if (from.working_days_needed.has_value()) {
    out.set_working_days_needed(*from.working_days_needed);
  }
}

template <typename Protos>
void FillShares(const planner::AllotmentSplit& split, Protos& out) {
  for (const planner::OfficeShare& share : split.shares) {
    v1::OfficeShare& proto = *out.Add();
    proto.set_node(share.node.value());
    proto.set_blanks(share.blanks);
  }
}

void FillRequest(const planner::BlankRequest& request, v1::BlankRequest& out) {
  out.set_blanks(request.blanks);
  out.set_needed_on(base::ToEpochDays(request.needed_on));
  out.set_arrive_by(base::ToEpochDays(request.arrive_by));
  out.set_request_by(base::ToEpochDays(request.request_by));
  out.set_late(request.late);
}

void FillSupply(const planner::Plan& plan, v1::GetForecastResponse& out) {
  for (const planner::Dispatch& dispatch : plan.supply.dispatches) {
    v1::DispatchProposal& proto = *out.add_dispatches();
    proto.set_day(base::ToEpochDays(plan.basis.Date(dispatch.day)));
    proto.set_allotment(dispatch.allotment.value());
    FillShares(dispatch.split, *proto.mutable_shares());
    proto.set_reserve(dispatch.split.reserve);
  }
  for (const planner::LendingProposal& lending : planner::LendingsOf(plan)) {
    v1::LendingProposal& proto = *out.add_lendings();
    proto.set_from_node(lending.from.value());
    proto.set_to_node(lending.to.value());
    proto.set_blanks(lending.blanks);
    proto.set_needed_on(base::ToEpochDays(lending.needed_on));
    proto.set_send_by(base::ToEpochDays(lending.send_by));
  }
}

}  // namespace

void FillDay(const domain::NodeId& node, const planner::PlannedDay& day, v1::PlannedDay& out) {
  out.set_node(node.value());
  out.set_day(base::ToEpochDays(day.day));
  out.set_state(static_cast<v1::DayState>(day.state));
  out.set_blanks(day.blanks);
  out.set_printed(day.printed);
  out.set_waiting(day.waiting);
  for (const planner::PlannedRun& run : day.runs) {
    v1::PlannedRun& proto = *out.add_runs();
    proto.set_printer(run.printer.value());
    proto.set_operator_id(run.operator_id.value());
    proto.set_cards_at_most(run.cards_at_most);
    for (const domain::PrrId& prr : run.records) proto.add_prrs(prr.value());
  }
}

void FillForecast(const planner::Plan& plan, v1::GetForecastResponse& out) {
  const planner::Forecast forecast = planner::ForecastOf(plan);
  FillOutlook(forecast.district, *out.mutable_district());
  for (const planner::OfficeForecast& office : forecast.offices) {
    v1::OfficeForecast& proto = *out.add_offices();
    proto.set_node(office.node.value());
    FillOutlook(office, proto);
    if (office.ribbons_end_on.has_value()) {
      proto.set_ribbons_end_on(base::ToEpochDays(*office.ribbons_end_on));
    }
    if (office.films_end_on.has_value()) {
      proto.set_films_end_on(base::ToEpochDays(*office.films_end_on));
    }
  }
  for (const planner::VillageForecast& village : forecast.villages) {
    v1::VillageForecast& proto = *out.add_villages();
    proto.set_village(village.village.value());
    FillBacklog(village.backlog, *proto.mutable_backlog());
  }
  for (const planner::Village& village : plan.basis.input.villages) {
    for (const planner::ReadyDay& ready : village.ready) {
      v1::VillageReady& proto = *out.add_ready();
      proto.set_village(village.village.value());
      proto.set_day(base::ToEpochDays(ready.day));
      proto.set_persons(ready.persons);
    }
  }
  if (forecast.request.has_value()) FillRequest(*forecast.request, *out.mutable_request());
  for (const planner::LateAllotment& late : forecast.late_allotments) {
    v1::LateAllotment& proto = *out.add_late_allotments();
    proto.set_allotment(late.allotment.value());
    proto.set_arrives_on(base::ToEpochDays(late.arrives_on));
    proto.set_needed_on(base::ToEpochDays(late.needed_on));
    proto.set_arrive_by(base::ToEpochDays(late.arrive_by));
  }
  FillSupply(plan, out);
}

void FillReadiness(const planner::Readiness& readiness, v1::OfficeReadiness& out) {
  out.set_node(readiness.node.value());
  for (const planner::ReadinessItem& item : readiness.items) {
    v1::ReadinessItem& proto = *out.add_items();
    proto.set_need(static_cast<v1::Need>(item.need));
    proto.set_count(item.count);
    if (item.from.has_value()) proto.set_from_day(base::ToEpochDays(*item.from));
  }
  if (readiness.starts_on.has_value()) out.set_starts_on(base::ToEpochDays(*readiness.starts_on));
  for (planner::Need need : readiness.blocked_by) out.add_blocked_by(static_cast<v1::Need>(need));
}

void FillExplanation(const planner::Explanation& why, v1::ExplainRecordResponse& out) {
  out.set_line_node(why.line.value());
  if (why.print.has_value()) {
    out.set_day(base::ToEpochDays(why.print->day));
    out.set_node(why.print->node.value());
    out.set_printer(why.print->printer.value());
  }
  for (const planner::Wait& wait : why.waits) {
    v1::Wait& proto = *out.add_waits();
    proto.set_reason(static_cast<v1::WaitReason>(wait.reason));
    proto.set_days(wait.days);
    proto.set_until(base::ToEpochDays(wait.until));
    proto.set_earlier_records(wait.earlier_records);
  }
  out.set_village_not_awaited(why.village_not_awaited);
  if (!why.diversion.has_value()) return;
  out.set_diverted_from_node(why.diversion->from.value());
  out.set_diverted_because(static_cast<v1::MoveReason>(why.diversion->reason));
}

void FillSplit(const planner::Plan& plan, const planner::AllotmentSplit& split,
               v1::ProposeSplitResponse& out) {
  FillShares(split, *out.mutable_shares());
  out.set_reserve(split.reserve);
  if (split.covered_days > 0)
    out.set_covered_until(base::ToEpochDays(plan.basis.Date(split.covered_days)));
}

void FillMove(const planner::LeaseMove& move, v1::LeaseMove& out) {
  out.set_from_node(move.from.value());
  out.set_to_node(move.to.value());
  out.set_reason(static_cast<v1::MoveReason>(move.reason));
  out.set_needed_by(base::ToEpochDays(move.needed_by));
}

}  // namespace keping::central
