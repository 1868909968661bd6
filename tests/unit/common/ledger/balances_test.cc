#include "common/ledger/balances.h"

#include <set>
#include <string>

#include "gtest/gtest.h"

namespace keping::ledger {
namespace {

using domain::NodeId;

Move Of(Account from, Account to, int64_t quantity, const NodeId& holder = {}) {
  return {.from = {from, {}}, .to = {to, holder}, .quantity = quantity, .cause = {}};
}

TEST(AccountTest, EveryAccountIsListedOnceAndNamed) {
  std::set<Account> seen;
  std::set<std::string> names;
  for (Account account : kAllAccounts) {
    seen.insert(account);
    names.insert(AccountName(account));
  }
  EXPECT_EQ(seen.size(), kAllAccounts.size());
  EXPECT_EQ(names.size(), kAllAccounts.size());
  EXPECT_EQ(static_cast<size_t>(*seen.rbegin()), kAllAccounts.size());
}

TEST(BalancesTest, EmptyLedgerCloses) { EXPECT_TRUE(Balances().Close().balanced); }

TEST(BalancesTest, WhatCameFromASourceLiesSomewhere) {
  Balances balances;
  balances.Apply(Of(Account::kCentre, Account::kDistrictStock, 8000));
  balances.Apply(Of(Account::kDistrictStock, Account::kInTransit, 1600, NodeId::Of("susut")));
  balances.Apply(Of(Account::kUnknownOrigin, Account::kUnaccountedClaim, 1, NodeId::Of("susut")));
  const Closing closing = balances.Close();
  EXPECT_TRUE(closing.balanced);
  EXPECT_EQ(closing.from_centre, 8000);
  EXPECT_EQ(closing.from_unknown_origin, 1);
  EXPECT_EQ(closing.totals.at(Account::kDistrictStock), 6400);
  EXPECT_EQ(closing.totals.at(Account::kInTransit), 1600);
  EXPECT_EQ(balances.At({Account::kInTransit, NodeId::Of("susut")}), 1600);
}

TEST(BalancesTest, AnOpeningInventoryIsASourceOfItsOwn) {
  Balances balances;
  balances.Apply(Of(Account::kOpeningBalance, Account::kNodeStock, 40, NodeId::Of("susut")));
  const Closing closing = balances.Close();
  EXPECT_TRUE(closing.balanced);
  EXPECT_EQ(closing.from_opening_balance, 40);
  EXPECT_EQ(closing.from_centre, 0);
}

TEST(BalancesTest, ANegativeHolderDoesNotCloseEvenIfTheSumDoes) {
  Balances balances;
  balances.Apply(Of(Account::kCentre, Account::kDistrictStock, 1));
  balances.Apply({.from = {Account::kNodeStock, NodeId::Of("susut")},
                  .to = {Account::kNodeStock, NodeId::Of("bangli")},
                  .quantity = 1,
                  .cause = {}});
  EXPECT_FALSE(balances.Close().balanced);
}

}  // namespace
}  // namespace keping::ledger
