#include "edge_node/core/duty_guard.h"

#include <algorithm>

namespace keping::edge {

std::optional<domain::OfficeDayOpened> DutyGuard::DayToOpen(
    const time::Moment& now, absl::CivilDay local_date,
    std::optional<absl::CivilDay> attested) const {
  using domain::OfficeDayBasis;
  if (day_ == 0) return domain::OfficeDayOpened{local_date, OfficeDayBasis::kFirst};
  if (attested && *attested > date_) {
    return domain::OfficeDayOpened{*attested, OfficeDayBasis::kAttested};
  }
  const absl::Duration running = RunningTime(now);
  if (running >= kLongDay || (running >= kShortDay && local_date != date_)) {
    return domain::OfficeDayOpened{local_date, OfficeDayBasis::kRunningTime};
  }
  return std::nullopt;
}

void DutyGuard::ApplyStamp(const std::string& boot_id, absl::Duration monotonic) {
  if (boot_id == boot_id_) running_ += std::max(monotonic - last_monotonic_, absl::ZeroDuration());
  boot_id_ = boot_id;
  last_monotonic_ = monotonic;
}

void DutyGuard::Apply(const domain::OfficeDayOpened& event) {
  ++day_;
  date_ = event.date;
  fed_today_.clear();
  running_ = absl::ZeroDuration();
}

void DutyGuard::CountFed(const domain::PrinterId& printer) { ++fed_today_[printer]; }

void DutyGuard::CountUnused(const domain::PrinterId& printer, uint64_t day) {
  if (day == day_ && fed_today_[printer] > 0) --fed_today_[printer];
}

uint32_t DutyGuard::FedToday(const domain::PrinterId& printer) const {
  auto it = fed_today_.find(printer);
  return it == fed_today_.end() ? 0 : it->second;
}

absl::Duration DutyGuard::RunningTime(const time::Moment& now) const {
  const absl::Duration present =
      now.boot_id == boot_id_ ? now.monotonic - last_monotonic_ : now.monotonic;
  return running_ + std::max(present, absl::ZeroDuration());
}

}  // namespace keping::edge
