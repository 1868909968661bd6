#include "edge_node/counter/status_feed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace keping::edge {
namespace {

using ::testing::ElementsAre;

class Screen : public StatusWatcher {
 public:
  void Offer(const v1::WatchStatusResponse& response) override {
    seen.push_back(response.status().node());
  }
  void Stop() override { stopped = true; }

  std::vector<std::string> seen;
  bool stopped = false;
};

class StatusFeedTest : public ::testing::Test {
 protected:
  // Time passes; every task that is due runs.
  void Pass(absl::Duration time) {
    const absl::Duration end = now_ + time;
    while (!timers_.empty() && timers_.front().first <= end) {
      auto [due, task] = std::move(timers_.front());
      timers_.pop_front();
      now_ = due;
      task();
    }
    now_ = end;
  }

  std::string node_ = "a";
  int reads_ = 0;
  absl::Duration now_ = absl::Hours(5);
  std::deque<std::pair<absl::Duration, std::function<void()>>> timers_;
  StatusFeed feed_{{.read =
                        [this] {
                          ++reads_;
                          v1::GetStatusResponse status;
                          status.set_node(node_);
                          return status;
                        },
                    .now = [this] { return now_; },
                    .after =
                        [this](absl::Duration delay, std::function<void()> task) {
                          timers_.emplace_back(now_ + delay, std::move(task));
                        }}};
  std::shared_ptr<Screen> screen_ = std::make_shared<Screen>();
};

TEST_F(StatusFeedTest, FirstStatusComesAtOnce) {
  ASSERT_TRUE(feed_.Add(screen_));
  EXPECT_THAT(screen_->seen, ElementsAre("a"));
}

TEST_F(StatusFeedTest, ChangeComesWithinTheShortestPause) {
  feed_.Add(screen_);
  Pass(absl::Seconds(1));
  screen_->seen.clear();
  node_ = "b";
  Pass(StatusFeed::kPause);
  EXPECT_THAT(screen_->seen, ElementsAre("b"));
}

TEST_F(StatusFeedTest, ManyChangesAreOneMessage) {
  feed_.Add(screen_);
  Pass(absl::Seconds(1));
  screen_->seen.clear();
  for (const char* node : {"b", "c", "d"}) {
    node_ = node;
    Pass(StatusFeed::kPause / 4);
  }
  Pass(StatusFeed::kPause);
  EXPECT_EQ(screen_->seen.back(), "d");
  EXPECT_LE(screen_->seen.size(), 2u);
}

TEST_F(StatusFeedTest, QuietNodeSendsHeartbeats) {
  feed_.Add(screen_);
  Pass(absl::Seconds(1));
  screen_->seen.clear();
  Pass(absl::Seconds(61));
  EXPECT_EQ(screen_->seen.size(), 6u);
}

TEST_F(StatusFeedTest, AllScreensShareOneReading) {
  const auto second = std::make_shared<Screen>();
  feed_.Add(screen_);
  feed_.Add(second);
  reads_ = 0;
  node_ = "b";
  Pass(StatusFeed::kPause);
  EXPECT_EQ(reads_, 1);
  EXPECT_EQ(screen_->seen.back(), "b");
  EXPECT_EQ(second->seen.back(), "b");
}

TEST_F(StatusFeedTest, NobodyWatchesNothingIsRead) {
  feed_.Add(screen_);
  screen_.reset();
  Pass(absl::Seconds(1));
  reads_ = 0;
  Pass(absl::Hours(1));
  EXPECT_EQ(reads_, 0);
  EXPECT_TRUE(timers_.empty());
}

TEST_F(StatusFeedTest, ScreensAreBounded) {
  std::vector<std::shared_ptr<Screen>> screens;
  for (size_t i = 0; i < StatusFeed::kMaxWatchers; ++i) {
    screens.push_back(std::make_shared<Screen>());
    ASSERT_TRUE(feed_.Add(screens.back()));
  }
  EXPECT_FALSE(feed_.Add(screen_));
  screens.pop_back();
  EXPECT_TRUE(feed_.Add(screen_));
}

TEST_F(StatusFeedTest, StopTellsAllAndTakesNobodyMore) {
  feed_.Add(screen_);
  feed_.Stop();
  EXPECT_TRUE(screen_->stopped);
  EXPECT_FALSE(feed_.Add(std::make_shared<Screen>()));
}

}  // namespace
}  // namespace keping::edge
