#include "central_node/core/node_figures.h"

#include <algorithm>
#include <map>

#include "central_node/core/judge_job.h"
#include "central_node/core/node_end.h"
#include "central_node/core/passing_days.h"

namespace keping::central {
namespace {

using domain::FigureKind;
using domain::NodeId;

absl::CivilDay DayOfOutcome(const Settings& settings, const JobFacts& job, const crypto::Hash& id) {
  const auto outcome = std::find_if(job.outcomes.begin(), job.outcomes.end(),
                                    [&](const OutcomeFact& one) { return one.fact.id == id; });
  return DayOf(settings, outcome->fact);
}

// The log of its last incarnation has an entry of a later day, or goes on no more.
bool Reaches(const Settings& settings, const NodeRow& node, absl::CivilDay day) {
  if (IsClosed(node)) return true;
  const auto stream = node.streams.find(node.active);
  if (stream == node.streams.end() || stream->second.seq == 0) return false;
  FactRef last;
  last.wall_micros = stream->second.wall_micros;
  return DayOf(settings, last) > day;
}

int64_t UpTo(const NodeRow& node, FigureKind kind, absl::CivilDay day) {
  const auto days = node.figures.find(kind);
  if (days == node.figures.end()) return 0;
  int64_t sum = 0;
  for (auto one = days->second.begin(); one != days->second.upper_bound(day); ++one) {
    sum += one->second;
  }
  return sum;
}

}  // namespace

std::vector<NodeFigure> FiguresOf(const Settings& settings, const JobFacts& job) {
  std::vector<NodeFigure> figures;
  const JobVerdict verdict = JudgeJob(job);
  const auto add = [&](FigureKind kind, const auto& cards) {
    for (const auto& [blank, id] : cards) {
      figures.push_back(
          {.node = verdict.node, .kind = kind, .day = DayOfOutcome(settings, job, id)});
    }
  };
  if (verdict.state == JobState::kGood) add(FigureKind::kPrinted, verdict.good);
  if (verdict.state == JobState::kSpoiled) add(FigureKind::kSpoiled, verdict.spoiled);
  return figures;
}

std::vector<NodeFigure> FiguresOf(const Settings& settings, const BlankFacts& blank) {
  std::map<std::pair<NodeId, FigureKind>, absl::CivilDay> first;
  const auto add = [&](const FactRef& fact, FigureKind kind) {
    const absl::CivilDay day = DayOf(settings, fact);
    const auto [at, is_new] = first.try_emplace({fact.node, kind}, day);
    if (!is_new) at->second = std::min(at->second, day);
  };
  for (const SpoilFact& spoil : blank.spoils) {
    if (!IsSetAside(blank.corrections, spoil.fact.id)) add(spoil.fact, FigureKind::kSpoiled);
  }
  for (const StepFact& step : blank.steps) {
    if (step.kind == StepKind::kHandedOver) add(step.fact, FigureKind::kHandedOver);
    if (step.kind == StepKind::kDestroyed) add(step.fact, FigureKind::kDestroyed);
  }
  std::vector<NodeFigure> figures;
  for (const auto& [key, day] : first) {
    figures.push_back({.node = key.first, .kind = key.second, .day = day});
  }
  return figures;
}

std::optional<int64_t> LedgerFigure(const Settings& settings, const Resident& resident,
                                    const domain::FiguresReported& report) {
  if (report.kind == FigureKind::kInStock) return std::nullopt;
  int64_t sum = 0;
  for (const auto& [id, node] : resident.nodes) {
    if (!report.node.empty() && report.node != id) continue;
    if (!Reaches(settings, node, report.upto)) return std::nullopt;
    sum += UpTo(node, report.kind, report.upto);
  }
  return sum;
}

}  // namespace keping::central
