#include "central_node/sync_service/upload_queue.h"

#include <gtest/gtest.h>

namespace keping::central {
namespace {

absl::Time At(int second) { return absl::FromUnixSeconds(second); }

TEST(UploadQueueTest, SoManySendAndTheOldestIsNext) {
  UploadQueue queue(2);
  EXPECT_TRUE(queue.Enter(1, At(100)));
  EXPECT_TRUE(queue.Enter(2, At(100)));
  EXPECT_FALSE(queue.Enter(3, At(30)));
  EXPECT_FALSE(queue.Enter(4, At(10)));
  EXPECT_FALSE(queue.Enter(5, At(20)));
  EXPECT_EQ(queue.Leave(1), 4u);
  EXPECT_EQ(queue.Leave(4), 5u);
  EXPECT_EQ(queue.Leave(2), 3u);
  EXPECT_EQ(queue.Leave(3), std::nullopt);
  EXPECT_EQ(queue.sending().size(), 1u);
}

TEST(UploadQueueTest, WhoeverWaitedAndIsGoneTakesNobodysTurn) {
  UploadQueue queue(1);
  EXPECT_TRUE(queue.Enter(1, At(1)));
  EXPECT_FALSE(queue.Enter(2, At(2)));
  EXPECT_FALSE(queue.Enter(3, At(2)));
  EXPECT_EQ(queue.Leave(2), std::nullopt);
  EXPECT_EQ(queue.waiting(), 1u);
  EXPECT_EQ(queue.Leave(9), std::nullopt) << "it never came";
  EXPECT_EQ(queue.Leave(1), 3u);
}

}  // namespace
}  // namespace keping::central
