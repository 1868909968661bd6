// A record of which no card can be made is found when it arrives, not when its resident waits.

#include <gtest/gtest.h>

#include <string>

#include "edge_node/node/edge_node.h"
#include "tests/support/office.h"

namespace keping::edge {
namespace {

using domain::PrintRefusal;
using domain::PrrId;
using tests::Office;

const PrrId kFaulty = PrrId::Of("prr-001");

class FaultyRecordTest : public ::testing::Test {
 protected:
  void SetUp() override {
    office_.set_check_record([](const PrrId&, const std::string& record) {
      return record == "specimen record of prr-001"
                 ? absl::InvalidArgumentError("K-142: the photo: got a broken picture")
                 : absl::OkStatus();
    });
    ASSERT_TRUE(office_.Open().ok());
    office_.Equip();
  }

  PrintRefusal Try(const char* prr) { return office_.Do(office_.PrintOf(prr, "A0001")).refusal; }

  Office office_;
};

TEST_F(FaultyRecordTest, IsNotInThePlanAndSaysWhy) {
  ASSERT_EQ(office_.core().Plan(3).size(), 2u);
  EXPECT_EQ(office_.core().Plan(3).at(0).value(), "prr-002");
  EXPECT_EQ(office_.core().catalogue().faults().at(kFaulty),
            "K-142: the photo: got a broken picture");
}

TEST_F(FaultyRecordTest, IsRefusedBeforeAnIntent) {
  EXPECT_EQ(Try("prr-001"), PrintRefusal::kRecordFaulty);
  EXPECT_TRUE(office_.actions().empty());
}

TEST_F(FaultyRecordTest, StaysSoAfterARestart) {
  office_.set_check_record(nullptr);
  office_.Kill();
  ASSERT_TRUE(office_.Open().ok());
  EXPECT_EQ(Try("prr-001"), PrintRefusal::kRecordFaulty);
}

TEST_F(FaultyRecordTest, IsPrintedOnceTheDistrictCorrectedIt) {
  domain::PrrItem corrected = office_.centre().Told(kFaulty);
  ++corrected.prr_version;
  corrected.record = "specimen record of prr-001, corrected";
  office_.centre().Tell(corrected);
  ASSERT_TRUE(office_.Sync().ok());
  EXPECT_TRUE(office_.core().catalogue().faults().empty());
  EXPECT_EQ(Try(""), PrintRefusal::kNone);
}

TEST_F(FaultyRecordTest, IsForgottenWhenItIsWithdrawn) {
  domain::PrrItem withdrawn = office_.centre().Told(kFaulty);
  withdrawn.withdrawn = true;
  withdrawn.record.clear();
  office_.centre().Tell(withdrawn);
  ASSERT_TRUE(office_.Sync().ok());
  EXPECT_TRUE(office_.core().catalogue().faults().empty());
  EXPECT_EQ(Try("prr-001"), PrintRefusal::kPrrWithdrawn);
}

}  // namespace
}  // namespace keping::edge
