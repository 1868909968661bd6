#include "central_node/planner/print_plan.h"

namespace keping::planner {
namespace {

PlannedRun ToPlanned(const PlanInput& input, const PrinterRun& run) {
  PlannedRun planned{.printer = input.printers[run.printer].printer,
                     .operator_id = input.operators[run.operator_number].operator_id,
                     .cards_at_most = run.cards_at_most,
                     .records = {}};
  planned.records.reserve(run.records.size());
  for (const uint32_t record : run.records) planned.records.push_back(input.records[record].prr);
  return planned;
}

}  // namespace

std::vector<PlannedDay> PrintPlanOf(const Plan& plan, const domain::NodeId& node) {
  const uint32_t office = plan.basis.FindOffice(node);
  if (office == kNone) return {};
  std::vector<PlannedDay> planned;
  for (const OfficeDay& day : plan.schedule.offices[office]) {
    PlannedDay& one = planned.emplace_back();
    one.day = plan.basis.Date(static_cast<int>(planned.size()) - 1);
    one.state = day.state;
    one.blanks = day.blanks;
    one.printed = day.printed;
    one.waiting = day.waiting;
    for (const PrinterRun& run : day.runs) {
      if (!run.records.empty()) one.runs.push_back(ToPlanned(plan.basis.input, run));
    }
  }
  return planned;
}

}  // namespace keping::planner
