// What an edge node does while its disk is nearly full.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/office.h"

namespace keping::edge {
namespace {

using domain::BlankSerial;
using domain::OperatorId;
using domain::PrintRefusal;
using ::testing::IsEmpty;
using tests::Office;

class NearlyFullDiskTest : public testing::Test {
 protected:
  NearlyFullDiskTest() {
    EXPECT_TRUE(office_.Open().ok());
    office_.Equip();
  }
  void Fill() {
    office_.conditions().disk_nearly_full = true;
    office_.conditions().no_room_for_records = true;
  }
  void MakeRoom() {
    office_.conditions().disk_nearly_full = false;
    office_.conditions().no_room_for_records = false;
  }
  uint64_t head() { return office_.node().store().log().head().seq; }

  Office office_;
};

TEST_F(NearlyFullDiskTest, NothingNewIsPrintedAndWhatWasBegunIsSettled) {
  ASSERT_EQ(office_.Do(office_.PrintOf("", "A0001")).refusal, PrintRefusal::kNone);
  Fill();
  const domain::ActId act = office_.core().journal().OpenJobs().at(0)->intent.act;
  const Decision verified =
      office_.Do(VerifyCard{act, BlankSerial::Of("A0001"), "0007", OperatorId::Of("ayu")});
  EXPECT_TRUE(verified.status.ok()) << verified.status;
  EXPECT_EQ(office_.Do(office_.PrintOf("", "A0002")).refusal, PrintRefusal::kDiskNearlyFull);
}

TEST_F(NearlyFullDiskTest, TheLogGoesUpAndTheFeedWaitsForRoom) {
  Fill();
  office_.Do(office_.PrintOf("", "A0001"));
  office_.centre().Tell(tests::PrintablePrr("prr-new"));
  const uint64_t position = office_.core().catalogue().position();
  ASSERT_TRUE(office_.Sync().ok());
  EXPECT_EQ(office_.core().contact().proven_seq, head());
  EXPECT_EQ(office_.core().catalogue().position(), position);

  // Still the same session: what was left alone is not skipped.
  EXPECT_TRUE(office_.node().CheckSession().ok()) << "no room yet";
  MakeRoom();
  EXPECT_TRUE(absl::IsAborted(office_.node().CheckSession())) << "with no frame to remind it";
  office_.centre().Tell(tests::PrintablePrr("prr-newer"));
  EXPECT_TRUE(absl::IsAborted(office_.Exchange()));
  ASSERT_TRUE(office_.Sync().ok());
  EXPECT_EQ(office_.core().catalogue().position(), office_.centre().feed_head());
  EXPECT_EQ(office_.core().catalogue().state(), office_.centre().feed_state());
  EXPECT_EQ(office_.Do(office_.PrintOf("prr-newer", "A0001")).refusal, PrintRefusal::kNone);
  EXPECT_THAT(office_.centre().complaints(), IsEmpty());
}

}  // namespace
}  // namespace keping::edge
