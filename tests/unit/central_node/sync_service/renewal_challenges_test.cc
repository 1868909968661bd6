#include "central_node/sync_service/renewal_challenges.h"

#include <gtest/gtest.h>

#include <string>

namespace keping::central {
namespace {

TEST(RenewalChallengesTest, AChallengeIsGoodForItsIncarnationForAWhile) {
  const RenewalChallenges challenges;
  const absl::Duration now = absl::Seconds(100);
  const std::string challenge = challenges.Make("susut", "s-1", now);
  EXPECT_LE(challenge.size(), 128u);
  EXPECT_NE(challenge, challenges.Make("susut", "s-1", now));
  const absl::Duration last = now + RenewalChallenges::kValidity;
  EXPECT_TRUE(challenges.Check(challenge, "susut", "s-1", now).ok());
  EXPECT_TRUE(challenges.Check(challenge, "susut", "s-1", last).ok());
  for (const absl::Status& status :
       {challenges.Check(challenge, "susut", "s-1", last + absl::Seconds(1)),
        challenges.Check(challenge, "susut", "s-1", now - absl::Seconds(1)),
        challenges.Check(challenge, "susut", "s-2", now),
        challenges.Check(challenge, "tembuku", "s-1", now),
        challenges.Check(challenge.substr(1), "susut", "s-1", now),
        challenges.Check(challenge + "x", "susut", "s-1", now),
        challenges.Check("", "susut", "s-1", now),
        RenewalChallenges().Check(challenge, "susut", "s-1", now)}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kUnauthenticated) << status;
  }
}

}  // namespace
}  // namespace keping::central
