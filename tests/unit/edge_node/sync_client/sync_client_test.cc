#include "edge_node/sync_client/sync_client.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "common/runtime/backoff.h"
#include "common/time/system_clock.h"
#include "common/wire/frame_codec.h"
#include "keping/sync/v1/sync.grpc.pb.h"

namespace keping::edge {
namespace {

namespace pb = ::keping::sync::v1;

constexpr absl::Duration kLongest = absl::Seconds(30);

// Things that happened, in order, from any thread.
class Notes {
 public:
  void Add(const std::string& note) {
    absl::MutexLock lock(&mutex_);
    notes_.push_back(note);
  }
  size_t Count(const std::string& note) const {
    absl::MutexLock lock(&mutex_);
    return CountLocked(note);
  }
  bool Await(const std::string& note, size_t times = 1) const {
    absl::MutexLock lock(&mutex_);
    auto enough = [&] {
      mutex_.AssertReaderHeld();
      return CountLocked(note) >= times;
    };
    return mutex_.AwaitWithTimeout(absl::Condition(&enough), kLongest);
  }
  std::vector<std::string> all() const {
    absl::MutexLock lock(&mutex_);
    return notes_;
  }

 private:
  size_t CountLocked(const std::string& note) const ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return std::count(notes_.begin(), notes_.end(), note);
  }

  mutable absl::Mutex mutex_;
  std::vector<std::string> notes_ ABSL_GUARDED_BY(mutex_);
};

// A centre that does as the test says with each request of a session.
class ScriptedService final : public pb::SyncService::Service {
 public:
  using Stream = grpc::ServerReaderWriter<pb::SessionResponse, pb::SessionRequest>;
  // False ends the session.
  using Script = std::function<bool(const pb::SessionRequest&, Stream&)>;

  explicit ScriptedService(Script script) : script_(std::move(script)) {}

  grpc::Status Session(grpc::ServerContext*, Stream* stream) override {
    pb::SessionRequest request;
    while (stream->Read(&request)) {
      if (!script_(request, *stream)) break;
    }
    return grpc::Status::OK;
  }

 private:
  const Script script_;
};

sync::Hello SampleHello() {
  sync::Hello hello;
  hello.node = domain::NodeId::Of("susut");
  hello.incarnation = domain::IncarnationId::Of("inc-1");
  return hello;
}

// A seed whose first waits are so short that the tests are quick.
uint64_t SeedOfShortWaits() {
  for (uint64_t seed = 0;; ++seed) {
    runtime::Backoff backoff(SyncClient::kFirstRetry, SyncClient::kMaxRetry, seed);
    if (backoff.Next() + backoff.Next() + backoff.Next() < absl::Milliseconds(60)) return seed;
  }
}

pb::SessionResponse ProblemResponse(const std::string& detail) {
  pb::SessionResponse response;
  wire::EncodeFrame(sync::Problem{sync::ProblemKind::kProtocol, detail}, &response);
  return response;
}

// A client whose centre is in the same process, over gRPC without a socket.
class SyncClientTest : public ::testing::Test {
 protected:
  ~SyncClientTest() override { StopAll(); }

  void Serve(ScriptedService::Script script) {
    service_ = std::make_unique<ScriptedService>(std::move(script));
    grpc::ServerBuilder builder;
    builder.RegisterService(service_.get());
    server_ = builder.BuildAndStart();
  }

  // On the core thread, a Hello goes out on every connection.
  void Start(std::function<absl::Status(const sync::CentreFrame&)> on_frame,
             ChannelFactory make_channel = nullptr) {
    if (make_channel == nullptr) {
      make_channel = [this] { return server_->InProcessChannel({}); };
    }
    client_ = std::make_unique<SyncClient>(
        &core_, std::move(make_channel),
        SyncHandlers{.on_connected =
                         [this] {
                           notes_.Add("connected");
                           client_->Send(SampleHello());
                         },
                     .on_frame = std::move(on_frame),
                     .on_disconnected = [this] { notes_.Add("disconnected"); }},
        SeedOfShortWaits());
    core_.PostAfter(absl::ZeroDuration(), [this] { client_->Start(); });
  }

  void StopAll() {
    if (client_ != nullptr) {
      core_.PostAfter(absl::ZeroDuration(), [this] {
        client_->Stop();
        notes_.Add("stopped");
      });
      EXPECT_TRUE(notes_.Await("stopped"));
      core_.Stop(runtime::CoreThread::Waiting::kRun);
      client_.reset();
    }
    if (server_ != nullptr) server_->Shutdown();
    server_.reset();
  }

  time::SystemClock clock_;
  Notes notes_;
  runtime::CoreThread core_{&clock_, 64};
  std::unique_ptr<ScriptedService> service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<SyncClient> client_;
};

TEST_F(SyncClientTest, FramesGoBothWaysInOrder) {
  constexpr int kFrames = 50;
  Serve([this](const pb::SessionRequest& request, auto& stream) {
    if (request.has_hello()) return stream.Write(ProblemResponse(request.hello().node()));
    notes_.Add("ack " + std::to_string(request.feed_ack().position()));
    return true;
  });
  Start([this](const sync::CentreFrame& frame) {
    notes_.Add("got " + std::get<sync::Problem>(frame).detail);
    for (int i = 0; i < kFrames; ++i) client_->Send(sync::FeedAck{static_cast<uint64_t>(i)});
    return absl::OkStatus();
  });
  ASSERT_TRUE(notes_.Await("ack " + std::to_string(kFrames - 1)));
  EXPECT_EQ(notes_.Count("got susut"), 1u);
  const auto all = notes_.all();
  const auto first = std::find(all.begin(), all.end(), "ack 0");
  for (int i = 0; i < kFrames; ++i) EXPECT_EQ(first[i], "ack " + std::to_string(i));
  EXPECT_GT(client_->bytes_sent(), 0u);
  EXPECT_GT(client_->bytes_received(), 0u);
}

TEST_F(SyncClientTest, ARefusedFrameDropsTheStreamAndANewOneIsOpened) {
  Serve([](const pb::SessionRequest&, auto& stream) { return stream.Write(ProblemResponse("x")); });
  Start([this](const sync::CentreFrame&) -> absl::Status {
    if (notes_.Count("connected") < 3) return absl::AbortedError("no");
    notes_.Add("accepted");
    return absl::OkStatus();
  });
  EXPECT_TRUE(notes_.Await("accepted"));
  EXPECT_EQ(notes_.Count("connected"), 3u);
  EXPECT_EQ(notes_.Count("disconnected"), 2u);
}

TEST_F(SyncClientTest, AFrameThatDoesNotParseNeverReachesTheNode) {
  Serve([this](const pb::SessionRequest&, auto& stream) {
    if (notes_.Count("connected") < 2) return stream.Write(pb::SessionResponse());
    return stream.Write(ProblemResponse("good"));
  });
  Start([this](const sync::CentreFrame& frame) {
    notes_.Add("got " + std::get<sync::Problem>(frame).detail);
    return absl::OkStatus();
  });
  EXPECT_TRUE(notes_.Await("got good"));
  EXPECT_EQ(notes_.Count("disconnected"), 1u);
}

TEST_F(SyncClientTest, ACentreThatEndsTheSessionIsCalledAgain) {
  Serve([](const pb::SessionRequest&, auto&) { return false; });
  Start([](const sync::CentreFrame&) { return absl::OkStatus(); });
  EXPECT_TRUE(notes_.Await("connected", 3));
  EXPECT_GE(notes_.Count("disconnected"), 2u);
}

TEST_F(SyncClientTest, AnAbsentCentreIsTriedUntilItIsThere) {
  Serve([](const pb::SessionRequest&, auto& stream) { return stream.Write(ProblemResponse("x")); });
  Start(
      [this](const sync::CentreFrame&) {
        notes_.Add("got it");
        return absl::OkStatus();
      },
      [this] {
        if (notes_.Count("connected") >= 2) return server_->InProcessChannel({});
        return grpc::CreateChannel("unix:/nonexistent/socket", grpc::InsecureChannelCredentials());
      });
  EXPECT_TRUE(notes_.Await("got it"));
  EXPECT_EQ(notes_.Count("disconnected"), 2u);
}

TEST_F(SyncClientTest, StopEndsAnOpenSession) {
  Serve([](const pb::SessionRequest&, auto& stream) { return stream.Write(ProblemResponse("x")); });
  Start([this](const sync::CentreFrame&) {
    notes_.Add("got it");
    return absl::OkStatus();
  });
  ASSERT_TRUE(notes_.Await("got it"));
  StopAll();
  EXPECT_EQ(notes_.Count("connected"), 1u);
}

TEST_F(SyncClientTest, WhatIsSentWithoutAStreamIsDropped) {
  SyncClient client(
      &core_, [] { return nullptr; }, {}, 1);
  client.Send(SampleHello());
  EXPECT_EQ(client.bytes_sent(), 0u);
}

}  // namespace
}  // namespace keping::edge
