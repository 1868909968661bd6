#include "central_node/core/judge_stream.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace keping::central {
namespace {

using domain::CaseKind;
using domain::IncarnationId;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const IncarnationId& Trunk() {
  static const auto& id = *new IncarnationId(IncarnationId::Of("susut-1"));
  return id;
}
const IncarnationId& Branch() {
  static const auto& id = *new IncarnationId(IncarnationId::Of("fork-0123456789abcdef"));
  return id;
}

crypto::Hash Fact(const std::string& name) { return crypto::Sha256({name}); }

// A log that is here up to 10.
NodeRow LogUpTo10() {
  NodeRow node;
  node.streams[Trunk()].seq = 10;
  return node;
}

Anomaly GapOf(const NodeRow& node) {
  for (const Anomaly& anomaly : JudgeStream(node, Trunk())) {
    if (anomaly.kind == CaseKind::kLogGap) return anomaly;
  }
  ADD_FAILURE() << "no gap";
  return {};
}

TEST(JudgeStreamTest, ALogOfWhichNothingIsKnownBeyondItsEndHasNoGap) {
  EXPECT_THAT(JudgeStream(LogUpTo10(), Trunk()), IsEmpty());
  EXPECT_THAT(OpenGaps(LogUpTo10(), Trunk()), IsEmpty());
  EXPECT_TRUE(MissingOf(LogUpTo10(), Branch()).filled());
}

TEST(JudgeStreamTest, AGapIsOpenUntilTheLogReachesWhatEveryFactSaysOfIt) {
  NodeRow node = LogUpTo10();
  node.streams[Trunk()].gaps = {{Fact("stick"), 14}, {Fact("witness"), 12}};
  EXPECT_FALSE(GapOf(node).settled);
  EXPECT_EQ(GapOf(node).evidence, (std::set<crypto::Hash>{Fact("stick"), Fact("witness")}));
  EXPECT_THAT(OpenGaps(node, Trunk()), ElementsAre(Trunk()));
  node.streams[Trunk()].seq = 13;
  EXPECT_FALSE(GapOf(node).settled);
  node.streams[Trunk()].seq = 14;
  EXPECT_TRUE(GapOf(node).settled);
  EXPECT_THAT(OpenGaps(node, Trunk()), IsEmpty());
}

TEST(JudgeStreamTest, ABranchGoesOnFromItsTrunk) {
  NodeRow node = LogUpTo10();
  node.streams[Trunk()].gaps = {{Fact("stick"), 14}};
  node.streams[Branch()].branch_of = Trunk();
  node.streams[Branch()].branch_seq = 8;
  node.streams[Branch()].seq = 13;
  EXPECT_THAT(OpenGaps(node, Branch()), ElementsAre(Trunk())) << "what the branch may fill";
  EXPECT_FALSE(GapOf(node).settled);
  node.streams[Branch()].seq = 14;
  EXPECT_TRUE(GapOf(node).settled);
}

TEST(JudgeStreamTest, WhatLiesAmongTheClaimsIsNotMissing) {
  NodeRow node = LogUpTo10();
  node.streams[Trunk()].gaps = {{Fact("stick"), 14}};
  node.streams[Trunk()].claims_seq = 14;
  EXPECT_TRUE(GapOf(node).settled);
}

}  // namespace
}  // namespace keping::central
