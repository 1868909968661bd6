#include "edge_node/core/duty_guard.h"

#include <algorithm>
#include <utility>

namespace keping::edge {

std::optional<domain::OfficeDayOpened> DutyGuard::DayToOpen(const time::Moment& now,
                                                            absl::CivilDay local_date) const {
  using domain::OfficeDayBasis;
  if (day_ == 0) return domain::OfficeDayOpened{local_date, OfficeDayBasis::kFirst};
  const absl::CivilDay used = UsedDate();
  if (first_attested_ && *last_attested_ > std::max(*first_attested_, used)) {
    // The receipt may be of yesterday already.
    return domain::OfficeDayOpened{std::max(*last_attested_, local_date),
                                   OfficeDayBasis::kAttested};
  }
  const bool later = local_date > used;
  const bool restarted = restarted_ || now.boot_id != boot_id_;
  absl::Duration needed = kCivilDay;
  if (later) needed = restarted ? kShortDay : kLongDay;
  if (restarted && local_date < used) needed = kLongDay;
  if (RunningTime(now) < needed) return std::nullopt;
  return domain::OfficeDayOpened{later ? local_date : used + 1, OfficeDayBasis::kRunningTime};
}

// A receipt shows a date that was too far ahead. Even then two days never share one.
absl::CivilDay DutyGuard::UsedDate() const {
  if (!first_attested_ || booked_ <= *first_attested_) return booked_;
  if (!floor_) return *first_attested_;
  return std::max(*first_attested_, std::min(*floor_, *first_attested_) + 1);
}

void DutyGuard::ApplyStamp(const std::string& boot_id, absl::Duration monotonic) {
  // Another boot began after the entry before.
  const bool same_boot = boot_id == boot_id_;
  const absl::Duration since =
      std::max(same_boot ? monotonic - last_monotonic_ : monotonic, absl::ZeroDuration());
  running_ += since;
  total_running_ += since;
  restarted_ = restarted_ || !same_boot;
  boot_id_ = boot_id;
  last_monotonic_ = monotonic;
}

void DutyGuard::Apply(const domain::OfficeDayOpened& event, uint64_t seq) {
  // Receipts, which are not in the log, may have brought the day before forward.
  if (day_ > 0) floor_ = std::min(booked_, event.date - 1);
  ++day_;
  date_ = event.date;
  booked_ = event.date;
  opened_at_seq_ = seq;
  first_attested_.reset();
  last_attested_.reset();
  running_ = absl::ZeroDuration();
  restarted_ = false;
  for (auto it = today_.begin(); it != today_.end();) {
    it->second.grants.clear();
    it = JustAdopted(it->second, absl::ZeroDuration()) ? std::next(it) : today_.erase(it);
  }
}

bool DutyGuard::JustAdopted(const Today& today, absl::Duration present) const {
  return today.adopted_at && total_running_ + present - *today.adopted_at < kShortDay;
}

void DutyGuard::Apply(const domain::OfficeDayCorrected& event) {
  date_ = event.day;
  booked_ = floor_ ? std::max(event.day, *floor_ + 1) : event.day;
}

void DutyGuard::Apply(const domain::OverrideGranted& event) {
  if (event.kind != domain::OverrideKind::kDuty) return;
  today_[event.printer].grants.push_back({event.act, event.prints});
}

void DutyGuard::Apply(const domain::PrinterAdopted& event) {
  Today& today = today_[event.printer];
  today.barred_at.reset();
  if (event.basis != domain::AdoptionBasis::kCommissioned) today.adopted_at = total_running_;
  if (event.basis == domain::AdoptionBasis::kSlip) {
    today.fed = std::max(today.fed, event.fed_today);
  } else if (event.basis == domain::AdoptionBasis::kWithoutSlip) {
    today.barred_at = today.fed;
  }
}

void DutyGuard::CountFed(const domain::PrinterId& printer) { ++today_[printer].fed; }

void DutyGuard::CountUnused(const domain::PrinterId& printer, uint64_t day) {
  Today& today = today_[printer];
  if (day == day_ && today.fed > 0) --today.fed;
}

void DutyGuard::CountAgain(const domain::PrinterId& printer, uint64_t day) {
  if (day == day_) ++today_[printer].fed;
}

void DutyGuard::ApplyReceipt(uint64_t proven_seq, absl::CivilDay date) {
  if (IsFirstReceiptOfDay(proven_seq)) first_attested_ = date;
  if (first_attested_) last_attested_ = std::max(date, *first_attested_);
}

bool DutyGuard::IsFirstReceiptOfDay(uint64_t proven_seq) const {
  return day_ > 0 && proven_seq >= opened_at_seq_ && !first_attested_;
}

const DutyGuard::Today* DutyGuard::FindToday(const domain::PrinterId& printer) const {
  auto it = today_.find(printer);
  return it == today_.end() ? nullptr : &it->second;
}

uint32_t DutyGuard::FedToday(const domain::PrinterId& printer) const {
  const Today* today = FindToday(printer);
  return today == nullptr ? 0 : today->fed;
}

uint32_t DutyGuard::GrantedToday(const domain::PrinterId& printer) const {
  const Today* today = FindToday(printer);
  uint32_t granted = 0;
  if (today == nullptr) return granted;
  for (const Grant& grant : today->grants) granted += grant.prints;
  return granted;
}

uint32_t DutyGuard::Base(const Today& today, uint32_t limit) {
  return today.barred_at.value_or(limit);
}

uint32_t DutyGuard::LeftToday(const domain::PrinterId& printer, uint32_t limit) const {
  const Today* today = FindToday(printer);
  if (today == nullptr) return limit;
  const uint32_t allowed = Base(*today, limit) + GrantedToday(printer);
  return allowed > today->fed ? allowed - today->fed : 0;
}

uint32_t DutyGuard::LeftNextDay(const time::Moment& now, const domain::PrinterId& printer,
                                uint32_t limit) const {
  const Today* today = FindToday(printer);
  if (today == nullptr || !JustAdopted(*today, Present(now))) return limit;
  const uint32_t base = Base(*today, limit);
  return base > today->fed ? base - today->fed : 0;
}

domain::ActId DutyGuard::OverrideFor(const domain::PrinterId& printer, uint32_t limit) const {
  const Today* today = FindToday(printer);
  if (today == nullptr || today->fed < Base(*today, limit)) return {};
  uint32_t beyond = today->fed - Base(*today, limit);
  for (const Grant& grant : today->grants) {
    if (beyond < grant.prints) return grant.act;
    beyond -= grant.prints;
  }
  return {};
}

absl::Duration DutyGuard::RunningTime(const time::Moment& now) const {
  return running_ + Present(now);
}

absl::Duration DutyGuard::Present(const time::Moment& now) const {
  const absl::Duration present =
      now.boot_id == boot_id_ ? now.monotonic - last_monotonic_ : now.monotonic;
  return std::max(present, absl::ZeroDuration());
}

}  // namespace keping::edge
