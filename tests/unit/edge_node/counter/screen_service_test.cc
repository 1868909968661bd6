// The stream as a gRPC client sees it, over the in-process channel.
#include "edge_node/counter/screen_service.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>

#include "absl/synchronization/notification.h"
#include "common/rpc/server.h"
#include "common/runtime/core_thread.h"
#include "common/time/system_clock.h"
#include "keping/edge/v1/screen.grpc.pb.h"
#include "tests/support/temp_folder.h"

namespace keping::edge {
namespace {

class ScreenServiceTest : public ::testing::Test {
 protected:
  ~ScreenServiceTest() override {
    OnCore([this] { feed_.Stop(); });
    stub_.reset();
    server_->Shutdown(absl::Seconds(10));
    core_.Stop(runtime::CoreThread::Waiting::kRun);
  }

  void OnCore(std::function<void()> task) {
    absl::Notification done;
    core_.PostAfter(absl::ZeroDuration(), [&] {
      task();
      done.Notify();
    });
    done.WaitForNotification();
  }

  const time::SystemClock clock_;
  runtime::CoreThread core_{&clock_, 16};
  std::atomic<uint64_t> entries_ = 1;
  StatusFeed feed_{
      {.read =
           [this] {
             v1::WatchStatusResponse response;
             response.mutable_status()->set_log_entries(entries_);
             return response;
           },
       .now = [this] { return clock_.Now().monotonic; },
       .after = [this](absl::Duration delay,
                       std::function<void()> task) { core_.PostAfter(delay, std::move(task)); }}};
  const std::unique_ptr<grpc::Service> service_ = MakeScreenService(&core_, &feed_, nullptr);
  tests::TempFolder folder_;
  const std::unique_ptr<rpc::RunningServer> server_ =
      *rpc::ServeUnix(folder_.path() + "/s", {service_.get()});
  std::unique_ptr<v1::ScreenService::Stub> stub_ =
      v1::ScreenService::NewStub(server_->InProcessChannel());
};

TEST_F(ScreenServiceTest, StatusArrivesAtOnceAndWhenItChanges) {
  grpc::ClientContext context;
  auto stream = stub_->WatchStatus(&context, {});
  v1::WatchStatusResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.status().log_entries(), 1u);
  entries_ = 2;
  while (response.status().log_entries() != 2) ASSERT_TRUE(stream->Read(&response));
  context.TryCancel();
  while (stream->Read(&response)) {
  }
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(ScreenServiceTest, StreamEndsWhenTheNodeStops) {
  grpc::ClientContext context;
  auto stream = stub_->WatchStatus(&context, {});
  v1::WatchStatusResponse response;
  ASSERT_TRUE(stream->Read(&response));
  OnCore([this] { feed_.Stop(); });
  while (stream->Read(&response)) {
  }
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(ScreenServiceTest, TooManyScreensAreTold) {
  OnCore([this] { feed_.Stop(); });
  grpc::ClientContext context;
  auto stream = stub_->WatchStatus(&context, {});
  v1::WatchStatusResponse response;
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
}

}  // namespace
}  // namespace keping::edge
