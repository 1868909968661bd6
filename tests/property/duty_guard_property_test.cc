// Laws of the daily duty guard under any clock: a new office day needs its running time, or a later
// date by the centre, whatever people do to the machine. Judged by true time, which the guard never
// sees.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <optional>

#include "common/base/prng.h"
#include "common/time/simulated_clock.h"
#include "edge_node/core/duty_guard.h"

namespace keping::edge {
namespace {

constexpr uint32_t kLimit = 5;
const domain::PrinterId kPrinter = domain::PrinterId::Of("p1");

class Machine {
 public:
  explicit Machine(uint64_t seed) : prng_(seed), clock_(true_time_) { SetClock(); }

  void Step() {
    switch (prng_.Below(8)) {
      case 0:
        return Run(absl::Minutes(prng_.Between(1, 600)));
      case 1:
        return SetClock();
      case 2:  // off for a while
        true_time_ += absl::Minutes(prng_.Between(0, 1200));
        return clock_.Reboot();
      case 3:
        return Receipt();
      case 4:  // any entry
        return WriteEntry();
      case 5:
        if (fed_.value_or(0) > 0 && prng_.Chance(1, 4)) GiveBack();
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
  void SetClock() {
    clock_.SetWall(true_time_ +
                   absl::Hours(prng_.Between(-100, 100)) * (prng_.Chance(1, 4) ? 1000 : 1));
  }
  void Receipt() { guard_.ApplyReceipt(seq_ - prng_.Below(seq_ + 1) / 4, TrueDate()); }
  void WriteEntry() {
    ++seq_;
    guard_.ApplyStamp(clock_.Now().boot_id, clock_.Now().monotonic);
  }
  // A job of the open day turned out to have fed no card.
  void GiveBack() {
    guard_.CountUnused(kPrinter, guard_.day());
    --*fed_;
  }
  void Print() {
    const auto day =
        guard_.DayToOpen(clock_.Now(), absl::ToCivilDay(clock_.Now().wall, absl::UTCTimeZone()));
    if (!day && guard_.FedToday(kPrinter) >= kLimit) return;
    WriteEntry();
    if (day) {
      if (fed_) {
        EXPECT_TRUE(running_ >= DutyGuard::kShortDay || TrueDate() > opened_on_)
            << "a day after " << running_ << " of running time";
      }
      guard_.Apply(*day, seq_);
      fed_ = 0;
      running_ = absl::ZeroDuration();
      opened_on_ = TrueDate();
    }
    guard_.CountFed(kPrinter);
    EXPECT_LE(++*fed_, kLimit);
  }
  absl::CivilDay TrueDate() const { return absl::ToCivilDay(true_time_, absl::UTCTimeZone()); }

  base::Prng prng_;
  absl::Time true_time_ = absl::FromUnixSeconds(1493251200);
  time::SimulatedClock clock_;
  DutyGuard guard_;
  uint64_t seq_ = 0;
  std::optional<uint32_t> fed_;  // in the open day, by a count of our own
  absl::Duration running_;       // true, since the day was opened
  absl::CivilDay opened_on_;     // true
};

TEST(DutyGuardPropertyTest, NoClockBuysACard) {
  uint64_t days = 0;
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    Machine machine(seed);
    for (int i = 0; i < 400; ++i) machine.Step();
    days += machine.days();
    ASSERT_FALSE(HasFailure()) << "seed " << seed;
  }
  EXPECT_GT(days, 300u * 10) << "days are opened at all";
}

}  // namespace
}  // namespace keping::edge
