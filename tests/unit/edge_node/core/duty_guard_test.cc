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
  bool restarted;
  absl::Duration set;  // what a person then adds to the wall clock
  bool opens;
};

TEST(DutyGuardTest, ADayNeedsItsRunningTimeWhateverTheClockSays) {
  const absl::Duration second = absl::Seconds(1), day = absl::Hours(24);
  const absl::Duration six = DutyGuard::kShortDay, sixteen = DutyGuard::kLongDay;
  const ClockCase kCases[] = {
      {"forward a day at once", absl::ZeroDuration(), false, day, false},
      {"forward a day and a restart", absl::ZeroDuration(), true, day, false},
      {"forward ten years", absl::Hours(1), true, absl::Hours(87600), false},
      {"back a day", absl::Hours(1), true, -day, false},
      {"sixteen hours, a restart, the same date", sixteen, true, absl::ZeroDuration(), false},
      {"six hours, a restart, the same date", six, true, absl::ZeroDuration(), false},
      {"six hours, a restart, a later date", six, true, day, true},
      {"just under, a restart, a later date", six - second, true, day, false},
      {"six hours without a restart, a later date", six, false, day, false},
      {"six hours, a restart, an earlier date", six, true, -day, false},
      {"sixteen hours without a restart, a later date", sixteen, false, day, true},
      {"just under, without a restart, a later date", sixteen - second, false, day, false},
      {"sixteen hours, a restart, an earlier date", sixteen, true, -day, true},
      {"sixteen hours without a restart, an earlier date", sixteen, false, -day, false},
      {"just under a civil day without a restart", day - second, false, -2 * day, false},
      {"a civil day without a restart", day, false, -2 * day, true},
  };
  for (const ClockCase& row : kCases) {
    Machine machine(At(kMonday, 0));
    machine.Print();
    machine.clock().Advance(row.running);
    machine.WriteEntry();
    const absl::Time wall = machine.clock().Now().wall + row.set;
    if (row.restarted) machine.clock().Reboot();
    machine.clock().SetWall(wall);
    const auto opened = machine.DayToOpen();
    EXPECT_EQ(opened.has_value(), row.opens) << row.name;
    if (opened) {
      EXPECT_EQ(opened->basis, OfficeDayBasis::kRunningTime) << row.name;
      EXPECT_GT(opened->date, kMonday) << row.name;
    }
  }
}

// Switches the machine off at night: what stands between two mornings is a restart and a date.
void Night(Machine& machine, absl::CivilDay morning) {
  machine.WriteEntry();
  machine.clock().Reboot();
  machine.clock().SetWall(At(morning, 8));
}

TEST(DutyGuardTest, AnOfficeThatIsSwitchedOffAtNightPrintsEveryMorning) {
  Machine machine(At(kMonday, 8));
  for (int day = 0; day < 5; ++day) {
    machine.Print();
    EXPECT_EQ(machine.guard().date(), kMonday + day);
    machine.clock().Advance(absl::Hours(7));
    Night(machine, kMonday + day + 1);
  }
  EXPECT_EQ(machine.day(), 5u);
}

TEST(DutyGuardTest, AClockSetForwardBorrowsTomorrowAndBuysNothing) {
  Machine machine(At(kMonday, 8));
  machine.Print();
  machine.clock().Advance(absl::Hours(6));
  Night(machine, kMonday + 1);  // in truth it is Monday, two o'clock
  machine.Print();
  EXPECT_EQ(machine.day(), 2u);
  machine.clock().Advance(absl::Hours(2));
  Night(machine, kMonday + 1);  // Tuesday in truth, and by the clock
  machine.clock().Advance(absl::Hours(7));
  EXPECT_FALSE(machine.DayToOpen().has_value()) << "Tuesday's cards were printed on Monday";
  Night(machine, kMonday + 2);
  EXPECT_TRUE(machine.DayToOpen().has_value());
}

TEST(DutyGuardTest, WithContactABorrowedDayIsGivenBackToo) {
  Machine machine(At(kMonday, 8));
  machine.Print();
  machine.Receipt(kMonday);
  machine.clock().Advance(absl::Hours(6));
  Night(machine, kMonday + 1);
  machine.Print();
  EXPECT_EQ(machine.day(), 2u);
  machine.Receipt(kMonday);
  machine.Receipt(kMonday + 1);
  EXPECT_FALSE(machine.DayToOpen().has_value());
  machine.Receipt(kMonday + 2);
  EXPECT_TRUE(machine.DayToOpen().has_value());
}

TEST(DutyGuardTest, NoDateIsUsedTwice) {
  Machine machine(At(kMonday, 8));
  machine.Print();
  machine.clock().Advance(absl::Hours(24));
  machine.clock().SetWall(At(kMonday - 30, 8));
  machine.Print();
  EXPECT_EQ(machine.guard().date(), kMonday + 1) << "the date after the last one";
  machine.clock().Advance(absl::Hours(6));
  Night(machine, kMonday + 1);
  EXPECT_FALSE(machine.DayToOpen().has_value());
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
  Machine machine(At(kMonday, 8));
  for (int day = 1; day <= 3; ++day) {
    machine.Print();
    EXPECT_EQ(machine.day(), static_cast<uint64_t>(day));
    EXPECT_EQ(machine.guard().date(), kMonday + day - 1);
    // Two working days, from the same date at each boot.
    for (int boot = 0; boot < 2; ++boot) {
      EXPECT_FALSE(machine.DayToOpen().has_value());
      machine.clock().Advance(absl::Hours(8));
      Night(machine, epoch);
    }
  }
}

TEST(DutyGuardTest, AClockThatStandsOnOneDateNeedsACivilDay) {
  Machine machine(At(kMonday, 0));
  machine.Print();
  machine.clock().Advance(absl::Hours(24) - absl::Seconds(1));
  Night(machine, kMonday);
  EXPECT_FALSE(machine.DayToOpen().has_value());
  machine.clock().Advance(absl::Seconds(1));
  EXPECT_TRUE(machine.DayToOpen().has_value());
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

TEST(DutyGuardTest, ADayOpenedByYesterdaysReceiptIsToday) {
  Machine machine(At(kMonday, 8));
  machine.Print();
  machine.Receipt(kMonday);
  machine.Receipt(kMonday + 1);
  machine.clock().Advance(absl::Hours(7));
  Night(machine, kMonday + 2);
  machine.Print();
  EXPECT_EQ(machine.guard().date(), kMonday + 2);
  machine.clock().Advance(absl::Hours(7));
  Night(machine, kMonday + 2);
  EXPECT_FALSE(machine.DayToOpen().has_value()) << "not twice on one date";
}

TEST(DutyGuardTest, ReceiptsOfOneDateGiveADayOfAnotherDateNothingBack) {
  Machine machine(At(absl::CivilDay(1970, 1, 1), 0));
  machine.Print();
  machine.Receipt(kMonday);
  EXPECT_FALSE(machine.DayToOpen().has_value()) << "it is still the day of the first card";
  machine.Receipt(kMonday + 1);
  EXPECT_TRUE(machine.DayToOpen().has_value());
}

domain::OfficeDayCorrected CorrectedTo(absl::CivilDay day) {
  domain::OfficeDayCorrected event;
  event.day = day;
  return event;
}

TEST(DutyGuardTest, ACorrectedDateLetsTheNextMorningPrint) {
  Machine machine(At(kMonday, 8));
  machine.Print();
  machine.clock().Advance(absl::Hours(7));
  Night(machine, absl::CivilDay(2099, 1, 1));  // Tuesday, with a wrong clock
  machine.Print();
  machine.WriteEntry();
  machine.guard().Apply(CorrectedTo(kMonday + 1));
  EXPECT_EQ(machine.guard().date(), kMonday + 1);
  EXPECT_EQ(machine.fed(), 1u) << "the count stays";
  machine.clock().Advance(absl::Hours(7));
  Night(machine, kMonday + 2);
  EXPECT_TRUE(machine.DayToOpen().has_value());
}

TEST(DutyGuardTest, ACorrectionGivesNoQuotaBack) {
  Machine machine(At(kMonday, 8));
  machine.Print();
  machine.clock().Advance(absl::Hours(6));
  Night(machine, kMonday + 1);  // borrowed: it is Monday in truth
  machine.Print();
  machine.WriteEntry();
  machine.guard().Apply(CorrectedTo(kMonday));
  EXPECT_FALSE(machine.DayToOpen().has_value());
  machine.clock().Advance(absl::Hours(7));
  Night(machine, kMonday + 1);
  EXPECT_FALSE(machine.DayToOpen().has_value()) << "Tuesday is used up all the same";
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

// ---- Overrides and printers that come.

constexpr uint32_t kLimit = 3;

domain::OverrideGranted Granted(const char* act, uint32_t prints) {
  domain::OverrideGranted event;
  event.act = domain::ActId::Of(act);
  event.printer = kPrinter;
  event.prints = prints;
  return event;
}

domain::PrinterAdopted Adopted(domain::AdoptionBasis basis, uint32_t fed_today = 0) {
  domain::PrinterAdopted event;
  event.printer = kPrinter;
  event.basis = basis;
  event.fed_today = fed_today;
  return event;
}

TEST(DutyGuardTest, AnOverrideIsABudgetForTheDay) {
  Machine machine(At(kMonday, 8));
  for (uint32_t i = 0; i < kLimit; ++i) machine.Print();
  EXPECT_EQ(machine.guard().LeftToday(kPrinter, kLimit), 0u);
  EXPECT_TRUE(machine.guard().OverrideFor(kPrinter, kLimit).empty());
  machine.guard().Apply(Granted("first", 1));
  machine.guard().Apply(Granted("second", 2));
  EXPECT_EQ(machine.guard().GrantedToday(kPrinter), 3u);
  for (const char* act : {"first", "second", "second"}) {
    EXPECT_EQ(machine.guard().OverrideFor(kPrinter, kLimit).value(), act);
    machine.Print();
  }
  EXPECT_EQ(machine.guard().LeftToday(kPrinter, kLimit), 0u);
  machine.guard().CountUnused(kPrinter, 1);
  EXPECT_EQ(machine.guard().LeftToday(kPrinter, kLimit), 1u) << "no card was fed for it";
  machine.clock().Advance(absl::Hours(24));
  machine.Print();
  EXPECT_EQ(machine.guard().LeftToday(kPrinter, kLimit), kLimit - 1) << "leftovers lapse";
}

TEST(DutyGuardTest, ASlipCarriesTheCount) {
  Machine machine(At(kMonday, 8));
  machine.Print();
  machine.guard().Apply(Adopted(domain::AdoptionBasis::kSlip, 2));
  EXPECT_EQ(machine.guard().LeftToday(kPrinter, kLimit), 1u);
  machine.guard().Apply(Adopted(domain::AdoptionBasis::kSlip, 1));
  EXPECT_EQ(machine.guard().LeftToday(kPrinter, kLimit), 1u) << "never less than counted here";
}

TEST(DutyGuardTest, WithoutASlipNothingIsLeftToday) {
  Machine machine(At(kMonday, 8));
  machine.Print();
  machine.guard().Apply(Adopted(domain::AdoptionBasis::kWithoutSlip));
  EXPECT_EQ(machine.guard().LeftToday(kPrinter, kLimit), 0u);
  machine.guard().Apply(Granted("supervisor", 1));
  EXPECT_EQ(machine.guard().LeftToday(kPrinter, kLimit), 1u);
  EXPECT_EQ(machine.guard().OverrideFor(kPrinter, kLimit).value(), "supervisor");
  machine.clock().Advance(absl::Hours(24));
  EXPECT_EQ(machine.guard().LeftNextDay(machine.clock().Now(), kPrinter, kLimit), kLimit);
  machine.WriteEntry();
  machine.guard().Apply(*machine.DayToOpen(), 9);
  EXPECT_EQ(machine.guard().LeftToday(kPrinter, kLimit), kLimit);
}

TEST(DutyGuardTest, APrinterThatJustCameBringsItsDayAcrossTheNextOpening) {
  for (const auto basis : {domain::AdoptionBasis::kSlip, domain::AdoptionBasis::kWithoutSlip}) {
    Machine machine(At(kMonday, 15));
    machine.Print();
    machine.clock().Advance(absl::Hours(1));
    Night(machine, kMonday + 1);
    machine.clock().Advance(absl::Hours(1));
    machine.WriteEntry();
    machine.guard().Apply(Adopted(basis, kLimit));
    machine.clock().Advance(absl::Hours(4));  // six hours since Monday's first card
    ASSERT_TRUE(machine.DayToOpen().has_value());
    EXPECT_EQ(machine.guard().LeftNextDay(machine.clock().Now(), kPrinter, kLimit), 0u);
    machine.WriteEntry();
    machine.guard().Apply(*machine.DayToOpen(), 9);
    EXPECT_EQ(machine.guard().LeftToday(kPrinter, kLimit), 0u);
  }
}

}  // namespace
}  // namespace keping::edge
