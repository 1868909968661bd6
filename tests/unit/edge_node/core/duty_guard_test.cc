#include "edge_node/core/duty_guard.h"

#include <gtest/gtest.h>

#include <string>

#include "common/time/simulated_clock.h"

namespace keping::edge {
namespace {

using domain::OfficeDayBasis;

const domain::PrinterId kPrinter = domain::PrinterId::Of("p1");
constexpr absl::CivilDay kMonday(2017, 4, 24);
const absl::TimeZone kZone = absl::FixedTimeZone(8 * 3600);

absl::Time At(absl::CivilDay day, int hour) {
  return absl::FromCivil(absl::CivilHour(day) + hour, kZone);
}

// A guard with the machine it runs on: every call is one entry of the log.
class Machine {
 public:
  explicit Machine(absl::Time wall) : clock_(wall) {}

  time::SimulatedClock& clock() { return clock_; }
  DutyGuard& guard() { return guard_; }

  std::optional<domain::OfficeDayOpened> DayToOpen() const {
    return guard_.DayToOpen(clock_.Now(), absl::ToCivilDay(clock_.Now().wall, kZone));
  }
  // Any entry, such as a refused print.
  void WriteEntry() {
    ++seq_;
    guard_.ApplyStamp(clock_.Now().boot_id, clock_.Now().monotonic);
  }
  // One card, in a new day if one may be opened, as the core does it.
  void Print() {
    const auto day = DayToOpen();
    WriteEntry();
    if (day) guard_.Apply(*day, seq_);
    guard_.CountFed(kPrinter);
  }
  // A receipt for everything written; `date` is the centre's.
  void Receipt(absl::CivilDay date) { guard_.ApplyReceipt(seq_, date); }

  uint32_t fed() const { return guard_.FedToday(kPrinter); }
  uint64_t day() const { return guard_.day(); }

 private:
  time::SimulatedClock clock_;
  DutyGuard guard_;
  uint64_t seq_ = 0;
};

TEST(DutyGuardTest, TheFirstPrintOpensTheFirstDay) {
  Machine machine(At(kMonday, 8));
  EXPECT_EQ(machine.day(), 0u);
  EXPECT_EQ(machine.DayToOpen(), (domain::OfficeDayOpened{kMonday, OfficeDayBasis::kFirst}));
  machine.Print();
  EXPECT_EQ(machine.day(), 1u);
  EXPECT_EQ(machine.guard().date(), kMonday);
  EXPECT_EQ(machine.fed(), 1u);
  EXPECT_FALSE(machine.DayToOpen().has_value());
}

TEST(DutyGuardTest, CountsByPrinterAndStartsAtZeroEachDay) {
  Machine machine(At(kMonday, 8));
  machine.Print();
  machine.Print();
  EXPECT_EQ(machine.fed(), 2u);
  EXPECT_EQ(machine.guard().FedToday(domain::PrinterId::Of("p2")), 0u);
  machine.clock().Advance(absl::Hours(24));
  machine.Print();
  EXPECT_EQ(machine.day(), 2u);
  EXPECT_EQ(machine.fed(), 1u);
}

TEST(DutyGuardTest, ASettledUnusedJobGivesBackOnlyToday) {
  Machine machine(At(kMonday, 8));
  machine.Print();
  machine.Print();
  machine.guard().CountUnused(kPrinter, 1);
  EXPECT_EQ(machine.fed(), 1u);
  machine.clock().Advance(absl::Hours(24));
  machine.Print();
  machine.guard().CountUnused(kPrinter, 1);
  EXPECT_EQ(machine.fed(), 1u) << "yesterday's job is not today's allowance";
  machine.guard().CountUnused(kPrinter, 2);
  machine.guard().CountUnused(kPrinter, 2);
  EXPECT_EQ(machine.fed(), 0u) << "never below zero";
}

struct ClockCase {
  const char* name;
  absl::Duration running;  // since the day was opened
  absl::Duration set;      // what a person then adds to the wall clock
  bool opens;
};

TEST(DutyGuardTest, SettingTheClockOpensNoDayBeforeItsRunningTime) {
  const ClockCase kCases[] = {
      {"forward a day at once", absl::ZeroDuration(), absl::Hours(24), false},
      {"forward ten years", absl::Hours(1), absl::Hours(87600), false},
      {"back a day", absl::Hours(1), -absl::Hours(24), false},
      {"just under the short day", DutyGuard::kShortDay - absl::Seconds(1), absl::Hours(24), false},
      {"the short day, same date", DutyGuard::kShortDay, absl::ZeroDuration(), false},
      {"the short day, another date", DutyGuard::kShortDay, absl::Hours(24), true},
      {"the short day, an earlier date", DutyGuard::kShortDay, -absl::Hours(24), true},
      {"just under the long day, same date", DutyGuard::kLongDay - absl::Seconds(1),
       -absl::Hours(12), false},
      {"the long day, whatever the date", DutyGuard::kLongDay, -absl::Hours(12), true},
  };
  for (const ClockCase& row : kCases) {
    Machine machine(At(kMonday, 0));
    machine.Print();
    machine.clock().Advance(row.running);
    machine.clock().SetWall(machine.clock().Now().wall + row.set);
    const auto day = machine.DayToOpen();
    EXPECT_EQ(day.has_value(), row.opens) << row.name;
    if (day) {
      EXPECT_EQ(day->basis, OfficeDayBasis::kRunningTime) << row.name;
    }
  }
}

TEST(DutyGuardTest, RebootsBuyNothing) {
  Machine machine(At(kMonday, 8));
  machine.Print();
  machine.clock().SetWall(At(kMonday + 1, 8));
  for (int i = 0; i < 100; ++i) {
    machine.clock().Reboot();
    machine.WriteEntry();
  }
  EXPECT_FALSE(machine.DayToOpen().has_value());
}

TEST(DutyGuardTest, RunningTimeAddsUpOverBoots) {
  Machine machine(At(kMonday, 8));
  machine.Print();
  machine.clock().Advance(absl::Hours(3));
  machine.WriteEntry();
  machine.clock().Reboot();
  machine.clock().SetWall(At(kMonday + 1, 8));
  machine.clock().Advance(absl::Hours(3) - absl::Seconds(1));
  EXPECT_FALSE(machine.DayToOpen().has_value());
  machine.clock().Advance(absl::Seconds(1));
  EXPECT_TRUE(machine.DayToOpen().has_value());
  machine.WriteEntry();
  EXPECT_TRUE(machine.DayToOpen().has_value()) << "a refused print takes no running time away";
}

TEST(DutyGuardTest, TimeBetweenTheLastEntryAndARebootIsNotProven) {
  Machine machine(At(kMonday, 8));
  machine.Print();
  machine.clock().Advance(absl::Hours(10));
  machine.clock().Reboot();
  machine.clock().SetWall(At(kMonday + 1, 8));
  EXPECT_FALSE(machine.DayToOpen().has_value());
}

TEST(DutyGuardTest, ADeadClockBatteryStillGetsItsNextDay) {
  const absl::CivilDay epoch(1970, 1, 1);
  Machine machine(At(epoch, 0));
  machine.Print();
  for (int day = 0; day < 2; ++day) {
    machine.clock().Advance(absl::Hours(8));
    machine.WriteEntry();
    machine.clock().Reboot();
    machine.clock().SetWall(At(epoch, 0));
  }
  ASSERT_TRUE(machine.DayToOpen().has_value());
  EXPECT_EQ(machine.DayToOpen()->date, epoch);
}

TEST(DutyGuardTest, ALaterReceiptOpensADay) {
  Machine machine(At(kMonday, 8));
  machine.Print();
  machine.Receipt(kMonday);
  EXPECT_FALSE(machine.DayToOpen().has_value());
  machine.Receipt(kMonday + 1);
  EXPECT_EQ(machine.DayToOpen(), (domain::OfficeDayOpened{kMonday + 1, OfficeDayBasis::kAttested}));
  machine.Print();
  EXPECT_FALSE(machine.DayToOpen().has_value()) << "once per date";
  machine.Receipt(kMonday + 1);
  EXPECT_FALSE(machine.DayToOpen().has_value());
}

TEST(DutyGuardTest, AWrongDateIsCorrectedWithoutGivingQuotaBack) {
  Machine machine(At(absl::CivilDay(1970, 1, 1), 0));
  machine.Print();
  machine.Receipt(kMonday);
  EXPECT_FALSE(machine.DayToOpen().has_value()) << "it is still the day of the first card";
  machine.Receipt(kMonday + 1);
  EXPECT_TRUE(machine.DayToOpen().has_value());
}

TEST(DutyGuardTest, AClockSetFarAheadDoesNotStopAttestedDays) {
  Machine machine(At(absl::CivilDay(2099, 1, 1), 0));
  machine.Print();
  machine.Receipt(kMonday);
  machine.Receipt(kMonday + 1);
  EXPECT_TRUE(machine.DayToOpen().has_value());
}

TEST(DutyGuardTest, ReceiptsFromBeforeTheDayDateNothing) {
  Machine machine(At(kMonday, 8));
  machine.WriteEntry();
  machine.Receipt(kMonday - 3);
  machine.Print();
  EXPECT_FALSE(machine.DayToOpen().has_value());
  // Proves only what was written before the day was opened.
  machine.guard().ApplyReceipt(1, kMonday);
  machine.Receipt(kMonday + 1);
  EXPECT_FALSE(machine.DayToOpen().has_value());
}

TEST(DutyGuardTest, AnEarlierReceiptTakesNothingBack) {
  Machine machine(At(kMonday, 8));
  machine.Print();
  machine.Receipt(kMonday);
  machine.Receipt(kMonday - 1);
  EXPECT_FALSE(machine.DayToOpen().has_value());
  machine.Receipt(kMonday + 1);
  EXPECT_TRUE(machine.DayToOpen().has_value());
}

}  // namespace
}  // namespace keping::edge
