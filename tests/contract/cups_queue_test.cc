// What a queue of a CUPS server does with jobs that go wrong, and that no card is begun twice.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "common/time/system_clock.h"
#include "edge_node/printing/ipp_printer.h"
#include "edge_node/printing/reasons.h"
#include "tests/support/cups_server.h"
#include "tests/support/job_reports.h"
#include "tests/support/temp_folder.h"

namespace keping::edge {
namespace {

using ::testing::ElementsAre;
using ::testing::StartsWith;

constexpr const char* kDocument = "%PDF-1.5\n%%EOF\n";

class CupsQueueTest : public ::testing::Test {
 protected:
  void Connect(const tests::CupsQueue& queue) {
    cups_ = std::make_unique<tests::CupsServer>(folder_.path(), queue);
    IppPrinterOptions options;
    options.uri = cups_->uri();
    options.poll_interval = absl::Milliseconds(20);
    options.lost_after = absl::Seconds(2);
    auto printer = IppPrinter::Create(options, &clock_);
    ASSERT_TRUE(printer.ok()) << printer.status();
    printer_ = *std::move(printer);
  }
  void Submit(const std::string& act_id) {
    printer_->Submit({act_id, kDocument}, reports_.callback());
  }

  time::SystemClock clock_;
  tests::TempFolder folder_;
  std::unique_ptr<tests::CupsServer> cups_;
  tests::JobReports reports_;
  std::unique_ptr<IppPrinter> printer_;
};

TEST_F(CupsQueueTest, QueueThatRepeatsJobsGetsNoCard) {
  const tests::CupsQueue repeating[] = {{.error_policy = "retry-job"},
                                        {.error_policy = "retry-current-job"},
                                        {.device_prefix = ""},
                                        {.device_prefix = "once:ipp://localhost/"}};
  for (const tests::CupsQueue& queue : repeating) {
    SCOPED_TRACE(queue.error_policy + " " + queue.device_prefix);
    tests::TempFolder folder;
    tests::CupsServer cups(folder.path(), queue);
    IppPrinterOptions options;
    options.uri = cups.uri();
    tests::JobReports reports;
    auto printer = IppPrinter::Create(options, &clock_);
    ASSERT_TRUE(printer.ok()) << printer.status();
    (*printer)->Submit({"act-1", kDocument}, reports.callback());
    ASSERT_TRUE(reports.AwaitSize(1));
    EXPECT_EQ(reports.at(0).state, JobState::kNotAccepted);
    EXPECT_EQ(reports.at(0).reason, kReasonRepeatsJobs);
    EXPECT_EQ(cups.TimesBegun("act-1"), 0);
  }
}

TEST_F(CupsQueueTest, FailedCardIsCalledBackAndNotBegunWhenTheQueueGoesOn) {
  Connect({});
  cups_->SetMode("jam 0");
  Submit("act-1");
  ASSERT_TRUE(reports_.AwaitSize(2));
  EXPECT_THAT(reports_.states(), ElementsAre(JobState::kAccepted, JobState::kAborted));
  EXPECT_THAT(reports_.at(1).reason, StartsWith(kReasonCalledBack));
  EXPECT_EQ(reports_.at(1).message, "card jammed");

  // The queue stands still until a person has looked.
  Submit("act-2");
  ASSERT_TRUE(reports_.AwaitSize(3));
  EXPECT_EQ(reports_.at(2).state, JobState::kNotAccepted);
  cups_->SetMode("ok");
  cups_->ResumeQueue();
  Submit("act-3");
  ASSERT_TRUE(reports_.AwaitSize(5));
  EXPECT_EQ(reports_.at(4).state, JobState::kCompleted);
  EXPECT_EQ(cups_->TimesBegun("act-1"), 1);
}

TEST_F(CupsQueueTest, ServerThatIsRestartedDoesNotBeginACardAgain) {
  Connect({});
  cups_->SetMode("hang");
  Submit("act-1");
  ASSERT_TRUE(reports_.AwaitSize(1));
  ASSERT_TRUE(cups_->AwaitBegun("act-1", 1));
  cups_->SwitchOff();
  cups_->SwitchOn();
  ASSERT_TRUE(reports_.AwaitSize(2));
  EXPECT_EQ(reports_.at(1).state, JobState::kAborted);
  EXPECT_EQ(cups_->TimesBegun("act-1"), 1);

  // And the next card is printed as ever.
  cups_->SetMode("ok");
  Submit("act-2");
  ASSERT_TRUE(reports_.AwaitSize(4));
  EXPECT_EQ(reports_.at(3).state, JobState::kCompleted);
}

// The reason for all this: once it is not so any more, the backend can go.
TEST_F(CupsQueueTest, WithoutTheBackendACardIsBegunAgain) {
  cups_ =
      std::make_unique<tests::CupsServer>(folder_.path(), tests::CupsQueue{.device_prefix = ""});
  auto endpoint = ParseIppUri(cups_->uri());
  ASSERT_TRUE(endpoint.ok()) << endpoint.status();
  IppClient client(*endpoint, {}, &clock_);
  cups_->SetMode("hang");
  ASSERT_EQ(client.Print({"act-1", kDocument}, {}).verdict, PrintAnswer::Verdict::kTaken);
  ASSERT_TRUE(cups_->AwaitBegun("act-1", 1));
  cups_->SwitchOff();
  cups_->SwitchOn();
  EXPECT_TRUE(cups_->AwaitBegun("act-1", 2));
}

}  // namespace
}  // namespace keping::edge
