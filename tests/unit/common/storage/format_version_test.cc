#include "common/storage/format_version.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "common/storage/faulty_store.h"
#include "common/storage/key_space.h"
#include "common/storage/memory_store.h"

namespace keping::storage {
namespace {

using ::testing::HasSubstr;

TEST(FormatVersionTest, EmptyStoreIsMarkedDurably) {
  FaultyStore store;
  ASSERT_TRUE(CheckFormatVersion(store, 3, "edge").ok());
  EXPECT_EQ(store.unsynced_batches(), 0u);
  EXPECT_EQ(*store.Get(kFormatVersionKey), std::make_optional<std::string>("keping edge 3"));
  EXPECT_TRUE(CheckFormatVersion(store, 3, "edge").ok());
}

struct Refusal {
  const char* mark;
  absl::StatusCode code;
  const char* sentence;
};

TEST(FormatVersionTest, RefusesWhatItCannotServe) {
  const Refusal refusals[] = {
      {"keping edge 4", absl::StatusCode::kFailedPrecondition, "written by a newer Keping"},
      {"keping edge 2", absl::StatusCode::kFailedPrecondition, "install the version that wrote it"},
      {"keping central 3", absl::StatusCode::kFailedPrecondition,
       "got the database of the program central, want that of edge"},
      {"keping edge", absl::StatusCode::kDataLoss, "damaged"},
      {"keping edge three", absl::StatusCode::kDataLoss, "damaged"},
      {"", absl::StatusCode::kDataLoss, "damaged"},
  };
  for (const Refusal& refusal : refusals) {
    std::unique_ptr<KvStore> store = MakeMemoryStore();
    WriteBatch batch;
    batch.Put(kFormatVersionKey, refusal.mark);
    ASSERT_TRUE(store->Write(batch, Durability::kSynced).ok());
    const absl::Status status = CheckFormatVersion(*store, 3, "edge");
    EXPECT_EQ(status.code(), refusal.code) << refusal.mark;
    EXPECT_THAT(std::string(status.message()), HasSubstr(refusal.sentence));
  }
}

TEST(FormatVersionTest, DataWithoutMarkIsNotTakenOver) {
  std::unique_ptr<KvStore> store = MakeMemoryStore();
  WriteBatch batch;
  batch.Put("something", "else");
  ASSERT_TRUE(store->Write(batch, Durability::kSynced).ok());
  EXPECT_TRUE(absl::IsDataLoss(CheckFormatVersion(*store, 3, "edge")));
  EXPECT_EQ(*store->Get(kFormatVersionKey), std::nullopt);
}

}  // namespace
}  // namespace keping::storage
