#include "common/sync/frames.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace keping::sync {
namespace {

using domain::GenerationId;
using domain::IncarnationId;
using domain::NodeId;

crypto::Hash Ones() {
  crypto::Hash hash;
  hash.bytes.fill('1');
  return hash;
}

Receipt Sample() {
  return {.node = NodeId::Of("susut"),
          .incarnation = IncarnationId::Of("inc-1"),
          .head = {7, Ones()},
          .generation = GenerationId::Of("g1"),
          .centre_time = absl::FromUnixMicros(42),
          .signature = {}};
}

FeedBatch SampleBatch() {
  return {
      .from = 3, .to = 5, .items = {"a", "b"}, .at_head = true, .state = Ones(), .signature = {}};
}

// Signatures outlive programs: the statements never change.
TEST(FramesTest, StatementsAreAsWritten) {
  const std::string ones(32, '1');
  EXPECT_EQ(HeadStatement(NodeId::Of("susut"), IncarnationId::Of("inc-1"), {7, Ones()}),
            "keping-head-v1susut\ninc-1\n7\n" + ones);
  EXPECT_EQ(ReceiptStatement(Sample()), "keping-receipt-v1g1\n42\nsusut\ninc-1\n7\n" + ones);
  const crypto::Hash one =
      crypto::Sha256({crypto::Hash().AsBytes(), crypto::Sha256({"a"}).AsBytes()});
  const crypto::Hash both = crypto::Sha256({one.AsBytes(), crypto::Sha256({"b"}).AsBytes()});
  EXPECT_EQ(BatchStatement(NodeId::Of("susut"), SampleBatch()),
            "keping-batch-v1susut\n3\n5\n1\n" + ones + std::string(both.AsBytes()));
}

TEST(FramesTest, EveryFieldOfAReceiptIsSigned) {
  std::set<std::string> statements = {ReceiptStatement(Sample())};
  Receipt changed[6] = {Sample(), Sample(), Sample(), Sample(), Sample(), Sample()};
  changed[0].node = NodeId::Of("susu");
  changed[1].incarnation = IncarnationId::Of("inc-2");
  changed[2].head.seq = 8;
  changed[3].head.hash.bytes[31] ^= 1;
  changed[4].generation = GenerationId::Of("g2");
  changed[5].centre_time += absl::Microseconds(1);
  for (const Receipt& receipt : changed) statements.insert(ReceiptStatement(receipt));
  EXPECT_EQ(statements.size(), 7u);
}

TEST(FramesTest, EveryFieldOfABatchIsSigned) {
  const NodeId node = NodeId::Of("susut");
  std::set<std::string> statements = {BatchStatement(node, SampleBatch()),
                                      BatchStatement(NodeId::Of("bangli"), SampleBatch())};
  FeedBatch changed[8];
  for (FeedBatch& batch : changed) batch = SampleBatch();
  changed[0].from = 2;
  changed[1].to = 6;
  changed[2].at_head = false;
  changed[3].state.bytes[0] ^= 1;
  changed[4].items = {"b", "a"};
  changed[5].items = {"ab"};
  changed[6].items = {"a"};
  changed[7].items = {"a", "b", ""};
  for (const FeedBatch& batch : changed) statements.insert(BatchStatement(node, batch));
  EXPECT_EQ(statements.size(), 10u);
}

}  // namespace
}  // namespace keping::sync
