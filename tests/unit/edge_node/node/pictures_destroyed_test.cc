// The district says that the pictures of a record are destroyed: the node does the same, says so in
// its log, and owes its files a purge.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "edge_node/node/edge_node.h"
#include "tests/support/office.h"

namespace keping::edge {
namespace {

using domain::PrrId;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using tests::Office;

const PrrId kFirst = PrrId::Of("prr-001");

class PicturesDestroyedTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(office_.Open().ok());
    office_.Equip();
  }

  // As the district's feed says it; the record is not in it any more.
  void Destroy(const PrrId& prr) {
    domain::PrrItem item = office_.centre().Told(prr);
    item.destroyed = true;
    item.record.clear();
    item.nik_tail.clear();
    office_.centre().Tell(item);
    ASSERT_TRUE(office_.Sync().ok());
  }
  bool HasRecord(const PrrId& prr) { return office_.node().store().Record(prr).ok(); }
  // What the log says was destroyed.
  std::vector<std::string> Destroyed() {
    std::vector<std::string> prrs;
    for (const domain::Event& event : office_.centre().events()) {
      const auto* one = std::get_if<domain::PicturesDestroyed>(&event);
      if (one == nullptr) continue;
      for (const PrrId& prr : one->prrs) prrs.push_back(prr.value());
    }
    return prrs;
  }

  Office office_;
};

TEST_F(PicturesDestroyedTest, TheRecordGoesWithTheEvent) {
  ASSERT_TRUE(HasRecord(kFirst));
  Destroy(kFirst);
  for (int start = 0; start < 2; ++start) {
    EXPECT_FALSE(HasRecord(kFirst)) << start;
    EXPECT_TRUE(HasRecord(PrrId::Of("prr-002"))) << start;
    EXPECT_THAT(Destroyed(), ElementsAre("prr-001")) << start;
    EXPECT_GT(office_.node().erasure().owed(), 0u) << start;
    ASSERT_TRUE(office_.Open().ok());
  }
  const uint64_t owed = office_.node().erasure().owed();
  ASSERT_TRUE(office_.node().SettleErasure(owed).ok());
  ASSERT_TRUE(office_.Open().ok());
  EXPECT_EQ(office_.node().erasure().owed(), 0u);
}

TEST_F(PicturesDestroyedTest, NobodyPrintsWithoutAPicture) {
  Destroy(kFirst);
  EXPECT_EQ(office_.Do(office_.PrintOf("prr-001", "A0001")).refusal,
            domain::PrintRefusal::kPictureMissing);
}

TEST_F(PicturesDestroyedTest, IsSaidOnce) {
  Destroy(kFirst);
  domain::PrrItem again = office_.centre().Told(kFirst);
  again.village = domain::VillageCode::Of("51.06.01.2002");
  office_.centre().Tell(again);
  ASSERT_TRUE(office_.Sync().ok());
  EXPECT_THAT(Destroyed(), ElementsAre("prr-001"));
}

TEST_F(PicturesDestroyedTest, ALaterVersionBringsARecordAgain) {
  Destroy(kFirst);
  domain::PrrItem next = office_.centre().Told(kFirst);
  next.destroyed = false;
  ++next.prr_version;
  next.record = "specimen record of prr-001, corrected";
  office_.centre().Tell(next);
  ASSERT_TRUE(office_.Sync().ok());
  EXPECT_TRUE(HasRecord(kFirst));
}

TEST_F(PicturesDestroyedTest, ANodeThatNeverHadTheRecordSaysNothing) {
  domain::PrrItem item = tests::PrintablePrr("prr-of-others");
  item.destroyed = true;
  item.record.clear();
  office_.centre().Tell(item);
  ASSERT_TRUE(office_.Sync().ok());
  EXPECT_THAT(Destroyed(), IsEmpty());
}

// A card that the village delivered needs no picture; what lay in the files is owed then already.
TEST_F(PicturesDestroyedTest, ADeliveredCardOwesAPurgeAtOnce) {
  EXPECT_EQ(office_.node().erasure().owed(), 0u);
  ASSERT_TRUE(office_.Do(office_.PrintOf("prr-001", "A0001")).status.ok());
  const Job& job = *office_.core().journal().LatestOf(kFirst);
  const domain::OperatorId ayu = job.intent.operator_id;
  const auto blank = domain::BlankSerial::Of("A0001");
  ASSERT_TRUE(office_.Do(VerifyCard{job.intent.act, blank, "0007", ayu}).status.ok());
  ASSERT_TRUE(office_
                  .Do(AnswerCards{.act = office_.node().NewAct(),
                                  .manifest = {},
                                  .delivered = {blank},
                                  .not_found = {},
                                  .returned = {},
                                  .operator_id = ayu})
                  .status.ok());
  EXPECT_GT(office_.node().erasure().owed(), 0u);
}

}  // namespace
}  // namespace keping::edge
