// The daily duty guard: at most so many cards a day per printer, since beyond that blanks can burn.
// A projection of the log: reboots, kills and clocks set by hand buy no card.
//
// A new office day may be opened
//   - at the first print of the log;
//   - after kShortDay of running time if the local date differs from the open day's;
//   - after kLongDay of running time whatever the clock says (a PC with a dead clock battery);
//   - when a receipt is of a later date than the first receipt for the open day. Only the centre's
//     dates are compared with each other: a day opened by a clock set back is not over because the
//     centre knows better.
// Running time is what the log proves: within one boot, from entry to entry, plus the present boot.
#ifndef KEPING_EDGE_NODE_CORE_DUTY_GUARD_H_
#define KEPING_EDGE_NODE_CORE_DUTY_GUARD_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"
#include "common/time/clock.h"

namespace keping::edge {

// Not thread-safe.
class DutyGuard {
 public:
  static constexpr absl::Duration kShortDay = absl::Hours(6);
  static constexpr absl::Duration kLongDay = absl::Hours(16);

  // The event that opens a new day now, if one may be opened. `local_date` is the wall clock's.
  std::optional<domain::OfficeDayOpened> DayToOpen(const time::Moment& now,
                                                   absl::CivilDay local_date) const;

  // Projection: every entry passes here, whatever its event.
  void ApplyStamp(const std::string& boot_id, absl::Duration monotonic);
  void Apply(const domain::OfficeDayOpened& event, uint64_t seq);
  void CountFed(const domain::PrinterId& printer);
  // A job of office day `day` fed no card.
  void CountUnused(const domain::PrinterId& printer, uint64_t day);

  // The centre countersigned the log up to `proven_seq` on `date`.
  void ApplyReceipt(uint64_t proven_seq, absl::CivilDay date);
  // Whether a receipt up to `proven_seq` would be the first one for the open day.
  bool IsFirstReceiptOfDay(uint64_t proven_seq) const;

  uint32_t FedToday(const domain::PrinterId& printer) const;
  // Number of the open day: 1, 2, 3 …; 0 before the first.
  uint64_t day() const { return day_; }
  absl::CivilDay date() const { return date_; }

 private:
  absl::Duration RunningTime(const time::Moment& now) const;

  uint64_t day_ = 0;
  absl::CivilDay date_;
  uint64_t opened_at_seq_ = 0;
  std::optional<absl::CivilDay> first_attested_;  // by receipts for the open day
  std::optional<absl::CivilDay> last_attested_;
  std::map<domain::PrinterId, uint32_t> fed_today_;
  absl::Duration running_ = absl::ZeroDuration();  // since the day was opened, proven by the log
  std::string boot_id_;
  absl::Duration last_monotonic_ = absl::ZeroDuration();
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_DUTY_GUARD_H_
