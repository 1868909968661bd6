// An edge node's sync client and the centre's sync service, over loopback and real TLS.
#include "central_node/sync_service/sync_service.h"

#include <gmock/gmock.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/impl/service_type.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "central_node/sync_service/district_keys.h"
#include "central_node/sync_service/session_hub.h"
#include "common/crypto/random.h"
#include "common/rpc/channel.h"
#include "common/rpc/server.h"
#include "common/rpc/status.h"
#include "common/runtime/core_thread.h"
#include "common/storage/memory_store.h"
#include "common/time/system_clock.h"
#include "common/wire/session_codec.h"
#include "edge_node/node/edge_node.h"
#include "edge_node/sync_client/sync_client.h"
#include "keping/national/v1/national.pb.h"
#include "keping/sync/v1/sync.grpc.pb.h"
#include "tests/support/temp_folder.h"

namespace keping {
namespace {

using domain::IncarnationId;
using domain::NodeId;

constexpr absl::Duration kPatience = absl::Seconds(60);

// Runs on the core thread and waits for it.
template <typename Task>
auto On(runtime::CoreThread& core, Task task) {
  absl::Notification done;
  decltype(task()) result{};
  core.PostAfter(absl::ZeroDuration(), [&] {
    result = task();
    done.Notify();
  });
  done.WaitForNotification();
  return result;
}

class Centre {
 public:
  explicit Centre(const central::DistrictKeys* keys) : keys_(keys) {
    node_ = *central::CentralNode::Open(
        store_.get(),
        {.centre = NodeId::Of("central"),
         .settings = {.offices = {{NodeId::Of("susut"), "51.06.01"}}},
         .cipher = *crypto::RecordCipher::FromKey(std::string(crypto::kSealKeySize, 'c')),
         .nik_lookup_key = "look-up",
         .random = crypto::RandomBytes},
        clock_.Now());
    hub_ = std::make_unique<central::SessionHub>(
        central::SessionHub::Ports{.node = node_.get(),
                                   .signer = keys->signer.get(),
                                   .verifier = verifier_.get(),
                                   .clock = &clock_,
                                   .failed = [](const absl::Status& status) { FAIL() << status; }});
    sync_ = std::make_unique<central::SyncService>(&core_, hub_.get());
    Serve();
  }
  ~Centre() { Shutdown(); }

  void Serve() {
    auto server = rpc::ServeMutualTls("127.0.0.1:0", keys_->tls, {sync_->service()});
    ASSERT_TRUE(server.ok()) << server.status();
    absl::MutexLock lock(&mutex_);
    server_ = *std::move(server);
    address_ = server_->address();
  }

  void Shutdown() {
    On(core_, [this] {
      hub_->CloseAll();
      return 0;
    });
    server_->Shutdown(kPatience);
  }

  std::string address() {
    absl::MutexLock lock(&mutex_);
    return address_;
  }

  void Enrol(const std::string& node, const std::string& public_key) {
    On(core_, [&] {
      return node_
          ->Handle(clock_.Now(), central::EnrolNode{.node = NodeId::Of(node),
                                                    .incarnation = IncarnationId::Of(node + "-1"),
                                                    .public_key = public_key})
          .ok();
    });
  }

  void AddRecords(int count) {
    std::vector<central::ArrivedRecord> records;
    for (int i = 0; i < count; ++i) {
      national::v1::Record proto;
      proto.set_prr(absl::StrCat("p", i));
      proto.set_version(1);
      proto.set_nik("5106014101900042");
      proto.set_village_code("51.06.01.2001");
      // As a picture, which does not get smaller.
      proto.set_picture(crypto::RandomBytes(5000));
      records.push_back(*central::ReadRecord(proto));
    }
    On(core_, [&] {
      const bool stored = node_->ReceiveRecords(clock_.Now(), records, records.size()).ok();
      hub_->Pump();
      return stored;
    });
  }

  uint64_t held(const std::string& node) {
    return On(core_,
              [&] { return node_->held(NodeId::Of(node), IncarnationId::Of(node + "-1"))->seq; });
  }
  bool connected(const std::string& node) {
    return On(core_, [&] { return hub_->connected(NodeId::Of(node)); });
  }
  const central::SyncService& sync() const { return *sync_; }

 private:
  const central::DistrictKeys* const keys_;
  const time::SystemClock clock_;
  const std::unique_ptr<crypto::Verifier> verifier_ = crypto::MakeEd25519Verifier();
  const std::unique_ptr<storage::KvStore> store_ = storage::MakeMemoryStore();
  std::unique_ptr<central::CentralNode> node_;
  std::unique_ptr<central::SessionHub> hub_;
  runtime::CoreThread core_{&clock_, 1024};
  std::unique_ptr<central::SyncService> sync_;
  std::unique_ptr<rpc::RunningServer> server_;
  absl::Mutex mutex_;
  std::string address_;
};

// An edge node with its core thread and sync client. Says when something came down.
class Office {
 public:
  Office(const std::string& name, Centre* centre, const central::DistrictKeys& keys,
         const rpc::TlsIdentity& tls)
      : centre_(centre) {
    centre->Enrol(name, signer_->public_key());
    edge::EdgeSettings settings;
    settings.node = NodeId::Of(name);
    settings.application_version = domain::ApplicationVersion::Of("v1");
    settings.cards_per_day[domain::PrinterId::Of("p")] = 50;
    auto node = edge::EdgeNode::Open(
        settings,
        {.incarnation = IncarnationId::Of(name + "-1"),
         .signer = signer_.get(),
         .verifier = verifier_.get(),
         .centre_public_key = keys.signer->public_key(),
         .software_version = "test"},
        *crypto::RecordCipher::FromKey(std::string(crypto::kSealKeySize, 'e')),
        {.store = store_.get(),
         .clock = &clock_,
         .random = crypto::RandomBytes,
         .conditions = [] { return edge::Conditions(); },
         .act = [](const edge::Action&) {},
         .send = [this](const sync::NodeFrame& frame) { client_->Send(frame); },
         .failed = [](const absl::Status& status) { FAIL() << status; }});
    node_ = *std::move(node);
    client_ = std::make_unique<edge::SyncClient>(
        &core_,
        [this, tls] {
          return rpc::MakeTlsChannel(centre_->address(), tls, crypto::kCentralNodeId);
        },
        edge::SyncHandlers{.on_connected = [this] { node_->OnConnected(); },
                           .on_frame =
                               [this](const sync::CentreFrame& frame) {
                                 const absl::Status status = node_->OnFrame(frame);
                                 Look();
                                 return status;
                               },
                           .on_disconnected = [this] { node_->OnDisconnected(); }},
        1);
    EXPECT_TRUE(On(core_, [this] { return node_->Start().ok(); }));
    On(core_, [this] {
      client_->Start();
      return 0;
    });
  }

  ~Office() {
    On(core_, [this] {
      client_->Stop();
      return 0;
    });
    core_.Stop(runtime::CoreThread::Waiting::kRun);
    client_.reset();
  }

  // Waits until the office has proof up to `seq` and so many records.
  void WaitFor(uint64_t seq, uint64_t records) {
    const auto there = [&]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
      return proven_ >= seq && printable_ >= records;
    };
    absl::MutexLock lock(&mutex_);
    EXPECT_TRUE(mutex_.AwaitWithTimeout(absl::Condition(&there), kPatience))
        << "proven " << proven_ << " of " << seq << ", records " << printable_ << " of " << records;
  }

  // Refusals are entries like all others.
  void WriteEntries(int count) {
    for (int i = 0; i < count; ++i) {
      EXPECT_TRUE(On(core_, [this] {
        return node_
            ->Handle(edge::Print{.act = node_->NewAct(),
                                 .operator_id = domain::OperatorId::Of("nobody"),
                                 .printer = domain::PrinterId::Of("p"),
                                 .blank = domain::BlankSerial::Of("A1000"),
                                 .prr = {}})
            .ok();
      }));
    }
  }
  uint64_t written() {
    return On(core_, [this] { return node_->store().log().head().seq; });
  }

 private:
  void Look() {
    absl::MutexLock lock(&mutex_);
    proven_ = node_->core().contact().proven_seq;
    printable_ = node_->core().printable_count();
  }

  Centre* const centre_;
  const time::SystemClock clock_;
  const std::unique_ptr<crypto::Signer> signer_ =
      *crypto::MakeEd25519Signer(crypto::RandomBytes(crypto::kSignerSeedSize));
  const std::unique_ptr<crypto::Verifier> verifier_ = crypto::MakeEd25519Verifier();
  const std::unique_ptr<storage::KvStore> store_ = storage::MakeMemoryStore();
  std::unique_ptr<edge::EdgeNode> node_;
  runtime::CoreThread core_{&clock_, 1024};
  std::unique_ptr<edge::SyncClient> client_;
  absl::Mutex mutex_;
  uint64_t proven_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t printable_ ABSL_GUARDED_BY(mutex_) = 0;
};

class SyncServiceTest : public ::testing::Test {
 protected:
  rpc::TlsIdentity Identity(const std::string& node) {
    const std::string key = *crypto::MakePrivateKey();
    return {keys_.authority.certificate_pem(),
            *keys_.authority.Sign(*crypto::MakeCertificateRequest(key, node), node,
                                  crypto::CertificateUse::kClient,
                                  crypto::ValidFor(clock_.Now().wall, absl::Hours(1))),
            key};
  }
  std::unique_ptr<Office> MakeOffice(const std::string& name) {
    return std::make_unique<Office>(name, &centre_, keys_, Identity(name));
  }

  // A stream of its own, spoken by hand.
  class Caller {
   public:
    Caller(const std::string& address, const rpc::TlsIdentity& identity)
        : stub_(sync::v1::SyncService::NewStub(
              rpc::MakeTlsChannel(address, identity, crypto::kCentralNodeId))) {
      rpc::SetTimeout(&context_, kPatience);
      stream_ = stub_->Session(&context_);
    }
    void Send(const sync::NodeFrame& frame) {
      sync::v1::SessionRequest request;
      codec_.Encode(frame, &request);
      stream_->Write(request);
    }
    sync::CentreFrame Read() {
      sync::v1::SessionResponse response;
      EXPECT_TRUE(stream_->Read(&response));
      return *codec_.Decode(response);
    }
    // Reads to the end.
    absl::Status End() {
      sync::v1::SessionResponse response;
      while (stream_->Read(&response)) {
      }
      return rpc::ToAbslStatus(stream_->Finish());
    }

   private:
    wire::NodeSessionCodec codec_;
    grpc::ClientContext context_;
    const std::unique_ptr<sync::v1::SyncService::Stub> stub_;
    std::unique_ptr<grpc::ClientReaderWriter<sync::v1::SessionRequest, sync::v1::SessionResponse>>
        stream_;
  };

  static sync::Hello HelloOf(const std::string& node) {
    return {.node = NodeId::Of(node),
            .incarnation = IncarnationId::Of(node + "-1"),
            .head = {},
            .feed_position = 0,
            .feed_state = {},
            .generation = {},
            .software_version = "test"};
  }

  const time::SystemClock clock_;
  const tests::TempFolder folder_;
  const central::DistrictKeys keys_ =
      *central::LoadOrMakeDistrictKeys(folder_.path() + "/keys", "bangli", clock_);
  Centre centre_{&keys_};
};

TEST_F(SyncServiceTest, TheLogGoesUpAndTheFeedComesDown) {
  const auto susut = MakeOffice("susut");
  centre_.AddRecords(300);
  susut->WriteEntries(20);
  susut->WaitFor(susut->written(), 300);
  EXPECT_EQ(centre_.held("susut"), susut->written());
  EXPECT_TRUE(centre_.connected("susut"));
  EXPECT_GT(centre_.sync().bytes_sent(), 300u * 5000);
  EXPECT_GT(centre_.sync().bytes_received(), 1000u);
}

TEST_F(SyncServiceTest, ACentreThatComesBackElsewhereIsFoundAndGoesOn) {
  const auto susut = MakeOffice("susut");
  susut->WaitFor(1, 0);
  centre_.Shutdown();
  susut->WriteEntries(5);
  centre_.AddRecords(10);
  centre_.Serve();
  susut->WaitFor(susut->written(), 10);
}

TEST_F(SyncServiceTest, ANodeMaySpeakOnlyForItself) {
  Caller caller(centre_.address(), Identity("tembuku"));
  caller.Send(HelloOf("susut"));
  EXPECT_EQ(caller.End().code(), absl::StatusCode::kPermissionDenied);
}

TEST_F(SyncServiceTest, AProblemIsSaidBeforeTheStreamEnds) {
  Caller caller(centre_.address(), Identity("susut"));
  caller.Send(HelloOf("susut"));
  const sync::CentreFrame frame = caller.Read();
  ASSERT_TRUE(std::holds_alternative<sync::Problem>(frame));
  EXPECT_EQ(std::get<sync::Problem>(frame).kind, sync::ProblemKind::kUnknownIncarnation);
  EXPECT_EQ(caller.End().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(SyncServiceTest, TheNewestStreamOfANodeTakesOver) {
  centre_.Enrol("susut", std::string(32, 'k'));
  const rpc::TlsIdentity identity = Identity("susut");
  Caller first(centre_.address(), identity);
  first.Send(HelloOf("susut"));
  EXPECT_TRUE(std::holds_alternative<sync::Welcome>(first.Read()));
  Caller second(centre_.address(), identity);
  second.Send(HelloOf("susut"));
  EXPECT_TRUE(std::holds_alternative<sync::Welcome>(second.Read()));
  EXPECT_EQ(first.End().code(), absl::StatusCode::kAborted);
  EXPECT_TRUE(centre_.connected("susut"));
}

TEST_F(SyncServiceTest, WhoSendsAndNeverListensHoldsUpNobody) {
  centre_.Enrol("tembuku", std::string(32, 'k'));
  const auto caller = std::make_unique<Caller>(centre_.address(), Identity("tembuku"));
  for (int i = 0; i < 1000; ++i) caller->Send(HelloOf("tembuku"));
  const auto susut = MakeOffice("susut");
  centre_.AddRecords(50);
  susut->WaitFor(susut->written(), 50);
}

TEST_F(SyncServiceTest, ShutdownEndsOpenStreamsInWords) {
  centre_.Enrol("susut", std::string(32, 'k'));
  Caller caller(centre_.address(), Identity("susut"));
  caller.Send(HelloOf("susut"));
  EXPECT_TRUE(std::holds_alternative<sync::Welcome>(caller.Read()));
  centre_.Shutdown();
  const absl::Status end = caller.End();
  EXPECT_EQ(end.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(end.message()), ::testing::HasSubstr("the centre stops"));
}

}  // namespace
}  // namespace keping
