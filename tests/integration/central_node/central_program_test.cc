// The central node's program in this process: RocksDB, real TLS, and a simulated national server.
#include "central_node/app/central_program.h"
#include "central_node/app/stopped_district.h"

#include <gmock/gmock.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/impl/service_type.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "absl/synchronization/notification.h"
#include "common/cli/client.h"
#include "common/config/central_config.h"
#include "common/files/file.h"
#include "common/rpc/channel.h"
#include "common/rpc/server.h"
#include "common/rpc/status.h"
#include "common/storage/key_space.h"
#include "common/storage/rocksdb_store.h"
#include "common/time/system_clock.h"
#include "deploy/national_simulator/directorate.h"
#include "deploy/national_simulator/keys.h"
#include "deploy/national_simulator/service.h"
#include "edge_node/sync_client/enrolment.h"
#include "edge_node/sync_client/node_keys.h"
#include "keping/central/v1/central.grpc.pb.h"
#include "tests/support/temp_folder.h"

namespace keping::central {
namespace {

using ::testing::HasSubstr;

constexpr absl::Duration kPatience = absl::Seconds(60);
constexpr uint64_t kRecords = 700;

class CentralProgramTest : public ::testing::Test {
 protected:
  CentralProgramTest() {
    const std::string keys = folder_.path() + "/national";
    EXPECT_TRUE(national_simulator::MakeKeys(keys, "bangli", clock_.Now().wall).ok());
    ServeNational("127.0.0.1:0");
    config_.set_district_id("bangli");
    config_.set_data_dir(folder_.path() + "/data");
    config_.set_keys_dir(folder_.path() + "/keys");
    config_.set_sync_listen("127.0.0.1:0");
    config_.set_enrolment_listen("127.0.0.1:0");
    config_.mutable_national()->set_address(national_server_->address());
    config_.mutable_national()->set_server_name(national_simulator::kServerName);
    config_.mutable_national()->set_ca_file(keys + "/ca.pem");
    config_.mutable_national()->set_certificate_file(keys + "/district.pem");
    config_.mutable_national()->set_key_file(keys + "/district.key");
    config_.mutable_national()->set_poll_seconds(1);
    config::v1::OfficeConfig* office = config_.add_offices();
    office->set_node_id("susut");
    office->set_name("Kecamatan Susut");
    config::CompleteCentralConfig(folder_.path(), &config_);
    EXPECT_TRUE(config::ValidateCentralConfig("test", config_).ok());
  }

  void ServeNational(const std::string& address) {
    const std::string keys = folder_.path() + "/national/";
    auto server =
        rpc::ServeMutualTls(address,
                            *rpc::LoadTlsIdentity(keys + national_simulator::kAuthorityFile,
                                                  keys + national_simulator::kServerCertificateFile,
                                                  keys + national_simulator::kServerKeyFile),
                            {&national_});
    ASSERT_TRUE(server.ok()) << server.status();
    national_server_ = *std::move(server);
  }

  std::unique_ptr<CentralProgram> Run() {
    auto program = CentralProgram::Make(
        config_, &clock_, [](const absl::Status& status) { ADD_FAILURE() << status; });
    EXPECT_TRUE(program.ok()) << program.status();
    EXPECT_TRUE((*program)->Start().ok());
    return *std::move(program);
  }

  absl::Status MakeStatus() {
    return CentralProgram::Make(config_, &clock_, [](const absl::Status&) {}).status();
  }

  std::unique_ptr<v1::DistrictService::Stub> Api() {
    return v1::DistrictService::NewStub(rpc::MakeUnixChannel(config_.api_socket()));
  }

  v1::GetStatusResponse Status() {
    grpc::ClientContext context;
    rpc::SetTimeout(&context, kPatience);
    v1::GetStatusResponse response;
    const absl::Status status = rpc::ToAbslStatus(Api()->GetStatus(&context, {}, &response));
    EXPECT_TRUE(status.ok()) << status;
    return response;
  }

  // In the store of the stopped centre.
  uint64_t SideRecords() const {
    const auto store = storage::OpenRocksDbStoreReadOnly(config_.data_dir() + "/db");
    EXPECT_TRUE(store.ok()) << store.status();
    uint64_t records = 0;
    EXPECT_TRUE((*store)
                    ->Scan(storage::kSideRecordPrefix,
                           storage::PrefixEnd(storage::kSideRecordPrefix),
                           [&records](absl::string_view, absl::string_view) {
                             ++records;
                             return true;
                           })
                    .ok());
    return records;
  }

  // Asks until it is so; only the patience of the test ends it otherwise.
  v1::GetStatusResponse WaitUntil(const std::function<bool(const v1::GetStatusResponse&)>& so) {
    const absl::Duration end = clock_.Now().monotonic + kPatience;
    absl::Notification pause;
    while (clock_.Now().monotonic < end) {
      const v1::GetStatusResponse status = Status();
      if (so(status)) return status;
      pause.WaitForNotificationWithTimeout(absl::Milliseconds(20));
    }
    ADD_FAILURE() << "it never was so: " << Status().ShortDebugString();
    return {};
  }

  const time::SystemClock clock_;
  const tests::TempFolder folder_;
  national_simulator::Directorate directorate_{{.generator = {.count = kRecords}, .blanks = 100}};
  national_simulator::NationalServiceImpl national_{&directorate_};
  std::unique_ptr<rpc::RunningServer> national_server_;
  config::v1::CentralConfig config_;
};

TEST_F(CentralProgramTest, ADistrictIsInitialisedOnceAndStarts) {
  EXPECT_THAT(std::string(MakeStatus().message()),
              HasSubstr("run keping-central --config FILE init"));
  const auto fingerprint = InitialiseDistrict(config_, clock_);
  ASSERT_TRUE(fingerprint.ok()) << fingerprint.status();
  EXPECT_EQ(*InitialiseDistrict(config_, clock_), *fingerprint);
  const auto program = Run();
  EXPECT_THAT(program->sync_address(), HasSubstr("127.0.0.1:"));
  const absl::Status second = MakeStatus();
  EXPECT_EQ(second.code(), absl::StatusCode::kFailedPrecondition) << second;
}

TEST_F(CentralProgramTest, RecordsAndBlanksComeFromTheNationAndStay) {
  ASSERT_TRUE(InitialiseDistrict(config_, clock_).ok());
  auto program = Run();
  const auto status = WaitUntil([](const v1::GetStatusResponse& s) {
    return s.prrs_received() == kRecords && s.blanks_allotted() == 100;
  });
  EXPECT_TRUE(status.national_connected());
  program->Stop();
  program.reset();
  national_server_->Shutdown(absl::ZeroDuration());
  program = Run();
  const v1::GetStatusResponse again = Status();
  EXPECT_EQ(again.prrs_received(), kRecords);
  EXPECT_EQ(again.generation(), status.generation());
  EXPECT_EQ(again.log_entries(), status.log_entries());
}

// The status of a call without a session, where its request names who acts.
template <size_t kIndex>
void CheckDoor(const std::string& socket, int* acts) {
  const cli::CentralRequest request(std::in_place_index<kIndex>);
  const google::protobuf::Descriptor& message = *std::get<kIndex>(request).GetDescriptor();
  if (message.FindFieldByName("by") == nullptr &&
      message.FindFieldByName("received_by") == nullptr) {
    return;
  }
  const absl::Status status = cli::CallCentral(socket, kPatience, request).status();
  EXPECT_TRUE(absl::IsUnauthenticated(status)) << message.full_name() << ": " << status;
  ++*acts;
}

template <size_t... kIndex>
void CheckDoors(const std::string& socket, int* acts, std::index_sequence<kIndex...>) {
  (CheckDoor<kIndex>(socket, acts), ...);
}

TEST_F(CentralProgramTest, EveryActIsBehindTheOfficersDoor) {
  ASSERT_TRUE(InitialiseDistrict(config_, clock_).ok());
  const auto program = Run();
  v1::SetOfficerRequest first;
  first.set_officer("made");
  first.set_role(log::v1::ROLE_ADMINISTRATOR);
  first.set_active(true);
  ASSERT_TRUE(cli::CallCentral(config_.api_socket(), kPatience, first).ok());
  int acts = 0;
  CheckDoors(config_.api_socket(), &acts,
             std::make_index_sequence<std::variant_size_v<cli::CentralRequest>>());
  EXPECT_GT(acts, 20);
}

TEST_F(CentralProgramTest, AnOutageOfTheNationIsSaidAndHeals) {
  ASSERT_TRUE(InitialiseDistrict(config_, clock_).ok());
  const std::string address = national_server_->address();
  national_server_->Shutdown(absl::ZeroDuration());
  const auto program = Run();
  const auto down =
      WaitUntil([](const v1::GetStatusResponse& s) { return !s.national_problem().empty(); });
  EXPECT_THAT(down.national_problem(), HasSubstr("cannot be reached"));
  EXPECT_FALSE(down.national_connected());
  ServeNational(address);
  WaitUntil([](const v1::GetStatusResponse& s) {
    return s.national_problem().empty() && s.prrs_received() == kRecords;
  });
}

TEST_F(CentralProgramTest, TheNationMayComeInFiles) {
  ASSERT_TRUE(InitialiseDistrict(config_, clock_).ok());
  config_.mutable_national()->clear_address();
  config_.mutable_national()->set_exchange_dir(folder_.path() + "/exchange");
  const std::string in = folder_.path() + "/exchange/in";
  std::filesystem::create_directories(in);
  ASSERT_TRUE(files::WriteFile(in + "/allotments.csv",
                               "allotment;bast_number;date;serials;quantity\n"
                               "A-1;B/1;20-04-2017;A1000..A1009;10\n"
                               "A-2;B/2;20-04-2017;A2000..A2009;11\n",
                               files::Access::kOwnerOnly)
                  .ok());
  const auto program = Run();
  const auto status =
      WaitUntil([](const v1::GetStatusResponse& s) { return s.blanks_allotted() == 10; });
  EXPECT_TRUE(status.national_connected());
  EXPECT_THAT(*files::ReadFile(in + "/../out/allotments.csv.ditolak.csv", 1000),
              HasSubstr("3,quantity,"));
}

TEST_F(CentralProgramTest, ANodeEnrolsWithTheCodeOfTheConsole) {
  ASSERT_TRUE(InitialiseDistrict(config_, clock_).ok());
  const auto program = Run();
  WaitUntil([](const v1::GetStatusResponse& s) { return s.prrs_received() == kRecords; });
  grpc::ClientContext context;
  v1::CreateEnrolmentCodeRequest request;
  request.set_node("susut");
  v1::CreateEnrolmentCodeResponse code;
  ASSERT_TRUE(Api()->CreateEnrolmentCode(&context, request, &code).ok());
  const absl::Status enrolled = edge::Enrol({.node_id = "susut",
                                             .keys_dir = folder_.path() + "/susut",
                                             .centre_address = program->enrolment_address(),
                                             .authority_fingerprint = code.authority_fingerprint(),
                                             .one_time_code = code.code()},
                                            clock_);
  ASSERT_TRUE(enrolled.ok()) << enrolled;
  EXPECT_TRUE(edge::LoadNodeKeys(folder_.path() + "/susut").ok());
  const v1::GetStatusResponse status = Status();
  EXPECT_EQ(status.nodes(), 1u);
  // The records that waited for the office are leased at once.
  EXPECT_EQ(status.prrs_leased(), kRecords);
}

TEST_F(CentralProgramTest, AKeyThatIsLostIsNotReplacedInSilence) {
  ASSERT_TRUE(InitialiseDistrict(config_, clock_).ok());
  Run()->Stop();
  for (const char* file : {"nik.key", "receipt.key"}) {
    const std::string path = config_.keys_dir() + "/" + file;
    std::filesystem::rename(path, path + ".away");
    EXPECT_THAT(std::string(MakeStatus().message()), HasSubstr("restore it from its backup"));
    std::filesystem::rename(path + ".away", path);
  }
}

TEST_F(CentralProgramTest, TheRecordsOfALostDataKeyArePulledAgain) {
  ASSERT_TRUE(InitialiseDistrict(config_, clock_).ok());
  auto program = Run();
  WaitUntil([](const v1::GetStatusResponse& status) { return status.prrs_received() == kRecords; });
  EXPECT_TRUE(absl::IsFailedPrecondition(DropRecords(config_).status())) << "it runs";
  program->Stop();
  program.reset();
  EXPECT_THAT(std::string(DropRecords(config_).status().message()),
              HasSubstr("nothing was dropped"));

  std::filesystem::remove(config_.keys_dir() + "/data.1.key");
  const absl::Status lost = MakeStatus();
  for (const char* words : {"K-210", "No event is lost", "drop-records"}) {
    EXPECT_THAT(std::string(lost.message()), HasSubstr(words));
  }
  const auto dropped = DropRecords(config_);
  ASSERT_TRUE(dropped.ok()) << dropped.status();
  EXPECT_EQ(dropped->rows, kRecords);
  EXPECT_EQ(SideRecords(), 0u);
  program = Run();
  WaitUntil([](const v1::GetStatusResponse& status) { return status.national_connected(); });
  // It is heard of at the beginning of the next visit, when this one has brought the records.
  national::v1::WithdrawRecordRequest withdrawn;
  withdrawn.set_prr("PRR-5106-0000001");
  withdrawn.set_reason(national::v1::WITHDRAWAL_REASON_DEATH);
  ASSERT_TRUE(directorate_.WithdrawRecord(withdrawn).ok());
  WaitUntil([](const v1::GetStatusResponse& status) { return status.prrs_withdrawn() == 1; });
  program->Stop();
  program.reset();
  EXPECT_EQ(SideRecords(), kRecords);
}

}  // namespace
}  // namespace keping::central
