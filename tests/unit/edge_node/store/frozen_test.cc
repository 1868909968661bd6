#include "edge_node/store/frozen.h"

#include <optional>

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

struct LearnCase {
  const char* name;
  std::optional<Frozen> before;
  Frozen now;
  Frozen known;
};

TEST(FrozenTest, NoWordTakesBackWhatWasKnown) {
  using enum sync::ProblemKind;
  const LearnCase kCases[] = {
      {"first word", std::nullopt, {kRollback, 12, true}, {kRollback, 12, true}},
      {"what the node suspected",
       {{kRollback, 0, false}},
       {kRollback, 12, true},
       {kRollback, 12, true}},
      {"an old stick", {{kRollback, 12, true}}, {kRollback, 0, true}, {kRollback, 12, true}},
      {"the centre was set back",
       {{kRollback, 12, true}},
       {kRollback, 9, true},
       {kRollback, 12, true}},
      {"another incarnation",
       {{kRollback, 12, true}},
       {kSuperseded, 3, true},
       {kRollback, 12, true}},
      {"another incarnation of a suspect",
       {{kFork, 0, false}},
       {kSuperseded, 3, true},
       {kFork, 0, true}},
      {"a suspicion that was mistaken",
       {{kFork, 0, false}},
       {kRollback, 12, true},
       {kRollback, 12, true}},
      {"more at the centre than on a branch",
       {{kFork, 12, true}},
       {kRollback, 0, true},
       {kFork, 12, true}},
      {"a branch of what was set back",
       {{kRollback, 12, true}},
       {kFork, 15, true},
       {kFork, 15, true}},
  };
  for (const LearnCase& row : kCases) EXPECT_EQ(Learn(row.before, row.now), row.known) << row.name;
}

}  // namespace
}  // namespace keping::edge
