#include "central_node/planner/staffing.h"

#include <algorithm>

#include "central_node/planner/basis.h"
#include "common/base/prng.h"
#include "gtest/gtest.h"

namespace keping::planner {
namespace {

using Posts = std::vector<uint32_t>;

TEST(StaffingTest, NobodyIsAtTwoOffices) {
  EXPECT_EQ(FillPosts({0, 1}, {{7}, {7}}), (Posts{7, kNone}));
}

TEST(StaffingTest, WhoCanBeSentElsewhereMakesRoom) {
  EXPECT_EQ(FillPosts({0, 1}, {{3, 7}, {3}}), (Posts{7, 3}));
}

TEST(StaffingTest, TheImportantPostIsNotEmptiedForALesserOne) {
  EXPECT_EQ(FillPosts({1, 0}, {{3}, {3}}), (Posts{3, kNone}));
}

TEST(StaffingTest, AnOfficeCanHaveSeveralPosts) {
  EXPECT_EQ(FillPosts({0, 0, 1}, {{1, 2}, {2}}), (Posts{2, 1, kNone}));
}

// Every way to send people, tried out: the best sum of weights.
uint64_t BestByTrying(const Posts& offices, const std::vector<uint64_t>& weights,
                      const std::vector<std::vector<uint32_t>>& candidates, size_t post,
                      std::vector<bool>& busy) {
  if (post == offices.size()) return 0;
  uint64_t best = BestByTrying(offices, weights, candidates, post + 1, busy);
  for (const uint32_t person : candidates[offices[post]]) {
    if (busy[person]) continue;
    busy[person] = true;
    best =
        std::max(best, weights[post] + BestByTrying(offices, weights, candidates, post + 1, busy));
    busy[person] = false;
  }
  return best;
}

TEST(StaffingTest, NoOtherWayToSendPeopleDoesMoreWork) {
  base::Prng prng(1);
  for (int round = 0; round < 500; ++round) {
    const uint32_t people = static_cast<uint32_t>(prng.Below(5));
    std::vector<std::vector<uint32_t>> candidates(1 + prng.Below(4));
    for (auto& office : candidates) {
      for (uint32_t person = 0; person < people; ++person) {
        if (prng.Chance(1, 2)) office.push_back(person);
      }
    }
    Posts offices(prng.Below(6));
    std::vector<uint64_t> weights(offices.size());
    for (uint32_t& office : offices) office = static_cast<uint32_t>(prng.Below(candidates.size()));
    for (uint64_t& weight : weights) weight = prng.Below(10);
    std::sort(weights.rbegin(), weights.rend());
    const Posts filled = FillPosts(offices, candidates);
    uint64_t work = 0;
    std::vector<bool> busy(people, false);
    for (size_t post = 0; post < filled.size(); ++post) {
      if (filled[post] == kNone) continue;
      ASSERT_FALSE(busy[filled[post]]) << "round " << round;
      busy[filled[post]] = true;
      work += weights[post];
    }
    busy.assign(people, false);
    ASSERT_EQ(work, BestByTrying(offices, weights, candidates, 0, busy)) << "round " << round;
  }
}

}  // namespace
}  // namespace keping::planner
