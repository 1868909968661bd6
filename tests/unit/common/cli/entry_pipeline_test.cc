#include "common/cli/entry_pipeline.h"

#include <atomic>
#include <vector>

#include "common/cli/parallel.h"
#include "gtest/gtest.h"
#include "tests/support/node_log.h"

namespace keping::cli {
namespace {

TEST(InParallelTest, EveryOneIsDoneOnce) {
  for (const size_t count : {size_t{0}, size_t{1}, size_t{255}, size_t{256}, size_t{10'000}}) {
    std::vector<std::atomic<int>> done(count);
    InParallel(count, [&](size_t begin, size_t end) {
      for (size_t i = begin; i < end; ++i) ++done[i];
    });
    for (const std::atomic<int>& times : done) EXPECT_EQ(times, 1);
  }
}

TEST(EntryPipelineTest, WalksAreVisitedInTheOrderOfTheirLogs) {
  testing::NodeLog log("susut", "susut-1");
  for (int i = 0; i < 10'000; ++i) {
    log.Add(domain::OfficeDayOpened{.date = absl::CivilDay(2017, 4, 27) + i});
  }
  v1::StoreReport report;
  std::vector<uint64_t> seen;
  LogWalk walk("log of susut", &report,
               [&](const LoggedEvent& logged) { seen.push_back(logged.seq); });
  EntryPipeline pipeline;
  for (uint64_t seq = 1; seq <= log.size(); ++seq) {
    pipeline.Add(&walk, seq, log.entries()[seq - 1]);
  }
  pipeline.Finish();
  EXPECT_EQ(report.differences_size(), 0) << report.DebugString();
  ASSERT_EQ(seen.size(), log.size());
  for (uint64_t seq = 1; seq <= log.size(); ++seq) ASSERT_EQ(seen[seq - 1], seq);
  EXPECT_EQ(walk.last_seq(), log.size());
}

TEST(EntryPipelineTest, WhatDoesNotReadIsNamedWhereItLies) {
  testing::NodeLog log("susut", "susut-1");
  for (int i = 0; i < 3; ++i) log.Add(domain::OfficeDayOpened{.date = absl::CivilDay(2017, 4, 27)});
  v1::StoreReport report;
  LogWalk walk("log of susut", &report, [](const LoggedEvent&) {});
  EntryPipeline pipeline;
  pipeline.Add(&walk, 1, log.entries()[0]);
  pipeline.Add(&walk, 2, "no entry");
  pipeline.Finish();
  ASSERT_EQ(report.differences_size(), 1);
  EXPECT_EQ(report.differences(0).code(), "entry_damaged");
  EXPECT_EQ(report.differences(0).place(), "log of susut, entry 2");
}

}  // namespace
}  // namespace keping::cli
