#include "central_node/store/explain_case.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "central_node/core/box_words.h"
#include "central_node/core/case_words.h"
#include "central_node/core/judge_count.h"
#include "central_node/core/judge_figures.h"
#include "central_node/core/judge_person.h"
#include "central_node/core/judge_prr.h"
#include "central_node/core/judge_stream.h"
#include "central_node/core/node_figures.h"
#include "central_node/core/remark.h"
#include "central_node/core/stale_prints.h"
#include "central_node/core/variance_words.h"
#include "central_node/store/named_blank.h"
#include "central_node/store/stored_row.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"

namespace keping::central {
namespace {

using Remarks = std::vector<Remark>;

absl::StatusOr<Remarks> ExplainCount(const CentralNode& centre, const domain::NodeId& node,
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
  return RemarksOn(JudgeCount(
      {.node = node,
       .pile = pile,
       .facts = facts,
       .blank = [&blanks](const domain::BlankSerial& serial) { return &blanks.at(serial).facts; },
       .jobs = jobs}));
}

// Its records with their jobs, and the blanks of their cards.
absl::Status LoadRecord(const CentralNode& centre, const domain::PrrId& prr, Rows& rows) {
  KEPING_ASSIGN_OR_RETURN(rows.prrs[prr],
                          StoredRow<PrrRow>(centre, storage::kPrrRowPrefix, prr.value()));
  for (const domain::ActId& act : rows.prrs[prr].facts.jobs) {
    KEPING_ASSIGN_OR_RETURN(rows.jobs[act],
                            StoredRow<JobFacts>(centre, storage::kJobRowPrefix, act.value()));
    for (const auto& [blank, verified] : JudgeJob(rows.jobs[act]).good) {
      KEPING_RETURN_IF_ERROR(LoadNamedBlank(centre, blank, rows));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Remarks> ExplainCards(const CentralNode& centre, const CaseRow& row) {
  Rows rows;
  PersonRow person;
  if (row.kind == domain::CaseKind::kTwoCardsOnePerson) {
    KEPING_ASSIGN_OR_RETURN(person,
                            StoredRow<PersonRow>(centre, storage::kPersonRowPrefix, row.entity));
  } else {
    person.prrs.insert(row.prr);
  }
  for (const domain::PrrId& prr : person.prrs) {
    KEPING_RETURN_IF_ERROR(LoadRecord(centre, prr, rows));
  }
  std::vector<Anomaly> anomalies;
  if (row.kind == domain::CaseKind::kTwoCardsOnePerson) {
    auto found = JudgePerson(RecordsOf(row.entity, person, rows), rows.jobs, StepsIn(rows));
    if (found.has_value()) anomalies.push_back(*std::move(found));
  } else {
    anomalies = JudgePrr(rows.prrs.at(row.prr).facts, rows.jobs, {}, StepsIn(rows)).anomalies;
  }
  for (const Anomaly& anomaly : anomalies) {
    if (anomaly.kind == row.kind) return RemarksOnCards(anomaly);
  }
  return Remarks();
}

Remarks ExplainGap(const CentralNode& centre, const CaseRow& row) {
  const auto node = centre.resident().nodes.find(row.node);
  if (node == centre.resident().nodes.end()) return {};
  for (const auto& [incarnation, stream] : node->second.streams) {
    if (StreamEntity(row.node, incarnation) == row.entity) {
      return RemarksOn(MissingOf(node->second, incarnation));
    }
  }
  return {};
}

absl::StatusOr<Remarks> ExplainStale(const CentralNode& centre, const CaseRow& row) {
  KEPING_ASSIGN_OR_RETURN(const JobFacts job,
                          StoredRow<JobFacts>(centre, storage::kJobRowPrefix, row.entity));
  if (job.intents.empty() || !job.intents.front().stale.has_value()) return Remarks();
  const StaleUse& use = *job.intents.front().stale;
  return RemarksOn(use, BudgetOf(use, centre.resident().centre.staleness));
}

absl::StatusOr<Remarks> ExplainReport(const CentralNode& centre, const CaseRow& row) {
  KEPING_ASSIGN_OR_RETURN(const ReportRow report,
                          StoredRow<ReportRow>(centre, storage::kReportRowPrefix, row.entity));
  if (report.state != ReportState::kRejected) return Remarks();
  const bool printed = report.kind == domain::ReportKind::kPrinted;
  return Remarks{{RemarkKind::kNationalRefusedReport,
                  {{"report", absl::StrCat(static_cast<int>(report.kind))},
                   {"record", report.prr.value()},
                   {"blank", report.blank.text()},
                   {"reason", report.reason}},
                  absl::StrCat("The national server refused the report of ",
                               printed ? "a card printed on " : "a spoiled blank ",
                               report.blank.text(), ": ", report.reason, ".")}};
}

}  // namespace

absl::StatusOr<Remarks> ExplainCase(const CentralNode& centre, const CaseRow& row) {
  if (row.kind == domain::CaseKind::kCountVariance) {
    for (const domain::Pile pile : kPiles) {
      if (row.entity == CountEntity(row.node, pile)) return ExplainCount(centre, row.node, pile);
    }
  } else if (row.kind == domain::CaseKind::kReportContradiction) {
    KEPING_ASSIGN_OR_RETURN(const FiguresRow figures,
                            StoredRow<FiguresRow>(centre, storage::kFiguresRowPrefix, row.entity));
    if (figures.reports.empty()) return Remarks();
    const FiguresFact& report = figures.reports.front();
    return RemarksOn(report, JudgeFigures(report, LedgerFigure(centre.settings(), centre.resident(),
                                                               report.report)));
  }
  if (row.kind == domain::CaseKind::kDuplicatePrint ||
      row.kind == domain::CaseKind::kTwoCardsOnePerson) {
    return ExplainCards(centre, row);
  }
  if (row.kind == domain::CaseKind::kReportRejected) return ExplainReport(centre, row);
  if (row.kind == domain::CaseKind::kLogGap) return ExplainGap(centre, row);
  if (row.kind == domain::CaseKind::kBeyondStaleness) return ExplainStale(centre, row);
  if (row.kind == domain::CaseKind::kBoxDifference) {
    const domain::BoxId box = domain::BoxId::Of(row.entity);
    KEPING_ASSIGN_OR_RETURN(const BoxRow found,
                            StoredRow<BoxRow>(centre, storage::kBoxRowPrefix, box.value()));
    return RemarksOn(box, found.facts, JudgeBox(found.facts));
  }
  return Remarks();
}

}  // namespace keping::central
