#include "deploy/national_simulator/service.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/domain/serial_set.h"

namespace keping::national_simulator {
namespace {

namespace v1 = national::v1;

using ::testing::HasSubstr;

// The whole service over an in-process channel.
class NationalServiceTest : public ::testing::Test {
 protected:
  NationalServiceTest() {
    Start({.generator = {.count = 30, .picture_bytes = 3500}, .blanks = 40});
  }

  void Start(const DirectorateOptions& options) {
    if (server_ != nullptr) server_->Shutdown();
    directorate_ = std::make_unique<Directorate>(options);
    national_ = std::make_unique<NationalServiceImpl>(directorate_.get());
    simulator_ = std::make_unique<SimulatorServiceImpl>(directorate_.get());
    grpc::ServerBuilder builder;
    builder.RegisterService(national_.get());
    builder.RegisterService(simulator_.get());
    server_ = builder.BuildAndStart();
    auto channel = server_->InProcessChannel(grpc::ChannelArguments());
    stub_ = v1::NationalService::NewStub(channel);
    control_ = v1::SimulatorService::NewStub(channel);
  }

  grpc::Status Pull(uint64_t cursor, uint32_t limit, v1::PullRecordsResponse* response) {
    grpc::ClientContext context;
    v1::PullRecordsRequest request;
    request.set_cursor(cursor);
    request.set_limit(limit);
    return stub_->PullRecords(&context, request, response);
  }

  grpc::Status Withdraw(const std::string& prr, v1::WithdrawalReason reason,
                        v1::WithdrawRecordResponse* response) {
    grpc::ClientContext context;
    v1::WithdrawRecordRequest request;
    request.set_prr(prr);
    request.set_reason(reason);
    return control_->WithdrawRecord(&context, request, response);
  }

  v1::PullWithdrawalsResponse Withdrawals(uint64_t cursor) {
    grpc::ClientContext context;
    v1::PullWithdrawalsRequest request;
    request.set_cursor(cursor);
    request.set_limit(500);
    v1::PullWithdrawalsResponse response;
    EXPECT_TRUE(stub_->PullWithdrawals(&context, request, &response).ok());
    return response;
  }

  v1::PullAllotmentsResponse Allotments(uint64_t cursor) {
    grpc::ClientContext context;
    v1::PullAllotmentsRequest request;
    request.set_cursor(cursor);
    v1::PullAllotmentsResponse response;
    EXPECT_TRUE(stub_->PullAllotments(&context, request, &response).ok());
    return response;
  }

  v1::GetLedgerResponse Ledger() {
    grpc::ClientContext context;
    v1::GetLedgerResponse response;
    EXPECT_TRUE(control_->GetLedger(&context, {}, &response).ok());
    return response;
  }

  void SetFaults(const v1::Faults& faults) {
    grpc::ClientContext context;
    v1::SetFaultsRequest request;
    *request.mutable_faults() = faults;
    v1::SetFaultsResponse response;
    EXPECT_TRUE(control_->SetFaults(&context, request, &response).ok());
  }

  // Blanks spoiled outside of a job, from number `first` of the allotment on.
  grpc::Status Report(size_t first, size_t count, v1::ReportResponse* response) {
    const auto serials = bangli::MakeAllotment(1, 40).serials;
    std::vector<std::string> blanks;
    serials.ForEach([&](const domain::BlankSerial& blank) { blanks.push_back(blank.text()); });
    v1::ReportRequest request;
    for (size_t i = first; i < first + count; ++i) {
      v1::ReportItem* report = request.add_items();
      report->set_item(absl::StrCat("item-", i));
      report->set_kind(v1::REPORT_KIND_SPOILED);
      report->set_blank(blanks.at(i));
    }
    grpc::ClientContext context;
    response->Clear();
    return stub_->Report(&context, request, response);
  }

  std::unique_ptr<Directorate> directorate_;
  std::unique_ptr<NationalServiceImpl> national_;
  std::unique_ptr<SimulatorServiceImpl> simulator_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<v1::NationalService::Stub> stub_;
  std::unique_ptr<v1::SimulatorService::Stub> control_;
};

TEST_F(NationalServiceTest, HandsOutEveryRecordOnceByCursor) {
  std::set<std::string> prrs;
  v1::PullRecordsResponse response;
  do {
    const uint64_t cursor = response.cursor();
    response.Clear();
    ASSERT_TRUE(Pull(cursor, 7, &response).ok());
    for (const v1::Record& record : response.records()) {
      EXPECT_TRUE(prrs.insert(record.prr()).second);
      EXPECT_EQ(record.nik().size(), 16u);
      EXPECT_EQ(record.picture().size(), 3500u);
      EXPECT_TRUE(record.specimen());
      EXPECT_NE(record.gender(), v1::GENDER_UNSPECIFIED);
      EXPECT_GT(record.enrolled_at_micros(), 0);
    }
  } while (!response.complete());
  EXPECT_EQ(prrs.size(), 30u);
  ASSERT_TRUE(Pull(30, 7, &response).ok());
  EXPECT_TRUE(response.complete());
  EXPECT_EQ(Ledger().records_handed_out(), 30u);
}

TEST_F(NationalServiceTest, AnswersStayBelowTwoMegabytes) {
  Start({.generator = {.count = 20, .picture_bytes = 250'000}, .blanks = 1});
  v1::PullRecordsResponse response;
  ASSERT_TRUE(Pull(0, 500, &response).ok());
  EXPECT_LT(response.ByteSizeLong(), 2'000'100u);
  EXPECT_EQ(response.records_size(), 7);
  EXPECT_EQ(response.cursor(), 7u);
  EXPECT_FALSE(response.complete());
}

TEST_F(NationalServiceTest, RefusesACursorOfAnotherCentre) {
  v1::PullRecordsResponse response;
  const grpc::Status status = Pull(31, 7, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("got 31, want 0 to 30"));
  EXPECT_EQ(Pull(0, 0, &response).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(Pull(0, 501, &response).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(NationalServiceTest, AllotsItsBlanksOnce) {
  EXPECT_EQ(Ledger().blanks_allotted(), 0u);
  const v1::PullAllotmentsResponse response = Allotments(0);
  ASSERT_EQ(response.allotments_size(), 1);
  const auto serials = domain::SerialSet::Parse(response.allotments(0).serials());
  ASSERT_TRUE(serials.ok());
  EXPECT_EQ(serials->size(), 40u);
  EXPECT_EQ(response.allotments(0).quantity(), 40u);
  EXPECT_EQ(Allotments(response.cursor()).allotments_size(), 0);
  EXPECT_EQ(Ledger().blanks_allotted(), 40u);
}

TEST_F(NationalServiceTest, AWithdrawalAppearsOnceAfterItsCursor) {
  EXPECT_TRUE(Withdrawals(0).complete());
  v1::WithdrawRecordResponse response;
  const std::string prr = bangli::PrrId(4);
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(Withdraw(prr, v1::WITHDRAWAL_REASON_DEATH, &response).ok());
    EXPECT_EQ(response.version(), 2u);
  }
  const v1::PullWithdrawalsResponse pulled = Withdrawals(0);
  ASSERT_EQ(pulled.withdrawals_size(), 1);
  EXPECT_EQ(pulled.withdrawals(0).prr(), prr);
  EXPECT_EQ(pulled.withdrawals(0).version(), 2u);
  EXPECT_EQ(pulled.withdrawals(0).reason(), v1::WITHDRAWAL_REASON_DEATH);
  EXPECT_EQ(Withdrawals(pulled.cursor()).withdrawals_size(), 0);
}

TEST_F(NationalServiceTest, RefusesToWithdrawWhatItDoesNotHave) {
  v1::WithdrawRecordResponse response;
  EXPECT_EQ(Withdraw("PRR-0", v1::WITHDRAWAL_REASON_MOVE, &response).error_code(),
            grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(Withdraw(bangli::PrrId(0), v1::WITHDRAWAL_REASON_UNSPECIFIED, &response).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(NationalServiceTest, AnswersAReportPerItemAndInOrder) {
  const auto serials = domain::SerialSet::Parse(Allotments(0).allotments(0).serials()).value();
  const std::string blank = serials.ranges()[0].first.text();
  v1::WithdrawRecordResponse withdrawn;
  ASSERT_TRUE(Withdraw(bangli::PrrId(0), v1::WITHDRAWAL_REASON_MOVE, &withdrawn).ok());
  v1::ReportRequest request;
  for (const char* item : {"e1", "e2", "e1"}) {
    v1::ReportItem* report = request.add_items();
    report->set_item(item);
    report->set_kind(v1::REPORT_KIND_PRINTED);
    report->set_prr(bangli::PrrId(0));
    report->set_blank(blank);
  }
  grpc::ClientContext context;
  v1::ReportResponse response;
  ASSERT_TRUE(stub_->Report(&context, request, &response).ok());
  ASSERT_EQ(response.answers_size(), 3);
  EXPECT_TRUE(response.answers(0).accepted());
  EXPECT_EQ(response.answers(1).item(), "e2");
  EXPECT_EQ(response.answers(1).reason(), "blank_already_used");
  EXPECT_TRUE(response.answers(2).accepted());
  EXPECT_EQ(Ledger().printed(), 1u);
  EXPECT_EQ(Ledger().printed_withdrawn(), 1u);
  EXPECT_EQ(Ledger().rejected(), 1u);
}

TEST_F(NationalServiceTest, RefusesAReportOfTooManyItems) {
  v1::ReportRequest request;
  for (int i = 0; i < 501; ++i) request.add_items();
  grpc::ClientContext context;
  v1::ReportResponse response;
  EXPECT_EQ(stub_->Report(&context, request, &response).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(NationalServiceTest, AnOutageDoesNothingAndALostAnswerWasDone) {
  v1::ReportResponse response;
  v1::Faults faults;
  faults.set_outage(true);
  SetFaults(faults);
  EXPECT_EQ(Report(0, 2, &response).error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(Ledger().spoiled(), 0u);
  faults.Clear();
  faults.set_lost_every(2);
  SetFaults(faults);
  EXPECT_TRUE(Report(0, 2, &response).ok());
  EXPECT_EQ(Report(2, 2, &response).error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(Ledger().spoiled(), 4u);
  SetFaults({});
  EXPECT_TRUE(Report(0, 4, &response).ok());
  EXPECT_EQ(Ledger().spoiled(), 4u);
}

TEST_F(NationalServiceTest, PagesAndAnswersOverlapAndAreCutOff) {
  v1::Faults faults;
  faults.set_duplicates(true);
  faults.set_items_at_most(3);
  SetFaults(faults);
  v1::PullRecordsResponse page;
  ASSERT_TRUE(Pull(10, 7, &page).ok());
  EXPECT_EQ(page.records_size(), 4);
  EXPECT_EQ(page.records(0).prr(), bangli::PrrId(9));
  EXPECT_EQ(page.cursor(), 13u);
  v1::ReportResponse response;
  ASSERT_TRUE(Report(0, 5, &response).ok());
  EXPECT_EQ(response.answers_size(), 6);
  EXPECT_EQ(Ledger().spoiled(), 3u);
}

TEST_F(NationalServiceTest, ARejectedReportIsNotBooked) {
  v1::Faults faults;
  faults.set_rejected_every(2);
  SetFaults(faults);
  v1::ReportResponse response;
  ASSERT_TRUE(Report(0, 4, &response).ok());
  EXPECT_TRUE(response.answers(0).accepted());
  EXPECT_EQ(response.answers(1).reason(), "unknown_blank");
  EXPECT_EQ(Ledger().spoiled(), 2u);
  EXPECT_EQ(Ledger().rejected(), 2u);
}

TEST_F(NationalServiceTest, ALateAnswerComes) {
  v1::Faults faults;
  faults.set_delay_millis(1);
  SetFaults(faults);
  v1::PullRecordsResponse page;
  ASSERT_TRUE(Pull(0, 7, &page).ok());
  EXPECT_EQ(page.records_size(), 7);
}

}  // namespace
}  // namespace keping::national_simulator
