// What every Printer promises, against the simulated one, ippeveprinter over IPP, and a queue of a
// real CUPS server.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/base/check.h"
#include "common/base/prng.h"
#include "common/time/system_clock.h"
#include "edge_node/printing/ipp_printer.h"
#include "edge_node/printing/printer.h"
#include "edge_node/printing/reasons.h"
#include "edge_node/printing/simulated_printer.h"
#include "tests/support/cups_server.h"
#include "tests/support/job_reports.h"
#include "tests/support/temp_folder.h"
#include "tests/support/virtual_printer.h"

namespace keping::edge {
namespace {

using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using tests::JobReports;

constexpr const char* kDocument = "%PDF-1.5\n% a page for the contract test\n%%EOF\n";

// A printer in a laboratory: its paths and its power are in the test's hand.
class PrinterRig {
 public:
  virtual ~PrinterRig() = default;
  virtual Printer& printer() = 0;
  // Lets the printer run until there are `count` reports.
  [[nodiscard]] virtual bool Await(const JobReports& reports, size_t count) = 0;
  virtual PrinterStatus FreshStatus() = 0;

  virtual void NextCardFails() = 0;
  // The next card stays under way until ReleaseCard.
  virtual void HoldNextCard() = 0;
  virtual void ReleaseCard() = 0;
  // The next job is refused by the printer itself, whatever the reason.
  virtual void NextJobIsRefused() = 0;
  virtual void CutPower() = 0;  // and switch on again
  virtual void Unplug() = 0;
  // The node's process dies and starts again.
  virtual void RestartNode() = 0;

  virtual bool CardCameOut(const std::string& act_id) = 0;
  virtual int TimesBegun(const std::string& act_id) = 0;
  // Whether it still knows its old jobs when the power is back.
  virtual bool RemembersJobs() const { return false; }
};

enum class Media { kCards, kPaper };

class SimulatedRig : public PrinterRig {
 public:
  explicit SimulatedRig(Media media)
      : printer_({.steps_per_card = 5,
                  .odds = {},
                  .media = media == Media::kCards ? "om_cr80_53.98x85.6mm" : "iso_a4_210x297mm"},
                 base::Prng(7)) {}

  Printer& printer() override { return printer_; }
  bool Await(const JobReports& reports, size_t count) override {
    for (int step = 0; step < 1000 && reports.size() < count; ++step) printer_.Step();
    return reports.size() >= count;
  }
  PrinterStatus FreshStatus() override {
    std::optional<PrinterStatus> status;
    printer_.AskStatus([&](const PrinterStatus& answer) { status = answer; });
    printer_.Step();
    KEPING_CHECK(status.has_value(), "a step answers what was asked before it");
    return *status;
  }
  void NextCardFails() override { printer_.Script(CardOutcome::kAbortedSpoiled); }
  void HoldNextCard() override {}
  void ReleaseCard() override {}
  void NextJobIsRefused() override { printer_.Script(CardOutcome::kRefused); }
  void CutPower() override { printer_.CutPower(); }
  void Unplug() override { printer_.SetReachable(false); }
  void RestartNode() override { printer_.Detach(); }
  bool CardCameOut(const std::string& act_id) override { return printer_.Truth(act_id).good; }
  int TimesBegun(const std::string& act_id) override { return printer_.TimesTaken(act_id); }

 private:
  SimulatedPrinter printer_;
};

// `Machine` is a real printer program, told by the modes of deploy/virtual_printer/card_command.
template <typename Machine>
class IppRig : public PrinterRig {
 public:
  template <typename... Arguments>
  explicit IppRig(const Arguments&... arguments) : machine_(folder_.path(), arguments...) {
    RestartNode();
  }

  Printer& printer() override { return *printer_; }
  bool Await(const JobReports& reports, size_t count) override { return reports.AwaitSize(count); }
  PrinterStatus FreshStatus() override {
    absl::Mutex mutex;
    std::optional<PrinterStatus> status;
    printer_->AskStatus([&](const PrinterStatus& answer) {
      absl::MutexLock lock(&mutex);
      status = answer;
    });
    absl::MutexLock lock(&mutex);
    auto answered = [&] { return status.has_value(); };
    mutex.Await(absl::Condition(&answered));
    return *status;
  }
  void NextCardFails() override { machine_.SetMode("fail"); }
  void HoldNextCard() override { machine_.SetMode("empty"); }
  void ReleaseCard() override { machine_.SetMode("ok"); }
  void NextJobIsRefused() override {
    // A job of another computer is at the printer.
    machine_.SetMode("empty");
    stranger_ = NewClient();
    JobReports reports;
    stranger_->Submit({"stranger", kDocument}, reports.callback());
    KEPING_CHECK(reports.AwaitSize(1), "the stranger's job is taken");
    stranger_.reset();
  }
  void CutPower() override {
    machine_.CutPower();
    machine_.SwitchOn();
  }
  void Unplug() override { machine_.SwitchOff(); }
  void RestartNode() override {
    printer_.reset();
    printer_ = NewClient();
  }
  bool CardCameOut(const std::string& act_id) override { return machine_.HasCard(act_id); }
  int TimesBegun(const std::string& act_id) override { return machine_.TimesBegun(act_id); }
  bool RemembersJobs() const override { return std::is_same_v<Machine, tests::CupsServer>; }

 private:
  std::unique_ptr<IppPrinter> NewClient() {
    IppPrinterOptions options;
    options.uri = machine_.uri();
    options.poll_interval = absl::Milliseconds(20);
    options.lost_after = absl::Seconds(1);
    options.busy_patience = absl::Milliseconds(500);
    auto printer = IppPrinter::Create(options, &clock_);
    KEPING_CHECK(printer.ok(), "the rig's URI is good");
    return *std::move(printer);
  }

  time::SystemClock clock_;
  tests::TempFolder folder_;
  Machine machine_;
  std::unique_ptr<IppPrinter> printer_;
  std::unique_ptr<IppPrinter> stranger_;
};

std::unique_ptr<PrinterRig> MakeSimulated(Media media) {
  return std::make_unique<SimulatedRig>(media);
}

std::unique_ptr<PrinterRig> MakeIppeveprinter(Media media) {
  return std::make_unique<IppRig<tests::VirtualPrinter>>(
      std::string(media == Media::kCards ? "card.conf" : "paper.conf"));
}

std::unique_ptr<PrinterRig> MakeCups(Media media) {
  return std::make_unique<IppRig<tests::CupsServer>>(
      media == Media::kCards
          ? tests::CupsQueue{.media = "CR80", .media_width = 153, .media_length = 243}
          : tests::CupsQueue{.media = "A4", .media_width = 595, .media_length = 842});
}

struct Implementation {
  const char* name;
  std::function<std::unique_ptr<PrinterRig>(Media)> make;
};

class PrinterContractTest : public ::testing::TestWithParam<Implementation> {
 protected:
  void Submit(const std::string& act_id) {
    rig_->printer().Submit({act_id, kDocument}, reports_.callback());
  }
  void Query(const std::string& act_id, int32_t printer_job) {
    rig_->printer().Query(act_id, printer_job, reports_.callback());
  }

  JobReports reports_;  // outlives the printer that reports into it
  std::unique_ptr<PrinterRig> rig_ = GetParam().make(Media::kCards);
};

TEST_P(PrinterContractTest, GoodCardIsAcceptedThenCompleted) {
  Submit("act-1");
  ASSERT_TRUE(rig_->Await(reports_, 2));
  EXPECT_THAT(reports_.states(), ElementsAre(JobState::kAccepted, JobState::kCompleted));
  EXPECT_EQ(reports_.at(1).act_id, "act-1");
  EXPECT_GT(reports_.at(0).printer_job, 0);
  EXPECT_EQ(reports_.at(1).printer_job, reports_.at(0).printer_job);
  EXPECT_TRUE(rig_->CardCameOut("act-1"));
  EXPECT_EQ(reports_.at(1).counted.of_job, 1);
}

TEST_P(PrinterContractTest, CardsFollowOneAnother) {
  for (size_t i = 1; i <= 3; ++i) {
    Submit("act-" + std::to_string(i));
    ASSERT_TRUE(rig_->Await(reports_, 2 * i));
    EXPECT_EQ(reports_.at(2 * i - 1).state, JobState::kCompleted);
  }
}

TEST_P(PrinterContractTest, FailedCardIsAbortedWithAReason) {
  rig_->NextCardFails();
  Submit("act-1");
  ASSERT_TRUE(rig_->Await(reports_, 2));
  EXPECT_THAT(reports_.states(), ElementsAre(JobState::kAccepted, JobState::kAborted));
  EXPECT_THAT(reports_.at(1).reason, Not(IsEmpty()));
  EXPECT_FALSE(rig_->CardCameOut("act-1"));
}

TEST_P(PrinterContractTest, SecondJobIsNotAcceptedWhileACardIsUnderWay) {
  rig_->HoldNextCard();
  Submit("act-1");
  ASSERT_TRUE(rig_->Await(reports_, 1));
  Submit("act-2");
  ASSERT_TRUE(rig_->Await(reports_, 2));
  EXPECT_EQ(reports_.at(1).act_id, "act-2");
  EXPECT_EQ(reports_.at(1).state, JobState::kNotAccepted);
  rig_->ReleaseCard();
  ASSERT_TRUE(rig_->Await(reports_, 3));
  EXPECT_EQ(reports_.at(2).act_id, "act-1");
  EXPECT_EQ(reports_.at(2).state, JobState::kCompleted);
  EXPECT_EQ(rig_->TimesBegun("act-2"), 0);
}

TEST_P(PrinterContractTest, JobRefusedByThePrinterIsNotAccepted) {
  rig_->NextJobIsRefused();
  Submit("act-1");
  ASSERT_TRUE(rig_->Await(reports_, 1));
  EXPECT_THAT(reports_.states(), ElementsAre(JobState::kNotAccepted));
  EXPECT_THAT(reports_.at(0).reason, Not(IsEmpty()));
  EXPECT_EQ(rig_->TimesBegun("act-1"), 0);
}

TEST_P(PrinterContractTest, CardInAPowerCutIsInDoubtAndNeverBegunAgain) {
  rig_->HoldNextCard();
  Submit("act-1");
  ASSERT_TRUE(rig_->Await(reports_, 1));
  rig_->CutPower();
  ASSERT_TRUE(rig_->Await(reports_, 2));
  // A server that remembers the job says that it was given up.
  EXPECT_EQ(reports_.at(1).state, rig_->RemembersJobs() ? JobState::kAborted : JobState::kUnknown);
  EXPECT_LE(rig_->TimesBegun("act-1"), 1);
}

TEST_P(PrinterContractTest, RestartedPrinterNeverTakesOneJobForAnother) {
  const JobState old_job = rig_->RemembersJobs() ? JobState::kCompleted : JobState::kUnknown;
  Submit("act-1");
  ASSERT_TRUE(rig_->Await(reports_, 2));
  rig_->CutPower();
  Query("act-1", reports_.at(0).printer_job);
  ASSERT_TRUE(rig_->Await(reports_, 3));
  EXPECT_EQ(reports_.at(2).state, old_job);

  // Its numbers may begin again: the new card's number says nothing about the old card.
  Submit("act-2");
  ASSERT_TRUE(rig_->Await(reports_, 5));
  EXPECT_EQ(reports_.at(4).state, JobState::kCompleted);
  Query("act-1", reports_.at(4).printer_job);
  ASSERT_TRUE(rig_->Await(reports_, 6));
  EXPECT_EQ(reports_.at(5).state, old_job);
  EXPECT_EQ(rig_->TimesBegun("act-1"), 1);
}

TEST_P(PrinterContractTest, RestartedNodeFindsItsCardUnderWay) {
  rig_->HoldNextCard();
  Submit("act-1");
  ASSERT_TRUE(rig_->Await(reports_, 1));
  rig_->RestartNode();
  Query("act-1", 0);  // the node died before it could note the number
  ASSERT_TRUE(rig_->Await(reports_, 2));
  EXPECT_EQ(reports_.at(1), reports_.at(0));
  rig_->ReleaseCard();
  ASSERT_TRUE(rig_->Await(reports_, 3));
  EXPECT_EQ(reports_.at(2).state, JobState::kCompleted);
  EXPECT_EQ(rig_->TimesBegun("act-1"), 1);
}

TEST_P(PrinterContractTest, RestartedNodeFindsItsFinishedCards) {
  Submit("act-1");
  ASSERT_TRUE(rig_->Await(reports_, 2));
  rig_->NextCardFails();
  Submit("act-2");
  ASSERT_TRUE(rig_->Await(reports_, 4));
  rig_->RestartNode();
  Query("act-1", reports_.at(0).printer_job);
  Query("act-2", 0);
  ASSERT_TRUE(rig_->Await(reports_, 6));
  EXPECT_EQ(reports_.at(4).state, JobState::kCompleted);
  EXPECT_EQ(reports_.at(4).act_id, "act-1");
  EXPECT_EQ(reports_.at(5).state, JobState::kAborted);
  EXPECT_EQ(reports_.at(5).act_id, "act-2");
}

TEST_P(PrinterContractTest, JobThatNeverWasIsUnknown) {
  Query("act-9", 0);
  Query("act-9", 77);
  ASSERT_TRUE(rig_->Await(reports_, 2));
  EXPECT_THAT(reports_.states(), ElementsAre(JobState::kUnknown, JobState::kUnknown));
}

TEST_P(PrinterContractTest, UnreachablePrinterAcceptsNothingAndKnowsNothing) {
  rig_->Unplug();
  Submit("act-1");
  ASSERT_TRUE(rig_->Await(reports_, 1));
  Query("act-1", 0);
  ASSERT_TRUE(rig_->Await(reports_, 2));
  EXPECT_THAT(reports_.states(), ElementsAre(JobState::kNotAccepted, JobState::kUnknown));
  EXPECT_EQ(rig_->FreshStatus(), PrinterStatus{});
  EXPECT_EQ(rig_->TimesBegun("act-1"), 0);
}

TEST_P(PrinterContractTest, StatusTellsIdleFromBusy) {
  EXPECT_EQ(rig_->FreshStatus().activity, PrinterActivity::kIdle);
  EXPECT_TRUE(rig_->FreshStatus().reachable);
  EXPECT_TRUE(rig_->FreshStatus().accepting);
  rig_->HoldNextCard();
  Submit("act-1");
  ASSERT_TRUE(rig_->Await(reports_, 1));
  // It may take a job a moment before it says that it works.
  PrinterStatus status;
  for (int question = 0; question < 1000 && status.activity != PrinterActivity::kBusy; ++question) {
    status = rig_->FreshStatus();
  }
  EXPECT_EQ(status.activity, PrinterActivity::kBusy);
  EXPECT_EQ(rig_->printer().Status().activity, PrinterActivity::kBusy);
}

TEST_P(PrinterContractTest, CardCalledOffEndsAndWhatIsSaidIsTrue) {
  rig_->HoldNextCard();
  Submit("act-1");
  ASSERT_TRUE(rig_->Await(reports_, 1));
  JobReports asked;
  rig_->printer().Cancel("act-1", reports_.at(0).printer_job, asked.callback());
  ASSERT_TRUE(rig_->Await(reports_, 2));
  // A card that comes out all the same is said to; never is one denied that may come out.
  EXPECT_THAT(reports_.at(1).state,
              AnyOf(JobState::kCompleted, JobState::kAborted, JobState::kUnknown));
  EXPECT_EQ(reports_.at(1).state == JobState::kCompleted, rig_->CardCameOut("act-1"));
  ASSERT_TRUE(rig_->Await(asked, 1));
  const bool was_under_way = asked.at(0).state == JobState::kAccepted;
  ASSERT_TRUE(rig_->Await(asked, was_under_way ? 2 : 1));
  EXPECT_EQ(asked.back().state, reports_.at(1).state);
  EXPECT_EQ(asked.back().act_id, "act-1");
}

TEST_P(PrinterContractTest, FinishedCardCannotBeCalledOff) {
  Submit("act-1");
  ASSERT_TRUE(rig_->Await(reports_, 2));
  rig_->printer().Cancel("act-1", reports_.at(0).printer_job, reports_.callback());
  ASSERT_TRUE(rig_->Await(reports_, 3));
  EXPECT_EQ(reports_.at(2).state, JobState::kCompleted);
}

TEST_P(PrinterContractTest, CapabilitiesAreThoseOfACardPrinter) {
  EXPECT_EQ(WhyNotReady(rig_->FreshStatus()), std::vector<std::string>{});
  const PrinterCapabilities capabilities = rig_->printer().Capabilities();
  EXPECT_THAT(capabilities.make_and_model, Not(IsEmpty()));
  EXPECT_THAT(capabilities.formats, Contains("application/pdf"));
  EXPECT_TRUE(IsCardMedia(CardMedia(capabilities))) << CardMedia(capabilities);
}

TEST_P(PrinterContractTest, PrinterWithOtherMediaGetsNoCard) {
  rig_ = GetParam().make(Media::kPaper);
  EXPECT_THAT(WhyNotReady(rig_->FreshStatus()), Contains(HasSubstr("card-media")));
  Submit("act-1");
  ASSERT_TRUE(rig_->Await(reports_, 1));
  EXPECT_EQ(reports_.at(0).state, JobState::kNotAccepted);
  EXPECT_EQ(ExplainReasons(reports_.at(0).reason).at(0).code, "K-145");
  EXPECT_EQ(rig_->TimesBegun("act-1"), 0);
}

INSTANTIATE_TEST_SUITE_P(All, PrinterContractTest,
                         ::testing::Values(Implementation{"Simulated", MakeSimulated},
                                           Implementation{"Ippeveprinter", MakeIppeveprinter},
                                           Implementation{"Cups", MakeCups}),
                         [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace keping::edge
