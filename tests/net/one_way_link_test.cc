#include "tests/net/one_way_link.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace keping::tests {
namespace {

constexpr size_t kPacketBytes = 1000;

struct Arrivals {
  std::vector<absl::Duration> after;  // entering at 0, in the order of leaving
  std::vector<std::string> packets;
};

// Lets `count` packets enter at once and everything leave.
Arrivals LetLeave(OneWayLink& line, int count) {
  for (int i = 0; i < count; ++i) {
    line.Enter(absl::ZeroDuration(), std::string(kPacketBytes, static_cast<char>('a' + i % 26)));
  }
  Arrivals arrivals;
  absl::Duration now;
  for (absl::Duration wait = line.UntilNext(now); wait < absl::InfiniteDuration();
       wait = line.UntilNext(now)) {
    now += wait;
    while (std::optional<std::string> packet = line.Leave(now)) {
      arrivals.after.push_back(now);
      arrivals.packets.push_back(*std::move(packet));
    }
  }
  return arrivals;
}

TEST(OneWayLinkTest, DelayHoldsEveryPacketBack) {
  OneWayLink line({.delay = absl::Milliseconds(300)}, 1);
  const Arrivals arrivals = LetLeave(line, 3);
  EXPECT_EQ(arrivals.after, std::vector<absl::Duration>(3, absl::Milliseconds(300)));
}

TEST(OneWayLinkTest, RateSpreadsThePackets) {
  OneWayLink line({.delay = absl::ZeroDuration(), .bytes_per_second = 2000}, 1);
  const Arrivals arrivals = LetLeave(line, 4);
  ASSERT_EQ(arrivals.after.size(), 4u);
  EXPECT_EQ(arrivals.after.front(), absl::Milliseconds(500));
  EXPECT_EQ(arrivals.after.back(), absl::Seconds(2));
}

TEST(OneWayLinkTest, FullQueueDropsAndSaysSo) {
  OneWayLink line({.delay = {}, .bytes_per_second = 2000, .queue_bytes = 3000}, 1);
  EXPECT_EQ(LetLeave(line, 20).after.size(), 4u);
  EXPECT_EQ(line.counts().dropped, 16u);
}

TEST(OneWayLinkTest, LossTakesItsShareAndNoMore) {
  OneWayLink line({.delay = {}, .loss = 0.05}, 7);
  const size_t arrived = LetLeave(line, 20000).after.size();
  EXPECT_EQ(line.counts().lost + arrived, 20000u);
  EXPECT_NEAR(static_cast<double>(line.counts().lost), 1000, 150);
}

TEST(OneWayLinkTest, JitterVariesTheDelayAndKeepsTheOrder) {
  OneWayLink line({.delay = absl::Milliseconds(100), .jitter = absl::Milliseconds(50)}, 3);
  const Arrivals arrivals = LetLeave(line, 26);
  EXPECT_GE(arrivals.after.front(), absl::Milliseconds(100));
  EXPECT_LE(arrivals.after.back(), absl::Milliseconds(150));
  EXPECT_LT(arrivals.after.front(), arrivals.after.back());
  for (size_t i = 0; i < arrivals.packets.size(); ++i) {
    EXPECT_EQ(arrivals.packets[i][0], static_cast<char>('a' + i));
  }
}

TEST(OneWayLinkTest, CutLosesWhatIsUnderWayUntilItHeals) {
  OneWayLink line({.delay = absl::Milliseconds(100)}, 1);
  line.Enter(absl::ZeroDuration(), "under way");
  line.SetCut(true);
  line.Enter(absl::ZeroDuration(), "while cut");
  EXPECT_EQ(line.UntilNext(absl::ZeroDuration()), absl::InfiniteDuration());
  line.SetCut(false);
  line.Enter(absl::ZeroDuration(), "healed");
  EXPECT_EQ(line.Leave(absl::Seconds(1)), "healed");
  EXPECT_EQ(line.counts().dropped, 2u);
  EXPECT_EQ(line.counts().left_bytes, 6u);
}

}  // namespace
}  // namespace keping::tests
