#include "edge_node/printing/simulated_printer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
  };
  const Case cases[] = {
      {CardOutcome::kGood, JobState::kCompleted, {.fed = true, .good = true}},
      {CardOutcome::kReportLost, JobState::kUnknown, {.fed = true, .good = true}},
      {CardOutcome::kAbortedUnfed, JobState::kAborted, {.fed = false, .good = false}},
      {CardOutcome::kAbortedSpoiled, JobState::kAborted, {.fed = true, .good = false}},
      {CardOutcome::kRefused, JobState::kNotAccepted, {.fed = false, .good = false}},
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
    EXPECT_EQ(printer.TimesTaken("act-1"), test.outcome == CardOutcome::kRefused ? 0u : 1u);
  }
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
                                       .power_cut = 1}},
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
