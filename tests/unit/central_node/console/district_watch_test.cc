// What a wall screen is told of the district, and when.
#include "central_node/console/district_watch.h"

#include <gmock/gmock.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <memory>

#include "absl/synchronization/notification.h"
#include "central_node/console/watch_service.h"
#include "common/rpc/server.h"
#include "common/runtime/core_thread.h"
#include "common/time/system_clock.h"
#include "keping/central/v1/watch.grpc.pb.h"
#include "tests/support/little_district.h"
#include "tests/support/temp_folder.h"

namespace keping::central {
namespace {

using ::testing::ElementsAre;
using tests::LittleDistrict;

class DistrictWatchTest : public ::testing::Test {
 protected:
  const v1::OfficePicture& OfficeOf(const v1::WatchDistrictResponse& response,
                                    const std::string& node) {
    for (const v1::OfficePicture& office : response.picture().offices()) {
      if (office.node() == node) return office;
    }
    ADD_FAILURE() << node << " is not in the picture";
    return v1::OfficePicture::default_instance();
  }

  LittleDistrict district_{{{"susut", "51.06.01"}, {"tembuku", "51.06.03"}}};
  bool national_ = true;
  DistrictWatch watch_{{.node = &district_.centre(),
                        .hub = &district_.hub(),
                        .clock = &district_.clock(),
                        .cards_per_day = 50,
                        .national_connected = [this] { return national_; },
                        .national_problem = [] { return std::string(); },
                        .run = "run-1"}};
};

TEST_F(DistrictWatchTest, TheFirstPictureIsWhole) {
  const v1::WatchDistrictResponse first = watch_.Read();
  EXPECT_TRUE(first.whole());
  EXPECT_EQ(first.run(), "run-1");
  ASSERT_EQ(first.picture().offices_size(), 2);
  const v1::OfficePicture& susut = OfficeOf(first, "susut");
  EXPECT_FALSE(susut.connected());
  EXPECT_EQ(susut.printers_working(), 1u);
  EXPECT_EQ(susut.cards_per_day(), 50u);
  EXPECT_THAT(susut.lacks(), ElementsAre(v1::NEED_BLANKS, v1::NEED_OPERATOR, v1::NEED_RECORDS));
  EXPECT_TRUE(first.picture().has_cases());
  EXPECT_TRUE(first.picture().national().connected());
}

TEST_F(DistrictWatchTest, WhatIsTheSameKeepsItsRevision) {
  const uint64_t revision = watch_.Read().revision();
  EXPECT_EQ(watch_.Read().revision(), revision);
  national_ = false;
  EXPECT_EQ(watch_.Read().revision(), revision + 1);
}

TEST_F(DistrictWatchTest, AChangeNamesWhatDiffersAndNothingElse) {
  const v1::WatchDistrictResponse before = watch_.Read();
  district_.Connect("susut");
  district_.Run();
  const v1::WatchDistrictResponse change = ChangeSince(before, watch_.Read());
  EXPECT_FALSE(change.whole());
  EXPECT_GT(change.revision(), before.revision());
  ASSERT_EQ(change.picture().offices_size(), 1);
  EXPECT_EQ(change.picture().offices(0).node(), "susut");
  EXPECT_TRUE(change.picture().offices(0).connected());
  EXPECT_FALSE(change.picture().has_cases());
  EXPECT_FALSE(change.picture().has_national());
}

TEST_F(DistrictWatchTest, NothingNewIsAnEmptyChange) {
  const v1::WatchDistrictResponse now = watch_.Read();
  EXPECT_EQ(ChangeSince(now, now).picture().ByteSizeLong(), 0u);
}

TEST_F(DistrictWatchTest, APrinterThatIsStatedBrokenIsLacked) {
  domain::PrinterStated stated{
      .printer = domain::PrinterId::Of("kiosk"),
      .node = domain::NodeId::Of("susut"),
      .cards_per_day = 0,
      .from = absl::CivilDay(absl::ToCivilDay(district_.clock().Now().wall, absl::UTCTimeZone())),
      .by = domain::OperatorId::Of("made")};
  const domain::OperatorId made = stated.by;
  ASSERT_TRUE(
      district_.centre()
          .Handle(district_.clock().Now(),
                  SetOfficer{.officer = made, .role = domain::Role::kAdministrator, .by = made})
          .ok());
  ASSERT_TRUE(
      district_.centre().Handle(district_.clock().Now(), Enter{.entry = stated, .by = made}).ok());
  const v1::WatchDistrictResponse now = watch_.Read();
  EXPECT_EQ(OfficeOf(now, "susut").printers_stated(), 1u);
  EXPECT_EQ(OfficeOf(now, "susut").printers_working(), 0u);
  EXPECT_THAT(OfficeOf(now, "susut").lacks(), ::testing::Contains(v1::NEED_PRINTER));
  EXPECT_EQ(OfficeOf(now, "tembuku").printers_working(), 1u);
}

// The service over a real stream: what a client is told is what changed since the picture that it
// has, however many pictures it left out.
class WatchServiceTest : public ::testing::Test {
 protected:
  ~WatchServiceTest() override {
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
  void Change(const std::string& node, uint64_t blanks) {
    OnCore([&] {
      blanks_[node] = blanks;
      ++revision_;
    });
  }

  std::map<std::string, uint64_t> blanks_ = {{"susut", 1}, {"tembuku", 1}};
  uint64_t revision_ = 1;
  const time::SystemClock clock_;
  runtime::CoreThread core_{&clock_, 16};
  DistrictFeed feed_{
      {.read =
           [this] {
             v1::WatchDistrictResponse whole;
             whole.set_revision(revision_);
             whole.set_whole(true);
             for (const auto& [node, blanks] : blanks_) {
               v1::OfficePicture& office = *whole.mutable_picture()->add_offices();
               office.set_node(node);
               office.set_blanks_left(blanks);
             }
             return whole;
           },
       .now = [this] { return clock_.Now().monotonic; },
       .after = [this](absl::Duration delay,
                       std::function<void()> task) { core_.PostAfter(delay, std::move(task)); },
       .pause = absl::Milliseconds(1)}};
  const std::unique_ptr<grpc::Service> service_ = MakeWatchService(&core_, &feed_);
  tests::TempFolder folder_;
  const std::unique_ptr<rpc::RunningServer> server_ =
      *rpc::ServeUnix(folder_.path() + "/s", {service_.get()});
  std::unique_ptr<v1::WatchService::Stub> stub_ =
      v1::WatchService::NewStub(server_->InProcessChannel());
};

TEST_F(WatchServiceTest, AClientThatAppliesChangesHasThePicture) {
  grpc::ClientContext context;
  auto stream = stub_->WatchDistrict(&context, {});
  v1::WatchDistrictResponse message;
  ASSERT_TRUE(stream->Read(&message));
  EXPECT_TRUE(message.whole());
  std::map<std::string, uint64_t> seen;
  for (const auto& office : message.picture().offices()) {
    seen[office.node()] = office.blanks_left();
  }
  // The client does not read while these happen.
  for (uint64_t blanks = 2; blanks < 50; ++blanks) Change("susut", blanks);
  Change("tembuku", 7);
  uint64_t revision = message.revision();
  while (revision < 50) {
    ASSERT_TRUE(stream->Read(&message));
    EXPECT_FALSE(message.whole());
    EXPECT_GE(message.revision(), revision);
    revision = message.revision();
    for (const auto& office : message.picture().offices()) {
      seen[office.node()] = office.blanks_left();
    }
  }
  EXPECT_EQ(seen, (std::map<std::string, uint64_t>{{"susut", 49}, {"tembuku", 7}}));
  context.TryCancel();
  while (stream->Read(&message)) {
  }
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(WatchServiceTest, ItEndsWhenTheCentreStopsAndTakesNobodyMore) {
  grpc::ClientContext context;
  auto stream = stub_->WatchDistrict(&context, {});
  v1::WatchDistrictResponse message;
  ASSERT_TRUE(stream->Read(&message));
  OnCore([this] { feed_.Stop(); });
  while (stream->Read(&message)) {
  }
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  grpc::ClientContext late;
  auto refused = stub_->WatchDistrict(&late, {});
  EXPECT_FALSE(refused->Read(&message));
  EXPECT_EQ(refused->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

}  // namespace
}  // namespace keping::central
