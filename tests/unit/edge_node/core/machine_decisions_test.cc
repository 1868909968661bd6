// Acts at the printers as machines, and what a supervisor allows.
#include "edge_node/core/machine_decisions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "edge_node/core/duty_decisions.h"
#include "tests/support/core_bench.h"

namespace keping::edge {
namespace {

using domain::AdoptionBasis;
using domain::BlankSerial;
using domain::ConsumableKind;
using domain::ConsumableStep;
using domain::PrinterId;
using domain::PrintRefusal;
using ::testing::HasSubstr;

const domain::OperatorId kMade = domain::OperatorId::Of("made");
const PrinterId kSecond = PrinterId::Of("p2");

class MachineTest : public ::testing::Test {
 protected:
  MachineTest() : bench_(CoreBench::Ready()) {
    bench_.Roster("made", {}, domain::Role::kSupervisor);
  }

  // One good card, so that the first office day is open.
  void PrintOne(const char* prr = "prr-1", const char* blank = "A1", const char* printer = "p1") {
    bench_.Verify(bench_.Print(prr, blank, printer), blank);
  }
  Decision Test(const char* blank, const char* printer = "p1") {
    return bench_.Do(
        PrintTestCard{bench_.NewAct(), kAyu, PrinterId::Of(printer), BlankSerial::Of(blank)});
  }
  Decision Release(const PrinterId& printer = kPrinter) {
    return bench_.Do(ReleasePrinter{bench_.NewAct(), printer, kMade});
  }
  Decision Adopt(AdoptionBasis basis, const ReleaseSlip& slip = {},
                 const PrinterId& printer = kPrinter) {
    return bench_.Do(AdoptPrinter{bench_.NewAct(), printer, basis, slip, kMade});
  }
  static ReleaseSlip SlipOf(uint32_t fed_today, const char* event = "slip") {
    return {.printer = kPrinter,
            .from = kOtherNode,
            .day = absl::CivilDay(2017, 4, 27),
            .fed_today = fed_today,
            .wear = 900,
            .event = crypto::Sha256({event})};
  }
  Decision Move(ConsumableStep step, const char* id, uint32_t panels = 0,
                const char* printer = "p1") {
    return bench_.Do(MoveConsumable{.act = bench_.NewAct(),
                                    .kind = ConsumableKind::kRibbon,
                                    .step = step,
                                    .consumable = domain::ConsumableId::Of(id),
                                    .panels = panels,
                                    .printer = PrinterId::Of(printer),
                                    .operator_id = kAyu,
                                    .second = kMade});
  }
  static std::string Words(const Decision& decision) {
    return std::string(decision.status.message());
  }
  uint32_t Left(const PrinterId& printer = kPrinter) {
    return bench_.core().duty().LeftToday(printer, kLimit);
  }

  uint32_t StaleLeft() {
    return bench_.core().staleness().Left(bench_.core().contact().proven_seq,
                                          domain::RecordClass::kFirstCard);
  }

  CoreBench bench_;
};

// ---- Test cards.

TEST_F(MachineTest, ATestCardConsumesABlankAndCountsForTheDay) {
  const Decision decision = Test("A1");
  EXPECT_EQ(Find<domain::TestCardPrinted>(decision)->blank.text(), "A1");
  EXPECT_EQ(std::get<SubmitTest>(decision.actions.at(0)).blank.text(), "A1");
  EXPECT_EQ(*bench_.core().tray().UseOf(BlankSerial::Of("A1")), BlankUse::kSpoiled);
  EXPECT_EQ(Left(), kLimit - 1);
  EXPECT_EQ(bench_.core().machines().Find(kPrinter)->test_cards, 1u);
  EXPECT_TRUE(bench_.core().journal().order().empty());
}

TEST_F(MachineTest, ATestCardIsRefusedAsACardWouldBe) {
  EXPECT_EQ(Test("C1").refusal, PrintRefusal::kBlankNotInTray);
  bench_.Print("prr-1", "A1");
  EXPECT_EQ(Test("A1", "p2").refusal, PrintRefusal::kBlankUsed);
  EXPECT_EQ(Test("A2").refusal, PrintRefusal::kPrinterNotReady);
  for (const char* blank : {"A3", "A4", "A5"}) {
    EXPECT_EQ(Test(blank, "p2").refusal, PrintRefusal::kNone);
  }
  EXPECT_EQ(Test("A6", "p2").refusal, PrintRefusal::kDutyUsedUp);
  bench_.core().Lock();
  EXPECT_EQ(Test("A6", "p2").refusal, PrintRefusal::kNodeLocked);
}

// ---- Coming and going.

TEST_F(MachineTest, TheFirstDayCommissionsThePrintersOfTheConfig) {
  EXPECT_FALSE(bench_.core().machines().InService(kPrinter));
  PrintOne();
  EXPECT_TRUE(bench_.core().machines().InService(kPrinter));
  EXPECT_TRUE(bench_.core().machines().InService(kSecond));
}

TEST_F(MachineTest, AReleaseSlipCarriesTodaysCount) {
  PrintOne();
  PrintOne("prr-2", "A2");
  const Decision decision = Release();
  const auto& released = *Find<domain::PrinterReleased>(decision);
  EXPECT_EQ(released.fed_today, 2u);
  EXPECT_EQ(released.wear, 2u);
  EXPECT_EQ(released.day, bench_.core().duty().date());
  EXPECT_EQ(bench_.Do(bench_.PrintOf("prr-3", "A3")).refusal, PrintRefusal::kPrinterNotReady);
  EXPECT_EQ(bench_.Do(bench_.PrintOf("prr-3", "A3", "p2")).refusal, PrintRefusal::kNone);
  EXPECT_THAT(Words(Release()), HasSubstr("K-161"));
}

TEST_F(MachineTest, APrinterWithAnOpenCardDoesNotLeave) {
  bench_.Print("prr-1", "A1");
  EXPECT_THAT(Words(Release()), HasSubstr("K-163"));
  EXPECT_TRUE(Release(kSecond).status.ok());
}

TEST_F(MachineTest, WithItsSlipTheCountGoesOn) {
  PrintOne();
  Release();
  EXPECT_TRUE(Adopt(AdoptionBasis::kSlip, SlipOf(2)).status.ok());
  EXPECT_EQ(Left(), kLimit - 2);
  EXPECT_EQ(bench_.core().machines().Find(kPrinter)->wear, 900u);
  EXPECT_EQ(bench_.Do(bench_.PrintOf("prr-2", "A2")).refusal, PrintRefusal::kNone);
}

TEST_F(MachineTest, WithoutASlipNothingIsLeftTodayButForASupervisor) {
  PrintOne();
  Release();
  EXPECT_TRUE(Adopt(AdoptionBasis::kWithoutSlip).status.ok());
  EXPECT_EQ(bench_.Do(bench_.PrintOf("prr-2", "A2")).refusal, PrintRefusal::kDutyUsedUp);
  bench_.Do(GrantOverride{.act = bench_.NewAct(),
                          .kind = domain::OverrideKind::kDuty,
                          .printer = kPrinter,
                          .prints = 1,
                          .operator_id = kMade});
  EXPECT_EQ(bench_.Do(bench_.PrintOf("prr-2", "A2")).refusal, PrintRefusal::kNone);
}

TEST_F(MachineTest, AnAdoptionIsRefusedWhereItDoesNotFit) {
  PrintOne();
  EXPECT_THAT(Words(Adopt(AdoptionBasis::kSlip, SlipOf(1))), HasSubstr("K-161")) << "it is here";
  Release();
  EXPECT_THAT(Words(Adopt(AdoptionBasis::kCommissioned)), HasSubstr("K-161")) << "it is not new";
  EXPECT_THAT(Words(Adopt(AdoptionBasis::kSlip, SlipOf(1), PrinterId::Of("p9"))),
              HasSubstr("K-160"));
  ReleaseSlip others = SlipOf(1);
  others.printer = kSecond;
  EXPECT_THAT(Words(Adopt(AdoptionBasis::kSlip, others)), HasSubstr("K-162"));
  EXPECT_TRUE(Adopt(AdoptionBasis::kSlip, SlipOf(1)).status.ok());
  Release();
  EXPECT_THAT(Words(Adopt(AdoptionBasis::kSlip, SlipOf(1))), HasSubstr("K-162")) << "used before";
}

TEST_F(MachineTest, ANewPrinterMayGetItsRibbonBeforeItIsCommissioned) {
  CoreBench later(CoreSettings());
  later.Roster("made", {}, domain::Role::kSupervisor);
  const auto install = [&](const char* id) {
    return later.Do(MoveConsumable{.act = later.NewAct(),
                                   .kind = ConsumableKind::kRibbon,
                                   .step = ConsumableStep::kInstalled,
                                   .consumable = domain::ConsumableId::Of(id),
                                   .panels = 500,
                                   .printer = kSecond,
                                   .operator_id = kMade,
                                   .second = {}});
  };
  ASSERT_TRUE(install("R-1").status.ok());
  const Decision adopted =
      later.Do(AdoptPrinter{later.NewAct(), kSecond, AdoptionBasis::kCommissioned, {}, kMade});
  EXPECT_TRUE(adopted.status.ok()) << adopted.status;
  EXPECT_TRUE(later.core().machines().InService(kSecond));
}

TEST_F(MachineTest, APrinterAdoptedBeforeTheFirstDayIsNotCommissionedBesides) {
  EXPECT_TRUE(Adopt(AdoptionBasis::kSlip, SlipOf(kLimit)).status.ok());
  EXPECT_EQ(Left(), 0u);
  EXPECT_TRUE(bench_.core().machines().InService(kSecond));
  EXPECT_EQ(bench_.Do(bench_.PrintOf("prr-1", "A1")).refusal, PrintRefusal::kDutyUsedUp);
}

TEST_F(MachineTest, TheSlipOpensADayThatIsDue) {
  PrintOne();
  bench_.clock().Advance(DutyGuard::kCivilDay);
  const Decision decision = Release();
  EXPECT_NE(Find<domain::OfficeDayOpened>(decision), nullptr);
  EXPECT_EQ(Find<domain::PrinterReleased>(decision)->fed_today, 0u);
}

// ---- Ribbons and upkeep.

TEST_F(MachineTest, ARibbonGivesWhatItGives) {
  EXPECT_TRUE(Move(ConsumableStep::kInstalled, "R-1", 500).status.ok());
  PrintOne();
  Test("A2");
  const auto unused = bench_.Print("prr-2", "A3");
  bench_.Do(ReleaseJob{unused, kAyu});
  EXPECT_EQ(bench_.core().machines().Find(kPrinter)->installed.at(ConsumableKind::kRibbon).fed, 2u);
  EXPECT_TRUE(Move(ConsumableStep::kRemoved, "R-1", 0).status.ok());
  const UsedConsumable& used =
      *bench_.core().machines().FindConsumable(domain::ConsumableId::Of("R-1"));
  EXPECT_EQ(used.capacity, 500u);
  EXPECT_EQ(used.gave, 2u);
  EXPECT_EQ(used.state, ConsumableState::kRemoved);
  EXPECT_TRUE(Move(ConsumableStep::kDestroyed, "R-1").status.ok());
  EXPECT_EQ(used.state, ConsumableState::kDestroyed);
}

TEST_F(MachineTest, ARibbonIsInOnePlaceOnly) {
  const struct {
    ConsumableStep step;
    const char* id;
    uint32_t panels;
    const char* printer;
    bool ok;
  } kSteps[] = {
      {ConsumableStep::kRemoved, "R-1", 0, "p1", false},
      {ConsumableStep::kInstalled, "R-1", 0, "p1", false},
      {ConsumableStep::kInstalled, "R-1", 500, "p9", false},
      {ConsumableStep::kInstalled, "R-1", 500, "p1", true},
      {ConsumableStep::kInstalled, "R-2", 500, "p1", false},
      {ConsumableStep::kInstalled, "R-1", 500, "p2", false},
      {ConsumableStep::kDestroyed, "R-1", 0, "p1", false},
      {ConsumableStep::kRemoved, "R-1", 0, "p2", false},
      {ConsumableStep::kReceived, "R-3", 0, "p1", false},
      {ConsumableStep::kRemoved, "R-1", 375, "p1", true},
      {ConsumableStep::kInstalled, "R-1", 375, "p1", false},
      {ConsumableStep::kDestroyed, "R-1", 0, "p1", true},
      {ConsumableStep::kDestroyed, "R-1", 0, "p1", false},
      {ConsumableStep::kInstalled, "R-2", 500, "p1", true},
  };
  for (const auto& row : kSteps) {
    const Decision decision = Move(row.step, row.id, row.panels, row.printer);
    EXPECT_EQ(decision.status.ok(), row.ok)
        << static_cast<int>(row.step) << " " << row.id << " " << decision.status;
    EXPECT_EQ(decision.events.size(), row.ok ? 1u : 0u);
  }
}

TEST_F(MachineTest, ADestructionNeedsAWitness) {
  Move(ConsumableStep::kInstalled, "R-1", 500);
  Move(ConsumableStep::kRemoved, "R-1");
  const MoveConsumable alone{.act = bench_.NewAct(),
                             .kind = ConsumableKind::kRibbon,
                             .step = ConsumableStep::kDestroyed,
                             .consumable = domain::ConsumableId::Of("R-1"),
                             .printer = {},
                             .operator_id = kAyu,
                             .second = kAyu};
  EXPECT_THAT(Words(bench_.Do(alone)), HasSubstr("K-173"));
}

TEST_F(MachineTest, CleaningStartsItsCounterAnew) {
  PrintOne();
  EXPECT_EQ(bench_.core().machines().Find(kPrinter)->since_cleaning, 1u);
  bench_.Do(MaintainPrinter{bench_.NewAct(), kPrinter, domain::MaintenanceKind::kRepaired, kAyu});
  EXPECT_EQ(bench_.core().machines().Find(kPrinter)->since_cleaning, 1u);
  bench_.Do(
      MaintainPrinter{bench_.NewAct(), kPrinter, domain::MaintenanceKind::kCleaningCard, kAyu});
  EXPECT_EQ(bench_.core().machines().Find(kPrinter)->since_cleaning, 0u);
}

// ---- What a supervisor allows.

TEST_F(MachineTest, AnOverrideIsNamedByThePrintsUnderIt) {
  bench_.Tell(PrrOf("prr-4"));
  PrintOne("prr-1", "A1");
  PrintOne("prr-2", "A2");
  PrintOne("prr-3", "A3");
  EXPECT_EQ(bench_.Do(bench_.PrintOf("prr-4", "A4")).refusal, PrintRefusal::kDutyUsedUp);
  const GrantOverride grant{.act = bench_.NewAct(),
                            .kind = domain::OverrideKind::kDuty,
                            .printer = kPrinter,
                            .prints = 1,
                            .reason = domain::OverrideReason::kDisaster,
                            .operator_id = kMade};
  EXPECT_TRUE(bench_.Do(grant).status.ok());
  const Decision decision = bench_.Do(bench_.PrintOf("prr-4", "A4"));
  EXPECT_EQ(Find<domain::PrintIntended>(decision)->override_act, grant.act);
}

TEST_F(MachineTest, AnOverrideHasBounds) {
  const auto grant = [this](domain::OverrideKind kind, const char* printer, uint32_t prints) {
    return bench_.Do(
        GrantOverride{.act = bench_.NewAct(),
                      .kind = kind,
                      .printer = *printer == '\0' ? PrinterId() : PrinterId::Of(printer),
                      .prints = prints,
                      .operator_id = kMade});
  };
  EXPECT_THAT(Words(grant(domain::OverrideKind::kDuty, "p1", 0)), HasSubstr("K-166"));
  EXPECT_THAT(Words(grant(domain::OverrideKind::kDuty, "p1", kMaxOverride + 1)),
              HasSubstr("K-166"));
  EXPECT_THAT(Words(grant(domain::OverrideKind::kDuty, "p9", 1)), HasSubstr("K-160"));
  EXPECT_THAT(Words(grant(domain::OverrideKind::kStaleness, "p1", 1)), HasSubstr("K-166"));
}

TEST_F(MachineTest, WithoutContactASupervisorsBudgetPrintsUntilTheNextReceipt) {
  bench_.ReceiptNow();
  bench_.clock().Advance(absl::Hours(24 * 31));
  EXPECT_EQ(bench_.Do(bench_.PrintOf("prr-1", "A1")).refusal, PrintRefusal::kTooStale);
  const GrantOverride grant{.act = bench_.NewAct(),
                            .kind = domain::OverrideKind::kStaleness,
                            .printer = {},
                            .prints = 2,
                            .operator_id = kMade};
  bench_.Do(grant);
  const Decision decision = bench_.Do(bench_.PrintOf("prr-1", "A1"));
  EXPECT_EQ(Find<domain::PrintIntended>(decision)->stale_override, grant.act);
  EXPECT_EQ(StaleLeft(), 1u);
  bench_.ReceiptNow();
  EXPECT_EQ(StaleLeft(), 0u);
}

TEST_F(MachineTest, AnOutagesBudgetIsByClassAndWholeAgainAfterContact) {
  bench_.Tell(domain::PolicyItem{
      .version = 3,
      .staleness = {{.record_class = domain::RecordClass::kFirstCard, .override_prints = 3},
                    {.record_class = domain::RecordClass::kReplacement, .override_prints = 0}}});
  bench_.ReceiptNow();
  bench_.clock().Advance(absl::Hours(24 * 31));
  const auto grant = [this](uint32_t prints, domain::RecordClass record_class) {
    return bench_.Do(GrantOverride{.act = bench_.NewAct(),
                                   .kind = domain::OverrideKind::kStaleness,
                                   .printer = {},
                                   .prints = prints,
                                   .operator_id = kMade,
                                   .record_class = record_class});
  };
  EXPECT_THAT(Words(grant(1, domain::RecordClass::kReplacement)), HasSubstr("K-316"));
  const Decision first = grant(2, domain::RecordClass::kFirstCard);
  ASSERT_TRUE(first.status.ok()) << first.status;
  EXPECT_EQ(Find<domain::OverrideGranted>(first)->policy_version, 3u);
  EXPECT_THAT(Words(grant(2, domain::RecordClass::kFirstCard)),
              HasSubstr("K-316: got 2 prints without contact for first cards, want at most 1"));
  EXPECT_TRUE(grant(1, domain::RecordClass::kFirstCard).status.ok());
  EXPECT_EQ(bench_.core().OverridesLeft(domain::RecordClass::kFirstCard), 0u);
  bench_.ReceiptNow();
  EXPECT_EQ(bench_.core().OverridesLeft(domain::RecordClass::kFirstCard), 3u);
  EXPECT_TRUE(grant(3, domain::RecordClass::kFirstCard).status.ok());
}

TEST_F(MachineTest, TheDistrictLimitsContactByClassOfRecord) {
  bench_.Tell(domain::PolicyItem{
      .version = 1,
      .staleness = {{.record_class = domain::RecordClass::kReplacement, .limit_days = 2}}});
  domain::PrrItem second = *bench_.core().catalogue().FindPrr(domain::PrrId::Of("prr-2"));
  second.record_class = domain::RecordClass::kReplacement;
  bench_.Tell(second);
  bench_.ReceiptNow();
  bench_.clock().Advance(absl::Hours(24 * 3));
  EXPECT_EQ(bench_.Do(bench_.PrintOf("prr-2", "A2")).refusal, PrintRefusal::kTooStale);
  EXPECT_EQ(bench_.core().DaysUntilTooStale(bench_.clock().Now()), 27u) << "first cards go on";
  const GrantOverride grant{.act = bench_.NewAct(),
                            .kind = domain::OverrideKind::kStaleness,
                            .printer = {},
                            .prints = 1,
                            .operator_id = kMade,
                            .record_class = domain::RecordClass::kFirstCard};
  bench_.Do(grant);
  EXPECT_EQ(bench_.Do(bench_.PrintOf("prr-2", "A2")).refusal, PrintRefusal::kTooStale)
      << "that was for first cards";
  EXPECT_EQ(bench_.Do(bench_.PrintOf("prr-1", "A1")).refusal, PrintRefusal::kNone);
}

TEST_F(MachineTest, TheDateOfTheDayIsCorrectedByTwo) {
  const auto correct = [this](absl::CivilDay day, const domain::OperatorId& second) {
    return bench_.Do(CorrectOfficeDay{bench_.NewAct(), day, kMade, second});
  };
  EXPECT_THAT(Words(correct(absl::CivilDay(2017, 4, 28), kAyu)), HasSubstr("K-167"));
  PrintOne();
  const absl::CivilDay today = bench_.core().duty().date();
  EXPECT_THAT(Words(correct(today, kAyu)), HasSubstr("K-167"));
  EXPECT_THAT(Words(correct(today + 1, kMade)), HasSubstr("K-173"));
  EXPECT_TRUE(correct(today + 1, kAyu).status.ok());
  EXPECT_EQ(bench_.core().duty().date(), today + 1);
  EXPECT_EQ(bench_.core().duty().FedToday(kPrinter), 1u);
}

}  // namespace
}  // namespace keping::edge
