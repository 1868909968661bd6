// What the books say of a node's days: cards printed, spoiled, handed over, destroyed; so that a
// figure on paper can be compared with them.
//
//   for (const NodeFigure& figure : FiguresOf(settings, job)) …      // one card each
//   std::optional<int64_t> printed = LedgerFigure(settings, resident, report);
//
// Pure and order-free. The day of a fact is the district's date by the clock of whoever wrote it.
#ifndef KEPING_CENTRAL_NODE_CORE_NODE_FIGURES_H_
#define KEPING_CENTRAL_NODE_CORE_NODE_FIGURES_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "central_node/core/facts.h"
#include "central_node/core/rows.h"
#include "central_node/core/settings.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"

namespace keping::central {

// One card that counts for a day of a node.
struct NodeFigure {
  domain::NodeId node;
  domain::FigureKind kind = domain::FigureKind::kPrinted;
  absl::CivilDay day;
};

// A good card is printed on the day on which somebody scanned it.
std::vector<NodeFigure> FiguresOf(const Settings& settings, const JobFacts& job);
// What happened to the blank outside a job, for the first time at each node.
std::vector<NodeFigure> FiguresOf(const Settings& settings, const BlankFacts& blank);

// Nullopt while the log of a node that it takes does not reach beyond the report's day; and of what
// lay in stock, of which the past is not kept.
std::optional<int64_t> LedgerFigure(const Settings& settings, const Resident& resident,
                                    const domain::FiguresReported& report);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_NODE_FIGURES_H_
