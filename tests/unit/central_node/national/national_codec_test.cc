#include "central_node/national/national_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/domain/limits.h"

namespace keping::central {
namespace {

namespace v1 = national::v1;

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

v1::Record GoodRecord(const std::string& prr) {
  v1::Record record;
  record.set_prr(prr);
  record.set_version(1);
  record.set_nik("5106014101900042");
  record.set_village_code("51.06.01.2001");
  return record;
}

TEST(NationalCodecTest, GoodRecordsGoInAndBadOnesAreListedWithoutTheirContent) {
  v1::PullRecordsResponse proto;
  *proto.add_records() = GoodRecord("p1");
  *proto.add_records() = GoodRecord("p2");
  proto.mutable_records(1)->set_nik("510601410190004");
  *proto.add_records() = GoodRecord("p3");
  proto.set_cursor(3);
  proto.set_complete(true);
  const RecordsPage page = DecodePage(proto);
  ASSERT_EQ(page.records.size(), 2u);
  EXPECT_EQ(page.records[1].prr.value(), "p3");
  EXPECT_THAT(page.refused,
              ElementsAre(AllOf(HasSubstr("row 2: bad Record.nik"), Not(HasSubstr("510601")))));
  EXPECT_EQ(page.cursor, 3u);
  EXPECT_TRUE(page.complete);
}

TEST(NationalCodecTest, AWithdrawalNeedsAReason) {
  v1::PullWithdrawalsResponse proto;
  v1::Withdrawal* withdrawal = proto.add_withdrawals();
  withdrawal->set_prr("p1");
  withdrawal->set_version(2);
  *proto.add_withdrawals() = *withdrawal;
  proto.mutable_withdrawals(1)->set_reason(v1::WITHDRAWAL_REASON_DEATH);
  const WithdrawalsPage page = DecodePage(proto);
  EXPECT_THAT(page.withdrawals,
              ElementsAre(domain::PrrWithdrawn{.prr = domain::PrrId::Of("p1"),
                                               .version = 2,
                                               .reason = domain::WithdrawalReason::kDeath}));
  EXPECT_THAT(page.refused, ElementsAre(HasSubstr("row 1: bad Withdrawal.reason")));
}

TEST(NationalCodecTest, AnAllotmentMustAddUp) {
  v1::PullAllotmentsResponse proto;
  v1::Allotment* allotment = proto.add_allotments();
  allotment->set_allotment("a1");
  allotment->set_bast_number("B/1");
  allotment->set_serials("A1000..A1009");
  allotment->set_quantity(10);
  *proto.add_allotments() = *allotment;
  proto.mutable_allotments(1)->set_quantity(11);
  const AllotmentsPage page = DecodePage(proto);
  ASSERT_EQ(page.allotments.size(), 1u);
  EXPECT_EQ(page.allotments[0].serials.size(), 10u);
  EXPECT_THAT(page.refused,
              ElementsAre(HasSubstr("row 2: bad Allotment.quantity: got 11, want 10")));
}

TEST(NationalCodecTest, AnAllotmentByQuantityIsOneBoxUnderItsNumber) {
  v1::PullAllotmentsResponse proto;
  v1::Allotment* allotment = proto.add_allotments();
  allotment->set_allotment("a1");
  allotment->set_bast_number("B/1");
  allotment->set_quantity(200);
  const AllotmentsPage page = DecodePage(proto);
  ASSERT_EQ(page.allotments.size(), 1u);
  EXPECT_TRUE(page.allotments[0].serials.empty());
  ASSERT_EQ(page.allotments[0].boxes.size(), 1u);
  EXPECT_EQ(page.allotments[0].boxes[0].box, domain::BoxId::Of("a1"));
  EXPECT_EQ(page.allotments[0].boxes[0].quantity, 200u);
}

TEST(NationalCodecTest, AnAllotmentByQuantityHasABound) {
  v1::PullAllotmentsResponse proto;
  for (const uint64_t quantity : {domain::kMostBlanksOfABox, domain::kMostBlanksOfABox + 1}) {
    v1::Allotment* allotment = proto.add_allotments();
    allotment->set_allotment("a1");
    allotment->set_bast_number("B/1");
    allotment->set_quantity(quantity);
  }
  const AllotmentsPage page = DecodePage(proto);
  EXPECT_EQ(page.allotments.size(), 1u);
  EXPECT_THAT(
      page.refused,
      ElementsAre(HasSubstr("row 2: bad Allotment.quantity: got 1000001, want 1 to 1000000")));
}

TEST(NationalCodecTest, OnlyAnswersToWhatWasAskedCount) {
  std::vector<NamedReport> items(2);
  items[0].item = "aa";
  items[1].item = "bb";
  items[1].row.kind = domain::ReportKind::kSpoiled;
  v1::ReportRequest request;
  EncodeReport(items, &request);
  ASSERT_EQ(request.items_size(), 2);
  EXPECT_EQ(request.items(1).kind(), v1::REPORT_KIND_SPOILED);
  v1::ReportResponse response;
  for (const char* item : {"bb", "cc", "bb"}) response.add_answers()->set_item(item);
  response.mutable_answers(0)->set_accepted(true);
  EXPECT_THAT(
      DecodeAnswers(items, response),
      ElementsAre(domain::ReportAnswered{
          .item = "bb", .kind = domain::ReportKind::kSpoiled, .accepted = true, .reason = ""}));
  EXPECT_THAT(DecodeAnswers(items, {}), IsEmpty());
}

}  // namespace
}  // namespace keping::central
