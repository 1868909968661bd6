#include "central_node/core/shift_windows.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

namespace keping::central {
namespace {

// How much a choice of windows asks people to believe; less is better.
struct Cost {
  size_t blamed = 0;
  size_t wrong = 0;  // counts

  friend auto operator<=>(const Cost&, const Cost&) = default;
};

// Walks over the windows and keeps by how much the changes that were not blamed add up: so much is
// the count at the end of the window wrong.
class Chooser {
 public:
  Chooser(std::vector<CountWindow>& windows, int64_t left_over)
      : windows_(windows), left_over_(left_over) {
    for (const CountWindow& window : windows) {
      span_ = std::min(kMostMiscounted, span_ + std::abs(window.change));
    }
  }

  // False when no windows do.
  bool Choose() {
    FindCosts();
    if (!Least(0, 0).has_value()) return false;
    int64_t wrong = 0;
    for (size_t i = 0; i < windows_.size(); ++i) {
      windows_[i].blamed = Passed(i, wrong) != Least(i, wrong);
      if (!windows_[i].blamed) wrong += windows_[i].change;
    }
    return true;
  }

 private:
  // From the last window to the first: the least cost of what follows, for each way to come there.
  void FindCosts() {
    const size_t ways = static_cast<size_t>(2 * span_ + 1);
    least_.assign(windows_.size() + 1, std::vector<std::optional<Cost>>(ways));
    if (std::abs(left_over_) <= span_) least_.back()[left_over_ + span_] = Cost();
    for (size_t i = windows_.size(); i-- > 0;) {
      for (int64_t wrong = -span_; wrong <= span_; ++wrong) {
        std::optional<Cost> least = Passed(i, wrong);
        const std::optional<Cost> blamed = Blamed(i, wrong);
        if (blamed.has_value() && (!least.has_value() || *blamed < *least)) least = blamed;
        least_[i][wrong + span_] = least;
      }
    }
  }

  std::optional<Cost> Passed(size_t i, int64_t wrong) const {
    return After(i, wrong + windows_[i].change);
  }
  std::optional<Cost> Blamed(size_t i, int64_t wrong) const {
    if (windows_[i].change == 0) return std::nullopt;
    std::optional<Cost> cost = After(i, wrong);
    if (cost.has_value()) ++cost->blamed;
    return cost;
  }
  std::optional<Cost> After(size_t i, int64_t wrong) const {
    std::optional<Cost> cost = Least(i + 1, wrong);
    // What was explained otherwise lay elsewhere until it was found: a count that is short by so
    // much is right.
    const bool is_wrong = wrong != 0 && wrong != left_over_;
    if (cost.has_value() && i + 1 < windows_.size() && is_wrong) ++cost->wrong;
    return cost;
  }
  std::optional<Cost> Least(size_t i, int64_t wrong) const {
    if (std::abs(wrong) > span_) return std::nullopt;
    return least_[i][wrong + span_];
  }

  std::vector<CountWindow>& windows_;
  const int64_t left_over_;
  int64_t span_ = 0;  // no count is wrong by more
  std::vector<std::vector<std::optional<Cost>>> least_;
};

}  // namespace

Blame FindWindows(const std::vector<CountPoint>& points, int64_t sum) {
  Blame blame;
  for (size_t i = 1; i < points.size(); ++i) {
    blame.windows.push_back({.after = points[i - 1].place,
                             .until = points[i].place,
                             .from = points[i - 1].fact,
                             .to = points[i].fact,
                             .change = points[i].difference - points[i - 1].difference});
  }
  if (points.empty()) return blame;
  int64_t left_over = points.back().difference - points.front().difference - sum;
  if (!Chooser(blame.windows, left_over).Choose()) {
    left_over = 0;
    Chooser(blame.windows, left_over).Choose();
  }
  int64_t wrong = 0;
  for (size_t i = 0; i + 1 < blame.windows.size(); ++i) {
    if (!blame.windows[i].blamed) wrong += blame.windows[i].change;
    if (wrong != 0 && wrong != left_over) blame.wrong.push_back(blame.windows[i].to);
  }
  return blame;
}

std::vector<ShiftOf> ShiftsBetween(const std::vector<ShiftMark>& marks, const LogOrder& after,
                                   const LogOrder& until) {
  // One that is not closed goes on; of one that began before the marks were kept the end tells.
  std::map<domain::ActId, std::pair<LogOrder, std::optional<LogOrder>>> spans;
  std::map<domain::ActId, domain::OperatorId> people;
  for (const ShiftMark& mark : marks) {
    auto& [opened, closed] = spans[mark.act];
    people[mark.act] = mark.operator_id;
    if (mark.opens) {
      opened = PlaceInLog(mark.fact);
    } else {
      closed = PlaceInLog(mark.fact);
    }
  }
  std::vector<std::tuple<LogOrder, ShiftOf>> open;
  for (const auto& [act, span] : spans) {
    const auto& [opened, closed] = span;
    if (opened < until && (!closed.has_value() || *closed > after)) {
      open.push_back({opened, {.act = act, .operator_id = people.at(act)}});
    }
  }
  std::sort(open.begin(), open.end());
  std::vector<ShiftOf> shifts;
  for (auto& [opened, shift] : open) shifts.push_back(std::move(shift));
  return shifts;
}

}  // namespace keping::central
