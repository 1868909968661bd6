// A node enrols at a centre over real TLS, speaks to it as itself, and renews its certificate.
#include <gmock/gmock.h>
#include <grpc/grpc_security_constants.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/security/auth_context.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "central_node/sync_service/district_keys.h"
#include "central_node/sync_service/enrolment_service.h"
#include "common/crypto/one_time_code.h"
#include "common/crypto/random.h"
#include "common/crypto/signer.h"
#include "common/files/file.h"
#include "common/rpc/channel.h"
#include "common/rpc/peer.h"
#include "common/rpc/server.h"
#include "common/rpc/status.h"
#include "common/time/system_clock.h"
#include "edge_node/sync_client/enrolment.h"
#include "edge_node/sync_client/node_keys.h"
#include "edge_node/sync_client/renewal.h"
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

  // By the key that the incarnation was let in with.
  void Renew(const central::RenewalClaim& claim, const central::EnrolmentAnswer& answer) {
    absl::MutexLock lock(&mutex_);
    for (const central::EnrolmentClaim& one : admitted_) {
      if (one.node != claim.node || one.incarnation != claim.incarnation) continue;
      if (verifier_->Verify(one.log_public_key, claim.statement, claim.signature)) {
        answer(closed_ ? absl::FailedPreconditionError("K-254: closed") : absl::OkStatus());
        return;
      }
    }
    answer(absl::UnauthenticatedError("no such key"));
  }
  void Close() {
    absl::MutexLock lock(&mutex_);
    closed_ = true;
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
  const std::unique_ptr<crypto::Verifier> verifier_ = crypto::MakeEd25519Verifier();
  absl::Mutex mutex_;
  bool closed_ = false;
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
    response->set_ca_pem(rpc::ReadPeerCertificate(*context).incarnation);
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
  // Renews with the keys in the node's folder, with this log key.
  absl::StatusOr<rpc::TlsIdentity> Renew(const std::string& node, const crypto::Signer& signer) {
    const auto keys = edge::LoadNodeKeys(folder_ + "/" + node);
    edge::Renewal renewal({.node = keys->node,
                           .incarnation = keys->incarnation,
                           .keys_dir = folder_ + "/" + node,
                           .centre_address = server_->address(),
                           .authority_pem = keys->tls.authority_pem,
                           .signer = &signer});
    return renewal.Run(clock_);
  }
  std::unique_ptr<crypto::Signer> LogKey(const std::string& node) {
    return *crypto::MakeEd25519Signer(edge::LoadNodeKeys(folder_ + "/" + node)->log_seed);
  }
  // Who the server takes the caller for: node and incarnation.
  std::pair<std::string, std::string> Introduce(const rpc::TlsIdentity& identity) {
    WhoAmI who;
    auto mutual =
        rpc::ServeMutualTls("127.0.0.1:0", central::ServedFiles(folder_ + "/centre"), {&who});
    EXPECT_TRUE(mutual.ok()) << mutual.status();
    grpc::ClientContext context;
    rpc::SetTimeout(&context, absl::Seconds(20));
    sync::v1::EnrolResponse response;
    const auto stub = sync::v1::EnrolmentService::NewStub(
        rpc::MakeTlsChannel((*mutual)->address(), identity, crypto::kCentralNodeId));
    const absl::Status status = rpc::ToAbslStatus(stub->Enrol(&context, {}, &response));
    if (!status.ok()) return {"", ""};
    return {response.district(), response.ca_pem()};
  }

  central::EnrolmentService service_{
      &keys_, "bangli", &clock_,
      central::Admission{
          .enrol = [this](central::EnrolmentClaim claim,
                          central::EnrolmentAnswer answer) { desk_.Admit(claim, answer); },
          .renew = [this](central::RenewalClaim claim,
                          central::EnrolmentAnswer answer) { desk_.Renew(claim, answer); }}};
  const std::unique_ptr<rpc::RunningServer> server_ =
      *rpc::ServeOneWayTls("127.0.0.1:0", central::ServedFiles(folder_ + "/centre"), {&service_});
};

TEST_F(EnrolmentTest, ACertificateIsRenewedByTheKeyOfTheLogWhetherItHoldsOrNot) {
  ASSERT_TRUE(Enrol("edge-1", desk_.Issue("edge-1")).ok());
  const auto before = edge::LoadNodeKeys(folder_ + "/edge-1");
  // It expired a year ago: no server would let it in.
  const absl::Time now = clock_.Now().wall;
  const std::string request =
      *crypto::MakeCertificateRequest(before->tls.key_pem, before->node.value());
  rpc::TlsIdentity expired = before->tls;
  expired.certificate_pem = *keys_.authority.Sign(
      request, "edge-1", crypto::CertificateUse::kServerAndClient,
      {.from = now - absl::Hours(24 * 700), .until = now - absl::Hours(24 * 365)});
  ASSERT_TRUE(rpc::ReplaceTlsIdentity(folder_ + "/edge-1", expired).ok());
  EXPECT_EQ(Introduce(expired).first, "");

  const auto renewed = Renew("edge-1", *LogKey("edge-1"));
  ASSERT_TRUE(renewed.ok()) << renewed.status();
  EXPECT_NE(renewed->key_pem, before->tls.key_pem);
  const auto after = edge::LoadNodeKeys(folder_ + "/edge-1");
  EXPECT_EQ(after->tls.certificate_pem, renewed->certificate_pem);
  EXPECT_EQ(after->tls.key_pem, renewed->key_pem);
  EXPECT_EQ(after->log_seed, before->log_seed);
  EXPECT_EQ(after->incarnation, before->incarnation);
  EXPECT_EQ(Introduce(*renewed),
            (std::pair<std::string, std::string>("edge-1", before->incarnation.value())));
}

TEST_F(EnrolmentTest, NobodyElseRenewsACertificate) {
  ASSERT_TRUE(Enrol("edge-1", desk_.Issue("edge-1")).ok());
  ASSERT_TRUE(Enrol("edge-2", desk_.Issue("edge-2")).ok());
  const std::string before = edge::LoadNodeKeys(folder_ + "/edge-1")->tls.certificate_pem;
  EXPECT_EQ(Renew("edge-1", *LogKey("edge-2")).status().code(), absl::StatusCode::kUnauthenticated);
  desk_.Close();
  const absl::Status closed = Renew("edge-1", *LogKey("edge-1")).status();
  EXPECT_EQ(closed.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(closed.message()), HasSubstr("K-254"));
  EXPECT_EQ(edge::LoadNodeKeys(folder_ + "/edge-1")->tls.certificate_pem, before);
}

// Calls over the channel; the fingerprint of the certificate that the server showed, or empty.
std::string ServedBy(const std::shared_ptr<grpc::Channel>& channel) {
  grpc::ClientContext context;
  rpc::SetTimeout(&context, absl::Seconds(20));
  sync::v1::EnrolResponse response;
  const auto stub = sync::v1::EnrolmentService::NewStub(channel);
  if (!stub->Enrol(&context, {}, &response).ok()) return "";
  for (const grpc::string_ref& pem :
       context.auth_context()->FindPropertyValues(GRPC_X509_PEM_CERT_PROPERTY_NAME)) {
    return crypto::ReadCertificate({pem.data(), pem.size()})->fingerprint;
  }
  return "";
}

TEST_F(EnrolmentTest, TheCentresOwnCertificateChangesUnderItsServers) {
  const std::string centre = folder_ + "/centre";
  ASSERT_TRUE(Enrol("edge-1", desk_.Issue("edge-1")).ok());
  const rpc::TlsIdentity node = edge::LoadNodeKeys(folder_ + "/edge-1")->tls;
  WhoAmI who;
  const auto server = *rpc::ServeMutualTls("127.0.0.1:0", central::ServedFiles(centre), {&who});
  const auto connect = [&] {
    return rpc::MakeTlsChannel(server->address(), node, crypto::kCentralNodeId);
  };
  const auto open = connect();
  const std::string before = ServedBy(open);
  EXPECT_EQ(before, crypto::ReadCertificate(keys_.tls.certificate_pem)->fingerprint);
  const absl::Time now = clock_.Now().wall;
  EXPECT_FALSE(*central::RenewServerIdentity(centre, keys_.authority, now));
  // An hour is left of the present one.
  rpc::TlsIdentity old = keys_.tls;
  old.certificate_pem = *keys_.authority.Sign(
      *crypto::MakeCertificateRequest(old.key_pem, "central"), "central",
      crypto::CertificateUse::kServerAndClient, crypto::ValidFor(now, absl::Hours(1)));
  ASSERT_TRUE(rpc::ReplaceTlsIdentity(centre, old).ok());
  ASSERT_TRUE(*central::RenewServerIdentity(centre, keys_.authority, now));
  // Where the disk was full for the second of its files, the next look writes it.
  const std::string chain = central::ServedFiles(centre).chain;
  ASSERT_TRUE(files::WriteFile(chain, old.certificate_pem, files::Access::kEveryoneReads).ok());
  EXPECT_FALSE(*central::RenewServerIdentity(centre, keys_.authority, now));
  const std::string after =
      crypto::ReadCertificate(rpc::LoadTlsIdentity(centre)->certificate_pem)->fingerprint;
  // The server looks at its files now and then; only the patience of the test ends the waiting.
  absl::Notification pause;
  const absl::Duration end = clock_.Now().monotonic + absl::Seconds(60);
  std::string served;
  while (served != after && clock_.Now().monotonic < end) {
    pause.WaitForNotificationWithTimeout(absl::Milliseconds(50));
    served = ServedBy(connect());
  }
  EXPECT_EQ(served, after);
  // The connection that was open all the time goes on.
  EXPECT_EQ(ServedBy(open), before);
  // By a clock at 2099 nothing is changed.
  const absl::Status wrong =
      central::RenewServerIdentity(centre, keys_.authority,
                                   absl::FromCivil(absl::CivilDay(2099, 1, 1), absl::UTCTimeZone()))
          .status();
  EXPECT_THAT(std::string(wrong.message()), HasSubstr("K-253"));
}

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
