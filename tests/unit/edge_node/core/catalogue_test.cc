#include "edge_node/core/catalogue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace keping::edge {
namespace {

const RecordState kHere{.present = true, .fault = {}};

using domain::PrrId;

domain::FeedItem Prr(const char* id, uint64_t version, int enrolled_second = 0,
                     bool withdrawn = false) {
  domain::PrrItem item;
  item.prr = PrrId::Of(id);
  item.withdrawn = withdrawn;
  item.enrolled_at = absl::FromUnixSeconds(enrolled_second);
  item.record = withdrawn ? "" : "record";
  return {.key = domain::PrrFeedKey(item.prr), .position = 0, .version = version, .body = item};
}

std::vector<std::string> PlanOf(const Catalogue& catalogue) {
  std::vector<std::string> plan;
  for (const auto& [enrolled_at, prr] : catalogue.plan()) plan.push_back(prr.value());
  return plan;
}

TEST(CatalogueTest, PlanIsInTheOrderOfEnrolment) {
  Catalogue catalogue;
  catalogue.Apply(Prr("late", 1, 30), kHere);
  catalogue.Apply(Prr("b", 1, 10), kHere);
  catalogue.Apply(Prr("a", 1, 10), kHere);
  EXPECT_EQ(PlanOf(catalogue), (std::vector<std::string>{"a", "b", "late"}));
  catalogue.Apply(Prr("late", 2, 5), kHere);
  EXPECT_EQ(PlanOf(catalogue), (std::vector<std::string>{"late", "a", "b"}));
}

TEST(CatalogueTest, AnOlderVersionNeverReplacesANewerOne) {
  Catalogue catalogue;
  catalogue.Apply(Prr("a", 5, 0, /*withdrawn=*/true), {});
  const crypto::Hash state = catalogue.state();
  for (const uint64_t version : {0, 1, 4, 5}) catalogue.Apply(Prr("a", version), kHere);
  EXPECT_TRUE(catalogue.FindPrr(PrrId::Of("a"))->withdrawn);
  EXPECT_FALSE(catalogue.HasRecord(PrrId::Of("a")));
  EXPECT_EQ(catalogue.state(), state);
  EXPECT_EQ(catalogue.VersionOf("prr/a"), 5u);
  EXPECT_EQ(catalogue.VersionOf("prr/b"), 0u);
}

TEST(CatalogueTest, AWithdrawalIsRememberedBeforeItsRecord) {
  Catalogue catalogue;
  catalogue.Apply(Prr("a", 2, 0, /*withdrawn=*/true), {});
  catalogue.Apply(Prr("a", 1), kHere);
  EXPECT_TRUE(catalogue.FindPrr(PrrId::Of("a"))->withdrawn);
}

TEST(CatalogueTest, AForgottenKeyLeavesNothing) {
  Catalogue catalogue;
  const auto person = domain::OperatorId::Of("op");
  const auto transfer = domain::TransferId::Of("t");
  const auto action = domain::ActionId::Of("action");
  catalogue.Apply(Prr("kept", 1), kHere);
  const crypto::Hash state = catalogue.state();
  const domain::FeedItem items[] = {
      Prr("gone", 2),
      {.key = domain::OperatorFeedKey(person),
       .version = 3,
       .body = domain::OperatorItem{.operator_id = person}},
      {.key = domain::TransferFeedKey(transfer),
       .version = 4,
       .body = domain::TransferItem{.transfer = transfer, .serials = {}}},
      {.key = domain::ActionFeedKey(action),
       .version = 5,
       .body = domain::ActionItem{.action = action,
                                  .kind = domain::ActionKind::kRecallCard,
                                  .case_id = {},
                                  .prr = {},
                                  .blank = {}}}};
  for (const auto& item : items) catalogue.Apply(item, kHere);
  EXPECT_EQ(catalogue.Keys(), (std::vector<std::string>{"action/action", "operator/op", "prr/gone",
                                                        "prr/kept", "transfer/t"}));
  for (const auto& item : items) catalogue.Forget(item.key);
  catalogue.Forget("prr/never-known");
  EXPECT_EQ(catalogue.state(), state);
  EXPECT_EQ(PlanOf(catalogue), (std::vector<std::string>{"kept"}));
  EXPECT_EQ(catalogue.FindPrr(PrrId::Of("gone")), nullptr);
  EXPECT_FALSE(catalogue.HasRecord(PrrId::Of("gone")));
  EXPECT_TRUE(catalogue.operators().empty());
  EXPECT_TRUE(catalogue.transfers().empty());
  EXPECT_TRUE(catalogue.actions().empty());
  catalogue.Apply(Prr("gone", 1), kHere);
  EXPECT_EQ(catalogue.VersionOf("prr/gone"), 1u);
}

TEST(CatalogueTest, RecordsStayInTheStore) {
  Catalogue catalogue;
  catalogue.Apply(Prr("a", 1), kHere);
  EXPECT_TRUE(catalogue.HasRecord(PrrId::Of("a")));
  EXPECT_TRUE(catalogue.FindPrr(PrrId::Of("a"))->record.empty());
  catalogue.Apply(Prr("a", 2, 0, /*withdrawn=*/true), {});
  EXPECT_FALSE(catalogue.HasRecord(PrrId::Of("a")));
}

TEST(CatalogueTest, OrderOfArrivalDoesNotMatter) {
  std::vector<domain::FeedItem> items = {Prr("a", 1), Prr("a", 2, 7), Prr("b", 3),
                                         Prr("b", 4, 0, true)};
  auto by_version = [](const auto& x, const auto& y) { return x.version < y.version; };
  std::sort(items.begin(), items.end(), by_version);
  do {
    Catalogue catalogue;
    for (const auto& item : items) {
      catalogue.Apply(
          item, {.present = !std::get<domain::PrrItem>(item.body).record.empty(), .fault = {}});
    }
    EXPECT_EQ(catalogue.VersionOf("prr/a"), 2u);
    EXPECT_TRUE(catalogue.FindPrr(PrrId::Of("b"))->withdrawn);
    EXPECT_EQ(PlanOf(catalogue), (std::vector<std::string>{"b", "a"}));
    domain::FeedState expected;
    expected.Apply("prr/a", 0, 2);
    expected.Apply("prr/b", 0, 4);
    EXPECT_EQ(catalogue.state(), expected.hash());
  } while (std::next_permutation(items.begin(), items.end(), by_version));
}

TEST(CatalogueTest, OtherItemsAreFoundById) {
  Catalogue catalogue;
  catalogue.Apply({.key = "operator/op",
                   .position = 1,
                   .version = 1,
                   .body = domain::OperatorItem{domain::OperatorId::Of("op"), {}}},
                  {});
  catalogue.Apply({.key = "operator/op",
                   .position = 2,
                   .version = 2,
                   .body = domain::OperatorItem{domain::OperatorId::Of("op"),
                                                {domain::ApplicationVersion::Of("8.1")}}},
                  {});
  catalogue.Apply({.key = "transfer/t",
                   .position = 3,
                   .version = 1,
                   .body = domain::TransferItem{domain::TransferId::Of("t"),
                                                *domain::SerialSet::Parse("A1..A9")}},
                  {});
  domain::ActionItem action;
  action.action = domain::ActionId::Of("x");
  catalogue.Apply({.key = "action/x", .position = 4, .version = 1, .body = action}, {});
  catalogue.Advance(4);
  EXPECT_TRUE(catalogue.FindOperator(domain::OperatorId::Of("op"))
                  ->CertifiedOn(domain::ApplicationVersion::Of("8.1")));
  EXPECT_EQ(catalogue.FindTransfer(domain::TransferId::Of("t"))->serials.size(), 9u);
  EXPECT_EQ(*catalogue.FindAction(domain::ActionId::Of("x")), action);
  EXPECT_EQ(catalogue.FindOperator(domain::OperatorId::Of("other")), nullptr);
  EXPECT_EQ(catalogue.FindTransfer(domain::TransferId::Of("other")), nullptr);
  EXPECT_EQ(catalogue.FindAction(domain::ActionId::Of("other")), nullptr);
  EXPECT_EQ(catalogue.position(), 4u);
}

TEST(CatalogueTest, APersonStruckOffIsNoLongerFound) {
  Catalogue catalogue;
  const auto op = domain::OperatorId::Of("op");
  domain::OperatorItem person{.operator_id = op, .role = domain::Role::kSupervisor};
  catalogue.Apply({.key = "operator/op", .position = 1, .version = 1, .body = person}, {});
  EXPECT_EQ(catalogue.FindOperator(op)->role, domain::Role::kSupervisor);
  person.active = false;
  catalogue.Apply({.key = "operator/op", .position = 2, .version = 2, .body = person}, {});
  EXPECT_EQ(catalogue.FindOperator(op), nullptr);
  EXPECT_EQ(catalogue.operators().count(op), 1u);
}

TEST(CatalogueTest, TheApplicationRequiredAndTheGrantKeyAreKept) {
  Catalogue catalogue;
  EXPECT_TRUE(catalogue.required_application().empty());
  EXPECT_TRUE(catalogue.grant_key().empty());
  const auto version = domain::ApplicationVersion::Of("8.2");
  catalogue.Apply({.key = domain::ApplicationFeedKey(),
                   .position = 1,
                   .version = 1,
                   .body = domain::ApplicationItem{version}},
                  {});
  catalogue.Apply({.key = domain::GrantKeyFeedKey(),
                   .position = 2,
                   .version = 1,
                   .body = domain::GrantKeyItem{"secret"}},
                  {});
  EXPECT_EQ(catalogue.required_application(), version);
  EXPECT_EQ(catalogue.grant_key(), "secret");
  catalogue.Forget(domain::ApplicationFeedKey());
  catalogue.Forget(domain::GrantKeyFeedKey());
  EXPECT_TRUE(catalogue.required_application().empty());
  EXPECT_TRUE(catalogue.grant_key().empty());
}

}  // namespace
}  // namespace keping::edge
