// The national link's calls over a real socket, ended at every moment.
#include "central_node/national/grpc_national_registry.h"

#include <grpcpp/channel.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>
#include <thread>
#include <utility>

#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "common/rpc/channel.h"
#include "common/rpc/server.h"
#include "common/runtime/core_thread.h"
#include "common/time/system_clock.h"
#include "keping/national/v1/national.grpc.pb.h"
#include "tests/support/temp_folder.h"

namespace keping::central {
namespace {

// Answers a question about allotments, and never one about records.
class HalfSilentService : public national::v1::NationalService::CallbackService {
 public:
  grpc::ServerUnaryReactor* PullAllotments(grpc::CallbackServerContext* context,
                                           const national::v1::PullAllotmentsRequest*,
                                           national::v1::PullAllotmentsResponse*) override {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
  grpc::ServerUnaryReactor* PullRecords(grpc::CallbackServerContext*,
                                        const national::v1::PullRecordsRequest*,
                                        national::v1::PullRecordsResponse*) override {
    class Silent : public grpc::ServerUnaryReactor {
      void OnCancel() override { Finish(grpc::Status::CANCELLED); }
      void OnDone() override { delete this; }
    };
    return new Silent();
  }
};

class GrpcNationalRegistryTest : public ::testing::Test {
 protected:
  GrpcNationalRegistryTest() {
    auto server = rpc::ServeUnix(socket(), {&service_});
    EXPECT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
  }
  std::string socket() const { return folder_.path() + "/national"; }

  // A channel that tells on which thread its users let go of it.
  std::shared_ptr<grpc::Channel> MakeWatchedChannel() {
    auto channel = rpc::MakeUnixChannel(socket());
    grpc::Channel* raw = channel.get();
    return {raw, [this, channel = std::move(channel)](grpc::Channel*) mutable {
              {
                absl::MutexLock lock(&mutex_);
                released_on_.insert(std::this_thread::get_id());
              }
              channel.reset();
            }};
  }

  // One life of a registry with a call under way, to be answered at once or never.
  void LiveAndDie(bool answered) {
    runtime::CoreThread core(&clock_, 16);
    auto national =
        std::make_unique<GrpcNationalRegistry>(&core, [this] { return MakeWatchedChannel(); });
    absl::Notification called;
    core.PostAfter(absl::ZeroDuration(), [&] {
      {
        absl::MutexLock lock(&mutex_);
        own_threads_.insert(std::this_thread::get_id());
      }
      if (answered) {
        national->PullAllotments(0, [](absl::StatusOr<AllotmentsPage>) {});
      } else {
        national->PullRecords(0, [](absl::StatusOr<RecordsPage>) {});
      }
      called.Notify();
    });
    called.WaitForNotification();
    national.reset();
    core.Stop(runtime::CoreThread::Waiting::kRun);
  }

  const tests::TempFolder folder_;
  const time::SystemClock clock_;
  HalfSilentService service_;
  std::unique_ptr<rpc::RunningServer> server_;
  absl::Mutex mutex_;
  std::set<std::thread::id> own_threads_ = {std::this_thread::get_id()};
  std::set<std::thread::id> released_on_;
};

TEST_F(GrpcNationalRegistryTest, AChannelNeverEndsOnAThreadOfGrpc) {
  for (int i = 0; i < 60; ++i) LiveAndDie(/*answered=*/i % 2 == 0);
  for (const std::thread::id& thread : released_on_) EXPECT_TRUE(own_threads_.contains(thread));
  EXPECT_FALSE(released_on_.empty());
}

TEST_F(GrpcNationalRegistryTest, AnAnswerComesOnTheCore) {
  runtime::CoreThread core(&clock_, 16);
  GrpcNationalRegistry registry(&core, [this] { return MakeWatchedChannel(); });
  absl::Notification done;
  bool on_core = false;
  core.PostAfter(absl::ZeroDuration(), [&] {
    registry.PullAllotments(0, [&](const absl::StatusOr<AllotmentsPage>& page) {
      on_core = page.ok() && core.IsCurrent();
      done.Notify();
    });
  });
  done.WaitForNotification();
  EXPECT_TRUE(on_core);
}

}  // namespace
}  // namespace keping::central
