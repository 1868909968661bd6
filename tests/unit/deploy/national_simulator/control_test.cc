#include "deploy/national_simulator/control.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "common/rpc/server.h"
#include "common/rpc/tls_identity.h"
#include "common/time/system_clock.h"
#include "deploy/national_simulator/keys.h"
#include "deploy/national_simulator/service.h"
#include "tests/support/temp_folder.h"

namespace keping::national_simulator {
namespace {

namespace v1 = national::v1;

using ::testing::HasSubstr;

// A simulator that serves with keys of its own making.
class ControlTest : public ::testing::Test {
 protected:
  ControlTest() : keys_(folder_.path() + "/keys") {
    EXPECT_TRUE(MakeKeys(keys_, "bangli", Now()).ok());
    auto identity =
        rpc::LoadTlsIdentity(keys_ + "/ca.pem", keys_ + "/server.pem", keys_ + "/server.key");
    EXPECT_TRUE(identity.ok()) << identity.status();
    server_ = *rpc::ServeMutualTls("127.0.0.1:0", *identity, {&simulator_});
  }

  static absl::Time Now() { return time::SystemClock().Now().wall; }

  tests::TempFolder folder_;
  const std::string keys_;
  Directorate directorate_{{.generator = {.count = 30}, .blanks = 40}};
  SimulatorServiceImpl simulator_{&directorate_};
  std::unique_ptr<rpc::RunningServer> server_;
};

TEST_F(ControlTest, WithdrawsAndReadsTheLedgerByTheDistrictsCertificate) {
  auto control = Control::Connect(server_->address(), keys_);
  ASSERT_TRUE(control.ok()) << control.status();
  const auto withdrawn = control->Withdraw("PRR-5106-0000007", v1::WITHDRAWAL_REASON_MOVE);
  ASSERT_TRUE(withdrawn.ok()) << withdrawn.status();
  EXPECT_EQ(withdrawn->version(), 2u);
  EXPECT_EQ(directorate_
                .PullWithdrawals([] {
                  v1::PullWithdrawalsRequest request;
                  request.set_limit(10);
                  return request;
                }())
                ->withdrawals_size(),
            1);
  const auto ledger = control->GetLedger();
  ASSERT_TRUE(ledger.ok()) << ledger.status();
  EXPECT_EQ(ledger->printed(), 0u);
}

TEST_F(ControlTest, SetsFaults) {
  auto control = Control::Connect(server_->address(), keys_);
  ASSERT_TRUE(control.ok()) << control.status();
  v1::Faults faults;
  faults.set_outage(true);
  ASSERT_TRUE(control->SetFaults(faults).ok());
  EXPECT_TRUE(directorate_.NextFate().outage);
  faults.set_delay_millis(60'001);
  EXPECT_EQ(control->SetFaults(faults).code(), absl::StatusCode::kInvalidArgument);
  ASSERT_TRUE(control->SetFaults({}).ok());
  EXPECT_FALSE(directorate_.NextFate().outage);
}

TEST_F(ControlTest, SaysThatARecordDoesNotExist) {
  auto control = Control::Connect(server_->address(), keys_);
  ASSERT_TRUE(control.ok()) << control.status();
  const auto withdrawn = control->Withdraw("PRR-5106-0000031", v1::WITHDRAWAL_REASON_MOVE);
  EXPECT_EQ(withdrawn.status().code(), absl::StatusCode::kNotFound);
}

TEST_F(ControlTest, KeysOfAnotherAuthorityAreRefused) {
  const std::string others = folder_.path() + "/others";
  ASSERT_TRUE(MakeKeys(others, "bangli", Now()).ok());
  auto control = Control::Connect(server_->address(), others);
  ASSERT_TRUE(control.ok()) << control.status();
  EXPECT_EQ(control->GetLedger().status().code(), absl::StatusCode::kUnavailable);
}

TEST_F(ControlTest, KeysAreNeverReplaced) {
  const absl::Status again = MakeKeys(keys_, "bangli", Now());
  EXPECT_EQ(again.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_THAT(std::string(again.message()), HasSubstr("ca.pem"));
}

TEST_F(ControlTest, ADistrictThatNoCertificateCanNameIsRefused) {
  const absl::Status status = MakeKeys(folder_.path() + "/bad", "Bangli!", Now());
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace keping::national_simulator
