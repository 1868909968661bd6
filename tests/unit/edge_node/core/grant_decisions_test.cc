// Telephone grants at the edge: what a code opens, what a wrong one costs, and what clocks change.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/core_bench.h"

namespace keping::edge {
namespace {

using domain::GrantKind;
using domain::GrantTerms;
using domain::OperatorId;
using domain::PrintRefusal;
using domain::Role;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const auto kSupervisor = OperatorId::Of("gede");
const std::string kKey(domain::kGrantKeySize, 'g');

class GrantDecisionsTest : public ::testing::Test {
 protected:
  GrantDecisionsTest() {
    bench_.Roster("gede", {}, Role::kSupervisor);
    bench_.Roster("made", {});
    bench_.Tell(domain::GrantKeyItem{kKey});
  }

  absl::CivilDay Today() {
    return absl::ToCivilDay(bench_.clock().Now().wall, bench_.core().settings().time_zone);
  }
  GrantTerms Terms(GrantKind kind, const std::string& subject = "") {
    GrantTerms terms{
        .node = kNode,
        .kind = kind,
        .subject = subject.empty() ? domain::SubjectId() : domain::SubjectId::Of(subject),
        .day = Today(),
        .application_version = {},
        .lease_epoch = {}};
    if (kind == GrantKind::kCertifyOperator) terms.application_version = kVersion;
    return terms;
  }
  // The centre's code for these terms, as it would be typed in.
  UseGrant Use(const GrantTerms& terms, uint32_t number = 1) {
    return {.act = bench_.NewAct(),
            .operator_id = kSupervisor,
            .kind = terms.kind,
            .subject = terms.subject,
            .day = terms.day,
            .lease_epoch = terms.lease_epoch,
            .code = *domain::ParseGrantCode(domain::MakeGrantCode(kKey, terms, number)),
            .verifier = "new verifier"};
  }
  UseGrant Wrong(const GrantTerms& terms) {
    UseGrant use = Use(terms);
    use.code.mark = (use.code.mark + 1) % 1'000'000'000;
    return use;
  }
  static std::string Words(const Decision& decision) {
    return std::string(decision.status.message());
  }

  CoreBench bench_ = CoreBench::Ready();
};

TEST_F(GrantDecisionsTest, UnlocksTheNode) {
  bench_.core().Lock();
  EXPECT_EQ(bench_.Do(bench_.PrintOf("prr-1", "A1")).refusal, PrintRefusal::kNodeLocked);
  const GrantTerms terms = Terms(GrantKind::kUnlockNode);
  const Decision decision = bench_.Do(Use(terms));
  ASSERT_TRUE(decision.status.ok()) << decision.status;
  EXPECT_TRUE(Find<domain::GrantTried>(decision)->accepted);
  EXPECT_EQ(Find<domain::GrantTried>(decision)->tag, domain::GrantTag(kKey, terms, 1));
  EXPECT_EQ(Find<domain::NodeUnlocked>(decision)->operator_id, kSupervisor);
  EXPECT_EQ(bench_.Do(bench_.PrintOf("prr-1", "A1")).refusal, PrintRefusal::kNone);
}

TEST_F(GrantDecisionsTest, CertifiesAnOperatorUntilTheRosterSaysMore) {
  edge::Print print = bench_.PrintOf("prr-1", "A1");
  print.operator_id = OperatorId::Of("made");
  EXPECT_EQ(bench_.Do(print).refusal, PrintRefusal::kNotTrained);
  ASSERT_TRUE(bench_.Do(Use(Terms(GrantKind::kCertifyOperator, "made"))).status.ok());
  EXPECT_EQ(bench_.core().Step(bench_.clock().Now(), {}, print).refusal, PrintRefusal::kNone);
  bench_.Roster("made", {});  // the district took it back
  EXPECT_EQ(bench_.Do(print).refusal, PrintRefusal::kNotTrained);
}

TEST_F(GrantDecisionsTest, ResetsAPasswordAndEndsALockOut) {
  for (int i = 0; i < 7; ++i) {
    bench_.Do(PasswordChecked{kAyu, domain::SignInOutcome::kWrongPassword});
    bench_.clock().Advance(absl::Minutes(30));
  }
  bench_.Do(PasswordChecked{kAyu, domain::SignInOutcome::kWrongPassword});
  EXPECT_FALSE(bench_.Do(AskSignIn{kAyu}).status.ok());
  const Decision decision = bench_.Do(Use(Terms(GrantKind::kResetPassword, "ayu")));
  ASSERT_TRUE(decision.status.ok()) << decision.status;
  EXPECT_EQ(Find<domain::PasswordChanged>(decision)->changed_by, kSupervisor);
  EXPECT_EQ(Find<domain::PasswordChanged>(decision)->basis, domain::PasswordBasis::kGrant);
  ASSERT_EQ(decision.passwords.size(), 1u);
  EXPECT_EQ(decision.passwords[0].verifier, "new verifier");
  EXPECT_TRUE(decision.passwords[0].must_change);
  EXPECT_TRUE(bench_.Do(AskSignIn{kAyu}).status.ok());
}

TEST_F(GrantDecisionsTest, TakesALeaseByForce) {
  domain::PrrItem item = PrrOf("prr-1");
  item.lease_holder = kOtherNode;
  bench_.Tell(item);
  EXPECT_EQ(bench_.Do(bench_.PrintOf("prr-1", "A1")).refusal, PrintRefusal::kLeaseNotHeld);
  GrantTerms terms = Terms(GrantKind::kForceLease, "prr-1");
  terms.lease_epoch = {1, 7};
  ASSERT_TRUE(bench_.Do(Use(terms)).status.ok());
  const Decision printed = bench_.Do(bench_.PrintOf("prr-1", "A1"));
  ASSERT_EQ(printed.refusal, PrintRefusal::kNone);
  EXPECT_EQ(Find<domain::PrintIntended>(printed)->lease_epoch, (domain::LeaseEpoch{1, 7}));
}

TEST_F(GrantDecisionsTest, AForcedLeaseEndsWithALaterOne) {
  domain::PrrItem item = PrrOf("prr-1");
  item.lease_holder = kOtherNode;
  bench_.Tell(item);
  GrantTerms terms = Terms(GrantKind::kForceLease, "prr-1");
  terms.lease_epoch = {1, 7};
  ASSERT_TRUE(bench_.Do(Use(terms)).status.ok());
  item.lease_epoch = {1, 8};
  bench_.Tell(item);
  EXPECT_EQ(bench_.Do(bench_.PrintOf("prr-1", "A1")).refusal, PrintRefusal::kLeaseNotHeld);
}

TEST_F(GrantDecisionsTest, ACodeWorksOnce) {
  bench_.core().Lock();
  const UseGrant use = Use(Terms(GrantKind::kUnlockNode));
  ASSERT_TRUE(bench_.Do(use).status.ok());
  bench_.core().Lock();
  const Decision again = bench_.Do(use);
  EXPECT_THAT(Words(again), HasSubstr("K-184"));
  EXPECT_THAT(again.events, IsEmpty());
  EXPECT_TRUE(bench_.Do(Use(Terms(GrantKind::kUnlockNode), 2)).status.ok());
}

TEST_F(GrantDecisionsTest, FiveWrongCodesAndNoMore) {
  bench_.core().Lock();
  const GrantTerms terms = Terms(GrantKind::kUnlockNode);
  for (int left = 4; left >= 0; --left) {
    const Decision decision = bench_.Do(Wrong(terms));
    EXPECT_THAT(Words(decision), HasSubstr(absl::StrCat("K-183"))) << left;
    EXPECT_THAT(Words(decision), HasSubstr(absl::StrCat(" ", left, left == 1 ? " try" : " tries")));
    EXPECT_FALSE(Find<domain::GrantTried>(decision)->accepted);
  }
  const Decision right = bench_.Do(Use(terms));
  EXPECT_THAT(Words(right), HasSubstr("K-182"));
  EXPECT_THAT(right.events, IsEmpty());
}

TEST_F(GrantDecisionsTest, NoClockGivesNewTries) {
  bench_.core().Lock();
  for (int i = 0; i < 5; ++i) bench_.Do(Wrong(Terms(GrantKind::kUnlockNode)));
  for (int days : {1, 7, -3, 400}) {
    bench_.clock().SetWall(bench_.clock().Now().wall + absl::Hours(24 * days));
    EXPECT_THAT(Words(bench_.Do(Use(Terms(GrantKind::kUnlockNode)))), HasSubstr("K-182")) << days;
    bench_.clock().Reboot();
  }
  bench_.clock().Advance(Grants::kWindow);
  EXPECT_TRUE(bench_.Do(Use(Terms(GrantKind::kUnlockNode))).status.ok());
}

TEST_F(GrantDecisionsTest, ACodeIsForItsDay) {
  bench_.core().Lock();
  const UseGrant use = Use(Terms(GrantKind::kUnlockNode));
  bench_.clock().SetWall(bench_.clock().Now().wall + absl::Hours(24));
  EXPECT_THAT(Words(bench_.Do(use)), HasSubstr("K-181"));
  bench_.clock().SetWall(bench_.clock().Now().wall - absl::Hours(24));
  EXPECT_TRUE(bench_.core().Step(bench_.clock().Now(), {}, use).status.ok());
  // With the centre already known to be a day further, the clock set back helps nothing.
  bench_.core().ApplyContact({.proven_seq = 0,
                              .received_at = bench_.clock().Now().wall,
                              .centre_time = bench_.clock().Now().wall + absl::Hours(24)});
  const Decision stale = bench_.Do(use);
  EXPECT_THAT(Words(stale), HasSubstr("K-181"));
  EXPECT_THAT(Words(stale), HasSubstr("new code"));
}

TEST_F(GrantDecisionsTest, AnotherDayCannotBeClaimedForACode) {
  bench_.core().Lock();
  UseGrant use = Use(Terms(GrantKind::kUnlockNode));
  bench_.clock().SetWall(bench_.clock().Now().wall + absl::Hours(24));
  use.day = Today();
  EXPECT_THAT(Words(bench_.Do(use)), HasSubstr("K-183"));
}

// An old request of the centre does not take back what a grant gave since.
TEST_F(GrantDecisionsTest, AForcedLeaseIsNotReleasedByAnOlderRequest) {
  domain::PrrItem item = PrrOf("prr-1");
  bench_.Write(domain::GrantTried{.act = bench_.NewAct(),
                                  .kind = GrantKind::kForceLease,
                                  .subject = domain::SubjectId::Of("prr-1"),
                                  .day = Today(),
                                  .tag = crypto::Sha256({"grant"}),
                                  .accepted = true,
                                  .operator_id = kAyu,
                                  .application_version = {},
                                  .lease_epoch = {1, 9}});
  ASSERT_TRUE(bench_.core().LeaseHeld(item));
  item.release_requested = true;
  EXPECT_TRUE(bench_.Tell(item).events.empty());
  EXPECT_TRUE(bench_.core().LeaseHeld(item));
  item.lease_epoch = {1, 9};
  EXPECT_EQ(Find<domain::LeaseReleased>(bench_.Tell(item))->epoch, (domain::LeaseEpoch{1, 9}));
}

TEST_F(GrantDecisionsTest, WhatItIsAboutMustBeHere) {
  struct Row {
    GrantKind kind;
    const char* subject;
  };
  const Row kRows[] = {{GrantKind::kUnlockNode, ""},  // is not locked
                       {GrantKind::kCertifyOperator, "stranger"},
                       {GrantKind::kResetPassword, "stranger"},
                       {GrantKind::kForceLease, "prr-77"}};
  for (const Row& row : kRows) {
    const Decision decision = bench_.Do(Use(Terms(row.kind, row.subject)));
    EXPECT_THAT(Words(decision), HasSubstr("K-185")) << row.subject;
    EXPECT_THAT(decision.events, IsEmpty());
  }
}

TEST_F(GrantDecisionsTest, OnlyASupervisorOrAdministratorMayUseOne) {
  bench_.core().Lock();
  UseGrant use = Use(Terms(GrantKind::kUnlockNode));
  use.operator_id = kAyu;
  EXPECT_THAT(Words(bench_.Do(use)), HasSubstr("K-172"));
}

TEST_F(GrantDecisionsTest, WithoutAKeyThereAreNoGrants) {
  CoreBench fresh = CoreBench::Ready();
  fresh.Roster("gede", {}, Role::kSupervisor);
  fresh.core().Lock();
  UseGrant use = Use(Terms(GrantKind::kUnlockNode));
  EXPECT_THAT(Words(fresh.Do(use)), HasSubstr("K-180"));
}

}  // namespace
}  // namespace keping::edge
