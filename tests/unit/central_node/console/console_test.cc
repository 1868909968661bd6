#include "central_node/console/console.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "central_node/store/queries.h"
#include "common/base/prng.h"
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
  Console console_{
      {.node = &district_.centre(),
       .hub = &district_.hub(),
       .desk = &desk_,
       .clock = &district_.clock(),
       .district = "bangli",
       .authority_fingerprint = "3F2A-91C0",
       .random = random_,
       .facts = {},
       .national_connected = [] { return false; },
       .national_problem = [] { return Remark(RemarkKind::kNationalNotReached, {}, "no route"); },
       .bytes_received = [] { return 7; },
       .bytes_sent = [] { return 8; },
       .failed = [this](const absl::Status& status) { failure_ = status; }}};
};

class CompareHeadTest : public ConsoleTest {
 protected:
  absl::StatusOr<v1::CompareHeadResponse> Compare(const std::string& log, uint64_t seq,
                                                  const std::string& code) {
    v1::CompareHeadRequest request;
    request.set_log(log);
    request.set_seq(seq);
    request.set_code(code);
    return console_.CompareHead(request);
  }
  const storage::LogHead& HeadOf(const std::string& office) {
    return district_.office(office).node->store().log().head();
  }
};

TEST_F(CompareHeadTest, AHeadIsNamedByItsEntryAndTheFirstDigitsOfItsHash) {
  const storage::LogHead head = HeadOf("susut");
  const std::string hex = head.hash.Hex();
  for (const std::string& code : {hex, hex.substr(0, 8), absl::AsciiStrToUpper(hex.substr(0, 9))}) {
    for (const char* log : {"susut", "susut/susut-1"}) {
      const auto answer = Compare(log, head.seq, code);
      ASSERT_TRUE(answer.ok()) << answer.status();
      EXPECT_EQ(answer->comparison(), v1::HEAD_COMPARISON_SAME) << log << " " << code;
    }
  }
  const auto other = Compare("susut", head.seq, "00000000");
  EXPECT_EQ(other->comparison(), v1::HEAD_COMPARISON_OTHER);
  EXPECT_EQ(other->held_code(), head.hash.ShortHex());
  const auto ahead = Compare("susut", head.seq + 1, hex);
  EXPECT_EQ(ahead->comparison(), v1::HEAD_COMPARISON_NOT_HELD);
  EXPECT_EQ(ahead->held_seq(), head.seq);
  EXPECT_TRUE(absl::IsNotFound(Compare("susut/susut-9", 1, hex).status()));
  EXPECT_TRUE(absl::IsNotFound(Compare("gianyar", 1, hex).status()));
  for (const char* code : {"", "1234567", "1234567x"}) {
    EXPECT_TRUE(absl::IsInvalidArgument(Compare("susut", 1, code).status())) << code;
  }
  EXPECT_TRUE(absl::IsInvalidArgument(Compare("susut", 0, hex).status()));
}

TEST_F(CompareHeadTest, ALogThatGoesOnTwiceIsTheSameAsEither) {
  district_.AddBlanks(5);
  district_.Command(AddOperator{.operator_id = domain::OperatorId::Of("op"),
                                .node = domain::NodeId::Of("susut")});
  Deliver(console_.DispatchBlanks(Blanks(5))->transfer());
  district_.Clone("susut", "copy");
  for (const char* machine : {"susut", "copy"}) {
    ASSERT_TRUE(district_.office(machine)
                    .node
                    ->Handle(edge::SpoilBlank{.act = domain::ActId::Of(machine),
                                              .blank = domain::BlankSerial::Of("A1000"),
                                              .cause = domain::SpoilCause::kWarped,
                                              .operator_id = domain::OperatorId::Of("op"),
                                              .step = {}})
                    .ok());
    district_.Connect(machine);
    district_.Run();
  }
  ASSERT_NE(HeadOf("susut").hash, HeadOf("copy").hash);
  for (const char* machine : {"susut", "copy"}) {
    const storage::LogHead head = HeadOf(machine);
    EXPECT_EQ(Compare("susut", head.seq, head.hash.Hex())->comparison(), v1::HEAD_COMPARISON_SAME)
        << machine;
  }
}

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
  EXPECT_EQ(status->entries_to_judge(), 0u);
  EXPECT_EQ(status->cases_open(), 0u);
  EXPECT_EQ(status->national_problem(), "no route");
  EXPECT_EQ(status->national_remark().kind(), v1::REMARK_KIND_NATIONAL_NOT_REACHED);
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
  const std::map<domain::CaseKind, uint64_t> open = {{domain::CaseKind::kTransferDifference, 1}};
  EXPECT_EQ(CountOpenCasesByKind(district_.centre()).value(), open);
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
