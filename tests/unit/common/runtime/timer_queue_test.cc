#include "common/runtime/timer_queue.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace keping::runtime {
namespace {

class TimerQueueTest : public ::testing::Test {
 protected:
  TimerId Add(int due_seconds, const char* name) {
    return timers_.Add(absl::Seconds(due_seconds), [this, name] { fired_ += name; });
  }
  void RunDue(int now_seconds) {
    while (std::optional<Task> task = timers_.PopDue(absl::Seconds(now_seconds))) (*task)();
  }

  TimerQueue timers_;
  std::string fired_;
};

TEST_F(TimerQueueTest, FiresByTimeAndThenByOrderOfAdding) {
  Add(2, "c");
  Add(1, "a");
  Add(1, "b");
  Add(3, "d");
  RunDue(2);
  EXPECT_EQ(fired_, "abc");
}

TEST_F(TimerQueueTest, CancelledNeverFiresAndLateCancelIsHarmless) {
  TimerId a = Add(1, "a");
  TimerId b = Add(1, "b");
  timers_.Cancel(a);
  RunDue(1);
  timers_.Cancel(b);
  EXPECT_EQ(fired_, "b");
}

TEST_F(TimerQueueTest, TellsHowLongToWait) {
  EXPECT_EQ(timers_.UntilNext(absl::Seconds(0)), absl::InfiniteDuration());
  Add(5, "a");
  EXPECT_EQ(timers_.UntilNext(absl::Seconds(2)), absl::Seconds(3));
  EXPECT_EQ(timers_.UntilNext(absl::Seconds(9)), absl::ZeroDuration());
}

}  // namespace
}  // namespace keping::runtime
