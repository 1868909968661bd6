#include "central_node/core/stale_prints.h"

#include <string>

#include "gtest/gtest.h"

namespace keping::central {
namespace {

using domain::ActId;
using domain::RecordClass;

domain::OverrideGranted Grant(const std::string& act, uint32_t prints, RecordClass record_class,
                              uint32_t policy_version = 0) {
  return {.act = ActId::Of(act),
          .kind = domain::OverrideKind::kStaleness,
          .printer = {},
          .prints = prints,
          .operator_id = domain::OperatorId::Of("made"),
          .record_class = record_class,
          .policy_version = policy_version};
}

domain::PrintIntended Print(const std::string& grant, uint64_t proven_seq = 0) {
  domain::PrintIntended intent;
  intent.act = ActId::Of("job");
  intent.proven_seq = proven_seq;
  if (!grant.empty()) intent.stale_override = ActId::Of(grant);
  return intent;
}

TEST(StalePrintsTest, PrintsOfAnOutageAreNumberedByClass) {
  StaleGrants grants;
  AddStaleGrant(Grant("g1", 2, RecordClass::kFirstCard), 5, grants);
  AddStaleGrant(Grant("g2", 1, RecordClass::kReplacement), 6, grants);
  AddStaleGrant(Grant("g3", 1, RecordClass::kFirstCard), 7, grants);
  EXPECT_FALSE(NumberStale(Print(""), grants).has_value());
  EXPECT_EQ(NumberStale(Print("g1"), grants)->number, 1u);
  EXPECT_EQ(NumberStale(Print("g3"), grants)->number, 2u);
  EXPECT_EQ(NumberStale(Print("g2"), grants)->number, 1u);
  EXPECT_EQ(NumberStale(Print("g1"), grants)->number, 3u);
}

TEST(StalePrintsTest, AContactEndsTheOutageAndItsGrants) {
  StaleGrants grants;
  AddStaleGrant(Grant("g1", 9, RecordClass::kFirstCard), 5, grants);
  EXPECT_EQ(NumberStale(Print("g1", 4), grants)->number, 1u);
  AddStaleGrant(Grant("g2", 9, RecordClass::kFirstCard), 8, grants);
  const StaleUse lapsed = *NumberStale(Print("g1", 6), grants);
  EXPECT_FALSE(lapsed.granted) << "the grant was proven: contact came after it";
  EXPECT_EQ(NumberStale(Print("g2", 6), grants)->number, 1u);
}

TEST(StalePrintsTest, WhatNobodyGrantedOrBeyondTheGrantIsNotWithinTheBudget) {
  StaleGrants grants;
  AddStaleGrant(Grant("g1", 1, RecordClass::kFirstCard), 5, grants);
  EXPECT_TRUE(IsWithinBudget(*NumberStale(Print("g1"), grants), {}));
  EXPECT_FALSE(IsWithinBudget(*NumberStale(Print("g1"), grants), {})) << "one was granted";
  EXPECT_FALSE(IsWithinBudget(*NumberStale(Print("forged"), grants), {}));
  domain::OverrideGranted duty = Grant("duty", 5, RecordClass::kFirstCard);
  duty.kind = domain::OverrideKind::kDuty;
  AddStaleGrant(duty, 6, grants);
  EXPECT_FALSE(IsWithinBudget(*NumberStale(Print("duty"), grants), {}));
}

TEST(StalePrintsTest, TheBudgetIsThatOfThePolicyThatTheOfficeKnew) {
  const std::map<uint32_t, std::vector<domain::StalenessRule>> versions = {
      {1, {{.record_class = RecordClass::kFirstCard, .override_prints = 3}}},
      {2, {{.record_class = RecordClass::kFirstCard, .override_prints = 1}}}};
  const StaleUse second{.number = 2, .policy_version = 1, .granted = true};
  EXPECT_TRUE(IsWithinBudget(second, versions));
  StaleUse later = second;
  later.policy_version = 2;
  EXPECT_FALSE(IsWithinBudget(later, versions));
  later.policy_version = 9;  // nobody set it: what holds without one
  EXPECT_EQ(BudgetOf(later, versions), domain::kDefaultOverridePrints);
  later.record_class = RecordClass::kReplacement;
  EXPECT_EQ(BudgetOf(later, versions), domain::kDefaultOverridePrints);
}

}  // namespace
}  // namespace keping::central
