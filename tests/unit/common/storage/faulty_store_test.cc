#include "common/storage/faulty_store.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace keping::storage {
namespace {

WriteBatch PutOne(absl::string_view key, absl::string_view value) {
  WriteBatch batch;
  batch.Put(key, value);
  return batch;
}

std::map<std::string, std::string> Contents(const KvStore& store) {
  std::map<std::string, std::string> contents;
  EXPECT_TRUE(store
                  .Scan("", "",
                        [&](absl::string_view key, absl::string_view value) {
                          contents[std::string(key)] = std::string(value);
                          return true;
                        })
                  .ok());
  return contents;
}

TEST(FaultyStoreTest, CrashLosesOnlyASuffixOfWhatWasNotSynced) {
  std::set<size_t> lost_counts;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    base::Prng prng(seed);
    FaultyStore store;
    std::vector<std::map<std::string, std::string>> history = {{}};
    size_t durable = 0;
    for (int i = 0; i < 10; ++i) {
      WriteBatch batch;
      for (int j = 0; j < 3; ++j) {
        const std::string key(1, static_cast<char>('a' + prng.Below(5)));
        if (prng.Chance(1, 3)) {
          batch.Delete(key);
        } else {
          batch.Put(key, std::to_string(i));
        }
      }
      const bool synced = prng.Chance(1, 5);
      ASSERT_TRUE(store.Write(batch, synced ? Durability::kSynced : Durability::kBuffered).ok());
      history.push_back(Contents(store));
      if (synced) durable = history.size() - 1;
    }
    const size_t at_risk = store.unsynced_batches();
    EXPECT_EQ(at_risk, history.size() - 1 - durable);
    const size_t lost = store.Crash(prng);
    ASSERT_LE(lost, at_risk);
    EXPECT_EQ(Contents(store), history[history.size() - 1 - lost]);
    EXPECT_EQ(store.unsynced_batches(), 0u);
    lost_counts.insert(lost);
  }
  EXPECT_GT(lost_counts.size(), 5u);
}

TEST(FaultyStoreTest, DurableGetShowsWhatACrashCannotTake) {
  FaultyStore store;
  ASSERT_TRUE(store.Write(PutOne("a", "1"), Durability::kSynced).ok());
  ASSERT_TRUE(store.Write(PutOne("a", "2"), Durability::kBuffered).ok());
  ASSERT_TRUE(store.Write(PutOne("a", "3"), Durability::kBuffered).ok());
  ASSERT_TRUE(store.Write(PutOne("b", "1"), Durability::kBuffered).ok());
  EXPECT_EQ(store.DurableGet("a"), "1");
  EXPECT_EQ(store.DurableGet("b"), std::nullopt);
  ASSERT_TRUE(store.Write(WriteBatch(), Durability::kSynced).ok());
  EXPECT_EQ(store.DurableGet("a"), "3");
  EXPECT_EQ(store.DurableGet("b"), "1");
}

TEST(FaultyStoreTest, EmptySyncedBatchMakesEarlierOnesDurable) {
  base::Prng prng(1);
  FaultyStore store;
  ASSERT_TRUE(store.Write(PutOne("a", "1"), Durability::kBuffered).ok());
  ASSERT_TRUE(store.Write(WriteBatch(), Durability::kSynced).ok());
  EXPECT_EQ(store.Crash(prng), 0u);
  EXPECT_EQ(Contents(store).size(), 1u);
}

TEST(FaultyStoreTest, FailedWriteRefusesLaterOnesUntilReopened) {
  for (const auto failure :
       {FaultyStore::Failure::kNotWritten, FaultyStore::Failure::kUnknownButWritten}) {
    const bool written = failure == FaultyStore::Failure::kUnknownButWritten;
    FaultyStore store;
    ASSERT_TRUE(store.Write(PutOne("a", "1"), Durability::kBuffered).ok());
    store.FailNextWrite(failure);
    EXPECT_TRUE(absl::IsUnavailable(store.Write(PutOne("a", "2"), Durability::kSynced)));
    EXPECT_TRUE(store.failed());
    EXPECT_TRUE(absl::IsFailedPrecondition(store.Write(PutOne("b", "1"), Durability::kSynced)));
    EXPECT_EQ(*store.Get("a"), std::make_optional<std::string>("1"));
    store.Reopen();
    EXPECT_EQ(*store.Get("a"), std::make_optional<std::string>(written ? "2" : "1"));
    EXPECT_EQ(*store.Get("b"), std::nullopt);
    EXPECT_TRUE(store.Write(PutOne("b", "1"), Durability::kSynced).ok());
  }
}

TEST(FaultyStoreTest, AfterAPowerCutABatchInDoubtIsThereOrNot) {
  std::set<std::string> seen;
  for (uint64_t seed = 0; seed < 50; ++seed) {
    base::Prng prng(seed);
    FaultyStore store;
    ASSERT_TRUE(store.Write(PutOne("a", "1"), Durability::kSynced).ok());
    store.FailNextWrite(FaultyStore::Failure::kUnknownButWritten);
    ASSERT_FALSE(store.Write(PutOne("a", "2"), Durability::kSynced).ok());
    store.Crash(prng);
    seen.insert(**store.Get("a"));
    EXPECT_TRUE(store.Write(PutOne("b", "1"), Durability::kSynced).ok());
  }
  EXPECT_EQ(seen, (std::set<std::string>{"1", "2"}));
}

}  // namespace
}  // namespace keping::storage
