#include "central_node/store/explain_case.h"

#include <map>
#include <utility>

#include "central_node/core/judge_count.h"
#include "central_node/core/judge_figures.h"
#include "central_node/core/node_figures.h"
#include "central_node/core/variance_words.h"
#include "central_node/store/stored_row.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"

namespace keping::central {
namespace {

using Sentences = std::vector<std::string>;

absl::StatusOr<Sentences> ExplainCount(const CentralNode& centre, const domain::NodeId& node,
                                       domain::Pile pile) {
  KEPING_ASSIGN_OR_RETURN(const CountFacts facts,
                          StoredRow<CountFacts>(centre, storage::kCountsRowPrefix, node.value()));
  const CountFact* latest = LatestCount(facts, pile);
  std::map<domain::BlankSerial, BlankRow> blanks;
  Jobs jobs;
  absl::Status status;
  const auto load = [&](const domain::BlankSerial& serial) -> absl::Status {
    KEPING_ASSIGN_OR_RETURN(BlankRow row,
                            StoredRow<BlankRow>(centre, storage::kBlankRowPrefix, serial.text()));
    for (const domain::ActId& act : row.facts.jobs) {
      KEPING_ASSIGN_OR_RETURN(jobs[act],
                              StoredRow<JobFacts>(centre, storage::kJobRowPrefix, act.value()));
    }
    blanks[serial] = std::move(row);
    return absl::OkStatus();
  };
  if (latest != nullptr) {
    LookedInto(*latest).ForEach(
        [&](const domain::BlankSerial& serial) { status.Update(load(serial)); });
  }
  KEPING_RETURN_IF_ERROR(status);
  return InWords(JudgeCount(
      {.node = node,
       .pile = pile,
       .facts = facts,
       .blank = [&blanks](const domain::BlankSerial& serial) { return &blanks.at(serial).facts; },
       .jobs = jobs}));
}

}  // namespace

absl::StatusOr<Sentences> ExplainCase(const CentralNode& centre, const CaseRow& row) {
  if (row.kind == domain::CaseKind::kCountVariance) {
    for (const domain::Pile pile : kPiles) {
      if (row.entity == CountEntity(row.node, pile)) return ExplainCount(centre, row.node, pile);
    }
  } else if (row.kind == domain::CaseKind::kReportContradiction) {
    KEPING_ASSIGN_OR_RETURN(const FiguresRow figures,
                            StoredRow<FiguresRow>(centre, storage::kFiguresRowPrefix, row.entity));
    if (figures.reports.empty()) return Sentences();
    const FiguresFact& report = figures.reports.front();
    return InWords(report, JudgeFigures(report, LedgerFigure(centre.settings(), centre.resident(),
                                                             report.report)));
  }
  return Sentences();
}

}  // namespace keping::central
