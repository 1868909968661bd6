#include "central_node/core/case_policy.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace keping::central {
namespace {

using domain::ActionId;
using domain::CaseKind;
using domain::CaseState;

const CaseEntity& Entity() {
  static const auto& entity =
      *new CaseEntity{.text = "p1", .prr = domain::PrrId::Of("p1"), .blank = {}};
  return entity;
}

CardAt Card(const std::string& act) {
  return {.node = domain::NodeId::Of("susut"),
          .act = domain::ActId::Of(act),
          .blank = domain::BlankSerial::Of("A1000")};
}

crypto::Hash Fact(const std::string& name) { return crypto::Sha256({name}); }

TEST(CasePolicyTest, EveryKindHasItsRowWithItsOwnCode) {
  std::set<std::string> codes;
  for (const PolicyRow& row : PolicyRows()) {
    EXPECT_EQ(&PolicyFor(row.kind), &row);
    codes.insert(row.code);
  }
  EXPECT_EQ(codes.size(), PolicyRows().size());
  EXPECT_EQ(std::size(domain::kCaseKinds), PolicyRows().size());
}

TEST(CasePolicyTest, IdsFitAndDifferByKindAndEntity) {
  const std::string longest(64, 'x');
  EXPECT_NE(CaseIdFor(CaseKind::kTransferDifference, longest),
            CaseIdFor(CaseKind::kTransferDifference, "x"));
  EXPECT_NE(CaseIdFor(CaseKind::kLeaseBreach, "x"), CaseIdFor(CaseKind::kOverlapRisk, "x"));
}

Anomaly Printed(std::set<crypto::Hash> evidence, std::vector<CardAt> cards) {
  return {.kind = CaseKind::kWithdrawnPrinted,
          .evidence = std::move(evidence),
          .settled = false,
          .cards = std::move(cards),
          .node_knew = false};
}

// One row per situation of a case; what becomes of it.
TEST(CasePolicyTest, WhatBecomesOfACase) {
  const Anomaly card = Printed({Fact("a")}, {Card("job1")});
  const Anomaly two_cards = Printed({Fact("a"), Fact("b")}, {Card("job1"), Card("job2")});
  const Anomaly open{.kind = CaseKind::kWrongBlankBound, .evidence = {Fact("a")}};
  const Anomaly settled{
      .kind = CaseKind::kWrongBlankBound, .evidence = {Fact("a")}, .settled = true};
  const ActionId recall = ActionIdFor(CaseIdFor(CaseKind::kWithdrawnPrinted, "p1"), Card("job1"));
  CaseRow acting;
  acting.state = CaseState::kActing;
  acting.revision = 1;
  acting.evidence = {Fact("a")};
  acting.actions = {recall};
  CaseRow recalled = acting;
  recalled.state = CaseState::kClosed;
  CaseRow unlocated;
  unlocated.state = CaseState::kOpen;
  unlocated.revision = 1;
  unlocated.evidence = {Fact("a")};
  CaseRow located = unlocated;
  located.state = CaseState::kClosed;

  struct Row {
    const char* name;
    CaseKind kind;
    CaseRow before;
    const Anomaly* anomaly;
    bool acknowledged;
    std::optional<CaseState> after;  // nullopt: nothing changes
    size_t ordered = 0;
  };
  const Row rows[] = {
      {"none", CaseKind::kWithdrawnPrinted, {}, nullptr, false, std::nullopt},
      {"new, with an action", CaseKind::kWithdrawnPrinted, {}, &card, false, CaseState::kActing, 1},
      {"the same again", CaseKind::kWithdrawnPrinted, acting, &card, false, std::nullopt},
      {"carried out", CaseKind::kWithdrawnPrinted, acting, &card, true, CaseState::kClosed},
      {"closed stays closed", CaseKind::kWithdrawnPrinted, recalled, &card, true, std::nullopt},
      {"new evidence", CaseKind::kWithdrawnPrinted, recalled, &two_cards, true, CaseState::kActing,
       1},
      {"gone, but an officer closes it", CaseKind::kBlankUsedTwice, unlocated, nullptr, false,
       std::nullopt},
      {"new, without an action", CaseKind::kWrongBlankBound, {}, &open, false, CaseState::kOpen},
      {"settled by facts", CaseKind::kWrongBlankBound, unlocated, &settled, false,
       CaseState::kClosed},
      {"gone", CaseKind::kWrongBlankBound, unlocated, nullptr, false, CaseState::kClosed},
      {"settled from the start",
       CaseKind::kWrongBlankBound,
       {},
       &settled,
       false,
       CaseState::kClosed},
      {"no longer settled", CaseKind::kWrongBlankBound, located, &open, false, CaseState::kOpen},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const auto decision =
        DecideCase(row.kind, Entity(), row.before, row.anomaly, {}, [&](const ActionId& action) {
          return row.acknowledged && row.before.actions.contains(action);
        });
    ASSERT_EQ(decision.has_value(), row.after.has_value());
    if (!decision.has_value()) continue;
    EXPECT_EQ(decision->changed.state, *row.after);
    EXPECT_EQ(decision->changed.revision, row.before.revision + 1);
    EXPECT_EQ(decision->ordered.size(), row.ordered);
  }
}

// Of two cards: who comes back, and whether that it is back ends the case.
TEST(CasePolicyTest, ACardThatHadLeftItsOfficeIsNotEndedByItsReturn) {
  Anomaly anomaly{.kind = CaseKind::kDuplicatePrint,
                  .evidence = {Fact("a"), Fact("b")},
                  .cards = {Card("job1")},
                  .kept = KeptCard{.card = Card("job2"), .reason = KeepReason::kLatestLease}};
  CaseRow row;
  row.revision = 1;
  row.state = CaseState::kActing;
  row.evidence = anomaly.evidence;
  row.actions = {ActionIdFor(CaseIdFor(CaseKind::kDuplicatePrint, "p1"), Card("job1"))};
  const auto after = [&] {
    return DecideCase(CaseKind::kDuplicatePrint, Entity(), row, &anomaly, {},
                      [](const ActionId&) { return true; });
  };
  EXPECT_EQ(after()->changed.state, CaseState::kClosed);
  anomaly.ask = true;
  EXPECT_EQ(after()->changed.state, CaseState::kOpen);
  // It was closed before anybody knew that the card had left.
  row.state = CaseState::kClosed;
  EXPECT_EQ(after()->changed.state, CaseState::kOpen);
}

TEST(CasePolicyTest, WhereAnOrderIsOutForTheCardThatWouldStayNowAPersonDecides) {
  const Anomaly anomaly{.kind = CaseKind::kDuplicatePrint,
                        .evidence = {Fact("a"), Fact("b")},
                        .cards = {Card("job2")},
                        .kept = KeptCard{.card = Card("job1"), .reason = KeepReason::kDelivered}};
  CaseRow row;
  row.revision = 1;
  row.state = CaseState::kActing;
  row.evidence = anomaly.evidence;
  row.actions = {ActionIdFor(CaseIdFor(CaseKind::kDuplicatePrint, "p1"), Card("job1"))};
  const auto after = [&](bool done) {
    return DecideCase(CaseKind::kDuplicatePrint, Entity(), row, &anomaly, {},
                      [done](const ActionId&) { return done; });
  };
  EXPECT_FALSE(after(false).has_value()) << "the second card is not called back as well";
  ASSERT_TRUE(after(true).has_value());
  EXPECT_EQ(after(true)->changed.state, CaseState::kOpen);
  EXPECT_TRUE(after(true)->ordered.empty());
}

TEST(CasePolicyTest, WhereTheDistrictWaitsForAPersonFactsCloseNothing) {
  const Anomaly settled{
      .kind = CaseKind::kWrongBlankBound, .evidence = {Fact("a")}, .settled = true};
  const std::vector<domain::CaseRule> rules = {{.kind = CaseKind::kWrongBlankBound,
                                                .may_decide = {domain::Role::kReconciler},
                                                .wait_for_person = true}};
  const auto state = [&](const std::vector<domain::CaseRule>& by) {
    return DecideCase(CaseKind::kWrongBlankBound, Entity(), {}, &settled, by,
                      [](const ActionId&) { return false; })
        ->changed.state;
  };
  EXPECT_EQ(state({}), CaseState::kClosed);
  EXPECT_EQ(state(rules), CaseState::kOpen);
  EXPECT_FALSE(WaitsForPerson(rules, CaseKind::kOverDuty));
}

}  // namespace
}  // namespace keping::central
