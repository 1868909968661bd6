#include "common/rpc/live_feed.h"

#include <gmock/gmock.h>
#include <google/protobuf/wrappers.pb.h>
#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace keping::rpc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Picture = google::protobuf::StringValue;

constexpr absl::Duration kPause = absl::Milliseconds(100);

class Screen : public LiveWatcher<Picture> {
 public:
  void Offer(const Picture& picture) override { seen.push_back(picture.value()); }
  void Stop() override { stopped = true; }

  std::vector<std::string> seen;
  bool stopped = false;
};

class LiveFeedTest : public ::testing::Test {
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

  std::string shown_ = "a";
  int reads_ = 0;
  absl::Duration now_ = absl::Hours(5);
  std::deque<std::pair<absl::Duration, std::function<void()>>> timers_;
  LiveFeed<Picture> feed_{{.read =
                               [this] {
                                 ++reads_;
                                 Picture picture;
                                 picture.set_value(shown_);
                                 return picture;
                               },
                           .now = [this] { return now_; },
                           .after =
                               [this](absl::Duration delay, std::function<void()> task) {
                                 timers_.emplace_back(now_ + delay, std::move(task));
                               },
                           .pause = kPause}};
  std::shared_ptr<Screen> screen_ = std::make_shared<Screen>();
};

TEST_F(LiveFeedTest, FirstPictureComesAtOnce) {
  ASSERT_TRUE(feed_.Add(screen_));
  EXPECT_THAT(screen_->seen, ElementsAre("a"));
}

TEST_F(LiveFeedTest, ChangeComesWithinTheShortestPause) {
  feed_.Add(screen_);
  Pass(absl::Seconds(1));
  screen_->seen.clear();
  shown_ = "b";
  Pass(kPause);
  EXPECT_THAT(screen_->seen, ElementsAre("b"));
}

TEST_F(LiveFeedTest, ManyChangesAreOneMessage) {
  feed_.Add(screen_);
  Pass(absl::Seconds(1));
  screen_->seen.clear();
  for (const char* picture : {"b", "c", "d"}) {
    shown_ = picture;
    Pass(kPause / 4);
  }
  Pass(kPause);
  EXPECT_EQ(screen_->seen.back(), "d");
  EXPECT_LE(screen_->seen.size(), 2u);
}

TEST_F(LiveFeedTest, QuietNodeSendsHeartbeats) {
  feed_.Add(screen_);
  Pass(absl::Seconds(1));
  screen_->seen.clear();
  Pass(absl::Seconds(61));
  EXPECT_EQ(screen_->seen.size(), 6u);
}

TEST_F(LiveFeedTest, NumberedPicturesAreToldApartByTheirNumber) {
  std::string number = "1";
  LiveFeed<Picture> feed{
      {.read =
           [this] {
             Picture picture;
             picture.set_value(shown_);
             return picture;
           },
       .now = [this] { return now_; },
       .after = [this](absl::Duration delay,
                       std::function<void()> task) { timers_.emplace_back(now_ + delay, task); },
       .pause = kPause,
       .mark = [&number](const Picture&) { return number; }}};
  feed.Add(screen_);
  Pass(absl::Seconds(1));
  screen_->seen.clear();
  shown_ = "b";
  Pass(kPause);
  EXPECT_THAT(screen_->seen, IsEmpty());
  number = "2";
  Pass(kPause);
  EXPECT_THAT(screen_->seen, ElementsAre("b"));
  timers_.clear();
}

TEST_F(LiveFeedTest, AllScreensShareOneReading) {
  const auto second = std::make_shared<Screen>();
  feed_.Add(screen_);
  feed_.Add(second);
  reads_ = 0;
  shown_ = "b";
  Pass(kPause);
  EXPECT_EQ(reads_, 1);
  EXPECT_EQ(screen_->seen.back(), "b");
  EXPECT_EQ(second->seen.back(), "b");
}

TEST_F(LiveFeedTest, NobodyWatchesNothingIsRead) {
  feed_.Add(screen_);
  screen_.reset();
  Pass(absl::Seconds(1));
  reads_ = 0;
  Pass(absl::Hours(1));
  EXPECT_EQ(reads_, 0);
  EXPECT_TRUE(timers_.empty());
}

TEST_F(LiveFeedTest, ScreensAreBounded) {
  std::vector<std::shared_ptr<Screen>> screens;
  for (size_t i = 0; i < LiveFeed<Picture>::kMaxWatchers; ++i) {
    screens.push_back(std::make_shared<Screen>());
    ASSERT_TRUE(feed_.Add(screens.back()));
  }
  EXPECT_FALSE(feed_.Add(screen_));
  screens.pop_back();
  EXPECT_TRUE(feed_.Add(screen_));
}

TEST_F(LiveFeedTest, StopTellsAllAndTakesNobodyMore) {
  feed_.Add(screen_);
  feed_.Stop();
  EXPECT_TRUE(screen_->stopped);
  EXPECT_FALSE(feed_.Add(std::make_shared<Screen>()));
}

}  // namespace
}  // namespace keping::rpc
