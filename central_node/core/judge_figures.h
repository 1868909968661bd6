// Judges figures that somebody reported: do they add up, and do they agree with the ledger? The
// verdict names the difference in cards. It is an answer to a paper, and moves no blank.
//
//   FiguresVerdict verdict = JudgeFigures({.fact = ref, .report = report}, 266);
//   // 84 + 87 + 95 stated as 258: parts 266, from_parts -8, from_ledger -8
//
// Pure and idempotent.
#ifndef KEPING_CENTRAL_NODE_CORE_JUDGE_FIGURES_H_
#define KEPING_CENTRAL_NODE_CORE_JUDGE_FIGURES_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "central_node/core/anomaly.h"
#include "central_node/core/facts.h"
#include "common/domain/event.h"

namespace keping::central {

struct FiguresFact {
  FactRef fact;
  domain::FiguresReported report;
};

struct FiguresVerdict {
  int64_t total = 0;                    // as stated
  std::optional<int64_t> parts = {};    // their sum; none when the report has no parts
  std::optional<int64_t> ledger = {};   // none when the ledger cannot say
  int64_t from_parts = 0;               // how much more the total is than the parts' sum
  int64_t from_ledger = 0;              // and than the ledger's figure
  std::vector<Anomaly> anomalies = {};  // one at most, never settled by the facts

  friend bool operator==(const FiguresVerdict&, const FiguresVerdict&) = default;
};

// No office has so many cards; a figure beyond it counts as this.
inline constexpr int64_t kLargestFigure = 1'000'000'000'000;

// `ledger` is what the books say of the report's kind and office up to the end of its day.
FiguresVerdict JudgeFigures(const FiguresFact& figures, std::optional<int64_t> ledger);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_JUDGE_FIGURES_H_
