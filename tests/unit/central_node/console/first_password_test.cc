// A password that the district makes, over the wire: the door is asked before the work is done.
#include "central_node/console/first_password.h"

#include <gmock/gmock.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "central_node/console/desk_console.h"
#include "central_node/console/desk_service.h"
#include "central_node/console/people_service.h"
#include "common/base/prng.h"
#include "common/people/confirmations.h"
#include "common/people/sessions.h"
#include "common/rpc/server.h"
#include "common/time/system_clock.h"
#include "keping/central/v1/desk.grpc.pb.h"
#include "keping/central/v1/people.grpc.pb.h"
#include "tests/support/little_district.h"
#include "tests/support/temp_folder.h"

namespace keping::central {
namespace {

using domain::OperatorId;
using ::testing::HasSubstr;

class FirstPasswordTest : public ::testing::Test {
 protected:
  FirstPasswordTest() {
    const SetOfficer founding{
        .officer = OperatorId::Of("made"), .role = domain::Role::kAdministrator, .by = {}};
    EXPECT_TRUE(district_.centre().Handle(district_.clock().Now(), founding, "verifier").ok());
  }
  ~FirstPasswordTest() override {
    stub_.reset();
    desk_stub_.reset();
    server_->Shutdown(absl::Seconds(10));
    passwords_.Stop();
    core_.Stop(runtime::CoreThread::Waiting::kRun);
  }

  grpc::Status Add(const std::string& token) {
    grpc::ClientContext context;
    if (!token.empty()) context.AddMetadata("authorization", absl::StrCat("Bearer ", token));
    v1::AddOperatorRequest request;
    request.set_operator_id("ayu");
    request.set_node("susut");
    request.set_role(log::v1::ROLE_OPERATOR);
    request.set_first_password(true);
    return stub_->AddOperator(&context, request, &added_);
  }
  grpc::Status Set(const std::string& token, bool active, bool first_password) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", absl::StrCat("Bearer ", token));
    v1::SetOfficerRequest request;
    request.set_officer("rai");
    request.set_role(log::v1::ROLE_RECONCILER);
    request.set_active(active);
    request.set_first_password(first_password);
    return desk_stub_->SetOfficer(&context, request, &set_);
  }
  std::string Session() {
    return sessions_.Open(OperatorId::Of("made"), prng_.Bytes(people::kTokenBytes), false,
                          district_.clock().Now().monotonic);
  }

  tests::LittleDistrict district_{{{"susut", "51.06.01"}}};
  base::Prng prng_{1};
  people::Sessions sessions_;
  people::Confirmations confirmations_;
  OfficerDoor door_{{.node = &district_.centre(),
                     .sessions = &sessions_,
                     .confirmations = &confirmations_,
                     .clock = &district_.clock()}};
  PeopleConsole people_{{.node = &district_.centre(),
                         .hub = &district_.hub(),
                         .clock = &district_.clock(),
                         .random = [this](size_t size) { return prng_.Bytes(size); },
                         .failed = [](const absl::Status& status) { ADD_FAILURE() << status; }}};
  DeskConsole desk_{{.node = &district_.centre(),
                     .hub = &district_.hub(),
                     .clock = &district_.clock(),
                     .random = [this](size_t size) { return prng_.Bytes(size); },
                     .signed_out = [](const OperatorId&) {},
                     .failed = [](const absl::Status& status) { ADD_FAILURE() << status; }}};
  const time::SystemClock clock_;
  runtime::CoreThread core_{&clock_, 16};
  people::PasswordThread passwords_{&core_, &clock_};
  const std::unique_ptr<grpc::Service> service_ =
      MakePeopleService(&core_, &door_, &passwords_, &people_);
  const std::unique_ptr<grpc::Service> desk_service_ =
      MakeDeskService(&core_, &door_, &passwords_, &desk_);
  tests::TempFolder folder_;
  const std::unique_ptr<rpc::RunningServer> server_ =
      *rpc::ServeUnix(folder_.path() + "/s", {service_.get(), desk_service_.get()});
  std::unique_ptr<v1::PeopleService::Stub> stub_ =
      v1::PeopleService::NewStub(server_->InProcessChannel());
  std::unique_ptr<v1::DeskService::Stub> desk_stub_ =
      v1::DeskService::NewStub(server_->InProcessChannel());
  v1::AddOperatorResponse added_;
  v1::SetOfficerResponse set_;
};

TEST_F(FirstPasswordTest, IsMadeForWhoeverMayAskForIt) {
  const grpc::Status added = Add(Session());
  ASSERT_TRUE(added.ok()) << added.error_message();
  EXPECT_FALSE(added_.first_password().empty());
}

TEST_F(FirstPasswordTest, IsMadeOnlyWhereOneIsWanted) {
  const std::string token = Session();
  ASSERT_TRUE(Set(token, true, false).ok());
  EXPECT_FALSE(set_.first_password().empty()) << "rai had none";
  // With nobody who could make it, only whoever wants one hears so.
  passwords_.Stop();
  EXPECT_EQ(Set(token, true, true).error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  const grpc::Status kept = Set(token, true, false);
  EXPECT_TRUE(kept.ok()) << kept.error_message();
  EXPECT_TRUE(set_.first_password().empty());
  EXPECT_TRUE(Set(token, false, false).ok());
}

TEST_F(FirstPasswordTest, IsNotMadeForWhoeverMayNot) {
  // With nobody who could make it, only whoever may ask for it hears so.
  passwords_.Stop();
  const grpc::Status refused = Add("");
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_THAT(refused.error_message(), HasSubstr("K-186"));
  EXPECT_EQ(Add(Session()).error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
}

}  // namespace
}  // namespace keping::central
