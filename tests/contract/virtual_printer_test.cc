// What the virtual printer's accidents look like through the IPP printer.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/base/prng.h"
#include "common/time/system_clock.h"
#include "edge_node/printing/ipp_printer.h"
#include "tests/support/job_reports.h"
#include "tests/support/temp_folder.h"
#include "tests/support/virtual_printer.h"

namespace keping::edge {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::StartsWith;

class VirtualPrinterTest : public ::testing::Test {
 protected:
  void Connect(absl::Duration job_timeout = absl::Hours(1)) {
    IppPrinterOptions options;
    options.uri = machine_.uri();
    options.poll_interval = absl::Milliseconds(20);
    options.job_timeout = job_timeout;
    options.lost_after = absl::Milliseconds(500);
    auto printer = IppPrinter::Create(options, &clock_);
    ASSERT_TRUE(printer.ok()) << printer.status();
    printer_ = *std::move(printer);
  }
  void Submit(std::string document = "%PDF-1.5\n%%EOF\n") {
    printer_->Submit({"act-1", std::move(document)}, reports_.callback());
  }

  // Asks until the printer gives a reason that begins so.
  bool AwaitReason(const std::string& start) {
    for (int question = 0; question < 2000; ++question) {
      absl::Mutex mutex;
      std::optional<PrinterStatus> status;
      printer_->AskStatus([&](const PrinterStatus& answer) {
        absl::MutexLock lock(&mutex);
        status = answer;
      });
      absl::MutexLock lock(&mutex);
      auto answered = [&] { return status.has_value(); };
      mutex.Await(absl::Condition(&answered));
      if (testing::Value(status->reasons, Contains(StartsWith(start)))) return true;
    }
    return false;
  }

  time::SystemClock clock_;
  tests::TempFolder folder_;
  tests::VirtualPrinter machine_{folder_.path()};
  tests::JobReports reports_;
  std::unique_ptr<IppPrinter> printer_;
};

TEST_F(VirtualPrinterTest, CardIsTheDocumentByteForByte) {
  const std::string document = "%PDF-1.5\n" + base::Prng(1).Bytes(400'000);
  Connect();
  Submit(document);
  ASSERT_TRUE(reports_.AwaitSize(2));
  EXPECT_TRUE(machine_.Card("act-1") == document);
}

TEST_F(VirtualPrinterTest, BrokenRibbonAbortsInThePrintersWords) {
  machine_.SetMode("fail");
  Connect();
  Submit();
  ASSERT_TRUE(reports_.AwaitSize(2));
  EXPECT_THAT(reports_.states(), ElementsAre(JobState::kAccepted, JobState::kAborted));
  EXPECT_EQ(reports_.at(1).reason, "aborted-by-system");
  EXPECT_EQ(reports_.at(1).message, "ribbon broken");
}

TEST_F(VirtualPrinterTest, CrashedMechanismAborts) {
  machine_.SetMode("crash");
  Connect();
  Submit();
  ASSERT_TRUE(reports_.AwaitSize(2));
  EXPECT_THAT(reports_.states(), ElementsAre(JobState::kAccepted, JobState::kAborted));
}

TEST_F(VirtualPrinterTest, EmptyHopperIsAReasonUntilItIsFilled) {
  machine_.SetMode("empty");
  Connect();
  Submit();
  EXPECT_TRUE(AwaitReason("media-empty"));
  EXPECT_THAT(reports_.states(), ElementsAre(JobState::kAccepted));
  machine_.SetMode("ok");
  ASSERT_TRUE(reports_.AwaitSize(2));
  EXPECT_EQ(reports_.at(1).state, JobState::kCompleted);
}

TEST_F(VirtualPrinterTest, HangingCardIsCancelledAndUnknown) {
  machine_.SetMode("hang");
  Connect(/*job_timeout=*/absl::Milliseconds(100));
  Submit();
  ASSERT_TRUE(reports_.AwaitSize(2));
  EXPECT_THAT(reports_.states(), ElementsAre(JobState::kAccepted, JobState::kUnknown));
  EXPECT_EQ(reports_.at(1).reason, "job-timeout");
}

}  // namespace
}  // namespace keping::edge
