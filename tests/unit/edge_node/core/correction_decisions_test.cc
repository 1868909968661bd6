#include "edge_node/core/correction_decisions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/core_bench.h"

namespace keping::edge {
namespace {

using domain::ActId;
using domain::BlankSerial;
using domain::OperatorId;
using domain::PrintRefusal;
using domain::PrrId;
using ::testing::HasSubstr;

const OperatorId kMade = OperatorId::Of("made");

CoreBench Ready() {
  CoreBench bench = CoreBench::Ready();
  bench.Roster("made", {}, domain::Role::kSupervisor);
  return bench;
}

CorrectAnswer CorrectionOf(CoreBench& bench, const ActId& subject) {
  return {.act = bench.NewAct(),
          .subject = subject,
          .event = crypto::Sha256({subject.value()}),
          .reason = domain::CorrectionReason::kWrongScan,
          .operator_id = kAyu,
          .second = kMade};
}

Decision Spoil(CoreBench& bench, const ActId& act, const char* scanned = nullptr) {
  SpoilCard spoil{.act = act, .cause = domain::SpoilCause::kPrint, .operator_id = kAyu};
  if (scanned != nullptr) spoil.scanned = BlankSerial::Of(scanned);
  return bench.Do(spoil);
}

BlankUse UseOf(CoreBench& bench, const char* blank) {
  return *bench.core().tray().UseOf(BlankSerial::Of(blank));
}

bool InTray(CoreBench& bench, const char* blank) {
  return bench.core().tray().Available(BlankSerial::Of(blank));
}

TEST(CorrectionTest, NamesTheAnswerAndBothPersons) {
  CoreBench bench = Ready();
  const ActId act = bench.Print("prr-1", "A1");
  bench.Verify(act, "A1");
  const CorrectAnswer correct = CorrectionOf(bench, act);
  const Decision decision = bench.Do(correct);
  EXPECT_EQ(*Find<domain::Corrected>(decision),
            (domain::Corrected{correct.act, act, correct.event,
                               domain::CorrectionReason::kWrongScan, kAyu, kMade}));
  EXPECT_EQ(bench.StageOf(act), JobStage::kDoubt);
}

TEST(CorrectionTest, NeedsTwoPersonsAndAnAnswer) {
  CoreBench bench = Ready();
  const ActId open = bench.Print("prr-1", "A1");
  const ActId good = bench.Print("prr-2", "A2", "p2");
  bench.Verify(good, "A2");
  CorrectAnswer once = CorrectionOf(bench, good);
  once.second = kAyu;
  CorrectAnswer stranger = CorrectionOf(bench, good);
  stranger.second = OperatorId::Of("stranger");
  CorrectAnswer nameless = CorrectionOf(bench, good);
  nameless.event = {};
  bench.Roster("wayan", {});
  CorrectAnswer colleague = CorrectionOf(bench, good);
  colleague.second = OperatorId::Of("wayan");
  const struct {
    CorrectAnswer correct;
    const char* code;
  } kTable[] = {{once, "K-173"},
                {stranger, "K-101"},
                {colleague, "K-173"},
                {nameless, "K-157"},
                {CorrectionOf(bench, open), "K-157"},
                {CorrectionOf(bench, ActId::Of("nobody")), "K-157"}};
  for (const auto& row : kTable) {
    const Decision decision = bench.Do(row.correct);
    EXPECT_THAT(std::string(decision.status.message()), HasSubstr(row.code));
    EXPECT_TRUE(decision.events.empty());
  }
}

TEST(CorrectionTest, AReopenedJobHoldsBlankAndRecordButNotThePrinter) {
  CoreBench bench = Ready();
  const ActId act = bench.Print("prr-1", "A1");
  bench.Verify(act, "A2");
  bench.Do(CorrectionOf(bench, act));
  EXPECT_EQ(UseOf(bench, "A2"), BlankUse::kBound);
  EXPECT_TRUE(InTray(bench, "A1"));
  EXPECT_EQ(bench.Do(bench.PrintOf("prr-1", "A3")).refusal, PrintRefusal::kAlreadyPrinted);
  EXPECT_EQ(bench.Do(bench.PrintOf("prr-2", "A3")).refusal, PrintRefusal::kNone);
  EXPECT_EQ(bench.core().journal().doubts_opened(), 1u);
  EXPECT_TRUE(bench.Verify(act, "A1").status.ok());
  EXPECT_EQ(UseOf(bench, "A1"), BlankUse::kUsed);
  EXPECT_TRUE(InTray(bench, "A2"));
  EXPECT_EQ(bench.core().journal().doubts_resolved(), 1u);
}

// Two cards were scanned the wrong way round.
TEST(CorrectionTest, TwoCardsChangeTheirBlanks) {
  CoreBench bench = Ready();
  const ActId first = bench.Print("prr-1", "A1");
  const ActId second = bench.Print("prr-2", "A2", "p2");
  bench.Verify(first, "A2");
  bench.Verify(second, "A1");
  bench.Do(CorrectionOf(bench, first));
  EXPECT_THAT(std::string(bench.Verify(first, "A1").status.message()), HasSubstr("K-122"));
  bench.Do(CorrectionOf(bench, second));
  EXPECT_TRUE(bench.Verify(first, "A1").status.ok());
  EXPECT_TRUE(bench.Verify(second, "A2").status.ok());
  EXPECT_EQ(UseOf(bench, "A1"), BlankUse::kUsed);
  EXPECT_EQ(UseOf(bench, "A2"), BlankUse::kUsed);
}

TEST(CorrectionTest, AnUnusedJobCountsAgainAndTakesItsBlankBack) {
  CoreBench bench = Ready();
  const ActId act = bench.Print("prr-1", "A1");
  bench.Do(ReleaseJob{act, kAyu});
  EXPECT_EQ(bench.core().duty().FedToday(kPrinter), 0u);
  bench.Do(CorrectionOf(bench, act));
  EXPECT_EQ(bench.core().duty().FedToday(kPrinter), 1u);
  EXPECT_EQ(UseOf(bench, "A1"), BlankUse::kBound);
  EXPECT_TRUE(bench.Verify(act, "A1").status.ok());
}

TEST(CorrectionTest, WhereTheBlankWentOnTheSpoiledCardIsScanned) {
  CoreBench bench = Ready();
  const ActId act = bench.Print("prr-1", "A1");
  bench.Do(ReleaseJob{act, kAyu});
  bench.Verify(bench.Print("prr-2", "A1"), "A1");
  bench.Do(CorrectionOf(bench, act));
  EXPECT_THAT(std::string(Spoil(bench, act).status.message()), HasSubstr("K-158"));
  EXPECT_TRUE(Spoil(bench, act, "A5").status.ok());
  EXPECT_EQ(UseOf(bench, "A5"), BlankUse::kSpoiled);
}

TEST(CorrectionTest, ASecondAttemptStandsBesideTheReopenedOne) {
  CoreBench bench = Ready();
  const ActId act = bench.Print("prr-1", "A1");
  bench.Do(ReleaseJob{act, kAyu});
  const ActId again = bench.Print("prr-1", "A2");
  bench.Verify(again, "A2");
  bench.Do(CorrectionOf(bench, act));
  EXPECT_TRUE(bench.Verify(act, "A1").status.ok()) << "a card in the hand is never refused";
  EXPECT_EQ(bench.Do(bench.PrintOf("prr-1", "A3")).refusal, PrintRefusal::kAlreadyPrinted);
}

TEST(CorrectionTest, ALeaseAskedForIsNotReleasedWhileAnotherJobHoldsTheRecord) {
  CoreBench bench = Ready();
  const ActId act = bench.Print("prr-1", "A1");
  Spoil(bench, act);
  const ActId again = bench.Print("prr-1", "A2");
  bench.Verify(again, "A2");
  bench.Do(CorrectionOf(bench, act));
  domain::PrrItem item = PrrOf("prr-1");
  item.release_requested = true;
  EXPECT_TRUE(bench.Tell(item).events.empty());
  EXPECT_EQ(Find<domain::LeaseReleased>(Spoil(bench, act)), nullptr);
}

TEST(CorrectionTest, ABlankCalledSpoiledLiesInTheTrayAgain) {
  CoreBench bench = Ready();
  const ActId act = bench.NewAct();
  bench.Do(SpoilBlank{.act = act,
                      .blank = BlankSerial::Of("A1"),
                      .cause = domain::SpoilCause::kFactory,
                      .operator_id = kAyu});
  EXPECT_FALSE(InTray(bench, "A1"));
  EXPECT_TRUE(bench.Do(CorrectionOf(bench, act)).status.ok());
  EXPECT_TRUE(InTray(bench, "A1"));
  EXPECT_THAT(std::string(bench.Do(CorrectionOf(bench, act)).status.message()), HasSubstr("K-157"));
}

TEST(CorrectionTest, ABurntBlankDoesNotComeBack) {
  CoreBench bench = Ready();
  const ActId job = bench.Print("prr-1", "A1");
  Spoil(bench, job);
  const ActId loose = bench.NewAct();
  bench.Do(SpoilBlank{.act = loose,
                      .blank = BlankSerial::Of("A2"),
                      .cause = domain::SpoilCause::kFactory,
                      .operator_id = kAyu});
  const Decision burnt = bench.Do(DestroyCards{.act = bench.NewAct(),
                                               .serials = *domain::SerialSet::Parse("A1,A2"),
                                               .minutes = domain::DocumentNumber::Of("BA-7"),
                                               .operator_id = kAyu,
                                               .second = kMade,
                                               .witnesses = {}});
  ASSERT_TRUE(burnt.status.ok()) << burnt.status;
  for (const ActId& act : {job, loose}) {
    const Decision decision = bench.Do(CorrectionOf(bench, act));
    EXPECT_THAT(std::string(decision.status.message()), HasSubstr("K-159"));
    EXPECT_TRUE(decision.events.empty());
  }
  EXPECT_EQ(UseOf(bench, "A1"), BlankUse::kDestroyed);
  EXPECT_EQ(UseOf(bench, "A2"), BlankUse::kDestroyed);
}

TEST(CorrectionTest, ASpoilOfAnEarlierDayTakesNothingFromTodaysReport) {
  CoreBench bench = Ready();
  const ActId act = bench.NewAct();
  bench.Do(SpoilBlank{.act = act,
                      .blank = BlankSerial::Of("A1"),
                      .cause = domain::SpoilCause::kFactory,
                      .operator_id = kAyu});
  bench.Print("prr-1", "A2");  // opens the day
  bench.Do(SpoilBlank{.act = bench.NewAct(),
                      .blank = BlankSerial::Of("A3"),
                      .cause = domain::SpoilCause::kFactory,
                      .operator_id = kAyu});
  ASSERT_EQ(bench.core().blanks_spoiled_today(), 1u);
  ASSERT_TRUE(bench.Do(CorrectionOf(bench, act)).status.ok());
  EXPECT_EQ(bench.core().blanks_spoiled_today(), 1u);
}

TEST(CorrectionTest, ARestartAsksNoPrinterAboutAReopenedJob) {
  CoreBench bench = Ready();
  const ActId act = bench.Print("prr-1", "A1");
  bench.Verify(act, "A1");
  bench.Do(CorrectionOf(bench, act));
  const Decision decision = bench.Do(Started{});
  EXPECT_TRUE(decision.events.empty());
  EXPECT_TRUE(decision.actions.empty());
}

}  // namespace
}  // namespace keping::edge
