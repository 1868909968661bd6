#include "central_node/planner/allotment_split.h"

#include <algorithm>
#include <numeric>

#include "common/base/check.h"

namespace keping::planner {
namespace {

// How many blanks each office wants so that it can print all of the first days, and the lead time
// beyond. Walks from day to day.
class Wants {
 public:
  explicit Wants(const std::vector<OfficeNeed>& needs)
      : needs_(needs), printed_(needs.size(), 0), counted_(needs.size(), 0) {
    for (const OfficeNeed& need : needs) {
      days_ = std::max(days_, static_cast<int>(need.cards.size()));
    }
  }

  int days() const { return days_; }

  std::vector<uint64_t> Until(int end) {
    std::vector<uint64_t> wants;
    wants.reserve(needs_.size());
    for (size_t i = 0; i < needs_.size(); ++i) {
      const OfficeNeed& need = needs_[i];
      const size_t last = std::min(need.cards.size(), static_cast<size_t>(end) + need.lead_days);
      // Before its first day nobody wants anything.
      const size_t counted = end == 0 ? 0 : last;
      for (; counted_[i] < counted; ++counted_[i]) printed_[i] += need.cards[counted_[i]];
      wants.push_back(printed_[i] > need.blanks ? printed_[i] - need.blanks : 0);
    }
    return wants;
  }

 private:
  const std::vector<OfficeNeed>& needs_;
  std::vector<uint64_t> printed_;  // cards of the days that were counted
  std::vector<size_t> counted_;    // days
  int days_ = 0;
};

uint64_t Sum(const std::vector<uint64_t>& numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), uint64_t{0});
}

// `whole`, less than the sum of `weights`, in proportion to them: rounded down, and one more for
// those that lost most by it; of equals the first.
std::vector<uint64_t> LargestRemainder(uint64_t whole, const std::vector<uint64_t>& weights) {
  const uint64_t sum = Sum(weights);
  std::vector<uint64_t> shares;
  std::vector<size_t> by_remainder(weights.size());
  for (const uint64_t weight : weights) shares.push_back(whole * weight / sum);
  std::iota(by_remainder.begin(), by_remainder.end(), 0);
  std::stable_sort(by_remainder.begin(), by_remainder.end(), [&](size_t a, size_t b) {
    return whole * weights[a] % sum > whole * weights[b] % sum;
  });
  const uint64_t left = whole - Sum(shares);
  for (uint64_t i = 0; i < left; ++i) ++shares[by_remainder[i]];
  return shares;
}

}  // namespace

AllotmentSplit SplitAllotment(uint64_t blanks, const std::vector<OfficeNeed>& needs) {
  Wants wants(needs);
  std::vector<uint64_t> given = wants.Until(0);
  AllotmentSplit split;
  for (int end = 1; end <= wants.days(); ++end) {
    const std::vector<uint64_t> next = wants.Until(end);
    if (Sum(next) <= blanks) {
      given = next;
      split.covered_days = end;
      continue;
    }
    std::vector<uint64_t> more;
    for (size_t i = 0; i < next.size(); ++i) more.push_back(next[i] - given[i]);
    const std::vector<uint64_t> shares = LargestRemainder(blanks - Sum(given), more);
    for (size_t i = 0; i < shares.size(); ++i) given[i] += shares[i];
    break;
  }
  for (size_t i = 0; i < needs.size(); ++i) split.shares.push_back({needs[i].node, given[i]});
  split.reserve = blanks - Sum(given);
  KEPING_CHECK(split.reserve == 0 || split.covered_days == wants.days(),
               "a reserve is kept only of what nobody needs");
  return split;
}

}  // namespace keping::planner
