#include "edge_node/node/feed_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/wire/feed_codec.h"

namespace keping::edge {
namespace {

const RecordState kHere{.present = true, .fault = {}};

using domain::FeedItem;
using domain::PrrId;

FeedItem Prr(const std::string& id, uint64_t version, uint32_t epoch = 1, bool withdrawn = false) {
  domain::PrrItem item;
  item.prr = PrrId::Of(id);
  item.withdrawn = withdrawn;
  item.lease_holder = domain::NodeId::Of("susut");
  item.lease_epoch = {.generation_order = 1, .counter = epoch};
  item.nik_tail = "0007";
  return {
      .key = domain::PrrFeedKey(item.prr), .position = version, .version = version, .body = item};
}

// Of a whole feed: the state is that of all `signed_items`, the batch has `sent` of them.
sync::FeedBatch Batch(const std::vector<FeedItem>& sent,
                      const std::vector<FeedItem>& signed_items) {
  sync::FeedBatch batch{
      .from = 0, .to = 100, .items = {}, .at_head = true, .state = {}, .signature = {}};
  for (const FeedItem& item : sent) batch.items.push_back(wire::EncodeFeedItem(item));
  domain::FeedState state;
  for (const FeedItem& item : signed_items) state.Apply(item.key, 0, item.version);
  batch.state = state.hash();
  return batch;
}

class FeedReaderTest : public ::testing::Test {
 protected:
  FeedReaderTest() {
    for (const FeedItem& item : {Prr("same", 5), Prr("older", 9, 3), Prr("unnamed", 7)}) {
      catalogue_.Apply(item, kHere);
    }
  }
  FeedChanges Read(uint64_t from, const sync::FeedBatch& batch) {
    reader_.Start(from);
    auto changes = reader_.Read(batch);
    EXPECT_TRUE(changes.ok()) << changes.status();
    return *std::move(changes);
  }

  Catalogue catalogue_;
  FeedReader reader_{&catalogue_};
  const std::vector<FeedItem> feed_ = {Prr("same", 5), Prr("older", 4, 2), Prr("new", 6)};
};

TEST_F(FeedReaderTest, AFeedThatGoesOnBringsOnlyWhatIsNewer) {
  const FeedChanges changes = Read(3, Batch(feed_, feed_));
  ASSERT_EQ(changes.items.size(), 1u);
  EXPECT_EQ(changes.items[0].key, "prr/new");
  EXPECT_TRUE(changes.forgotten.empty());
}

TEST_F(FeedReaderTest, AFeedFromItsStartIsTheWholeTruth) {
  const FeedChanges changes = Read(0, Batch(feed_, feed_));
  ASSERT_EQ(changes.items.size(), 2u);
  EXPECT_EQ(changes.items[0].key, "prr/older");
  EXPECT_EQ(changes.items[0].version, 4u);
  EXPECT_EQ(changes.items[1].key, "prr/new");
  EXPECT_EQ(changes.forgotten, (std::vector<std::string>{"prr/older", "prr/unnamed"}));
}

TEST_F(FeedReaderTest, WithAnItemLeftOutNothingIsForgotten) {
  const FeedChanges changes = Read(0, Batch({feed_[0], feed_[2]}, feed_));
  EXPECT_TRUE(changes.forgotten.empty());
}

TEST_F(FeedReaderTest, AnOlderItemNeitherRevivesARecordNorALease) {
  catalogue_.Apply(Prr("older", 10, 3, /*withdrawn=*/true), {});
  const FeedChanges changes = Read(0, Batch(feed_, feed_));
  const auto& item = std::get<domain::PrrItem>(changes.items[0].body);
  EXPECT_TRUE(item.withdrawn);
  EXPECT_TRUE(item.lease_holder.empty());
  EXPECT_EQ(item.lease_epoch.counter, 3u);
}

TEST_F(FeedReaderTest, AnOlderItemBringsNoDestroyedRecordBack) {
  FeedItem destroyed = Prr("older", 10, 3);
  std::get<domain::PrrItem>(destroyed.body).destroyed = true;
  catalogue_.Apply(destroyed, {});
  std::vector<FeedItem> feed = feed_;
  std::get<domain::PrrItem>(feed[1].body).record_digest = crypto::Sha256({"record"});
  const FeedChanges changes = Read(0, Batch(feed, feed));
  const auto& item = std::get<domain::PrrItem>(changes.items[0].body);
  EXPECT_TRUE(item.destroyed);
  EXPECT_TRUE(item.record_digest.IsZero());
}

TEST_F(FeedReaderTest, TheDigitsOfARecordAreKept) {
  FeedItem bare = Prr("same", 6);
  std::get<domain::PrrItem>(bare.body).nik_tail.clear();
  const FeedChanges changes = Read(3, Batch({bare}, {bare}));
  EXPECT_EQ(std::get<domain::PrrItem>(changes.items.at(0).body).nik_tail, "0007");
}

TEST_F(FeedReaderTest, OfTwoVersionsInOneBatchTheLaterCounts) {
  const std::vector<FeedItem> twice = {Prr("new", 12), Prr("new", 11)};
  const FeedChanges changes = Read(3, Batch(twice, twice));
  ASSERT_EQ(changes.items.size(), 1u);
  EXPECT_EQ(changes.items[0].version, 12u);
}

}  // namespace
}  // namespace keping::edge
