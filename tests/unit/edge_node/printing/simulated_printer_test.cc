#include "edge_node/printing/simulated_printer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "common/base/prng.h"
#include "tests/support/job_reports.h"

namespace keping::edge {
namespace {

using ::testing::ElementsAre;
using tests::JobReports;

void Steps(SimulatedPrinter& printer, int count) {
  for (int i = 0; i < count; ++i) printer.Step();
}

TEST(SimulatedPrinterTest, OutcomeDecidesReportAndTruth) {
  struct Case {
    CardOutcome outcome;
    JobState last;
    CardTruth truth;
    std::string reason;
  };
  const CardTruth good{.fed = true, .good = true};
  const CardTruth spoiled{.fed = true, .good = false};
  const CardTruth swapped{.fed = true, .good = true, .swapped = true};
  const CardTruth unfed{.fed = false, .good = false};
  const Case cases[] = {
      {CardOutcome::kGood, JobState::kCompleted, good, ""},
      {CardOutcome::kReportLost, JobState::kUnknown, good, "printer-lost"},
      {CardOutcome::kAbortedUnfed, JobState::kAborted, unfed, ""},
      {CardOutcome::kAbortedSpoiled, JobState::kAborted, spoiled, ""},
      {CardOutcome::kRefused, JobState::kNotAccepted, unfed, "server-error-not-accepting-jobs"},
      {CardOutcome::kJam, JobState::kAborted, spoiled, "media-jam-error"},
      {CardOutcome::kHeat, JobState::kAborted, spoiled, "over-temperature-error"},
      {CardOutcome::kSilentSuccess, JobState::kAborted, good, "aborted-by-system"},
      {CardOutcome::kSilentSpoil, JobState::kCompleted, spoiled, ""},
      {CardOutcome::kSwappedBlank, JobState::kCompleted, swapped, ""},
      {CardOutcome::kBusy, JobState::kNotAccepted, unfed, "another-job-at-printer"},
  };
  for (const Case& test : cases) {
    SCOPED_TRACE(static_cast<int>(test.outcome));
    SimulatedPrinter printer({.steps_per_card = 2, .odds = {}}, base::Prng(1));
    JobReports reports;
    printer.Script(test.outcome);
    printer.Submit({"act-1", "pdf"}, reports.callback());
    Steps(printer, 3);
    ASSERT_GT(reports.size(), 0u);
    EXPECT_EQ(reports.back().state, test.last);
    EXPECT_EQ(printer.Truth("act-1"), test.truth);
    EXPECT_EQ(printer.cards_fed(), test.truth.fed ? 1u : 0u);
    EXPECT_EQ(printer.TimesTaken("act-1"), test.last == JobState::kNotAccepted ? 0u : 1u);
    // A reason that is not given here is drawn.
    const bool drawn = test.reason.empty() && test.last == JobState::kAborted;
    EXPECT_EQ(drawn ? "" : reports.back().reason, test.reason);
  }
}

TEST(SimulatedPrinterTest, PrinterCountsItsCardsWhateverItSaysOfTheJob) {
  SimulatedPrinter printer({.steps_per_card = 1, .odds = {}}, base::Prng(1));
  JobReports reports;
  printer.Script(CardOutcome::kSilentSuccess);
  printer.Submit({"act-1", "pdf"}, reports.callback());
  Steps(printer, 2);
  EXPECT_EQ(reports.at(0).counted, (CardCount{.ever = 0, .of_job = std::nullopt}));
  EXPECT_EQ(reports.at(1).counted, (CardCount{.ever = 1, .of_job = 1}));
  EXPECT_EQ(printer.Capabilities().cards_ever, 1);
}

TEST(SimulatedPrinterTest, JammedPrinterStandsStillUntilItIsCleared) {
  SimulatedPrinter printer({.steps_per_card = 1, .odds = {}}, base::Prng(1));
  JobReports reports;
  printer.Script(CardOutcome::kJam);
  printer.Submit({"act-1", "pdf"}, reports.callback());
  Steps(printer, 2);
  EXPECT_THAT(WhyNotReady(printer.Status()), ElementsAre("media-jam-error"));
  printer.Submit({"act-2", "pdf"}, reports.callback());
  printer.Step();
  EXPECT_EQ(reports.back().state, JobState::kNotAccepted);
  printer.ClearJam();
  printer.Submit({"act-3", "pdf"}, reports.callback());
  Steps(printer, 2);
  EXPECT_EQ(reports.back().state, JobState::kCompleted);
}

TEST(SimulatedPrinterTest, HotPrinterCoolsDown) {
  SimulatedPrinter printer({.steps_per_card = 1, .odds = {}, .cooling_steps = 3}, base::Prng(1));
  JobReports reports;
  printer.Script(CardOutcome::kHeat);
  printer.Submit({"act-1", "pdf"}, reports.callback());
  Steps(printer, 2);
  EXPECT_THAT(WhyNotReady(printer.Status()), ElementsAre("over-temperature-error"));
  Steps(printer, 3);
  EXPECT_THAT(WhyNotReady(printer.Status()), ElementsAre());
}

TEST(SimulatedPrinterTest, SlowCardTakesTenTimesAsLong) {
  SimulatedPrinter printer({.steps_per_card = 2, .odds = {}}, base::Prng(1));
  JobReports reports;
  printer.Script(CardOutcome::kSlow);
  printer.Submit({"act-1", "pdf"}, reports.callback());
  Steps(printer, 20);
  EXPECT_THAT(reports.states(), ElementsAre(JobState::kAccepted));
  printer.Step();
  EXPECT_THAT(reports.states(), ElementsAre(JobState::kAccepted, JobState::kCompleted));
}

TEST(SimulatedPrinterTest, GonePrinterComesBackWithoutItsHistory) {
  SimulatedPrinter printer({.steps_per_card = 1, .odds = {}}, base::Prng(1));
  JobReports reports;
  printer.Script(CardOutcome::kGone);
  printer.Submit({"act-1", "pdf"}, reports.callback());
  Steps(printer, 2);
  EXPECT_THAT(reports.states(), ElementsAre(JobState::kAccepted, JobState::kUnknown));
  EXPECT_THAT(WhyNotReady(printer.Status()), ElementsAre("unreachable"));
  printer.SetReachable(true);
  printer.Query("act-1", 0, reports.callback());
  printer.Step();
  EXPECT_EQ(reports.back().reason, "job-history-gone");
}

TEST(SimulatedPrinterTest, CalledOffCardMayHaveComeToAnyEnd) {
  std::vector<CardTruth> seen;
  for (uint64_t seed = 1; seed <= 50; ++seed) {
    SimulatedPrinter printer({.steps_per_card = 3, .odds = {}}, base::Prng(seed));
    JobReports reports;
    printer.Submit({"act-1", "pdf"}, reports.callback());
    printer.Step();
    printer.Cancel("act-1", 1, [](const JobReport&) {});
    Steps(printer, 4);
    ASSERT_EQ(reports.size(), 2u);
    const CardTruth truth = printer.Truth("act-1");
    EXPECT_EQ(reports.at(1).state, truth.good ? JobState::kCompleted : JobState::kAborted);
    seen.push_back(truth);
  }
  EXPECT_THAT(seen, testing::Contains(CardTruth{.fed = true, .good = true}));
  EXPECT_THAT(seen, testing::Contains(CardTruth{.fed = true, .good = false}));
  EXPECT_THAT(seen, testing::Contains(CardTruth{.fed = false, .good = false}));
}

TEST(SimulatedPrinterTest, CardTakesItsSteps) {
  SimulatedPrinter printer({.steps_per_card = 3, .odds = {}}, base::Prng(1));
  JobReports reports;
  printer.Submit({"act-1", "pdf"}, reports.callback());
  EXPECT_THAT(reports.states(), ElementsAre());
  printer.Step();
  EXPECT_THAT(reports.states(), ElementsAre(JobState::kAccepted));
  Steps(printer, 2);
  EXPECT_THAT(reports.states(), ElementsAre(JobState::kAccepted));
  EXPECT_EQ(printer.Truth("act-1"), CardTruth{});
  printer.Step();
  EXPECT_THAT(reports.states(), ElementsAre(JobState::kAccepted, JobState::kCompleted));
}

TEST(SimulatedPrinterTest, PowerCutLeavesEveryTruthPossible) {
  std::vector<CardTruth> seen;
  for (uint64_t seed = 1; seed <= 50; ++seed) {
    SimulatedPrinter printer({.steps_per_card = 2, .odds = {.good = 0, .power_cut = 1}},
                             base::Prng(seed));
    JobReports reports;
    printer.Submit({"act-1", "pdf"}, reports.callback());
    Steps(printer, 3);
    EXPECT_THAT(reports.states(), ElementsAre(JobState::kAccepted, JobState::kUnknown));
    seen.push_back(printer.Truth("act-1"));
  }
  EXPECT_THAT(seen, testing::Contains(CardTruth{.fed = true, .good = true}));
  EXPECT_THAT(seen, testing::Contains(CardTruth{.fed = true, .good = false}));
  EXPECT_THAT(seen, testing::Contains(CardTruth{.fed = false, .good = false}));
}

TEST(SimulatedPrinterTest, DetachedNodeHearsNothingAndTheCardGoesOn) {
  SimulatedPrinter printer({.steps_per_card = 2, .odds = {}}, base::Prng(1));
  JobReports before, after;
  printer.Submit({"act-1", "pdf"}, before.callback());
  printer.Step();
  printer.Submit({"act-2", "pdf"}, before.callback());  // not begun when the node dies
  printer.Detach();
  Steps(printer, 3);
  EXPECT_THAT(before.states(), ElementsAre(JobState::kAccepted));
  EXPECT_EQ(printer.Truth("act-1"), (CardTruth{.fed = true, .good = true}));
  EXPECT_EQ(printer.TimesTaken("act-2"), 0u);
  printer.Query("act-1", 0, after.callback());
  printer.Step();
  EXPECT_THAT(after.states(), ElementsAre(JobState::kCompleted));
}

TEST(SimulatedPrinterTest, UnpluggedPrinterFinishesItsCardUnheard) {
  SimulatedPrinter printer({.steps_per_card = 2, .odds = {}}, base::Prng(1));
  JobReports reports;
  printer.Submit({"act-1", "pdf"}, reports.callback());
  printer.Step();
  printer.SetReachable(false);
  Steps(printer, 2);
  EXPECT_THAT(reports.states(), ElementsAre(JobState::kAccepted, JobState::kUnknown));
  printer.SetReachable(true);
  printer.Query("act-1", 0, reports.callback());
  printer.Step();
  EXPECT_EQ(reports.back().state, JobState::kCompleted);
}

TEST(SimulatedPrinterTest, SameSeedSameReports) {
  auto run = [] {
    SimulatedPrinter printer({.steps_per_card = 1,
                              .odds = {.good = 6,
                                       .report_lost = 1,
                                       .aborted_unfed = 1,
                                       .aborted_spoiled = 1,
                                       .refused = 1,
                                       .power_cut = 1,
                                       .heat = 1,
                                       .silent_success = 1,
                                       .slow = 1}},
                             base::Prng(42));
    JobReports reports;
    for (int i = 0; i < 200; ++i) {
      printer.Submit({"act-" + std::to_string(i), "pdf"}, reports.callback());
      Steps(printer, 2);
    }
    std::vector<JobReport> made;
    for (size_t i = 0; i < reports.size(); ++i) made.push_back(reports.at(i));
    return made;
  };
  EXPECT_EQ(run(), run());
}

}  // namespace
}  // namespace keping::edge
