#include "edge_node/counter/scan_feed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace keping::edge {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Screen : public ScanWatcher {
 public:
  void Offer(const v1::WatchScansResponse& response) override {
    seen.push_back(response.has_problem() ? response.problem().code() : response.serial());
  }
  void Replace() override { seen.push_back("replaced"); }
  void Stop() override { seen.push_back("stopped"); }

  std::vector<std::string> seen;
};

scan::Scan Card(const char* serial) {
  return {scan::ScanProblem::kNone, domain::BlankSerial::Of(serial)};
}

class ScanFeedTest : public ::testing::Test {
 protected:
  std::shared_ptr<Screen> Open(const std::string& counter) {
    auto screen = std::make_shared<Screen>();
    feed_.Watch(counter, screen);
    return screen;
  }

  ScanFeed feed_;
};

TEST_F(ScanFeedTest, AScanGoesToTheScreenOfItsCounter) {
  const auto one = Open("loket-1");
  const auto two = Open("loket-2");
  feed_.Report("loket-2", Card("04A1B2C3"));
  feed_.Report("loket-2", {scan::ScanProblem::kNoSerial, {}});
  EXPECT_THAT(one->seen, ElementsAre(""));
  EXPECT_THAT(two->seen, ElementsAre("", "04A1B2C3", "K-237"));
}

TEST_F(ScanFeedTest, TheScreenThatOpenedLastHearsItAlone) {
  const auto before = Open("loket-1");
  const auto now = Open("loket-1");
  feed_.Report("loket-1", Card("04A1B2C3"));
  EXPECT_THAT(before->seen, ElementsAre("", "replaced"));
  EXPECT_THAT(now->seen, ElementsAre("", "04A1B2C3"));
}

TEST_F(ScanFeedTest, WhatNobodyWatchesIsDropped) {
  feed_.Report("loket-1", Card("04A1B2C3"));
  Open("loket-1").reset();
  feed_.Report("loket-1", Card("04A1B2C3"));
  EXPECT_THAT(Open("loket-1")->seen, ElementsAre(""));
}

TEST_F(ScanFeedTest, StopEndsAllAndWhoComesLater) {
  const auto screen = Open("loket-1");
  feed_.Stop();
  feed_.Stop();
  EXPECT_THAT(screen->seen, ElementsAre("", "stopped"));
  EXPECT_THAT(Open("loket-1")->seen, ElementsAre("stopped"));
  feed_.Report("loket-1", Card("04A1B2C3"));
  EXPECT_THAT(screen->seen, ElementsAre("", "stopped"));
}

}  // namespace
}  // namespace keping::edge
