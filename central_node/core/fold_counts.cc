// What people counted in an office, and what somebody reported to have counted.

#include <utility>

#include "central_node/core/fold.h"
#include "central_node/core/judge_count.h"
#include "common/base/check.h"

namespace keping::central {

using domain::Pile;
using domain::SerialSet;

// A count adjusts nothing.
void Folder::On(const FactRef& ref, const domain::StockCounted& event) {
  const auto row = rows_.counts.find(ref.node);
  KEPING_CHECK(row != rows_.counts.end(), "an office's counts are prefetched (needs.cc)");
  AddCount(row->second, event.pile,
           {.fact = ref,
            .act = event.act,
            .counted = event.counted.size(),
            .missing = event.missing,
            .surplus = event.surplus,
            .operator_id = event.operator_id,
            .second = event.second});
  touched_.counts.insert(ref.node);
  NodeRow& node = resident_.nodes[ref.node];
  node.differing = SerialSet();
  for (const auto& [pile, counts] : row->second.counts) {
    node.differing = node.differing.Union(LookedInto(*LatestCount(row->second, pile)));
  }
  touched_.nodes.insert(ref.node);
  const bool changed = node.differing.empty() ? resident_.centre.differing.erase(ref.node) > 0
                                              : resident_.centre.differing.insert(ref.node).second;
  touched_.centre = touched_.centre || changed;
}

void Folder::On(const FactRef& ref, const domain::ShiftOpened& event) {
  AddShiftMark({.fact = ref,
                .act = event.act,
                .operator_id = event.operator_id,
                .opens = true,
                .counted = event.counted,
                .book = event.book});
}

void Folder::On(const FactRef& ref, const domain::ShiftClosed& event) {
  AddShiftMark({.fact = ref,
                .act = event.act,
                .operator_id = event.operator_id,
                .opens = false,
                .counted = event.counted,
                .book = event.book});
}

void Folder::AddShiftMark(ShiftMark mark) {
  const auto row = rows_.counts.find(mark.fact.node);
  KEPING_CHECK(row != rows_.counts.end(), "an office's counts are prefetched (needs.cc)");
  touched_.counts.insert(mark.fact.node);
  AddMark(row->second, std::move(mark));
}

// A figure on paper is compared, and never becomes a balance.
void Folder::On(const FactRef& ref, const domain::FiguresReported& event) {
  FiguresRow& row = rows_.figures[event.act];
  const bool compared = event.kind != domain::FigureKind::kInStock;
  if (AddFact(row.reports, {.fact = ref, .report = event}) && compared) {
    resident_.centre.uncompared[event.act] = event.node;
    touched_.centre = true;
  }
  touched_.figures.insert(event.act);
}

void Folder::AddFigures(const std::vector<NodeFigure>& figures, int64_t by) {
  for (const NodeFigure& one : figures) {
    const auto node = resident_.nodes.find(one.node);
    if (node == resident_.nodes.end()) continue;
    std::map<absl::CivilDay, int64_t>& days = node->second.figures[one.kind];
    if ((days[one.day] += by) == 0) days.erase(one.day);
    touched_.nodes.insert(one.node);
  }
}

void Folder::CountFigures() {
  for (const domain::ActId& act : uncounted_jobs_) {
    AddFigures(FiguresOf(settings_, rows_.jobs.at(act)), 1);
  }
  for (const domain::BlankSerial& serial : uncounted_blanks_) {
    AddFigures(FiguresOf(settings_, rows_.blanks.at(serial).facts), 1);
  }
  uncounted_jobs_.clear();
  uncounted_blanks_.clear();
  NoteComparable();
}

// The logs of their days are here; they are judged once more.
void Folder::NoteComparable() {
  std::vector<domain::ActId> comparable;
  for (const auto& [act, node] : resident_.centre.uncompared) {
    const auto row = rows_.figures.find(act);
    if (row == rows_.figures.end() || row->second.reports.empty()) continue;
    const domain::FiguresReported& report = row->second.reports.front().report;
    if (LedgerFigure(settings_, resident_, report).has_value()) comparable.push_back(act);
  }
  for (const domain::ActId& act : comparable) {
    resident_.centre.uncompared.erase(act);
    touched_.figures.insert(act);
    touched_.centre = true;
  }
}

}  // namespace keping::central
