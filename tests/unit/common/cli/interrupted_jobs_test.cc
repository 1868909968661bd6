#include "common/cli/interrupted_jobs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace keping::cli {
namespace {

using domain::ActId;
using domain::DoubtCause;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const ActId kAct = ActId::Of("act-1");

domain::PrintIntended Intent(const ActId& act) {
  domain::PrintIntended intent;
  intent.act = act;
  return intent;
}

TEST(InterruptedJobsTest, AJobIsAtThePrinterUntilSomebodyKnowsHowItEnded) {
  const domain::Event ends[] = {
      domain::PrintCompleted{.act = kAct},
      domain::PrintFailed{.act = kAct, .failure = domain::PrintFailure::kAborted},
      domain::PrintDoubted{.act = kAct, .cause = DoubtCause::kTimeout},
      domain::PrintUnused{.act = kAct, .operator_id = {}},
  };
  for (const domain::Event& end : ends) {
    InterruptedJobs jobs;
    jobs.Add(Intent(kAct));
    EXPECT_THAT(jobs.at_printer(), ElementsAre(kAct));
    jobs.Add(end);
    EXPECT_THAT(jobs.at_printer(), IsEmpty()) << "event type " << end.index();
    EXPECT_THAT(jobs.doubted_at_restart(), IsEmpty());
  }
}

TEST(InterruptedJobsTest, OnlyADoubtOfARestartCountsAsOne) {
  InterruptedJobs jobs;
  for (const char* act : {"act-1", "act-2"}) jobs.Add(Intent(ActId::Of(act)));
  jobs.Add(domain::PrintDoubted{.act = kAct, .cause = DoubtCause::kRestart});
  jobs.Add(domain::PrintUnused{.act = kAct, .operator_id = {}});
  EXPECT_THAT(jobs.doubted_at_restart(), ElementsAre(kAct));
  EXPECT_THAT(jobs.at_printer(), ElementsAre(ActId::Of("act-2")));
}

}  // namespace
}  // namespace keping::cli
