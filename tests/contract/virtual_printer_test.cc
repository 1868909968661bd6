// What the virtual printer's accidents look like through the IPP printer.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/base/prng.h"
#include "common/time/system_clock.h"
#include "edge_node/printing/ipp_printer.h"
#include "edge_node/printing/reasons.h"
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
    options.busy_patience = absl::Milliseconds(500);
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

TEST_F(VirtualPrinterTest, NextFaultsComeInTurnAndThenTheMode) {
  struct Case {
    const char* fault;
    JobState end;
    const char* message;
    bool card;
    int64_t of_job;
  };
  const Case cases[] = {
      {"abort ribbon broken at panel 3", JobState::kAborted, "ribbon broken at panel 3", false, 0},
      {"stop cover-open,door-open 1", JobState::kCompleted, "", true, 1},
      {"silent", JobState::kAborted, "communication with the mechanism lost", true, 1},
      {"spoil", JobState::kCompleted, "", false, 0},
      {"slow 1", JobState::kCompleted, "", true, 1},
      {nullptr, JobState::kCompleted, "", true, 1},
  };
  for (const Case& test : cases) {
    if (test.fault != nullptr) machine_.Tell(std::string("next ") + test.fault);
  }
  Connect();
  for (size_t i = 0; i < std::size(cases); ++i) {
    SCOPED_TRACE(cases[i].fault == nullptr ? "mode" : cases[i].fault);
    const std::string act = "act-" + std::to_string(i);
    printer_->Submit({act, "%PDF-1.5\n%%EOF\n"}, reports_.callback());
    ASSERT_TRUE(reports_.AwaitSize(2 * i + 2));
    const JobReport end = reports_.at(2 * i + 1);
    EXPECT_EQ(end.state, cases[i].end);
    const bool aborted = end.state == JobState::kAborted;
    EXPECT_EQ(aborted ? end.message : "", cases[i].message);
    EXPECT_EQ(machine_.HasCard(act), cases[i].card);
    EXPECT_EQ(end.counted.of_job, cases[i].of_job);
    EXPECT_EQ(machine_.TimesBegun(act), 1);
  }
}

TEST_F(VirtualPrinterTest, JamIsAReasonUntilThePersonHasClearedIt) {
  machine_.Tell("next jam");
  Connect();
  Submit();
  EXPECT_TRUE(AwaitReason("media-jam"));
  EXPECT_EQ(reports_.size(), 1u);
  machine_.Tell("resume");
  ASSERT_TRUE(reports_.AwaitSize(2));
  EXPECT_EQ(reports_.at(1).state, JobState::kAborted);
  EXPECT_EQ(reports_.at(1).message, "card jammed");
  EXPECT_FALSE(machine_.HasCard("act-1"));
}

TEST_F(VirtualPrinterTest, PrinterWithAnotherComputersJobIsBusy) {
  Connect();
  machine_.Tell("busy 60");
  Submit();
  ASSERT_TRUE(reports_.AwaitSize(1));
  EXPECT_EQ(reports_.at(0).state, JobState::kNotAccepted);
  EXPECT_EQ(reports_.at(0).reason, kReasonOtherJob);
}

TEST_F(VirtualPrinterTest, RibbonIsAmongTheSupplies) {
  Connect();
  Submit();
  ASSERT_TRUE(reports_.AwaitSize(2));
  const PrinterCapabilities capabilities = printer_->Capabilities();
  ASSERT_EQ(capabilities.supplies.size(), 1u);
  EXPECT_EQ(capabilities.supplies[0].name, "YMCKO ribbon");
  EXPECT_EQ(capabilities.supplies[0].type, "ink-ribbon");
  EXPECT_TRUE(capabilities.supplies[0].percent.has_value());
  EXPECT_THAT(capabilities.uris, Contains(machine_.uri()));
  EXPECT_EQ(capabilities.error_policy, "");
}

TEST_F(VirtualPrinterTest, TwoPrintersDoNotWaitForOneAnother) {
  tests::TempFolder other_folder;
  tests::VirtualPrinter other(other_folder.path());
  other.SetMode("hang");
  IppPrinterOptions options;
  options.uri = other.uri();
  tests::JobReports hanging;
  auto second = IppPrinter::Create(options, &clock_);
  ASSERT_TRUE(second.ok()) << second.status();
  (*second)->Submit({"act-2", "%PDF-1.5\n%%EOF\n"}, hanging.callback());
  ASSERT_TRUE(hanging.AwaitSize(1));
  Connect();
  Submit();
  ASSERT_TRUE(reports_.AwaitSize(2));
  EXPECT_EQ(reports_.at(1).state, JobState::kCompleted);
  EXPECT_EQ(hanging.size(), 1u);
}

TEST_F(VirtualPrinterTest, EncryptedConnectionPrintsToo) {
  std::string uri = machine_.uri();
  uri.insert(3, "s");  // ipps
  IppPrinterOptions options;
  options.uri = uri;
  auto printer = IppPrinter::Create(options, &clock_);
  ASSERT_TRUE(printer.ok()) << printer.status();
  printer_ = *std::move(printer);
  Submit();
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
