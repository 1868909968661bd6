#include "edge_node/core/duty_guard.h"

#include <algorithm>

namespace keping::edge {

std::optional<domain::OfficeDayOpened> DutyGuard::DayToOpen(const time::Moment& now,
                                                            absl::CivilDay local_date) const {
  using domain::OfficeDayBasis;
  if (day_ == 0) return domain::OfficeDayOpened{local_date, OfficeDayBasis::kFirst};
  if (first_attested_ && *last_attested_ > *first_attested_) {
    return domain::OfficeDayOpened{*last_attested_, OfficeDayBasis::kAttested};
  }
  const absl::Duration running = RunningTime(now);
  if (running >= kLongDay || (running >= kShortDay && local_date != date_)) {
    return domain::OfficeDayOpened{local_date, OfficeDayBasis::kRunningTime};
  }
  return std::nullopt;
}

void DutyGuard::ApplyStamp(const std::string& boot_id, absl::Duration monotonic) {
  // Another boot began after the entry before.
  const absl::Duration since = boot_id == boot_id_ ? monotonic - last_monotonic_ : monotonic;
  running_ += std::max(since, absl::ZeroDuration());
  boot_id_ = boot_id;
  last_monotonic_ = monotonic;
}

void DutyGuard::Apply(const domain::OfficeDayOpened& event, uint64_t seq) {
  ++day_;
  date_ = event.date;
  opened_at_seq_ = seq;
  first_attested_.reset();
  last_attested_.reset();
  fed_today_.clear();
  running_ = absl::ZeroDuration();
}

void DutyGuard::CountFed(const domain::PrinterId& printer) { ++fed_today_[printer]; }

void DutyGuard::CountUnused(const domain::PrinterId& printer, uint64_t day) {
  if (day == day_ && fed_today_[printer] > 0) --fed_today_[printer];
}

void DutyGuard::ApplyReceipt(uint64_t proven_seq, absl::CivilDay date) {
  if (IsFirstReceiptOfDay(proven_seq)) first_attested_ = date;
  if (first_attested_) last_attested_ = std::max(date, *first_attested_);
}

bool DutyGuard::IsFirstReceiptOfDay(uint64_t proven_seq) const {
  return day_ > 0 && proven_seq >= opened_at_seq_ && !first_attested_;
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
