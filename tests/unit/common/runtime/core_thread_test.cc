#include "common/runtime/core_thread.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>

#include "absl/synchronization/notification.h"
#include "common/time/simulated_clock.h"

namespace keping::runtime {
namespace {

// The simulated clock is touched on the core's thread only, so it needs no lock.
class CoreThreadTest : public ::testing::Test {
 protected:
  // Runs `task` on the core and waits for it.
  void On(Task task) {
    absl::Notification done;
    ASSERT_TRUE(core_.Post([&] {
      task();
      done.Notify();
    }));
    done.WaitForNotification();
  }
  void Advance(absl::Duration step) {
    On([this, step] { clock_.Advance(step); });
    On([] {});  // Timers run between two tasks.
  }

  time::SimulatedClock clock_{absl::UnixEpoch()};
  std::string trace_;
  CoreThread core_{&clock_, 8};
};

TEST_F(CoreThreadTest, RunsTasksInOrderOnItsOwnThread) {
  EXPECT_FALSE(core_.IsCurrent());
  ASSERT_TRUE(core_.Post([this] { trace_ += "a"; }));
  On([this] { trace_ += core_.IsCurrent() ? "b" : "wrong thread"; });
  EXPECT_EQ(trace_, "ab");
}

TEST_F(CoreThreadTest, TimerFiresWhenDueAndNotBefore) {
  On([this] { core_.PostAfter(absl::Seconds(10), [this] { trace_ += "timer"; }); });
  Advance(absl::Seconds(9));
  EXPECT_EQ(trace_, "");
  Advance(absl::Seconds(1));
  EXPECT_EQ(trace_, "timer");
}

TEST_F(CoreThreadTest, CancelledTimerDoesNotFire) {
  On([this] {
    TimerId id = core_.PostAfter(absl::Seconds(1), [this] { trace_ += "cancelled"; });
    core_.PostAfter(absl::Seconds(1), [this] { trace_ += "kept"; });
    core_.Cancel(id);
  });
  Advance(absl::Seconds(2));
  EXPECT_EQ(trace_, "kept");
}

TEST_F(CoreThreadTest, TimerArmedFromOutsideWakesASleepingCore) {
  On([] {});
  absl::Notification fired;
  core_.PostAfter(absl::ZeroDuration(), [&] { fired.Notify(); });
  fired.WaitForNotification();
}

TEST_F(CoreThreadTest, StopRunsOrDropsWhatWaits) {
  for (CoreThread::Waiting waiting : {CoreThread::Waiting::kRun, CoreThread::Waiting::kDrop}) {
    CoreThread core(&clock_, 8);
    absl::Notification busy, go_on;
    auto ran = std::make_shared<bool>(false);
    ASSERT_TRUE(core.Post([&] {
      busy.Notify();
      go_on.WaitForNotification();
    }));
    busy.WaitForNotification();
    ASSERT_TRUE(core.Post([ran] { *ran = true; }));
    std::thread stopper([&] { core.Stop(waiting); });
    // Dropped tasks have let go of `ran` before the core goes on.
    while (waiting == CoreThread::Waiting::kDrop && ran.use_count() > 1) std::this_thread::yield();
    go_on.Notify();
    stopper.join();
    EXPECT_EQ(*ran, waiting == CoreThread::Waiting::kRun);
    EXPECT_FALSE(core.Post([] {}));
  }
}

}  // namespace
}  // namespace keping::runtime
