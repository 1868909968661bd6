#include "central_node/planner/lendings.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace keping::planner {
namespace {

class Lender {
 public:
  explicit Lender(const Plan& plan) : plan_(plan), lent_(plan.basis.input.offices.size(), 0) {}

  std::vector<LendingProposal> Propose() {
    std::vector<std::pair<int, uint32_t>> borrowers;  // by the day on which they run dry
    for (uint32_t office = 0; office < lent_.size(); ++office) {
      const auto& days = plan_.schedule.offices[office];
      const auto dry =
          std::find_if(days.begin(), days.end(), [](const OfficeDay& day) { return day.dry; });
      if (dry != days.end()) borrowers.emplace_back(dry - days.begin(), office);
    }
    std::sort(borrowers.begin(), borrowers.end());
    for (const auto& [day, office] : borrowers) Borrow(office, day);
    return std::move(proposals_);
  }

 private:
  // Cards that the office could print from `dry_from` until blanks come.
  uint64_t Shortage(uint32_t office, int dry_from) const {
    uint64_t cards = 0;
    for (int day = dry_from; day < plan_.schedule.days; ++day) {
      if (day > dry_from && plan_.supply.supply.arrivals[office][day] > 0) break;
      const OfficeDay& one = plan_.schedule.offices[office][day];
      if (one.dry) cards += one.cards_at_most - one.printed;
    }
    uint64_t waiting = 0;
    for (uint32_t line = 0; line < plan_.schedule.offices.size(); ++line) {
      const bool may_print_it = line == office || plan_.basis.PrintsForOthers(office);
      if (may_print_it) waiting += plan_.schedule.offices[line][dry_from].waiting;
    }
    return std::min(cards, waiting);
  }

  // What is left on every evening from `day` on, and was not lent in this proposal.
  uint64_t Idle(uint32_t office, int day) const {
    uint64_t least = UINT64_MAX;
    for (; day < plan_.schedule.days; ++day) {
      const OfficeDay& one = plan_.schedule.offices[office][day];
      least = std::min(least, one.blanks - one.printed);
    }
    return least - std::min(least, lent_[office]);
  }

  void Borrow(uint32_t office, int dry_from) {
    uint64_t shortage = Shortage(office, dry_from);
    std::vector<uint32_t> lenders(lent_.size());
    std::iota(lenders.begin(), lenders.end(), 0);
    std::stable_sort(lenders.begin(), lenders.end(),
                     [&](uint32_t a, uint32_t b) { return Idle(a, dry_from) > Idle(b, dry_from); });
    const PlanInput& input = plan_.basis.input;
    for (const uint32_t lender : lenders) {
      const uint64_t blanks = std::min(shortage, Idle(lender, dry_from));
      if (blanks == 0) return;
      const absl::CivilDay needed_on = plan_.basis.Date(dry_from);
      proposals_.push_back(
          {.from = input.offices[lender].node,
           .to = input.offices[office].node,
           .blanks = blanks,
           .needed_on = needed_on,
           .send_by = std::max(input.first_day, needed_on - input.offices[office].lead_days)});
      lent_[lender] += blanks;
      shortage -= blanks;
    }
  }

  const Plan& plan_;
  std::vector<uint64_t> lent_;  // by office
  std::vector<LendingProposal> proposals_;
};

}  // namespace

std::vector<LendingProposal> LendingsOf(const Plan& plan) { return Lender(plan).Propose(); }

}  // namespace keping::planner
