// The page as Prometheus asks for it: real sockets.
#include "common/metrics/metrics_server.h"

#include <gtest/gtest.h>
#include <httplib.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/synchronization/notification.h"
#include "common/time/system_clock.h"

namespace keping::metrics {
namespace {

class MetricsServerTest : public ::testing::Test {
 protected:
  void Start(absl::Duration patience = MetricsOptions::kPatience) {
    auto server = MetricsServer::Start({.address = "127.0.0.1:0",
                                        .core = &core_,
                                        .read = [this] { return Read(); },
                                        .patience = patience});
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    const std::string origin(absl::StripSuffix(server_->url(), "/metrics"));
    client_ = std::make_unique<httplib::Client>(origin);
  }

  absl::StatusOr<std::string> Read() {
    EXPECT_TRUE(core_.IsCurrent());
    if (!failure_.ok()) return failure_;
    return absl::StrCat("asked ", ++asked_, "\n");
  }

  time::SystemClock clock_;
  runtime::CoreThread core_{&clock_, 4};
  int asked_ = 0;
  absl::Status failure_;
  std::unique_ptr<MetricsServer> server_;
  std::unique_ptr<httplib::Client> client_;
};

TEST_F(MetricsServerTest, EveryQuestionIsAnsweredAnew) {
  Start();
  const auto first = client_->Get("/metrics");
  ASSERT_TRUE(first);
  EXPECT_EQ(first->status, 200);
  EXPECT_EQ(first->get_header_value("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_EQ(first->body, "asked 1\n");
  EXPECT_EQ(client_->Get("/metrics")->body, "asked 2\n");
}

TEST_F(MetricsServerTest, NothingElseIsThere) {
  Start();
  EXPECT_EQ(client_->Get("/")->status, 404);
  EXPECT_EQ(client_->Get("/metrics/")->status, 404);
  const auto posted = client_->Post("/metrics", "x", "text/plain");
  EXPECT_EQ(posted->status, 405);
  EXPECT_EQ(posted->get_header_value("Allow"), "GET, HEAD");
  EXPECT_EQ(asked_, 0);
}

TEST_F(MetricsServerTest, ANodeWhoseStoreFailsSaysWhy) {
  failure_ = absl::UnavailableError("the store failed");
  Start();
  const auto answer = client_->Get("/metrics");
  EXPECT_EQ(answer->status, 500);
  EXPECT_EQ(answer->body, "the store failed\n");
}

TEST_F(MetricsServerTest, ACoreThatIsHeldUpKeepsNobodyWaiting) {
  absl::Notification go_on;
  ASSERT_TRUE(core_.Post([&] { go_on.WaitForNotification(); }));
  Start(absl::Milliseconds(1));
  EXPECT_EQ(client_->Get("/metrics")->status, 503);
  // The core answers it all the same, when nobody waits any more.
  server_.reset();
  go_on.Notify();
  core_.Stop(runtime::CoreThread::Waiting::kRun);
  EXPECT_EQ(asked_, 1);
}

TEST_F(MetricsServerTest, ACoreThatHasStoppedIsBusy) {
  Start();
  core_.Stop(runtime::CoreThread::Waiting::kDrop);
  EXPECT_EQ(client_->Get("/metrics")->status, 503);
}

TEST_F(MetricsServerTest, AnAddressThatIsTakenIsSaid) {
  Start();
  std::string taken(absl::StripPrefix(server_->url(), "http://"));
  taken = std::string(absl::StripSuffix(taken, "/metrics"));
  const auto second =
      MetricsServer::Start({.address = taken, .core = &core_, .read = [this] { return Read(); }});
  EXPECT_TRUE(absl::IsAlreadyExists(second.status())) << second.status();
}

}  // namespace
}  // namespace keping::metrics
