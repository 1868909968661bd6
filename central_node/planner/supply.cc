#include "central_node/planner/supply.h"

#include <algorithm>
#include <utility>

namespace keping::planner {
namespace {

// The district's stock, and what becomes of it.
class Store {
 public:
  Store(const Basis& basis, const Schedule& demand)
      : basis_(basis), needs_(OfficeNeeds(basis, demand)) {
    plan_.supply.arrivals.assign(basis.input.offices.size(),
                                 std::vector<uint64_t>(basis.days(), 0));
    for (uint32_t office = 0; office < basis.input.offices.size(); ++office) {
      plan_.supply.arrivals[office][0] = basis.input.offices[office].blanks;
    }
    for (const Parcel& parcel : basis.input.parcels) {
      // One that is late may come any day; it is counted on for the next one.
      Arrive(basis.FindOffice(parcel.node), std::max(basis.DayOf(parcel.arrives_on), 0),
             parcel.blanks);
    }
  }

  SupplyPlan Plan() {
    Send(0, {}, basis_.input.district_blanks);
    for (const Allotment& allotment : basis_.input.allotments) {
      const int day = basis_.DayOf(allotment.arrives_on);
      if (day >= 0 && day < basis_.days()) Send(day, allotment.allotment, allotment.blanks);
    }
    return std::move(plan_);
  }

 private:
  void Arrive(uint32_t office, int day, uint64_t blanks) {
    const int on_shelf = basis_.calendars[office].NextOpen(std::min(day, basis_.days()));
    if (on_shelf < basis_.days()) plan_.supply.arrivals[office][on_shelf] += blanks;
  }

  void Send(int day, const domain::AllotmentId& allotment, uint64_t blanks) {
    stock_ += blanks;
    const uint64_t kept = std::min(stock_, basis_.input.policy.reserve_blanks);
    AllotmentSplit split = SplitAllotment(stock_ - kept, needs_);
    split.reserve += kept;
    stock_ = split.reserve;
    for (uint32_t office = 0; office < needs_.size(); ++office) {
      const uint64_t share = split.shares[office].blanks;
      needs_[office].blanks += share;
      Arrive(office, day + static_cast<int>(needs_[office].lead_days), share);
    }
    plan_.dispatches.push_back({day, allotment, std::move(split)});
  }

  const Basis& basis_;
  std::vector<OfficeNeed> needs_;
  uint64_t stock_ = 0;
  SupplyPlan plan_;
};

}  // namespace

std::vector<OfficeNeed> OfficeNeeds(const Basis& basis, const Schedule& demand) {
  std::vector<OfficeNeed> needs;
  for (uint32_t office = 0; office < basis.input.offices.size(); ++office) {
    const Office& one = basis.input.offices[office];
    OfficeNeed need{.node = one.node, .lead_days = one.lead_days, .blanks = one.blanks};
    for (const OfficeDay& day : demand.offices[office]) need.cards.push_back(day.printed);
    needs.push_back(std::move(need));
  }
  for (const Parcel& parcel : basis.input.parcels) {
    needs[basis.FindOffice(parcel.node)].blanks += parcel.blanks;
  }
  return needs;
}

SupplyPlan PlanSupply(const Basis& basis, const Schedule& demand) {
  return Store(basis, demand).Plan();
}

}  // namespace keping::planner
