#include "common/runtime/process.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "absl/synchronization/notification.h"

namespace keping::runtime {
namespace {

TEST(StopSignalTest, SignalBecomesACall) {
  for (int number : {SIGTERM, SIGINT}) {
    absl::Notification stopped;
    int got = 0;
    StopSignal stop([&](int signal_number) {
      got = signal_number;
      stopped.Notify();
    });
    kill(getpid(), number);
    stopped.WaitForNotification();
    EXPECT_EQ(got, number);
  }
}

TEST(StopSignalTest, EndsWithoutASignal) {
  bool called = false;
  {
    StopSignal stop([&](int) { called = true; });
  }
  EXPECT_FALSE(called);
}

TEST(StopSignalDeathTest, SecondSignalEndsTheProcess) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(
      {
        StopSignal stop([](int) { kill(getpid(), SIGINT); });
        kill(getpid(), SIGTERM);
        absl::Notification never;
        never.WaitForNotification();
      },
      testing::ExitedWithCode(128 + SIGINT), "");
}

TEST(ProcessTest, WritingToAClosedConnectionIsAnErrorCode) {
  InitializeProcess();
  int ends[2];
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  close(ends[1]);
  EXPECT_EQ(write(ends[0], "x", 1), -1);
  close(ends[0]);
}

}  // namespace
}  // namespace keping::runtime
