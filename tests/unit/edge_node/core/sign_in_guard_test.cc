#include "edge_node/core/sign_in_guard.h"

#include <gtest/gtest.h>

namespace keping::edge {
namespace {

using domain::SignInOutcome;

const auto kAyu = domain::OperatorId::Of("ayu");
const auto kMade = domain::OperatorId::Of("made");

class SignInGuardTest : public ::testing::Test {
 protected:
  void Try(SignInOutcome outcome, absl::Duration running = absl::ZeroDuration(),
           const domain::OperatorId& person = kAyu) {
    guard_.Apply(domain::SignInTried{.operator_id = person, .outcome = outcome}, running);
  }
  void Wrong(int times, absl::Duration running = absl::ZeroDuration()) {
    for (int i = 0; i < times; ++i) Try(SignInOutcome::kWrongPassword, running);
  }
  absl::Duration LockedFor(absl::Duration running) { return guard_.LockedFor(kAyu, running); }

  SignInGuard guard_;
};

TEST_F(SignInGuardTest, TheLockGrowsWithEveryWrongPassword) {
  struct Row {
    int wrong;
    absl::Duration lock;
  };
  const Row kRows[] = {
      {0, absl::ZeroDuration()}, {1, absl::ZeroDuration()}, {4, absl::ZeroDuration()},
      {5, absl::Minutes(1)},     {6, absl::Minutes(2)},     {7, absl::Minutes(4)},
      {13, absl::Minutes(256)},  {14, absl::Hours(8)},      {1000, absl::Hours(8)},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(domain::SignInTries::LockAfter(row.wrong), row.lock) << row.wrong;
  }
}

TEST_F(SignInGuardTest, TheLockEndsWithRunningTimeOnly) {
  Wrong(4, absl::Minutes(10));
  EXPECT_EQ(LockedFor(absl::Minutes(10)), absl::ZeroDuration());
  Wrong(1, absl::Minutes(20));
  EXPECT_EQ(LockedFor(absl::Minutes(20)), absl::Minutes(1));
  EXPECT_EQ(LockedFor(absl::Minutes(20) + absl::Seconds(59)), absl::Seconds(1));
  EXPECT_EQ(LockedFor(absl::Minutes(21)), absl::ZeroDuration());
  Wrong(1, absl::Minutes(30));
  EXPECT_EQ(LockedFor(absl::Minutes(30)), absl::Minutes(2));
}

TEST_F(SignInGuardTest, TheRightPasswordStartsOver) {
  Wrong(4);
  Try(SignInOutcome::kAccepted);
  EXPECT_EQ(guard_.wrong(kAyu), 0);
  Wrong(4);
  EXPECT_EQ(LockedFor(absl::ZeroDuration()), absl::ZeroDuration());
}

TEST_F(SignInGuardTest, OneLockedOutPersonLocksNobodyElse) {
  Wrong(9);
  EXPECT_GT(LockedFor(absl::ZeroDuration()), absl::ZeroDuration());
  EXPECT_EQ(guard_.LockedFor(kMade, absl::ZeroDuration()), absl::ZeroDuration());
}

TEST_F(SignInGuardTest, OnlyANewPasswordByTheDistrictEndsTheLock) {
  Wrong(9);
  guard_.Apply(domain::PasswordChanged{
      .operator_id = kAyu, .changed_by = kAyu, .basis = domain::PasswordBasis::kOwn, .grant = {}});
  EXPECT_GT(LockedFor(absl::ZeroDuration()), absl::ZeroDuration());
  guard_.Apply(domain::PasswordChanged{.operator_id = kAyu,
                                       .changed_by = kMade,
                                       .basis = domain::PasswordBasis::kGrant,
                                       .grant = domain::ActId::Of("g")});
  EXPECT_EQ(LockedFor(absl::ZeroDuration()), absl::ZeroDuration());
}

TEST_F(SignInGuardTest, ALockIsNotedOncePerLock) {
  Wrong(5);
  EXPECT_FALSE(guard_.LockNoted(kAyu));
  Try(SignInOutcome::kLockedOut);
  EXPECT_TRUE(guard_.LockNoted(kAyu));
  // It makes the lock no longer.
  EXPECT_EQ(LockedFor(absl::Minutes(1)), absl::ZeroDuration());
  Wrong(1, absl::Minutes(1));
  EXPECT_FALSE(guard_.LockNoted(kAyu));
}

TEST_F(SignInGuardTest, AMissingPasswordIsNoWrongOne) {
  for (int i = 0; i < 20; ++i) Try(SignInOutcome::kNoPassword);
  EXPECT_EQ(guard_.wrong(kAyu), 0);
}

}  // namespace
}  // namespace keping::edge
