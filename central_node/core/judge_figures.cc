#include "central_node/core/judge_figures.h"

#include <algorithm>
#include <utility>

namespace keping::central {
namespace {

// An event has room for some 100,000 parts, whose sum then fits.
int64_t Figure(uint64_t quantity) {
  return static_cast<int64_t>(std::min<uint64_t>(quantity, kLargestFigure));
}

}  // namespace

FiguresVerdict JudgeFigures(const FiguresFact& figures, std::optional<int64_t> ledger) {
  const domain::FiguresReported& report = figures.report;
  FiguresVerdict verdict{.total = Figure(report.total), .ledger = ledger};
  if (!report.parts.empty()) {
    int64_t sum = 0;
    for (const auto& part : report.parts) sum += Figure(part.quantity);
    verdict.parts = sum;
    verdict.from_parts = verdict.total - sum;
  }
  if (ledger.has_value()) verdict.from_ledger = verdict.total - *ledger;
  // Parts and total that are both wrong by the same still differ from the books.
  if (verdict.from_parts == 0 && verdict.from_ledger == 0) return verdict;
  Anomaly anomaly{.kind = domain::CaseKind::kReportContradiction};
  anomaly.evidence.insert(figures.fact.id);
  verdict.anomalies.push_back(std::move(anomaly));
  return verdict;
}

}  // namespace keping::central
