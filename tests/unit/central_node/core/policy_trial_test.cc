#include "central_node/core/policy_trial.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace keping::central {
namespace {

using domain::CaseKind;
using domain::CaseState;
using domain::Policy;
using ::testing::HasSubstr;

// 3 April 2017 was a Monday.
absl::CivilDay April(int day) { return absl::CivilDay(2017, 4, day); }

domain::NodeId Susut() { return domain::NodeId::Of("susut"); }

CaseRow Closed() {
  CaseRow row;
  row.revision = 2;
  row.state = CaseState::kClosed;
  return row;
}

class PolicyTrialTest : public ::testing::Test {
 protected:
  PolicyTrialTest() {
    centre_.policy.version = 1;
    centre_.last_closed_day = April(28);
    centre_.officers[domain::OperatorId::Of("rai")].role = domain::Role::kReconciler;
    centre_.officers[domain::OperatorId::Of("sari")].role = domain::Role::kAuditor;
    tried_ = centre_.policy;
  }

  std::optional<CaseTrial> Try(const CaseGround& ground) { return TryOn(ground, centre_, tried_); }
  // "now -> would be"; "the same".
  std::string Told(const CaseGround& ground) {
    const auto trial = Try(ground);
    return trial.has_value() ? trial->now.text + " -> " + trial->would_be.text : "the same";
  }
  static CaseRow DecidedBy(const char* by, const char* second = "") {
    CaseRow row = Closed();
    row.decided = true;
    CaseDecisionFact decision;
    decision.by = domain::OperatorId::Of(by);
    if (*second != '\0') decision.second = domain::OperatorId::Of(second);
    row.decisions.push_back(decision);
    return row;
  }

  CentreRow centre_;
  Policy tried_;
};

TEST_F(PolicyTrialTest, DaysAreWorkingDaysAfterTheFirstAndBeforeTheLast) {
  const Policy policy;
  const Wait ended{.node = Susut(), .since = April(6), .until = April(12)};
  // The 7th, 10th and 11th: a weekend lies between.
  EXPECT_EQ(DaysOf(ended, policy, April(28), 60), 3u);
  EXPECT_EQ(DaysOf(ended, policy, April(7), 60), 1u) << "no later day is closed";
  const Wait goes_on{.node = Susut(), .since = April(24), .before = 2};
  EXPECT_EQ(DaysOf(goes_on, policy, April(28), 60), 6u);
  Policy holiday = policy;
  holiday.holidays.push_back({.day = April(10), .name = "x", .node = Susut()});
  EXPECT_EQ(DaysOf(ended, holiday, April(28), 60), 2u);
  EXPECT_EQ(DaysOf(goes_on, policy, April(28), 4), 4u) << "no more than is asked for";
}

TEST_F(PolicyTrialTest, APolicyDiffersInNothingFromWhatItMade) {
  const CaseRow closed = Closed();
  const CaseRow decided = DecidedBy("sari", "rai");
  CaseRow open = closed;
  open.state = CaseState::kOpen;
  CaseRow acting = closed;
  acting.state = CaseState::kActing;
  for (const CaseKind kind : domain::kCaseKinds) {
    for (const CaseRow& row : {closed, decided, open, acting}) {
      tried_.rules = {{.kind = kind, .may_decide = {domain::Role::kAuditor}, .two_persons = true}};
      centre_.policy.rules = tried_.rules;
      const bool settled = row.state == CaseState::kClosed;
      EXPECT_EQ(Told({.kind = kind, .row = &row, .settled = settled}), "the same");
      const Wait wait{.node = Susut(), .since = April(20)};
      EXPECT_EQ(Told({.kind = kind, .row = &row, .wait = wait, .settled = settled}), "the same");
    }
  }
}

// What the row says was made by an earlier policy, and by people who have other roles now.
TEST_F(PolicyTrialTest, WhatIsIsWhatTheRowSays) {
  const CaseRow decided = DecidedBy("rai");
  centre_.policy.rules = {{.kind = CaseKind::kForeignBlank,
                           .may_decide = {domain::Role::kAuditor},
                           .two_persons = true}};
  tried_.rules = {{.kind = CaseKind::kForeignBlank, .may_decide = {domain::Role::kReconciler}}};
  EXPECT_EQ(Told({.kind = CaseKind::kForeignBlank, .row = &decided}), "the same")
      << "it was closed, and would be";
  tried_ = centre_.policy;
  EXPECT_EQ(Told({.kind = CaseKind::kForeignBlank, .row = &decided}),
            "closed by a decision -> open; an auditor and a second person decide");

  const CaseRow closed = Closed();
  CaseGround waited{.kind = CaseKind::kTransferSilent,
                    .row = &closed,
                    .wait = Wait{.node = Susut(), .since = April(3), .until = April(7)},
                    .settled = true};
  centre_.policy.silent_transfer_days = 9;
  tried_ = centre_.policy;
  EXPECT_EQ(Told(waited), "closed by itself -> no case");
  tried_.silent_transfer_days = 3;
  EXPECT_EQ(Told(waited), "the same");
}

TEST_F(PolicyTrialTest, AWaitOpensACaseSoonerOrLater) {
  const CaseRow row = Closed();
  CaseGround ground{.kind = CaseKind::kTransferSilent,
                    .row = &row,
                    .wait = Wait{.node = Susut(), .since = April(3), .until = April(7)},
                    .settled = true};
  tried_.silent_transfer_days = 4;
  EXPECT_EQ(Told(ground), "closed by itself -> no case");
  EXPECT_EQ(Try(ground)->reason.text, "The wait was 3 working days; a case is opened after 4.");
  ground.row = nullptr;
  ground.wait = Wait{.node = Susut(), .since = April(26)};
  ground.settled = false;
  tried_.silent_transfer_days = 2;
  EXPECT_THAT(Told(ground), HasSubstr("no case -> open; "));
  EXPECT_THAT(Try(ground)->reason.text, HasSubstr("2 working days so far"));
}

TEST_F(PolicyTrialTest, ADecisionOfWhoMayNotDecideIsNone) {
  const CaseRow alone = DecidedBy("rai");
  const CaseRow both = DecidedBy("rai", "sari");
  tried_.rules.push_back({.kind = CaseKind::kForeignBlank,
                          .may_decide = {domain::Role::kReconciler},
                          .two_persons = true});
  EXPECT_EQ(Told({.kind = CaseKind::kForeignBlank, .row = &alone}),
            "closed by a decision -> open; a reconciler and a second person decide");
  EXPECT_THAT(Try({.kind = CaseKind::kForeignBlank, .row = &alone})->reason.text,
              HasSubstr("rai decided alone"));
  EXPECT_EQ(Told({.kind = CaseKind::kForeignBlank, .row = &both}), "the same");
  tried_.rules[0].may_decide = {domain::Role::kAuditor};
  EXPECT_THAT(Told({.kind = CaseKind::kForeignBlank, .row = &both}), HasSubstr("an auditor"));
}

TEST_F(PolicyTrialTest, WhoDecidesMattersWhileACaseIsOpen) {
  CaseRow open = Closed();
  open.state = CaseState::kOpen;
  tried_.rules.push_back(
      {.kind = CaseKind::kBlankUsedTwice, .may_decide = {domain::Role::kAuditor}});
  EXPECT_EQ(Told({.kind = CaseKind::kBlankUsedTwice, .row = &open}),
            "open; a supervisor or a reconciler decides -> open; an auditor decides");
  const CaseRow closed = Closed();
  EXPECT_EQ(Told({.kind = CaseKind::kBlankUsedTwice, .row = &closed}), "the same");
}

TEST_F(PolicyTrialTest, APersonIsWaitedForOrNot) {
  const CaseRow closed = Closed();
  tried_.rules.push_back({.kind = CaseKind::kOverDuty,
                          .may_decide = {domain::Role::kReconciler},
                          .wait_for_person = true});
  EXPECT_EQ(Told({.kind = CaseKind::kOverDuty, .row = &closed, .settled = true}),
            "closed by itself -> open; a reconciler decides");
  std::swap(tried_, centre_.policy);
  CaseRow open = closed;
  open.state = CaseState::kOpen;
  EXPECT_EQ(Told({.kind = CaseKind::kOverDuty, .row = &open, .settled = true}),
            "open; a reconciler decides -> closed by itself");
}

TEST_F(PolicyTrialTest, ABudgetIsWhatItWouldHaveBeen) {
  centre_.staleness[1] = {{.override_prints = 5}};
  const CaseRow closed = Closed();
  const CaseGround third{.kind = CaseKind::kBeyondStaleness,
                         .row = &closed,
                         .stale = StaleUse{.number = 3, .policy_version = 1, .granted = true}};
  tried_.staleness = {{.override_prints = 5}};
  EXPECT_EQ(Told(third), "the same");
  tried_.staleness = {{.override_prints = 2}};
  EXPECT_THAT(Told(third), HasSubstr("closed by itself -> open"));
  EXPECT_EQ(Try(third)->reason.text, "Print 3 of class first_card in its outage; 2 are allowed.");
}

}  // namespace
}  // namespace keping::central
