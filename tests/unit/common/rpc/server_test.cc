#include "common/rpc/server.h"

#include <gmock/gmock.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/crypto/x509.h"
#include "common/rpc/channel.h"
#include "common/rpc/peer.h"
#include "common/rpc/status.h"
#include "common/time/system_clock.h"
#include "keping/sync/v1/enrolment.grpc.pb.h"
#include "tests/support/temp_folder.h"

namespace keping::rpc {
namespace {

using sync::v1::EnrolmentService;
using sync::v1::EnrolRequest;
using sync::v1::EnrolResponse;
using ::testing::HasSubstr;

constexpr absl::Duration kTimeout = absl::Seconds(20);

// Answers with the caller's node id.
class WhoAmI final : public EnrolmentService::CallbackService {
 public:
  grpc::ServerUnaryReactor* Enrol(grpc::CallbackServerContext* context, const EnrolRequest*,
                                  EnrolResponse* response) override {
    auto node_id = PeerNodeId(*context);
    if (node_id.ok()) response->set_district(*node_id);
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(ToGrpcStatus(node_id.status()));
    return reactor;
  }
};

// A district: its authority, and identities signed by it.
class District {
 public:
  explicit District(absl::Time now)
      : now_(now),
        authority_(*crypto::CertificateAuthority::Create(
            "bangli", crypto::ValidFor(now, crypto::kAuthorityValidity))) {}

  TlsIdentity Identity(const std::string& node_id, absl::Duration period = absl::Hours(1)) const {
    const std::string key = *crypto::MakePrivateKey();
    const auto use = node_id == crypto::kCentralNodeId ? crypto::CertificateUse::kServerAndClient
                                                       : crypto::CertificateUse::kClient;
    const std::string certificate = *authority_.Sign(*crypto::MakeCertificateRequest(key, node_id),
                                                     node_id, use, crypto::ValidFor(now_, period));
    return {authority_.certificate_pem(), certificate, key};
  }
  std::string Fingerprint() const {
    return crypto::ShortFingerprint(
        crypto::ReadCertificate(authority_.certificate_pem())->fingerprint);
  }

 private:
  const absl::Time now_;
  const crypto::CertificateAuthority authority_;
};

class ServerTest : public ::testing::Test {
 protected:
  // What the server knows of the caller on this channel.
  static absl::StatusOr<std::string> Ask(const std::shared_ptr<grpc::Channel>& channel) {
    grpc::ClientContext context;
    SetTimeout(&context, kTimeout);
    EnrolResponse response;
    absl::Status status =
        ToAbslStatus(EnrolmentService::NewStub(channel)->Enrol(&context, {}, &response));
    if (!status.ok()) return status;
    return response.district();
  }
  absl::StatusOr<std::string> AskMutual(const TlsIdentity& client, const char* server_name) {
    return Ask(MakeTlsChannel(mutual_->address(), client, server_name));
  }

  const absl::Time now_ = time::SystemClock().Now().wall;
  const District district_{now_};
  const District other_{now_};
  WhoAmI service_;
  const std::unique_ptr<RunningServer> mutual_ =
      *ServeMutualTls("127.0.0.1:0", district_.Identity("central"), {&service_});
};

TEST_F(ServerTest, NodeIsKnownByItsCertificate) {
  EXPECT_GT(mutual_->port(), 0);
  auto node_id = AskMutual(district_.Identity("edge-1"), "central");
  ASSERT_TRUE(node_id.ok()) << node_id.status();
  EXPECT_EQ(*node_id, "edge-1");
}

TEST_F(ServerTest, CallersWithoutTheDistrictsCertificateAreRefused) {
  TlsIdentity nobody = district_.Identity("edge-1");
  nobody.certificate_pem.clear();
  nobody.key_pem.clear();
  TlsIdentity foreigner = other_.Identity("edge-1");
  foreigner.authority_pem = nobody.authority_pem;
  const TlsIdentity expired = district_.Identity("edge-1", -absl::Hours(1));
  for (const TlsIdentity& caller : {nobody, foreigner, expired}) {
    EXPECT_EQ(AskMutual(caller, "central").status().code(), absl::StatusCode::kUnavailable);
  }
}

TEST_F(ServerTest, ClientRefusesAServerOfAnotherNameOrDistrict) {
  const TlsIdentity client = district_.Identity("edge-1");
  EXPECT_EQ(AskMutual(client, "edge-2").status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(AskMutual(other_.Identity("edge-1"), "central").status().code(),
            absl::StatusCode::kUnavailable);
}

TEST_F(ServerTest, EdgeNodeCannotServeAsTheCentre) {
  TlsIdentity impostor = district_.Identity("edge-2");
  auto server = ServeMutualTls("127.0.0.1:0", impostor, {&service_});
  ASSERT_TRUE(server.ok()) << server.status();
  const TlsIdentity client = district_.Identity("edge-1");
  for (const char* name : {"central", "edge-2"}) {
    EXPECT_EQ(Ask(MakeTlsChannel((*server)->address(), client, name)).status().code(),
              absl::StatusCode::kUnavailable);
  }
}

TEST_F(ServerTest, EnrolmentNeedsNoCertificateButTheRightFingerprint) {
  const tests::TempFolder folder;
  TlsIdentity identity = district_.Identity("central");
  // So that a node about to enrol can check the authority's fingerprint.
  identity.certificate_pem += identity.authority_pem;
  ASSERT_TRUE(StoreTlsIdentity(folder.path(), identity).ok());
  auto server = ServeOneWayTls("127.0.0.1:0",
                               TlsFiles{.authority = folder.path() + "/" + kAuthorityFile,
                                        .chain = folder.path() + "/" + kCertificateFile,
                                        .key = folder.path() + "/" + kKeyFile},
                               {&service_});
  ASSERT_TRUE(server.ok()) << server.status();
  const auto ask = [&](const std::string& fingerprint) {
    return Ask(MakeEnrolmentChannel((*server)->address(), fingerprint, now_)).status();
  };
  // The call arrives, and the service sees that nobody is behind it.
  EXPECT_EQ(ask(district_.Fingerprint()).code(), absl::StatusCode::kUnauthenticated);
  const absl::Status stranger = ask(other_.Fingerprint());
  EXPECT_EQ(stranger.code(), absl::StatusCode::kUnavailable) << stranger;
}

TEST_F(ServerTest, SecondServerOnAPortIsRefusedInWords) {
  auto second = ServeMutualTls(mutual_->address(), district_.Identity("central"), {&service_});
  EXPECT_EQ(second.status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_THAT(std::string(second.status().message()),
              HasSubstr("stop the program that has it or configure another port"));
}

TEST_F(ServerTest, UnixSocketIsForTheOwnerOnly) {
  const std::string path = absl::StrCat("/tmp/server_test.", getpid(), ".sock");
  auto server = ServeUnix(path, {&service_});
  ASSERT_TRUE(server.ok()) << server.status();
  EXPECT_EQ((*server)->address(), path);
  EXPECT_EQ((*server)->port(), 0);
  struct stat facts {};
  ASSERT_EQ(stat(path.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600u);
  EXPECT_EQ(Ask(MakeUnixChannel(path)).status().code(), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(ServeUnix(path, {&service_}).status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(Ask(MakeUnixChannel(path)).status().code(), absl::StatusCode::kUnauthenticated);
}

TEST_F(ServerTest, ShutdownEndsTheServiceAndFreesThePort) {
  auto server = ServeMutualTls("127.0.0.1:0", district_.Identity("central"), {&service_});
  ASSERT_TRUE(server.ok());
  const std::string address = (*server)->address();
  (*server)->Shutdown(absl::Seconds(5));
  (*server)->Shutdown(absl::Seconds(5));
  EXPECT_EQ(Ask(MakeTlsChannel(address, district_.Identity("edge-1"), "central")).status().code(),
            absl::StatusCode::kUnavailable);
  EXPECT_TRUE(ServeMutualTls(address, district_.Identity("central"), {&service_}).ok());
}

TEST_F(ServerTest, AHandshakeMayTakeSeconds) {
  // Accepts connections and says nothing, as a very slow link does at first.
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  ASSERT_EQ(bind(listener, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(listen(listener, 8), 0);
  ASSERT_EQ(getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), 0);
  const auto channel = MakeTlsChannel(absl::StrCat("127.0.0.1:", ntohs(address.sin_port)),
                                      district_.Identity("edge-1"), "central");
  grpc::ClientContext context;
  SetTimeout(&context, absl::Seconds(2));
  EnrolResponse response;
  EXPECT_EQ(EnrolmentService::NewStub(channel)->Enrol(&context, {}, &response).error_code(),
            grpc::StatusCode::DEADLINE_EXCEEDED);
  close(listener);
}

TEST_F(ServerTest, HealthIsServed) {
  grpc::GenericStub stub(
      MakeTlsChannel(mutual_->address(), district_.Identity("edge-1"), "central"));
  grpc::ClientContext context;
  SetTimeout(&context, kTimeout);
  const grpc::Slice empty("");
  const grpc::ByteBuffer request(&empty, 1);
  grpc::ByteBuffer response;
  grpc::Status status;
  absl::Notification done;
  stub.UnaryCall(&context, "/grpc.health.v1.Health/Check", grpc::StubOptions(), &request, &response,
                 [&](grpc::Status result) {
                   status = std::move(result);
                   done.Notify();
                 });
  done.WaitForNotification();
  ASSERT_TRUE(status.ok()) << status.error_message();
  grpc::Slice bytes;
  ASSERT_TRUE(response.DumpToSingleSlice(&bytes).ok());
  // HealthCheckResponse{status: SERVING}
  EXPECT_EQ(std::string(bytes.begin(), bytes.end()), "\x08\x01");
}

}  // namespace
}  // namespace keping::rpc
