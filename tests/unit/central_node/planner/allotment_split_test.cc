#include "central_node/planner/allotment_split.h"

#include <numeric>

#include "common/base/prng.h"
#include "gtest/gtest.h"

namespace keping::planner {
namespace {

const domain::NodeId kA = domain::NodeId::Of("a");
const domain::NodeId kB = domain::NodeId::Of("b");
const domain::NodeId kC = domain::NodeId::Of("c");

std::vector<uint64_t> Days(size_t days, uint64_t cards) {
  return std::vector<uint64_t>(days, cards);
}

std::vector<uint64_t> Blanks(const AllotmentSplit& split) {
  std::vector<uint64_t> blanks;
  for (const OfficeShare& share : split.shares) blanks.push_back(share.blanks);
  return blanks;
}

TEST(AllotmentSplitTest, OfficesRunOutOnTheSameDayWhateverTheyHave) {
  const AllotmentSplit split = SplitAllotment(
      2400,
      {{.node = kA, .blanks = 100, .cards = Days(40, 50)}, {.node = kB, .cards = Days(40, 50)}});
  EXPECT_EQ(split.shares, (std::vector<OfficeShare>{{kA, 1150}, {kB, 1250}}));
  EXPECT_EQ(split.covered_days, 25);
  EXPECT_EQ(split.reserve, 0u);
}

TEST(AllotmentSplitTest, CapacityAndBacklogDecideHowMuch) {
  // b feeds twice as many a day as a; c has only ten left to print.
  std::vector<uint64_t> few = Days(30, 0);
  few[0] = 10;
  const AllotmentSplit split = SplitAllotment(310, {{.node = kA, .cards = Days(30, 10)},
                                                    {.node = kB, .cards = Days(30, 20)},
                                                    {.node = kC, .cards = few}});
  EXPECT_EQ(Blanks(split), (std::vector<uint64_t>{100, 200, 10}));
  EXPECT_EQ(split.covered_days, 10);
}

TEST(AllotmentSplitTest, WhomAParcelReachesLaterGetsThatMuchMore) {
  const AllotmentSplit split = SplitAllotment(
      230,
      {{.node = kA, .cards = Days(30, 10)}, {.node = kB, .lead_days = 3, .cards = Days(30, 10)}});
  EXPECT_EQ(Blanks(split), (std::vector<uint64_t>{100, 130}));
}

TEST(AllotmentSplitTest, WhoHasEnoughGetsNothing) {
  const AllotmentSplit split = SplitAllotment(
      50,
      {{.node = kA, .blanks = 1000, .cards = Days(30, 10)}, {.node = kB, .cards = Days(30, 10)}});
  EXPECT_EQ(Blanks(split), (std::vector<uint64_t>{0, 50}));
}

TEST(AllotmentSplitTest, TheLastDayIsSharedByLargestRemainder) {
  // Of the day's 7, 5 and 3 cards ten can be printed: 4.67, 3.33 and 2 of them.
  const AllotmentSplit split = SplitAllotment(
      10, {{.node = kA, .cards = {7}}, {.node = kB, .cards = {5}}, {.node = kC, .cards = {3}}});
  EXPECT_EQ(Blanks(split), (std::vector<uint64_t>{5, 3, 2}));
  EXPECT_EQ(split.covered_days, 0);
}

TEST(AllotmentSplitTest, OfEqualsTheFirstGetsTheOddOne) {
  const AllotmentSplit split =
      SplitAllotment(1, {{.node = kA, .cards = {5}}, {.node = kB, .cards = {5}}});
  EXPECT_EQ(Blanks(split), (std::vector<uint64_t>{1, 0}));
}

TEST(AllotmentSplitTest, WhatNobodyNeedsIsTheReserve) {
  const AllotmentSplit split =
      SplitAllotment(100, {{.node = kA, .cards = Days(3, 10)}, {.node = kB, .cards = Days(5, 10)}});
  EXPECT_EQ(Blanks(split), (std::vector<uint64_t>{30, 50}));
  EXPECT_EQ(split.reserve, 20u);
  EXPECT_EQ(SplitAllotment(100, {}).reserve, 100u);
}

TEST(AllotmentSplitTest, SharesAndReserveAreTheDelivery) {
  base::Prng prng(1);
  for (int round = 0; round < 2000; ++round) {
    std::vector<OfficeNeed> needs(prng.Below(6));
    uint64_t wanted = 0;
    for (OfficeNeed& need : needs) {
      need.lead_days = static_cast<uint32_t>(prng.Below(4));
      need.blanks = prng.Below(60);
      for (uint64_t days = prng.Below(12); days > 0; --days) need.cards.push_back(prng.Below(20));
      const uint64_t cards = std::accumulate(need.cards.begin(), need.cards.end(), uint64_t{0});
      wanted += cards - std::min(cards, need.blanks);
    }
    const uint64_t blanks = prng.Below(300);
    const AllotmentSplit split = SplitAllotment(blanks, needs);
    const std::vector<uint64_t> shares = Blanks(split);
    const uint64_t given = std::accumulate(shares.begin(), shares.end(), uint64_t{0});
    ASSERT_EQ(given + split.reserve, blanks) << "round " << round;
    ASSERT_EQ(split.reserve, blanks - std::min(blanks, wanted)) << "round " << round;
    for (size_t i = 0; i < needs.size(); ++i) {
      const std::vector<uint64_t>& cards = needs[i].cards;
      const uint64_t all = std::accumulate(cards.begin(), cards.end(), uint64_t{0});
      ASSERT_LE(shares[i], all - std::min(all, needs[i].blanks)) << "round " << round;
    }
  }
}

}  // namespace
}  // namespace keping::planner
