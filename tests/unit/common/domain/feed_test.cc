#include "common/domain/feed.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace keping::domain {
namespace {

TEST(FeedTest, KeysNameTheirKind) {
  EXPECT_EQ(PrrFeedKey(PrrId::Of("x")), "prr/x");
  EXPECT_EQ(OperatorFeedKey(OperatorId::Of("x")), "operator/x");
  EXPECT_EQ(TransferFeedKey(TransferId::Of("x")), "transfer/x");
  EXPECT_EQ(ActionFeedKey(ActionId::Of("x")), "action/x");
}

TEST(FeedTest, AKeyOfARecordNamesIt) {
  EXPECT_EQ(PrrOfFeedKey("prr/x"), PrrId::Of("x"));
  for (const char* key : {"operator/x", "prr/", "prr", "prr/not an id", ""}) {
    EXPECT_EQ(PrrOfFeedKey(key), std::nullopt) << key;
  }
}

TEST(FeedStateTest, AKeyThatIsGoneLeavesNothing) {
  FeedState state;
  state.Apply("a", 0, 1);
  const crypto::Hash before = state.hash();
  state.Apply("b", 0, 2);
  state.Apply("b", 2, 0);
  EXPECT_EQ(state.hash(), before);
}

TEST(FeedStateTest, EmptyLaneIsZero) { EXPECT_TRUE(FeedState().hash().IsZero()); }

TEST(FeedStateTest, OneItemIsItsHash) {
  FeedState state;
  state.Apply("prr/1", 0, 7);
  EXPECT_EQ(state.hash(), crypto::Sha256({"prr/1@7"}));
}

TEST(FeedStateTest, OrderDoesNotMatter) {
  std::vector<std::string> keys = {"a", "b", "c", "d"};
  FeedState expected;
  for (const std::string& key : keys) expected.Apply(key, 0, 3);
  do {
    FeedState state;
    for (const std::string& key : keys) state.Apply(key, 0, 3);
    EXPECT_EQ(state.hash(), expected.hash());
  } while (std::next_permutation(keys.begin(), keys.end()));
}

TEST(FeedStateTest, OnlyTheLatestVersionCounts) {
  FeedState stepwise;
  stepwise.Apply("a", 0, 1);
  stepwise.Apply("b", 0, 1);
  stepwise.Apply("a", 1, 5);
  FeedState compacted;
  compacted.Apply("b", 0, 1);
  compacted.Apply("a", 0, 5);
  EXPECT_EQ(stepwise.hash(), compacted.hash());
}

TEST(FeedStateTest, OmissionAndOtherVersionAreNoticed) {
  FeedState all;
  all.Apply("a", 0, 1);
  all.Apply("b", 0, 1);
  FeedState omitted;
  omitted.Apply("a", 0, 1);
  EXPECT_NE(all.hash(), omitted.hash());
  FeedState older = all;
  older.Apply("b", 1, 2);
  EXPECT_NE(all.hash(), older.hash());
}

TEST(FeedStateTest, GoesOnFromAStoredSum) {
  FeedState whole;
  whole.Apply("a", 0, 1);
  FeedState restored(whole.hash());
  whole.Apply("b", 0, 2);
  restored.Apply("b", 0, 2);
  EXPECT_EQ(whole.hash(), restored.hash());
}

TEST(FeedStateTest, CarriesAndBorrowsThroughAllBytes) {
  crypto::Hash ones;
  ones.bytes.fill(0xff);
  FeedState state(ones);
  state.Apply("a", 0, 1);
  state.Apply("a", 1, 2);
  FeedState direct(ones);
  direct.Apply("a", 0, 2);
  EXPECT_EQ(state.hash(), direct.hash());
  EXPECT_NE(state.hash(), ones);
}

}  // namespace
}  // namespace keping::domain
