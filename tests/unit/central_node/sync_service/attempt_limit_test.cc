#include "central_node/sync_service/attempt_limit.h"

#include <gtest/gtest.h>

namespace keping::central {
namespace {

TEST(AttemptLimitTest, RefusesAfterTheLimitUntilTheWindowIsOver) {
  AttemptLimit limit(2, absl::Minutes(10));
  const absl::Duration start = absl::Seconds(5);
  EXPECT_TRUE(limit.MayTry(start));
  limit.OnFailure(start);
  EXPECT_TRUE(limit.MayTry(start));
  limit.OnFailure(start + absl::Minutes(9));
  EXPECT_FALSE(limit.MayTry(start + absl::Minutes(9)));
  EXPECT_TRUE(limit.MayTry(start + absl::Minutes(10)));
  limit.OnFailure(start + absl::Minutes(10));
  EXPECT_TRUE(limit.MayTry(start + absl::Minutes(10)));
}

}  // namespace
}  // namespace keping::central
