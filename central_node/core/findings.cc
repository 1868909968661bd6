#include "central_node/core/findings.h"

#include <optional>
#include <string>
#include <utility>

#include "central_node/core/district_loans.h"
#include "central_node/core/judge_count.h"
#include "central_node/core/judge_figures.h"
#include "central_node/core/judge_job.h"
#include "central_node/core/judge_person.h"
#include "central_node/core/judge_print.h"
#include "central_node/core/judge_summaries.h"
#include "central_node/core/lease.h"
#include "central_node/core/node_end.h"
#include "central_node/core/node_figures.h"
#include "central_node/core/passing_days.h"

namespace keping::central {
namespace {

using domain::CaseKind;

class Finder {
 public:
  Finder(const Settings& settings, const Touched& touched, const Rows& rows,
         const Resident& resident)
      : settings_(settings), touched_(touched), rows_(rows), resident_(resident) {}

  std::vector<Finding> Find() {
    for (const auto& [act, before] : touched_.jobs) AddJob(act, rows_.jobs.at(act));
    for (const std::string& person : Persons()) AddPerson(person);
    for (const auto& [key, day] : touched_.printer_days) AddPrinterDay(key, day);
    for (const auto& [batch, node] : touched_.batches) AddBatch(batch, node);
    for (const domain::BlankSerial& name : touched_.names) {
      Add({.text = name.text(), .prr = {}, .blank = name}, CaseKind::kNameClash,
          JudgeNames(rows_.names.at(name)));
    }
    for (const domain::NodeId& node : Counted()) AddCounts(node);
    for (const domain::ActId& act : touched_.figures) AddFigures(act, rows_.figures.at(act));
    for (const domain::DistrictCode& district : touched_.districts) {
      Add({.text = DistrictEntity(district), .prr = {}, .blank = {}}, CaseKind::kLoanContradiction,
          JudgeDistrict(district, resident_.centre.loans));
    }
    for (const std::string& item : touched_.answered) AddReport(item);
    for (const std::string& item : touched_.retried) AddReport(item);
    for (const domain::NodeId& node : touched_.days) AddSilence(node);
    return std::move(findings_);
  }

 private:
  void Add(CaseEntity entity, CaseKind kind, std::optional<Anomaly> anomaly) {
    Finding finding{.entity = std::move(entity), .anomalies = {}, .kinds = {kind}};
    if (anomaly.has_value()) finding.anomalies.push_back(*std::move(anomaly));
    findings_.push_back(std::move(finding));
  }

  void AddJob(const domain::ActId& act, const JobFacts& job) {
    std::vector<Anomaly> anomalies = JudgePrint(settings_, resident_, job);
    if (job.intents.empty() || (anomalies.empty() && job.cases.empty())) return;
    const IntentFact& intent = job.intents.front();
    findings_.push_back({.entity = {.text = act.value(),
                                    .prr = intent.prr,
                                    .blank = intent.blank,
                                    .node = intent.fact.node},
                         .anomalies = std::move(anomalies),
                         .kinds = job.cases});
  }

  // Of the touched records that share a NIK with another one.
  std::set<std::string> Persons() const {
    std::set<std::string> persons;
    for (const auto& [prr, before] : touched_.prrs) {
      const PrrFacts& facts = rows_.prrs.at(prr).facts;
      if (facts.same_person.empty()) continue;
      for (const VersionFact& version : facts.versions) {
        if (!version.nik_key.IsZero()) persons.insert(version.nik_key.Hex());
      }
    }
    return persons;
  }

  void AddPerson(const std::string& person) {
    const auto row = rows_.persons.find(person);
    if (row == rows_.persons.end()) return;
    Add({.text = person, .prr = *row->second.prrs.begin(), .blank = {}},
        CaseKind::kTwoCardsOnePerson,
        JudgePerson(RecordsOf(person, row->second, rows_), rows_.jobs, StepsIn(rows_)));
  }

  void AddPrinterDay(const std::string& key, const PrinterDay& day) {
    const uint32_t duty = DutyOf(settings_, resident_.centre, day.printer, day.day);
    Add({.text = key, .prr = {}, .blank = {}, .node = day.node}, CaseKind::kOverDuty,
        JudgePrinterDay(rows_.printer_days.at(key), duty));
  }

  void AddBatch(const domain::ActId& batch, const domain::NodeId& node) {
    Add({.text = batch.value(), .prr = {}, .blank = {}, .node = node}, CaseKind::kBindingsShifted,
        JudgeBatch(rows_.batches.at(batch)));
  }

  // Also where a blank that its last count names has a new fact.
  std::set<domain::NodeId> Counted() const {
    std::set<domain::NodeId> counted = touched_.counts;
    for (const domain::NodeId& node : resident_.centre.differing) {
      const domain::SerialSet& differing = resident_.nodes.at(node).differing;
      for (const auto& [serial, cause] : touched_.blanks) {
        if (differing.Contains(serial)) counted.insert(node);
      }
    }
    return counted;
  }

  void AddCounts(const domain::NodeId& node) {
    const auto blank = [this](const domain::BlankSerial& serial) -> const BlankFacts* {
      const auto row = rows_.blanks.find(serial);
      return row == rows_.blanks.end() ? nullptr : &row->second.facts;
    };
    for (const domain::Pile pile : kPiles) {
      CountVerdict verdict = JudgeCount({.node = node,
                                         .pile = pile,
                                         .facts = rows_.counts.at(node),
                                         .blank = blank,
                                         .jobs = rows_.jobs});
      findings_.push_back(
          {.entity = {.text = CountEntity(node, pile), .prr = {}, .blank = {}, .node = node},
           .anomalies = std::move(verdict.anomalies),
           .kinds = {CaseKind::kCountVariance}});
    }
  }

  // Of two reports under one act the smaller one counts.
  void AddFigures(const domain::ActId& act, const FiguresRow& row) {
    const FiguresFact& figures = row.reports.front();
    findings_.push_back(
        {.entity = {.text = act.value(), .prr = {}, .blank = {}, .node = figures.report.node},
         .anomalies =
             JudgeFigures(figures, LedgerFigure(settings_, resident_, figures.report)).anomalies,
         .kinds = {CaseKind::kReportContradiction}});
  }

  void AddReport(const std::string& item) {
    const ReportRow& report = rows_.reports.at(item);
    std::optional<Anomaly> anomaly;
    if (report.state == ReportState::kRejected) {
      anomaly = {.kind = CaseKind::kReportRejected, .evidence = report.answers};
    }
    Add({.text = item, .prr = {}, .blank = {}}, CaseKind::kReportRejected, std::move(anomaly));
  }

  void AddSilence(const domain::NodeId& id) {
    const NodeRow& node = resident_.nodes.at(id);
    std::optional<Anomaly> anomaly;
    const uint32_t wanted = resident_.centre.policy.silent_node_days;
    if (!IsClosed(node) && SilentDays(node) >= wanted) {
      anomaly = {.kind = CaseKind::kNodeSilent};
      // The days that opened it; those that follow say nothing new.
      auto day = node.silences.upper_bound(node.heard_seq);
      for (uint32_t i = 0; i < wanted; ++i, ++day) anomaly->evidence.insert(day->second);
    }
    Add({.text = id.value(), .prr = {}, .blank = {}, .node = id}, CaseKind::kNodeSilent,
        std::move(anomaly));
  }

  const Settings& settings_;
  const Touched& touched_;
  const Rows& rows_;
  const Resident& resident_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> FindOthers(const Settings& settings, const Touched& touched, const Rows& rows,
                                const Resident& resident) {
  return Finder(settings, touched, rows, resident).Find();
}

}  // namespace keping::central
