// Laws of the daily duty guard under any clock: what a new office day needs, judged by true time,
// which the guard never sees; and a slow twin that reads all that ever happened anew.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/prng.h"
#include "common/time/simulated_clock.h"
#include "edge_node/core/duty_guard.h"

namespace keping::edge {
namespace {

constexpr uint32_t kLimit = 5;
const domain::PrinterId kPrinter = domain::PrinterId::Of("p1");

// What happened, in full.
struct Happened {
  std::string boot_id;
  absl::Duration monotonic;
  std::optional<absl::CivilDay> opened;
  std::optional<absl::CivilDay> corrected;
};
struct Receipted {
  size_t after = 0;  // so many entries
  uint64_t proven_seq = 0;
  absl::CivilDay date;
};

class Twin {
 public:
  void Add(Happened entry) { entries_.push_back(std::move(entry)); }
  void Add(uint64_t proven_seq, absl::CivilDay date) {
    receipts_.push_back({entries_.size(), proven_seq, date});
  }
  uint64_t seq() const { return entries_.size(); }

  // The date of the day that may be opened now.
  std::optional<absl::CivilDay> DayToOpen(const time::Moment& now, absl::CivilDay local) const {
    const size_t open = LastOpening();
    if (open == entries_.size()) return local;
    absl::CivilDay used = Booked(open);
    if (const auto first = FirstReceipt(open)) {
      const absl::CivilDay last = LastReceipt(open);
      if (used > *first) {
        const auto floor = Floor(open);
        used = floor ? std::max(*first, std::min(*floor, *first) + 1) : *first;
      }
      if (last > *first && last > used) return std::max(last, local);
    }
    absl::Duration running = absl::ZeroDuration();
    bool restarted = false;
    std::string boot = entries_[open].boot_id;
    absl::Duration at = entries_[open].monotonic;
    for (size_t i = open + 1; i <= entries_.size(); ++i) {
      const std::string& next = i < entries_.size() ? entries_[i].boot_id : now.boot_id;
      const absl::Duration then = i < entries_.size() ? entries_[i].monotonic : now.monotonic;
      running += next == boot ? then - at : then;
      restarted = restarted || next != boot;
      boot = next;
      at = then;
    }
    const bool later = local > used;
    int hours = local < used && restarted ? 16 : 24;
    if (later) hours = restarted ? 6 : 16;
    if (running < absl::Hours(hours)) return std::nullopt;
    return later ? local : used + 1;
  }

 private:
  size_t LastOpening() const {
    for (size_t i = entries_.size(); i > 0; --i) {
      if (entries_[i - 1].opened) return i - 1;
    }
    return entries_.size();
  }
  std::optional<size_t> OpeningBefore(size_t open) const {
    for (size_t i = open; i > 0; --i) {
      if (entries_[i - 1].opened) return i - 1;
    }
    return std::nullopt;
  }
  // What the day before had used up when this one was opened, as far as the log tells.
  std::optional<absl::CivilDay> Floor(size_t open) const {
    const auto before = OpeningBefore(open);
    if (!before) return std::nullopt;
    return std::min(Booked(*before, open), *entries_[open].opened - 1);
  }
  absl::CivilDay Booked(size_t open) const { return Booked(open, entries_.size()); }
  absl::CivilDay Booked(size_t open, size_t end) const {
    absl::CivilDay booked = *entries_[open].opened;
    for (size_t i = open + 1; i < end; ++i) {
      if (!entries_[i].corrected) continue;
      const auto floor = Floor(open);
      booked = floor ? std::max(*entries_[i].corrected, *floor + 1) : *entries_[i].corrected;
    }
    return booked;
  }
  std::optional<absl::CivilDay> FirstReceipt(size_t open) const {
    for (const Receipted& one : receipts_) {
      if (one.after > open && one.proven_seq >= open + 1) return one.date;
    }
    return std::nullopt;
  }
  absl::CivilDay LastReceipt(size_t open) const {
    std::optional<absl::CivilDay> last;
    for (const Receipted& one : receipts_) {
      if (one.after <= open) continue;
      if (!last && one.proven_seq >= open + 1) last = one.date;
      if (last) last = std::max(*last, one.date);
    }
    return *last;
  }

  std::vector<Happened> entries_;
  std::vector<Receipted> receipts_;
};

// What people do to the machine in one seed.
struct Habits {
  bool set_clock = true;
  bool contact = true;
  bool corrections = true;
};

class Machine {
 public:
  Machine(uint64_t seed, Habits habits) : prng_(seed), habits_(habits), clock_(true_time_) {
    if (habits_.set_clock) SetClock();
  }

  void Step() {
    switch (prng_.Below(9)) {
      case 0:
        return Run(absl::Minutes(prng_.Between(1, 600)));
      case 1:
        if (habits_.set_clock) SetClock();
        return;
      case 2:
        return TurnOff(absl::Minutes(prng_.Between(0, 1200)));
      case 3:
        if (habits_.contact) Receipt();
        return;
      case 4:
        return WriteEntry({});
      case 5:
        if (fed_.value_or(0) > 0 && prng_.Chance(1, 4)) GiveBack();
        return;
      case 6:
        if (habits_.corrections && prng_.Chance(1, 3)) Correct();
        return;
      default:
        return Print();
    }
  }

  uint64_t days() const { return guard_.day(); }

 private:
  void Run(absl::Duration time) {
    true_time_ += time;
    running_ += time;
    clock_.Advance(time);
  }
  // The wall clock goes on by itself.
  void TurnOff(absl::Duration time) {
    const absl::Time wall = clock_.Now().wall + time;
    true_time_ += time;
    clock_.Reboot();
    clock_.SetWall(wall);
    restarted_ = true;
  }
  void SetClock() {
    clock_.SetWall(true_time_ +
                   absl::Hours(prng_.Between(-100, 100)) * (prng_.Chance(1, 4) ? 1000 : 1));
  }
  void Receipt() {
    const uint64_t proven = twin_.seq() - prng_.Below(twin_.seq() + 1) / 4;
    guard_.ApplyReceipt(proven, TrueDate());
    twin_.Add(proven, TrueDate());
  }
  void WriteEntry(Happened entry) {
    entry.boot_id = clock_.Now().boot_id;
    entry.monotonic = clock_.Now().monotonic;
    guard_.ApplyStamp(entry.boot_id, entry.monotonic);
    twin_.Add(std::move(entry));
  }
  void Correct() {
    if (guard_.day() == 0) return;
    domain::OfficeDayCorrected event;
    event.day = TrueDate() + prng_.Between(-3, 3);
    const auto before = fed_;
    WriteEntry({.boot_id = {}, .monotonic = {}, .opened = {}, .corrected = event.day});
    guard_.Apply(event);
    EXPECT_EQ(guard_.FedToday(kPrinter), *before) << "a corrected date gives a card back";
  }
  // A job of the open day turned out to have fed no card.
  void GiveBack() {
    guard_.CountUnused(kPrinter, guard_.day());
    --*fed_;
  }
  absl::CivilDay LocalDate() const {
    return absl::ToCivilDay(clock_.Now().wall, absl::UTCTimeZone());
  }
  void Print() {
    const auto day = guard_.DayToOpen(clock_.Now(), LocalDate());
    const auto twins = twin_.DayToOpen(clock_.Now(), LocalDate());
    ASSERT_EQ(day.has_value(), twins.has_value());
    if (day) {
      ASSERT_EQ(day->date, *twins);
    }
    if (!day && guard_.LeftToday(kPrinter, kLimit) == 0) return;
    if (day) {
      CheckOpening(*day);
      WriteEntry({.boot_id = {}, .monotonic = {}, .opened = day->date, .corrected = {}});
      guard_.Apply(*day, twin_.seq());
      fed_ = 0;
      running_ = absl::ZeroDuration();
      restarted_ = false;
      opened_on_ = TrueDate();
    } else {
      WriteEntry({});
    }
    guard_.CountFed(kPrinter);
    EXPECT_LE(++*fed_, kLimit);
  }
  void CheckOpening(const domain::OfficeDayOpened& day) {
    if (!fed_) return;
    const bool next_date = TrueDate() > opened_on_;
    if (day.basis == domain::OfficeDayBasis::kAttested) {
      EXPECT_TRUE(next_date) << "the centre's word opened a second day on one date";
      return;
    }
    EXPECT_GE(running_, restarted_ ? DutyGuard::kShortDay : DutyGuard::kLongDay);
    if (!habits_.set_clock) {
      EXPECT_TRUE(next_date) << "a second day on one date, and nobody touched the clock";
    }
    if (!habits_.contact && !habits_.corrections) {
      EXPECT_GT(day.date, guard_.date()) << "a date was used twice";
    }
  }
  absl::CivilDay TrueDate() const { return absl::ToCivilDay(true_time_, absl::UTCTimeZone()); }

  base::Prng prng_;
  const Habits habits_;
  absl::Time true_time_ = absl::FromUnixSeconds(1493251200);
  time::SimulatedClock clock_;
  DutyGuard guard_;
  Twin twin_;
  std::optional<uint32_t> fed_;  // in the open day, by a count of our own
  absl::Duration running_;       // true, since the day was opened
  bool restarted_ = false;
  absl::CivilDay opened_on_;  // true
};

TEST(DutyGuardPropertyTest, NoClockBuysACard) {
  const Habits kHabits[] = {{true, true, true},
                            {true, true, false},
                            {true, false, false},
                            {false, true, false},
                            {false, false, false}};
  for (const Habits& habits : kHabits) {
    SCOPED_TRACE(absl::StrCat("clock set ", habits.set_clock, ", contact ", habits.contact,
                              ", corrections ", habits.corrections));
    uint64_t days = 0;
    for (uint64_t seed = 1; seed <= 100; ++seed) {
      Machine machine(seed, habits);
      for (int i = 0; i < 300; ++i) machine.Step();
      days += machine.days();
      ASSERT_FALSE(HasFailure()) << "seed " << seed;
    }
    EXPECT_GT(days, 100u * 5) << "days are opened at all";
  }
}

}  // namespace
}  // namespace keping::edge
