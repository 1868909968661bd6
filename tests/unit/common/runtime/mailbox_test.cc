#include "common/runtime/mailbox.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace keping::runtime {
namespace {

constexpr absl::Duration kNoWait = absl::ZeroDuration();

TEST(MailboxTest, TakesInTheOrderOfPosting) {
  Mailbox mailbox(3);
  std::vector<int> order;
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(mailbox.TryPost([&order, i] { order.push_back(i); }));
  while (std::optional<Task> task = mailbox.Take(kNoWait)) (*task)();
  EXPECT_EQ(order, (std::vector<int>{0, 1, 2}));
}

TEST(MailboxTest, FullRefusesAndRoomAccepts) {
  Mailbox mailbox(1);
  EXPECT_TRUE(mailbox.TryPost([] {}));
  EXPECT_FALSE(mailbox.TryPost([] {}));
  EXPECT_TRUE(mailbox.Take(kNoWait).has_value());
  EXPECT_TRUE(mailbox.TryPost([] {}));
}

TEST(MailboxTest, ClosedRefusesButGivesWhatWaits) {
  Mailbox mailbox(2);
  ASSERT_TRUE(mailbox.TryPost([] {}));
  mailbox.Close();
  EXPECT_FALSE(mailbox.TryPost([] {}));
  EXPECT_FALSE(mailbox.closed_and_empty());
  EXPECT_TRUE(mailbox.Take(absl::InfiniteDuration()).has_value());
  EXPECT_TRUE(mailbox.closed_and_empty());
  EXPECT_FALSE(mailbox.Take(absl::InfiniteDuration()).has_value());
}

TEST(MailboxTest, WakeEndsTheNextWaitOnce) {
  Mailbox mailbox(1);
  mailbox.Wake();
  EXPECT_FALSE(mailbox.Take(absl::InfiniteDuration()).has_value());
  EXPECT_FALSE(mailbox.Take(kNoWait).has_value());
}

TEST(MailboxTest, DiscardDestroysTasksOutsideTheLock) {
  struct PostsWhenDropped {
    explicit PostsWhenDropped(Mailbox* target) : mailbox(target) {}
    ~PostsWhenDropped() {
      posted = mailbox->TryPost([] {});
    }
    Mailbox* mailbox;
    bool posted = false;
  };
  Mailbox mailbox(2);
  auto guard = std::make_shared<PostsWhenDropped>(&mailbox);
  std::weak_ptr<PostsWhenDropped> watch = guard;
  ASSERT_TRUE(mailbox.TryPost([guard] {}));
  guard.reset();
  mailbox.Discard();
  EXPECT_TRUE(watch.expired());
  EXPECT_TRUE(mailbox.Take(kNoWait).has_value());
}

TEST(MailboxTest, ManyProducersLoseNothing) {
  constexpr int kProducers = 4, kEach = 500;
  Mailbox mailbox(8);
  std::vector<std::thread> producers;
  for (int p = 0; p < kProducers; ++p) {
    producers.emplace_back([&mailbox] {
      for (int i = 0; i < kEach;) i += mailbox.TryPost([] {});
    });
  }
  for (int taken = 0; taken < kProducers * kEach;) {
    taken += mailbox.Take(absl::InfiniteDuration()).has_value();
  }
  for (std::thread& producer : producers) producer.join();
  EXPECT_FALSE(mailbox.Take(kNoWait).has_value());
}

}  // namespace
}  // namespace keping::runtime
