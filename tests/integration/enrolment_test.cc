// A node enrols at a centre over real TLS, and then speaks to it as itself.
#include <gmock/gmock.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "central_node/sync_service/district_keys.h"
#include "central_node/sync_service/enrolment_service.h"
#include "common/crypto/one_time_code.h"
#include "common/crypto/random.h"
#include "common/rpc/channel.h"
#include "common/rpc/peer.h"
#include "common/rpc/server.h"
#include "common/rpc/status.h"
#include "common/time/system_clock.h"
#include "edge_node/sync_client/enrolment.h"
#include "edge_node/sync_client/node_keys.h"
#include "keping/sync/v1/enrolment.grpc.pb.h"

namespace keping {
namespace {

using ::testing::HasSubstr;

// The centre's decision about codes, in memory.
class Desk {
 public:
  explicit Desk(const std::string* code_key) : code_key_(code_key) {}

  // A code for `node`, as shown to people.
  std::string Issue(const std::string& node) {
    const std::string code =
        crypto::MakeOneTimeCode(crypto::RandomBytes(crypto::kOneTimeCodeEntropySize));
    absl::MutexLock lock(&mutex_);
    codes_[crypto::HashOneTimeCode(*code_key_, *crypto::NormalizeOneTimeCode(code))] = node;
    return code;
  }
  void Admit(const central::EnrolmentClaim& claim, const central::EnrolmentAnswer& answer) {
    answer(Judge(claim));
  }
  std::vector<central::EnrolmentClaim> admitted() {
    absl::MutexLock lock(&mutex_);
    return admitted_;
  }

 private:
  absl::Status Judge(const central::EnrolmentClaim& claim) {
    absl::MutexLock lock(&mutex_);
    const auto code = codes_.find(claim.code_hash);
    if (code == codes_.end() || code->second != claim.node.value()) {
      return absl::UnauthenticatedError("no such code for this node");
    }
    admitted_.push_back(claim);
    return absl::OkStatus();
  }

  const std::string* const code_key_;
  absl::Mutex mutex_;
  std::map<crypto::Hash, std::string> codes_;
  std::vector<central::EnrolmentClaim> admitted_;
};

// A service that knows its callers, in place of the sync service.
class WhoAmI final : public sync::v1::EnrolmentService::CallbackService {
 public:
  grpc::ServerUnaryReactor* Enrol(grpc::CallbackServerContext* context,
                                  const sync::v1::EnrolRequest*,
                                  sync::v1::EnrolResponse* response) override {
    response->set_district(rpc::PeerNodeId(*context).value_or("nobody"));
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
};

class EnrolmentTest : public ::testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove_all(folder_); }
  absl::Status Enrol(const std::string& node, const std::string& code) {
    return EnrolWith(node, code, keys_.fingerprint);
  }
  absl::Status EnrolWith(const std::string& node, const std::string& code,
                         const std::string& fingerprint) {
    return edge::Enrol({.node_id = node,
                        .keys_dir = folder_ + "/" + node,
                        .centre_address = server_->address(),
                        .authority_fingerprint = fingerprint,
                        .one_time_code = code},
                       clock_);
  }

  const time::SystemClock clock_;
  const std::string folder_ =
      absl::StrCat(::testing::TempDir(), "/enrolment_test.", getpid(), ".",
                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
  const central::DistrictKeys keys_ =
      *central::LoadOrMakeDistrictKeys(folder_ + "/centre", "bangli", clock_);
  Desk desk_{&keys_.code_key};
  central::EnrolmentService service_{
      &keys_, "bangli", &clock_,
      [this](central::EnrolmentClaim claim, central::EnrolmentAnswer answer) {
        desk_.Admit(claim, answer);
      }};
  const std::unique_ptr<rpc::RunningServer> server_ =
      *rpc::ServeOneWayTls("127.0.0.1:0", keys_.tls, {&service_});
};

TEST_F(EnrolmentTest, EnrolledNodeIsKnownAsItself) {
  ASSERT_TRUE(Enrol("edge-1", desk_.Issue("edge-1")).ok());
  auto keys = edge::LoadNodeKeys(folder_ + "/edge-1");
  ASSERT_TRUE(keys.ok()) << keys.status();
  EXPECT_EQ(keys->node.value(), "edge-1");
  EXPECT_EQ(keys->centre_public_key, keys_.signer->public_key());
  ASSERT_EQ(desk_.admitted().size(), 1u);
  EXPECT_EQ(desk_.admitted()[0].incarnation, keys->incarnation);
  EXPECT_EQ(desk_.admitted()[0].log_public_key,
            (*crypto::MakeEd25519Signer(keys->log_seed))->public_key());

  WhoAmI who;
  auto mutual = rpc::ServeMutualTls("127.0.0.1:0", keys_.tls, {&who});
  ASSERT_TRUE(mutual.ok()) << mutual.status();
  grpc::ClientContext context;
  rpc::SetTimeout(&context, absl::Seconds(20));
  sync::v1::EnrolResponse response;
  const auto stub = sync::v1::EnrolmentService::NewStub(
      rpc::MakeTlsChannel((*mutual)->address(), keys->tls, crypto::kCentralNodeId));
  ASSERT_TRUE(rpc::ToAbslStatus(stub->Enrol(&context, {}, &response)).ok());
  EXPECT_EQ(response.district(), "edge-1");
}

TEST_F(EnrolmentTest, WrongCodeKeepsNothingAndTheRightOneFollows) {
  const std::string code = desk_.Issue("edge-1");
  EXPECT_EQ(Enrol("edge-1", "00000-00000").code(), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(Enrol("edge-2", code).code(), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(Enrol("edge-1", "short").code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(edge::LoadNodeKeys(folder_ + "/edge-1").status().code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(Enrol("edge-1", " " + code + " ").ok());
  EXPECT_EQ(Enrol("edge-1", code).code(), absl::StatusCode::kAlreadyExists);
}

TEST_F(EnrolmentTest, LostAnswerIsAskedForAgainWithTheSameKeys) {
  const std::string code = desk_.Issue("edge-1");
  ASSERT_TRUE(Enrol("edge-1", code).ok());
  std::filesystem::remove(folder_ + "/edge-1/node.pem");
  ASSERT_TRUE(Enrol("edge-1", code).ok());
  ASSERT_EQ(desk_.admitted().size(), 2u);
  EXPECT_EQ(desk_.admitted()[0].log_public_key, desk_.admitted()[1].log_public_key);
  EXPECT_EQ(desk_.admitted()[0].incarnation, desk_.admitted()[1].incarnation);
}

TEST_F(EnrolmentTest, AnotherCentreNeverSeesTheCode) {
  const absl::Status status =
      EnrolWith("edge-1", desk_.Issue("edge-1"), "0000-0000-0000-0000-0000");
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(status.message()), HasSubstr("check link, address and fingerprint"));
  EXPECT_TRUE(desk_.admitted().empty());
}

TEST_F(EnrolmentTest, GuessingIsSlowedDown) {
  const std::string code = desk_.Issue("edge-1");
  for (int i = 0; i < 20; ++i) {
    ASSERT_EQ(Enrol("edge-1", "00000-00000").code(), absl::StatusCode::kUnauthenticated);
  }
  EXPECT_EQ(Enrol("edge-1", code).code(), absl::StatusCode::kResourceExhausted);
}

TEST_F(EnrolmentTest, NobodyBecomesTheCentre) {
  EXPECT_EQ(Enrol("central", desk_.Issue("central")).code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace keping
