#include "edge_node/store/frozen.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace keping::edge {
namespace {

using ::testing::HasSubstr;

Frozen SetBack(uint64_t held_seq) {
  return {.kind = sync::ProblemKind::kRollback, .held_seq = held_seq, .by_centre = held_seq > 0};
}

TEST(FrozenTest, ALogThatWasSetBackWaitsForWhatTheCentreHolds) {
  const absl::Status waits =
      CheckDelivered(SetBack(12), {.head_seq = 6, .fetched_to = 9, .proven_seq = 6});
  EXPECT_THAT(waits.message(), HasSubstr("up to entry 9, the centre holds 12"));
  EXPECT_TRUE(CheckDelivered(SetBack(12), {.head_seq = 6, .fetched_to = 12, .proven_seq = 2}).ok())
      << "all of it is a beginning of what the centre holds";
}

TEST(FrozenTest, ALogThatOnlyItsNodeSuspectsIsDeliveredFirst) {
  const absl::Status waits =
      CheckDelivered(SetBack(0), {.head_seq = 6, .fetched_to = 6, .proven_seq = 4});
  EXPECT_THAT(waits.message(), HasSubstr("countersigned 4 of the 6"));
  EXPECT_TRUE(CheckDelivered(SetBack(0), {.head_seq = 6, .fetched_to = 6, .proven_seq = 6}).ok());
}

TEST(FrozenTest, OfAForkedLogTheCentreHoldsThisBranch) {
  const Frozen forked{.kind = sync::ProblemKind::kFork, .held_seq = 12, .by_centre = true};
  EXPECT_FALSE(CheckDelivered(forked, {.head_seq = 8, .fetched_to = 8, .proven_seq = 5}).ok());
  EXPECT_TRUE(CheckDelivered(forked, {.head_seq = 8, .fetched_to = 8, .proven_seq = 8}).ok());
}

}  // namespace
}  // namespace keping::edge
