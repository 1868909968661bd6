// The precedence of refusals: with several reasons to refuse a print, the first of the enum wins.

#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "edge_node/core/edge_core.h"
#include "tests/support/core_bench.h"

namespace keping::edge {
namespace {

using domain::ActId;
using domain::BlankSerial;
using domain::OperatorId;
using domain::PrinterId;
using domain::PrintRefusal;
using domain::PrrId;

// Every reason to refuse at once. Each cure removes one reason that can be removed alone.
struct Cure {
  PrintRefusal refusal;
  std::function<void(CoreBench&, edge::Print&)> cure;
};

void TellAgain(CoreBench& bench, const std::function<void(domain::PrrItem&)>& change) {
  domain::PrrItem item = *bench.core().catalogue().FindPrr(PrrId::Of("prr-9"));
  change(item);
  bench.Tell(item);
}

const std::vector<Cure>& Cures() {
  static const auto* const cures = new std::vector<Cure>{
      {PrintRefusal::kNotLoggedIn, [](CoreBench& bench, auto&) { bench.Roster("ayu", {}); }},
      {PrintRefusal::kNotTrained, [](CoreBench& bench, auto&) { bench.Roster("ayu", {kVersion}); }},
      {PrintRefusal::kApplicationTooOld,
       [](CoreBench& bench, auto&) { bench.Tell(domain::ApplicationItem{kVersion}); }},
      {PrintRefusal::kPrrUnknown,
       [](CoreBench& bench, auto&) {
         domain::PrrItem item = PrrOf("prr-9");
         item.withdrawn = true;
         item.lease_holder = kOtherNode;
         item.record.clear();
         bench.Tell(item);
       }},
      {PrintRefusal::kPrrWithdrawn,
       [](CoreBench& bench, auto&) {
         TellAgain(bench, [](auto& item) { item.withdrawn = false; });
       }},
      {PrintRefusal::kLeaseNotHeld,
       [](CoreBench& bench, auto&) {
         TellAgain(bench, [](auto& item) { item.lease_holder = kNode; });
       }},
      {PrintRefusal::kTooStale, [](CoreBench& bench, auto&) { bench.ReceiptNow(); }},
      {PrintRefusal::kAlreadyPrinted,
       [](CoreBench& bench, auto&) {
         bench.Write(domain::PrintUnused{ActId::Of("earlier"), {}});
       }},
      {PrintRefusal::kPictureMissing,
       [](CoreBench& bench, auto&) {
         TellAgain(bench, [](auto& item) { item.record = "record"; });
       }},
      {PrintRefusal::kRecordFaulty,
       [](CoreBench& bench, auto&) {
         bench.set_fault("");
         TellAgain(bench, [](auto& item) { item.record = "record"; });
       }},
      {PrintRefusal::kBlankNotInTray,
       [](CoreBench&, edge::Print& print) { print.blank = BlankSerial::Of("A9"); }},
      {PrintRefusal::kBlankUsed,
       [](CoreBench&, edge::Print& print) { print.blank = BlankSerial::Of("A1"); }},
      {PrintRefusal::kPrinterNotReady,
       [](CoreBench& bench, auto&) { bench.conditions().printers_not_ready.clear(); }},
      {PrintRefusal::kDutyUsedUp,
       [](CoreBench& bench, auto&) { bench.clock().Advance(DutyGuard::kCivilDay); }},
      {PrintRefusal::kDiskNearlyFull,
       [](CoreBench& bench, auto&) { bench.conditions().disk_nearly_full = false; }},
  };
  return *cures;
}

CoreBench EverythingWrong(edge::Print& print) {
  CoreBench bench = CoreBench::Ready();
  for (const char* blank : {"A2", "A3"}) {
    bench.Verify(bench.Print(blank[1] == '2' ? "prr-2" : "prr-3", blank), blank);
  }
  // The PRR in question was tried before; that job is open at the other printer.
  bench.Write(domain::PrintIntended{.act = ActId::Of("earlier"),
                                    .prr = PrrId::Of("prr-9"),
                                    .prr_version = 1,
                                    .blank = BlankSerial::Of("B1"),
                                    .attempt = 1,
                                    .printer = PrinterId::Of("p2"),
                                    .operator_id = kAyu,
                                    .lease_epoch = {1, 1},
                                    .control_position = 0,
                                    .control_state = {},
                                    .proven_seq = 0,
                                    .application_version = kVersion,
                                    .offline = false});
  bench.Write(domain::BlankSpoiled{ActId::Of("spoil"), BlankSerial::Of("A9"),
                                   domain::SpoilCause::kFactory, kAyu});
  bench.Verify(bench.Print("prr-1", "A4"), "A4");
  bench.Tell(domain::ApplicationItem{domain::ApplicationVersion::Of("8.10")});
  bench.conditions().disk_nearly_full = true;
  bench.conditions().printers_not_ready = {kPrinter};
  bench.core().ApplyContact({.proven_seq = 0,
                             .received_at = bench.clock().Now().wall - absl::Hours(24 * 31),
                             .centre_time = absl::InfinitePast()});
  bench.set_fault("K-142: the photo: got a broken picture");
  print = bench.PrintOf("prr-9", "C1");
  print.operator_id = OperatorId::Of("stranger");
  return bench;
}

TEST(PrintRefusalTest, TheFirstReasonWins) {
  edge::Print print;
  CoreBench bench = EverythingWrong(print);
  for (const Cure& step : Cures()) {
    const Decision decision = bench.Do(print);
    EXPECT_EQ(decision.refusal, step.refusal) << "got " << domain::Describe(decision.refusal).name
                                              << ", want " << domain::Describe(step.refusal).name;
    ASSERT_EQ(decision.events.size(), 1u);
    EXPECT_EQ(Find<domain::PrintRefused>(decision)->refusal, step.refusal);
    EXPECT_TRUE(decision.actions.empty());
    if (step.refusal == PrintRefusal::kNotLoggedIn) print.operator_id = kAyu;
    step.cure(bench, print);
  }
  EXPECT_EQ(bench.Do(print).refusal, PrintRefusal::kNone);
  EXPECT_EQ(bench.core().refusals().size(), Cures().size());
}

// A lock cannot be lifted here, so its place in the order has a test of its own.
TEST(PrintRefusalTest, ALockComesAfterTrainingAndBeforeTheRecord) {
  edge::Print print;
  CoreBench bench = EverythingWrong(print);
  bench.core().Lock();
  EXPECT_EQ(bench.Do(print).refusal, PrintRefusal::kNotLoggedIn);
  print.operator_id = kAyu;
  bench.Roster("ayu", {});
  EXPECT_EQ(bench.Do(print).refusal, PrintRefusal::kNotTrained);
  bench.Roster("ayu", {kVersion});
  EXPECT_EQ(bench.Do(print).refusal, PrintRefusal::kApplicationTooOld);
  bench.Tell(domain::ApplicationItem{kVersion});
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(bench.Do(print).refusal, PrintRefusal::kNodeLocked);
    for (const Cure& step : Cures()) step.cure(bench, print);
  }
}

TEST(PrintRefusalTest, ARefusalNamesWhatWasAsked) {
  CoreBench bench = CoreBench::Ready();
  const Decision decision = bench.Do(bench.PrintOf("prr-1", "C1"));
  const auto& refused = *Find<domain::PrintRefused>(decision);
  EXPECT_EQ(refused.prr.value(), "prr-1");
  EXPECT_EQ(refused.blank, BlankSerial::Of("C1"));
  EXPECT_EQ(refused.printer, kPrinter);
  EXPECT_EQ(refused.operator_id, kAyu);
  EXPECT_EQ(bench.core().refusals().at(PrintRefusal::kBlankNotInTray), 1u);
}

TEST(PrintRefusalTest, AnEmptyPlanIsAnUnknownRecord) {
  CoreBench bench;
  bench.Roster("ayu", {kVersion});
  const Decision decision = bench.Do(bench.PrintOf("", "A1"));
  EXPECT_EQ(decision.refusal, PrintRefusal::kPrrUnknown);
  EXPECT_TRUE(Find<domain::PrintRefused>(decision)->prr.empty());
}

TEST(PrintRefusalTest, AnUnknownPrinterIsNotReady) {
  CoreBench bench = CoreBench::Ready();
  EXPECT_EQ(bench.Do(bench.PrintOf("prr-1", "A1", "p9")).refusal, PrintRefusal::kPrinterNotReady);
}

// ---- Staleness.

TEST(PrintRefusalTest, StaleByRunningTimeWhateverTheWallClockSays) {
  CoreBench bench = CoreBench::Ready();
  bench.ReceiptNow();
  const absl::Time then = bench.clock().Now().wall;
  const auto refusal = [&] {
    return bench.core().Step(bench.clock().Now(), {}, bench.PrintOf("prr-1", "A1")).refusal;
  };
  bench.clock().Advance(CoreSettings().staleness_limit);
  bench.clock().SetWall(then);
  EXPECT_EQ(refusal(), PrintRefusal::kNone);
  bench.clock().Advance(absl::Seconds(1));
  bench.clock().SetWall(then);
  EXPECT_EQ(refusal(), PrintRefusal::kTooStale);
  bench.ReceiptNow();
  EXPECT_EQ(refusal(), PrintRefusal::kNone);
}

TEST(PrintRefusalTest, StaleByOfficeDaysWhateverTheWallClockSays) {
  CoreBench bench = CoreBench::Ready();
  domain::PrinterAdopted adopted;
  adopted.printer = kPrinter;
  bench.Write(adopted);
  bench.ReceiptNow();
  for (uint64_t day = 0; day <= CoreSettings().staleness_office_days; ++day) {
    bench.Write(
        domain::OfficeDayOpened{absl::CivilDay(2017, 4, 27), domain::OfficeDayBasis::kRunningTime});
    const bool last = day == CoreSettings().staleness_office_days;
    EXPECT_EQ(bench.core().Step(bench.clock().Now(), {}, bench.PrintOf("prr-1", "A1")).refusal,
              last ? PrintRefusal::kTooStale : PrintRefusal::kNone)
        << day;
  }
  bench.ReceiptNow();
  EXPECT_EQ(bench.Do(bench.PrintOf("prr-1", "A1")).refusal, PrintRefusal::kNone);
}

TEST(PrintRefusalTest, AClockSetBackMakesNothingStale) {
  CoreBench bench = CoreBench::Ready();
  bench.ReceiptNow();
  bench.clock().SetWall(bench.clock().Now().wall - absl::Hours(24 * 400));
  EXPECT_EQ(bench.Do(bench.PrintOf("prr-1", "A1")).refusal, PrintRefusal::kNone);
}

}  // namespace
}  // namespace keping::edge
