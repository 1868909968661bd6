#include "common/cli/destroyed_pictures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/storage/key_space.h"
#include "common/storage/memory_store.h"

namespace keping::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class DestroyedPicturesTest : public testing::Test {
 protected:
  void Receive(const std::string& prr, uint32_t version) {
    domain::PrrReceived received;
    received.prr = domain::PrrId::Of(prr);
    received.version = version;
    Add(received);
    Put(storage::kSideRecordPrefix, prr, version);
    Put(storage::kSideRecordKeyPrefix, prr, version);
  }
  void Destroy(const std::string& prr) {
    Add(domain::PicturesDestroyed{.prrs = {domain::PrrId::Of(prr)}, .by = {}});
  }
  void Put(absl::string_view prefix, const std::string& prr, uint32_t version) {
    storage::WriteBatch batch;
    batch.Put(KeyOf(prefix, prr, version), "sealed");
    ASSERT_TRUE(store_->Write(batch, storage::Durability::kSynced).ok());
  }
  void Remove(absl::string_view prefix, const std::string& prr, uint32_t version) {
    storage::WriteBatch batch;
    batch.Delete(KeyOf(prefix, prr, version));
    ASSERT_TRUE(store_->Write(batch, storage::Durability::kSynced).ok());
  }
  std::vector<std::string> Differences() {
    v1::StoreReport report;
    EXPECT_TRUE(destroyed_.Check(*store_, &report).ok());
    std::vector<std::string> places;
    for (const v1::Difference& one : report.differences()) {
      EXPECT_EQ(one.code(), "picture_not_destroyed");
      places.push_back(one.place());
    }
    return places;
  }

 private:
  static std::string KeyOf(absl::string_view prefix, const std::string& prr, uint32_t version) {
    std::string key(prefix);
    key += prr + std::string(1, '\0');
    storage::AppendBigEndian64(&key, version);
    return key;
  }
  void Add(const domain::Event& event) {
    destroyed_.Add({.node = domain::NodeId::Of("district"),
                    .incarnation = domain::IncarnationId::Of("g1"),
                    .seq = ++seq_,
                    .id = {},
                    .event = event});
  }

  std::unique_ptr<storage::KvStore> store_ = storage::MakeMemoryStore();
  DestroyedPictures destroyed_;
  uint64_t seq_ = 0;
};

TEST_F(DestroyedPicturesTest, ARowOrAKeyThatStayedIsADifference) {
  Receive("p1", 1);
  EXPECT_THAT(Differences(), IsEmpty());
  Destroy("p1");
  EXPECT_THAT(Differences(), ElementsAre("record p1", "record p1"));
  Remove(storage::kSideRecordPrefix, "p1", 1);
  EXPECT_THAT(Differences(), ElementsAre("record p1"));
  Remove(storage::kSideRecordKeyPrefix, "p1", 1);
  EXPECT_THAT(Differences(), IsEmpty());
}

TEST_F(DestroyedPicturesTest, ALaterVersionIsAnother) {
  Receive("p1", 1);
  Destroy("p1");
  Remove(storage::kSideRecordPrefix, "p1", 1);
  Remove(storage::kSideRecordKeyPrefix, "p1", 1);
  Receive("p1", 2);
  EXPECT_THAT(Differences(), IsEmpty());
}

}  // namespace
}  // namespace keping::cli
