#include "edge_node/core/grants.h"

#include <gtest/gtest.h>

namespace keping::edge {
namespace {

using domain::GrantKind;

const absl::CivilDay kDay(2017, 4, 27);

domain::GrantTried Tried(GrantKind kind, const char* subject, bool accepted = true,
                         absl::CivilDay day = kDay) {
  domain::GrantTried event{.act = domain::ActId::Of("g"),
                           .kind = kind,
                           .subject = domain::SubjectId::Of(subject),
                           .day = day,
                           .tag = accepted ? crypto::Sha256({"tag"}) : crypto::Hash(),
                           .accepted = accepted,
                           .operator_id = domain::OperatorId::Of("ayu"),
                           .application_version = {},
                           .lease_epoch = {}};
  return event;
}

TEST(GrantsTest, FiveWrongCodesForADay) {
  Grants grants;
  for (int left = 5; left > 0; --left) {
    EXPECT_EQ(grants.TriesLeft(kDay, absl::ZeroDuration()), left);
    grants.Apply(Tried(GrantKind::kUnlockNode, "x", false), absl::ZeroDuration());
  }
  EXPECT_EQ(grants.TriesLeft(kDay, absl::ZeroDuration()), 0);
  // For that day there are no more, however long one waits.
  EXPECT_EQ(grants.TriesLeft(kDay, absl::Hours(1000)), 0);
}

TEST(GrantsTest, AnotherDateGivesNoNewTriesBeforeTheWindowHasPassed) {
  Grants grants;
  for (int i = 0; i < 5; ++i) {
    grants.Apply(Tried(GrantKind::kUnlockNode, "x", false), absl::Hours(i));
  }
  for (int step = -400; step <= 400; step += 100) {
    if (step == 0) continue;
    EXPECT_EQ(grants.TriesLeft(kDay + step, absl::Hours(4)), 0) << step;
  }
  EXPECT_EQ(grants.TriesLeft(kDay + 1, absl::Hours(16)), 1);
  EXPECT_EQ(grants.TriesLeft(kDay + 1, absl::Hours(20)), 5);
}

TEST(GrantsTest, AnAcceptedCodeGivesNoTriesBackAndWorksOnce) {
  Grants grants;
  for (int i = 0; i < 4; ++i) {
    grants.Apply(Tried(GrantKind::kUnlockNode, "x", false), absl::ZeroDuration());
  }
  const domain::GrantTried accepted = Tried(GrantKind::kUnlockNode, "x");
  EXPECT_FALSE(grants.Used(accepted.tag));
  grants.Apply(accepted, absl::ZeroDuration());
  EXPECT_TRUE(grants.Used(accepted.tag));
  EXPECT_EQ(grants.TriesLeft(kDay, absl::ZeroDuration()), 1);
}

TEST(GrantsTest, ACertificateByGrantHoldsUntilTheRosterIsNewer) {
  Grants grants;
  const auto made = domain::OperatorId::Of("made");
  const auto version = domain::ApplicationVersion::Of("8.1");
  domain::GrantTried event = Tried(GrantKind::kCertifyOperator, "made");
  event.application_version = version;
  event.control_position = 40;
  EXPECT_FALSE(grants.Certified(made, version, 12));
  grants.Apply(event, absl::ZeroDuration());
  EXPECT_TRUE(grants.Certified(made, version, 12));
  EXPECT_TRUE(grants.Certified(made, version, 40));
  EXPECT_FALSE(grants.Certified(made, version, 41));
  EXPECT_FALSE(grants.Certified(made, domain::ApplicationVersion::Of("8.2"), 12));
  EXPECT_FALSE(grants.Certified(domain::OperatorId::Of("ayu"), version, 12));
}

TEST(GrantsTest, TheLatestForcedLeaseCounts) {
  Grants grants;
  const auto prr = domain::PrrId::Of("p1");
  EXPECT_FALSE(grants.ForcedLease(prr).has_value());
  for (uint32_t counter : {4u, 7u, 5u}) {
    domain::GrantTried event = Tried(GrantKind::kForceLease, "p1");
    event.lease_epoch = {1, counter};
    grants.Apply(event, absl::ZeroDuration());
  }
  EXPECT_EQ(grants.ForcedLease(prr), (domain::LeaseEpoch{1, 7}));
}

TEST(GrantsTest, AWrongCodeAllowsNothing) {
  Grants grants;
  domain::GrantTried event = Tried(GrantKind::kForceLease, "p1", false);
  event.lease_epoch = {1, 9};
  grants.Apply(event, absl::ZeroDuration());
  EXPECT_FALSE(grants.ForcedLease(domain::PrrId::Of("p1")).has_value());
  EXPECT_FALSE(grants.Used(crypto::Hash()));
}

}  // namespace
}  // namespace keping::edge
