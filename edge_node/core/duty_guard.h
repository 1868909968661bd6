// The daily duty guard: at most so many cards a day per printer, since beyond that blanks can burn.
// A projection of the log: reboots, kills and clocks set by hand buy no card.
//
// The office day is an event, dated so that no date is ever used twice. A new one may be opened at
// the first print of the log, and after that
//
//   since the open day was opened         | when the clock shows    | such as
//   --------------------------------------|-------------------------|------------------------------
//   6 h of running time, and a new boot   | a later date than ever  | the morning of a PC that is
//                                         |                         | switched off at night
//   16 h of running time                  | a later date than ever  | of one that runs through
//   16 h of running time, and a new boot  | an earlier date         | a dead clock battery
//   24 h of running time                  | anything                | the same, running through
//   a receipt of a later date than the first receipt for the open day, and than the day itself
//
// Running time is what the log proves: within one boot, from entry to entry, plus the present boot.
// A clock set back therefore opens nothing. A clock set forward opens nothing before the machine
// was also restarted and has run for 6 h, and then uses up the date it shows: the day is borrowed,
// since the next one needs a date that is later still. Only the centre's dates are compared with
// each other: a day opened by a clock set back is not over because the centre knows better.
#ifndef KEPING_EDGE_NODE_CORE_DUTY_GUARD_H_
#define KEPING_EDGE_NODE_CORE_DUTY_GUARD_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

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
  static constexpr absl::Duration kCivilDay = absl::Hours(24);

  // The event that opens a new day now, if one may be opened. `local_date` is the wall clock's.
  std::optional<domain::OfficeDayOpened> DayToOpen(const time::Moment& now,
                                                   absl::CivilDay local_date) const;

  // Projection: every entry passes here, whatever its event.
  void ApplyStamp(const std::string& boot_id, absl::Duration monotonic);
  void Apply(const domain::OfficeDayOpened& event, uint64_t seq);
  // The open day has another date; what it used up stays used up.
  void Apply(const domain::OfficeDayCorrected& event);
  void Apply(const domain::OverrideGranted& event);
  void Apply(const domain::PrinterAdopted& event);
  void CountFed(const domain::PrinterId& printer);
  // A job of office day `day` fed no card.
  void CountUnused(const domain::PrinterId& printer, uint64_t day);
  // That answer was set aside.
  void CountAgain(const domain::PrinterId& printer, uint64_t day);

  // The centre countersigned the log up to `proven_seq` on `date`.
  void ApplyReceipt(uint64_t proven_seq, absl::CivilDay date);
  // Whether a receipt up to `proven_seq` would be the first one for the open day.
  bool IsFirstReceiptOfDay(uint64_t proven_seq) const;

  uint32_t FedToday(const domain::PrinterId& printer) const;
  // Cards that the printer may still feed today, of `limit` and what supervisors granted.
  uint32_t LeftToday(const domain::PrinterId& printer, uint32_t limit) const;
  // The same, if a new day were opened now.
  uint32_t LeftNextDay(const time::Moment& now, const domain::PrinterId& printer,
                       uint32_t limit) const;
  // Granted by supervisors for today.
  uint32_t GrantedToday(const domain::PrinterId& printer) const;
  // The grant that the next card goes under; empty while it needs none, or when none is left.
  domain::ActId OverrideFor(const domain::PrinterId& printer, uint32_t limit) const;

  // Number of the open day: 1, 2, 3 …; 0 before the first.
  uint64_t day() const { return day_; }
  absl::CivilDay date() const { return date_; }
  absl::Duration RunningTime(const time::Moment& now) const;

 private:
  struct Grant {
    domain::ActId act;
    uint32_t prints = 0;
  };
  struct Today {
    uint32_t fed = 0;
    std::vector<Grant> grants;
    // Adopted without a slip: what it had fed here then is all it may.
    std::optional<uint32_t> barred_at;
    std::optional<absl::Duration> adopted_at;  // from another office; by total_running_
  };

  // The last date that may count as used up, by all that is known of the open day.
  absl::CivilDay UsedDate() const;
  // Of a printer's limit, what the open day leaves it.
  static uint32_t Base(const Today& today, uint32_t limit);
  // The printer came a moment ago and brought its own day with it. `present` has run since the last
  // entry.
  bool JustAdopted(const Today& today, absl::Duration present) const;
  absl::Duration Present(const time::Moment& now) const;
  const Today* FindToday(const domain::PrinterId& printer) const;

  uint64_t day_ = 0;
  absl::CivilDay date_;
  absl::CivilDay booked_;                // the date that the open day used up, by the log
  std::optional<absl::CivilDay> floor_;  // what the day before had used up
  uint64_t opened_at_seq_ = 0;
  std::optional<absl::CivilDay> first_attested_;  // by receipts for the open day
  std::optional<absl::CivilDay> last_attested_;
  std::map<domain::PrinterId, Today> today_;
  absl::Duration running_ = absl::ZeroDuration();  // since the day was opened, proven by the log
  absl::Duration total_running_ = absl::ZeroDuration();
  bool restarted_ = false;  // the machine, since the day was opened
  std::string boot_id_;
  absl::Duration last_monotonic_ = absl::ZeroDuration();
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_DUTY_GUARD_H_
