#include "common/storage/sealed_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/prng.h"
#include "common/storage/faulty_store.h"
#include "common/storage/key_space.h"

namespace keping::storage {
namespace {

using crypto::KeyId;
using crypto::KeyIdOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string kOne(32, '1');
const std::string kTwo(32, '2');
const std::string kThree(32, '3');
const std::vector<std::string> kPrefixes = {"a/", "b/"};

absl::StatusOr<SealedRows> OpenRows(KvStore& store, const std::vector<std::string>& keys) {
  auto prng = std::make_shared<base::Prng>(1);
  return SealedRows::Open(&store, *crypto::RecordCipher::FromKeys(keys),
                          [prng](size_t size) { return prng->Bytes(size); },
                          {.prefixes = kPrefixes, .lost_key_advice = "fetch them again."});
}

void Put(KvStore& store, const SealedRows& rows, const std::string& key, const std::string& text) {
  WriteBatch batch;
  batch.Put(key, rows.Seal(text, key));
  ASSERT_TRUE(store.Write(batch, Durability::kSynced).ok());
}

void PutRows(KvStore& store, const SealedRows& rows, int count, size_t size = 100) {
  for (int i = 0; i < count; ++i) {
    for (const std::string& prefix : kPrefixes) {
      const std::string key = absl::StrCat(prefix, i);
      Put(store, rows, key, absl::StrCat(key, std::string(size, 'x')));
    }
  }
}

std::map<std::string, KeyId> KeysOfRows(const KvStore& store) {
  std::map<std::string, KeyId> keys;
  EXPECT_TRUE(store
                  .Scan("a", "c",
                        [&keys](absl::string_view key, absl::string_view sealed) {
                          keys[std::string(key)] = crypto::KeyIdOfSealed(sealed);
                          return true;
                        })
                  .ok());
  return keys;
}

bool AllUnder(const KvStore& store, const std::string& key) {
  const auto keys = KeysOfRows(store);
  return std::all_of(keys.begin(), keys.end(),
                     [&key](const auto& row) { return row.second == KeyIdOf(key); });
}

void Finish(SealedRows& rows) {
  while (rows.resealing()) ASSERT_TRUE(rows.ResealSome().ok());
}

TEST(SealedRowsTest, RowsAreUnderTheNewKeyAtOnceAndAllOfThemLater) {
  FaultyStore store;
  SealedRows rows = *OpenRows(store, {kOne});
  PutRows(store, rows, 5);
  ASSERT_TRUE(rows.StartRotation(kTwo).ok());
  EXPECT_THAT(rows.named_keys(), ElementsAre(KeyIdOf(kOne), KeyIdOf(kTwo)));
  Put(store, rows, "a/new", "new");
  EXPECT_EQ(KeysOfRows(store).at("a/new"), KeyIdOf(kTwo));
  EXPECT_EQ(KeysOfRows(store).at("a/1"), KeyIdOf(kOne));
  Finish(rows);
  EXPECT_TRUE(AllUnder(store, kTwo));
  EXPECT_EQ(rows.resealed_rows(), 10u);
  EXPECT_THAT(rows.named_keys(), ElementsAre(KeyIdOf(kTwo)));

  // The old key is of no use any more.
  const SealedRows reopened = *OpenRows(store, {kTwo});
  EXPECT_EQ(*reopened.Open(**store.Get("b/4"), "b/4"), absl::StrCat("b/4", std::string(100, 'x')));
}

TEST(SealedRowsTest, AStepIsSmall) {
  FaultyStore store;
  SealedRows rows = *OpenRows(store, {kOne});
  PutRows(store, rows, 8, SealedRows::kStepBytes / 3);
  ASSERT_TRUE(rows.StartRotation(kTwo).ok());
  for (uint64_t before = 0; rows.resealing(); before = rows.resealed_rows()) {
    ASSERT_TRUE(rows.ResealSome().ok());
    EXPECT_LE(rows.resealed_rows() - before, 3u);
  }
  EXPECT_EQ(rows.resealed_rows(), 16u);
}

TEST(SealedRowsTest, ASecondRotationWaitsForTheFirst) {
  FaultyStore store;
  SealedRows rows = *OpenRows(store, {kOne});
  ASSERT_TRUE(rows.StartRotation(kTwo).ok());
  const absl::Status status = rows.StartRotation(kThree);
  EXPECT_TRUE(absl::IsFailedPrecondition(status));
  EXPECT_THAT(std::string(status.message()), HasSubstr("K-211"));
  Finish(rows);
  EXPECT_TRUE(rows.StartRotation(kThree).ok());
}

TEST(SealedRowsTest, ALostKeyIsFoundAtOpen) {
  FaultyStore store;
  SealedRows rows = *OpenRows(store, {kOne});
  PutRows(store, rows, 1);
  ASSERT_TRUE(rows.StartRotation(kTwo).ok());
  for (const auto& keys : {std::vector{kTwo}, std::vector{kThree}}) {
    const absl::Status status = OpenRows(store, keys).status();
    EXPECT_TRUE(absl::IsFailedPrecondition(status)) << status;
    EXPECT_TRUE(IsDataKeyLost(status));
    EXPECT_THAT(std::string(status.message()), HasSubstr(KeyIdOf(kOne).value()));
    EXPECT_THAT(std::string(status.message()), HasSubstr("No event is lost"));
    EXPECT_THAT(std::string(status.message()), HasSubstr("fetch them again."));
  }
  EXPECT_TRUE(OpenRows(store, {kOne, kTwo}).ok());
}

TEST(SealedRowsTest, RowsWithoutAListOfTheirKeysAreDamage) {
  FaultyStore store;
  const SealedRows rows = *OpenRows(store, {kOne});
  PutRows(store, rows, 1);
  WriteBatch batch;
  batch.Delete(kDataKeysKey);
  ASSERT_TRUE(store.Write(batch, Durability::kSynced).ok());
  EXPECT_TRUE(absl::IsDataLoss(OpenRows(store, {kOne}).status()));
  batch.Put(kDataKeysKey, "two  blanks");
  ASSERT_TRUE(store.Write(batch, Durability::kSynced).ok());
  EXPECT_TRUE(absl::IsDataLoss(OpenRows(store, {kOne}).status()));
}

TEST(SealedRowsTest, ADamagedRowKeepsNoKeyAlive) {
  FaultyStore store;
  SealedRows rows = *OpenRows(store, {kOne});
  PutRows(store, rows, 2);
  WriteBatch batch;
  batch.Put("a/0", **store.Get("a/1"));  // bound to another place
  ASSERT_TRUE(store.Write(batch, Durability::kSynced).ok());
  ASSERT_TRUE(rows.StartRotation(kTwo).ok());
  Finish(rows);
  EXPECT_EQ(rows.unreadable_rows(), 1u);
  EXPECT_EQ(rows.resealed_rows(), 3u);
}

TEST(SealedRowsTest, AFailedWriteChangesNothing) {
  FaultyStore store;
  SealedRows rows = *OpenRows(store, {kOne});
  PutRows(store, rows, 1);
  store.FailNextWrite(FaultyStore::Failure::kNotWritten);
  EXPECT_FALSE(rows.StartRotation(kTwo).ok());
  EXPECT_FALSE(rows.resealing());
  EXPECT_EQ(crypto::KeyIdOfSealed(rows.Seal("text", "a/9")), KeyIdOf(kOne));
}

// Whatever is lost on the way: rows open with the keys that the store names, and a rotation ends.
TEST(SealedRowsTest, ARotationSurvivesCrashes) {
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    base::Prng prng(seed);
    FaultyStore store;
    std::vector<std::string> keys = {kOne};
    {
      const SealedRows rows = *OpenRows(store, keys);
      PutRows(store, rows, 6, SealedRows::kStepBytes / 4);
    }
    keys.push_back(kTwo);  // made before the rotation starts
    bool done = false;
    while (!done) {
      auto rows = OpenRows(store, keys);
      ASSERT_TRUE(rows.ok()) << rows.status();
      while (!done && !prng.Chance(1, 4)) {
        if (prng.Chance(1, 8)) store.FailNextWrite(FaultyStore::Failure::kUnknownButWritten);
        if (rows->resealing() && !rows->ResealSome().ok()) break;
        done = !rows->resealing();
      }
      store.Crash(prng);
    }
    ASSERT_TRUE(AllUnder(store, kTwo)) << "seed " << seed;
    ASSERT_TRUE(OpenRows(store, {kTwo}).ok()) << "seed " << seed;
  }
}

}  // namespace
}  // namespace keping::storage
