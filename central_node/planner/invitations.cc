#include "central_node/planner/invitations.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace keping::planner {
namespace {

// The places of a village, day by day and hour by hour; days only go forward.
class Appointments {
 public:
  struct Place {
    int day = 0;
    uint32_t hour = 0;
  };

  Appointments(const Basis& basis, uint32_t village)
      : basis_(basis),
        ready_(basis.windows.ReadyDays(village)),
        calendar_(basis.home_of[village] == kNone ? basis.district_calendar
                                                  : basis.calendars[basis.home_of[village]]),
        hours_(basis.input.policy.invitation_hours) {
    std::sort(hours_.begin(), hours_.end());
    hours_.erase(std::unique(hours_.begin(), hours_.end()), hours_.end());
  }

  // The next free place after `day`; nullopt: none within the plan.
  std::optional<Place> NextAfter(int day) {
    if (day_ <= day) MoveTo(day + 1);
    if (day_ < basis_.days() && invited_ == PersonsOn(day_)) MoveTo(day_ + 1);
    if (day_ >= basis_.days()) return std::nullopt;
    const uint32_t hour = hours_[invited_ / basis_.input.policy.persons_per_hour];
    ++invited_;
    return Place{day_, hour};
  }

 private:
  void MoveTo(int day) {
    const auto next = std::find_if(ready_.begin(), ready_.end(),
                                   [day](const auto& ready) { return ready.day >= day; });
    day_ = next != ready_.end() ? next->day : calendar_.NextOpen(day);
    invited_ = 0;
  }

  uint64_t PersonsOn(int day) const {
    const uint64_t places = hours_.size() * uint64_t{basis_.input.policy.persons_per_hour};
    for (const VillageWindows::Ready& ready : ready_) {
      if (ready.day == day && ready.persons > 0) return std::min<uint64_t>(ready.persons, places);
    }
    return places;
  }

  const Basis& basis_;
  const std::vector<VillageWindows::Ready>& ready_;
  const OfficeCalendar& calendar_;
  std::vector<uint32_t> hours_;
  int day_ = 0;
  uint64_t invited_ = 0;  // on that day
};

}  // namespace

InvitationList InvitationsOf(const Plan& plan, const domain::VillageCode& village) {
  InvitationList list{.village = village, .invitations = {}, .not_yet = {}};
  const Basis& basis = plan.basis;
  const uint32_t number = basis.FindVillage(village);
  if (number == kNone) return list;
  std::vector<std::pair<int, uint32_t>> printed;  // day, record
  for (uint32_t record = 0; record < basis.village_of.size(); ++record) {
    if (basis.village_of[record] != number) continue;
    const Placement& print = plan.schedule.placements[record];
    printed.emplace_back(print.planned() ? print.day : basis.days(), record);
  }
  std::sort(printed.begin(), printed.end());
  Appointments appointments(basis, number);
  for (const auto& [day, record] : printed) {
    const domain::PrrId& prr = basis.input.records[record].prr;
    const auto place = appointments.NextAfter(day);
    if (place) {
      list.invitations.push_back({prr, basis.Date(place->day), place->hour});
    } else {
      list.not_yet.push_back(prr);
    }
  }
  return list;
}

}  // namespace keping::planner
