#include "central_node/console/console.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "common/crypto/one_time_code.h"
#include "tests/support/little_district.h"

namespace keping::central {
namespace {

using ::testing::HasSubstr;
using tests::LittleDistrict;

class ConsoleTest : public ::testing::Test {
 protected:
  ConsoleTest() {
    district_.Connect("susut");
    district_.Run();
  }

  void Deliver(const std::string& transfer) {
    district_.Run();
    const auto decision = district_.office("susut").node->Handle(
        edge::ReceiveTransfer{.act = domain::ActId::Of("receive"),
                              .transfer = domain::TransferId::Of(transfer),
                              .scanned = *domain::SerialSet::Parse("A1000..A1004"),
                              .operator_id = domain::OperatorId::Of("op")});
    ASSERT_TRUE(decision.ok() && decision->status.ok()) << decision->status;
    district_.Run();
  }

  v1::DispatchBlanksRequest Blanks(uint64_t quantity, const std::string& serials = "") {
    v1::DispatchBlanksRequest request;
    request.set_node("susut");
    request.set_quantity(quantity);
    request.set_serials(serials);
    return request;
  }

  LittleDistrict district_{{{"susut", "51.06.01"}, {"tembuku", "51.06.03"}}};
  base::Prng prng_{1};
  std::function<std::string(size_t)> random_ = [this](size_t size) { return prng_.Bytes(size); };
  absl::Status failure_;
  EnrolmentDesk desk_{{.store = &district_.centre_store(),
                       .node = &district_.centre(),
                       .clock = &district_.clock(),
                       .code_key = std::string(32, 'k'),
                       .random = random_,
                       .failed = [this](const absl::Status& status) { failure_ = status; }}};
  Console console_{{.node = &district_.centre(),
                    .hub = &district_.hub(),
                    .desk = &desk_,
                    .clock = &district_.clock(),
                    .district = "bangli",
                    .authority_fingerprint = "3F2A-91C0",
                    .random = random_,
                    .national_connected = [] { return false; },
                    .national_problem = [] { return "no route"; },
                    .bytes_received = [] { return 7; },
                    .bytes_sent = [] { return 8; },
                    .failed = [this](const absl::Status& status) { failure_ = status; }}};
};

TEST_F(ConsoleTest, StatusCountsWhatTheDistrictHolds) {
  district_.AddBlanks(20);
  district_.AddRecords(1, 3, "51.06.01.2001");
  const auto status = console_.GetStatus({});
  ASSERT_TRUE(status.ok()) << status.status();
  EXPECT_EQ(status->district(), "bangli");
  EXPECT_EQ(status->nodes(), 2u);
  EXPECT_EQ(status->nodes_connected(), 1u);
  EXPECT_EQ(status->prrs_received(), 3u);
  EXPECT_EQ(status->prrs_leased(), 3u);
  EXPECT_EQ(status->blanks_allotted(), 20u);
  EXPECT_EQ(status->node_entries(), 1u);
  EXPECT_EQ(status->cases_open(), 0u);
  EXPECT_EQ(status->national_problem(), "no route");
  EXPECT_EQ(status->bytes_sent(), 8u);
}

TEST_F(ConsoleTest, StockClosesAndADifferenceIsACase) {
  district_.AddBlanks(20);
  district_.Command(AddOperator{.operator_id = domain::OperatorId::Of("op"),
                                .node = domain::NodeId::Of("susut")});
  const auto sent = console_.DispatchBlanks(Blanks(6));
  ASSERT_TRUE(sent.ok()) << sent.status();
  EXPECT_EQ(sent->quantity(), 6u);
  Deliver(sent->transfer());  // one fewer
  const auto stock = console_.GetStock({});
  ASSERT_TRUE(stock.ok());
  EXPECT_TRUE(stock->balanced());
  EXPECT_EQ(stock->accounted(), 20u);
  EXPECT_EQ(stock->issued(), 20u);
  std::map<std::string, uint64_t> quantities;
  for (const v1::Balance& balance : stock->balances()) {
    quantities[balance.account() + " " + balance.holder()] = balance.quantity();
  }
  EXPECT_EQ(quantities["district_stock "], 14u);
  EXPECT_EQ(quantities["node_stock susut"], 5u);
  const auto cases = console_.ListCases({});
  ASSERT_TRUE(cases.ok());
  ASSERT_EQ(cases->cases_size(), 1);
  EXPECT_EQ(cases->cases(0).kind(), log::v1::CASE_KIND_TRANSFER_DIFFERENCE);
  EXPECT_FALSE(cases->cases(0).proposal().empty());
  EXPECT_EQ(console_.GetStatus({})->cases_open(), 1u);
}

TEST_F(ConsoleTest, NodesShowWhatIsProvenAndHowFarTheirFeedIs) {
  district_.AddRecords(1, 3, "51.06.01.2001");
  district_.Run();
  const auto nodes = console_.ListNodes({});
  ASSERT_TRUE(nodes.ok());
  ASSERT_EQ(nodes->nodes_size(), 2);
  const v1::Node& susut = nodes->nodes(0);
  EXPECT_EQ(susut.node(), "susut");
  EXPECT_TRUE(susut.connected());
  EXPECT_EQ(susut.proven_seq(), 1u);
  EXPECT_EQ(susut.proof_code(),
            district_.office("susut").node->store().log().head().hash.ShortHex());
  EXPECT_EQ(susut.feed_position(), 3u);
  EXPECT_EQ(susut.feed_head(), 3u);
  EXPECT_EQ(absl::HexStringToBytes(susut.public_key()),
            district_.office("susut").signer->public_key());
  EXPECT_FALSE(nodes->nodes(1).connected());
}

TEST_F(ConsoleTest, ADispatchThatIsAskedForAgainIsOneDispatch) {
  district_.AddBlanks(20);
  v1::DispatchBlanksRequest request = Blanks(6);
  request.set_transfer("t-of-the-caller");
  for (int i = 0; i < 2; ++i) {
    const auto sent = console_.DispatchBlanks(request);
    ASSERT_TRUE(sent.ok()) << sent.status();
    EXPECT_EQ(sent->transfer(), "t-of-the-caller");
    EXPECT_EQ(sent->quantity(), 6u);
  }
  EXPECT_EQ(console_.GetStatus({})->blanks_allotted(), 20u);
  EXPECT_EQ(district_.centre().balances().At({ledger::Account::kDistrictStock, {}}), 14);
  request.set_quantity(7);
  EXPECT_EQ(console_.DispatchBlanks(request).status().code(),
            absl::StatusCode::kFailedPrecondition);
  request.set_transfer("not an id");
  EXPECT_EQ(console_.DispatchBlanks(request).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(ConsoleTest, CommandsThatCannotBeSayWhy) {
  district_.AddBlanks(20);
  EXPECT_EQ(console_.DispatchBlanks(Blanks(0)).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(console_.DispatchBlanks(Blanks(20'001)).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(console_.DispatchBlanks(Blanks(3, "A1000")).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(console_.DispatchBlanks(Blanks(21)).status().code(),
            absl::StatusCode::kFailedPrecondition);
  v1::DispatchBlanksRequest elsewhere = Blanks(3);
  elsewhere.set_node("nowhere");
  EXPECT_EQ(console_.DispatchBlanks(elsewhere).status().code(), absl::StatusCode::kNotFound);
  v1::MoveLeaseRequest move;
  move.set_prr("p0001");
  move.set_to_node("tembuku");
  EXPECT_EQ(console_.MoveLease(move).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(ConsoleTest, ALeaseMovesThroughTheFeeds) {
  district_.AddRecords(1, 1, "51.06.01.2001");
  district_.Run();
  EXPECT_EQ(district_.office("susut").node->core().printable_count(), 1u);
  v1::MoveLeaseRequest move;
  move.set_prr("p0001");
  move.set_to_node("tembuku");
  ASSERT_TRUE(console_.MoveLease(move).ok());
  district_.Connect("tembuku");
  district_.Run();
  EXPECT_EQ(district_.office("susut").node->core().printable_count(), 0u);
  EXPECT_EQ(district_.office("tembuku").node->core().printable_count(), 1u);
}

TEST_F(ConsoleTest, CodesAreForOfficesOfTheConfig) {
  v1::CreateEnrolmentCodeRequest request;
  request.set_node("susut");
  const auto code = console_.CreateEnrolmentCode(request);
  ASSERT_TRUE(code.ok()) << code.status();
  EXPECT_TRUE(crypto::NormalizeOneTimeCode(code->code()).ok());
  EXPECT_EQ(code->authority_fingerprint(), "3F2A-91C0");
  request.set_node("nowhere");
  EXPECT_THAT(std::string(console_.CreateEnrolmentCode(request).status().message()),
              HasSubstr("want the node_id of an office"));
}

TEST_F(ConsoleTest, AFailedStoreIsToldToTheProgram) {
  district_.AddBlanks(20);
  district_.centre_store().FailNextWrite(storage::FaultyStore::Failure::kNotWritten);
  EXPECT_EQ(console_.DispatchBlanks(Blanks(3)).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_FALSE(failure_.ok());
}

}  // namespace
}  // namespace keping::central
