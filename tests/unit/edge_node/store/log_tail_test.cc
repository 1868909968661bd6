#include "edge_node/store/log_tail.h"

#include <gtest/gtest.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "common/storage/key_space.h"
#include "common/storage/memory_store.h"
#include "edge_node/store/ancestry.h"
#include "tests/support/node_log.h"

namespace keping::edge {
namespace {

using domain::IncarnationId;
using keping::testing::NodeLog;

// A log of ten entries, of which four are left here.
class LogTailTest : public ::testing::Test {
 protected:
  LogTailTest() {
    for (int i = 0; i < 10; ++i) {
      log_.Add(domain::CancelAsked{.act = domain::ActId::Of(absl::StrCat("a", i)),
                                   .operator_id = domain::OperatorId::Of("op")});
    }
  }

  LogTail Open() {
    auto tail = LogTail::Open(store_.get(), {4, domain::HashEntryBytes(log_.entries().at(3))});
    EXPECT_TRUE(tail.ok()) << tail.status();
    return *std::move(tail);
  }
  absl::Status Add(LogTail& tail, const sync::Segment& segment) {
    return tail.Add(segment, log_.node(), log_.incarnation(), log_.verifier(), log_.public_key());
  }

  NodeLog log_{"susut", "susut-1"};
  std::unique_ptr<storage::KvStore> store_ = storage::MakeMemoryStore();
};

TEST_F(LogTailTest, WhatIsFetchedStaysFetched) {
  {
    LogTail tail = Open();
    EXPECT_EQ(tail.end().seq, 4u);
    EXPECT_TRUE(Add(tail, log_.SegmentFrom(5, 7)).ok());
  }
  LogTail tail = Open();
  EXPECT_EQ(tail.end().seq, 7u);
  EXPECT_TRUE(Add(tail, log_.SegmentFrom(8)).ok());
  std::vector<std::string> entries;
  ASSERT_TRUE(Open()
                  .Visit([&](const sync::Segment& segment) {
                    entries.insert(entries.end(), segment.entries.begin(), segment.entries.end());
                  })
                  .ok());
  EXPECT_EQ(entries, std::vector<std::string>(log_.entries().begin() + 4, log_.entries().end()));
}

TEST_F(LogTailTest, OnlyWhatContinuesTheLogAndWasSignedHereIsKept) {
  LogTail tail = Open();
  sync::Segment forged = log_.SegmentFrom(5, 6);
  forged.signature[0] ^= 1;
  sync::Segment changed = log_.SegmentFrom(5, 6);
  changed.entries[1].back() ^= 1;
  sync::Segment empty = log_.SegmentFrom(5, 6);
  empty.entries.clear();
  NodeLog other("susut", "susut-2");
  other.Add(domain::CancelAsked{.act = domain::ActId::Of("x"),
                                .operator_id = domain::OperatorId::Of("op")});
  for (const sync::Segment& segment :
       {log_.SegmentFrom(6), log_.SegmentFrom(3), forged, changed, empty, other.SegmentFrom(1)}) {
    EXPECT_TRUE(absl::IsInvalidArgument(Add(tail, segment)));
  }
  EXPECT_EQ(tail.end().seq, 4u);
  EXPECT_TRUE(Add(tail, log_.SegmentFrom(5, 6)).ok());
}

TEST_F(LogTailTest, AncestorsAreReadInOrderAndABrokenOneIsNamed) {
  storage::WriteBatch log;
  for (uint64_t seq = 1; seq <= 4; ++seq) {
    log.Put(storage::EntryKey(seq), log_.entries().at(seq - 1));
  }
  log.Put(storage::SealedHeadKey(4), log_.SegmentFrom(1, 4).signature);
  ASSERT_TRUE(store_->Write(log, storage::Durability::kSynced).ok());
  LogTail tail = Open();
  ASSERT_TRUE(Add(tail, log_.SegmentFrom(5)).ok());
  storage::WriteBatch batch;
  ASSERT_TRUE(StageSuccession(*store_, tail, IncarnationId::Of("susut-2"),
                              domain::IncarnationReason::kRestored, 14, &batch)
                  .ok());
  ASSERT_TRUE(store_->Write(batch, storage::Durability::kSynced).ok());

  uint64_t seen = 0;
  const auto ancestry = Ancestry::Open(
      *store_, [&](const domain::Entry& entry) { EXPECT_EQ(entry.header.seq, ++seen); });
  ASSERT_TRUE(ancestry.ok()) << ancestry.status();
  EXPECT_EQ(seen, 10u);
  ASSERT_TRUE(ancestry->parent().has_value());
  EXPECT_EQ(ancestry->parent()->incarnation, log_.incarnation());
  EXPECT_EQ(ancestry->parent()->head.seq, 10u);
  EXPECT_EQ(ancestry->successor(), IncarnationId::Of("susut-2"));
  EXPECT_EQ(ancestry->reason(), domain::IncarnationReason::kRestored);
  EXPECT_EQ(ancestry->reached_seq(), 14u) << "it was written beyond its end here";
  EXPECT_EQ(LogTail::Open(store_.get(), {})->end().seq, 0u) << "it is part of the ancestor now";

  std::string key(storage::kAncestorEntryPrefix);
  storage::AppendBigEndian64(&key, 1);
  storage::AppendBigEndian64(&key, 6);
  storage::WriteBatch damage;
  damage.Put(key, log_.entries().at(6));
  ASSERT_TRUE(store_->Write(damage, storage::Durability::kSynced).ok());
  EXPECT_TRUE(absl::IsDataLoss(Ancestry::Open(*store_, [](const domain::Entry&) {}).status()));
}

}  // namespace
}  // namespace keping::edge
