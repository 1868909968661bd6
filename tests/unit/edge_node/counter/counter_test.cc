#include "edge_node/counter/counter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "edge_node/core/job_counts.h"
#include "edge_node/printing/reasons.h"
#include "tests/support/office.h"

namespace keping::edge {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using tests::Office;

class CounterTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(office_.Open().ok());
    office_.Equip(/*prrs=*/5, /*blanks=*/10);
    NewCounter();
  }

  void NewCounter() {
    counter_ = std::make_unique<Counter>(
        &office_.node(),
        CounterView{.printer =
                        [](const domain::PrinterId&) {
                          return CounterView::PrinterView{"stopped", {"media-empty-error"}};
                        },
                    .bytes_sent = [] { return 11; },
                    .bytes_received = [] { return 22; }});
  }

  v1::GetStatusResponse Status() { return counter_->GetStatus({}).value(); }

  static v1::PrintRequest PrintOf(const char* blank, const char* prr = "") {
    v1::PrintRequest request;
    request.set_operator_id("ayu");
    request.set_blank(blank);
    request.set_prr(prr);
    return request;
  }
  std::string Print(const char* blank, const char* prr = "") {
    const auto response = counter_->Print(PrintOf(blank, prr));
    EXPECT_TRUE(response.ok()) << response.status();
    EXPECT_FALSE(response->has_refusal()) << response->refusal().code();
    return response->act();
  }
  static v1::VerifyCardRequest VerifyOf(const std::string& act, const char* blank) {
    v1::VerifyCardRequest request;
    request.set_act(act);
    request.set_blank(blank);
    request.set_nik_tail("0007");
    request.set_operator_id("ayu");
    return request;
  }
  void Report(const std::string& act, PrinterAnswer answer) {
    office_.Do(PrinterReported{domain::ActId::Of(act), answer, 1});
    counter_->OnHandled();
  }

  Office office_;
  std::unique_ptr<Counter> counter_;
};

TEST_F(CounterTest, StatusOfAnOfficeBeforeItsFirstCard) {
  const v1::GetStatusResponse status = Status();
  EXPECT_EQ(status.node(), "susut");
  EXPECT_EQ(status.incarnation(), "inc-1");
  EXPECT_EQ(status.application_version(), "8.1");
  EXPECT_EQ(status.lock_reason(), "");
  EXPECT_TRUE(status.connected());
  EXPECT_EQ(status.log_entries(), 2u);
  EXPECT_EQ(status.log_entries_proven(), 2u);
  EXPECT_EQ(status.proof_code(), office_.node().store().log().head().hash.ShortHex());
  EXPECT_EQ(status.last_receipt_micros(), absl::ToUnixMicros(office_.clock().Now().wall));
  EXPECT_EQ(status.feed_position(), office_.centre().feed_head());
  EXPECT_EQ(status.office_day(), 0);
  ASSERT_EQ(status.printers_size(), 1);
  EXPECT_EQ(status.printers(0).printer(), "p1");
  EXPECT_EQ(status.printers(0).cards_per_day(), 50u);
  EXPECT_EQ(status.printers(0).state(), "stopped");
  const v1::PrinterReason& reason = status.printers(0).reasons(0);
  EXPECT_EQ(reason.keyword(), "media-empty-error");
  EXPECT_TRUE(reason.stops_printing());
  EXPECT_EQ(reason.english(), ExplainReason("media-empty").english);
  EXPECT_EQ(reason.indonesian_action(), ExplainReason("media-empty").indonesian_action);
  EXPECT_EQ(status.prrs_printable(), 5u);
  EXPECT_EQ(status.blanks_in_tray(), 10u);
  EXPECT_EQ(status.transfers_waiting(), 0u);
  EXPECT_EQ(status.bytes_sent(), 11u);
  EXPECT_EQ(status.bytes_received(), 22u);
}

TEST_F(CounterTest, CountsOfADayWithEverything) {
  counter_->VerifyCard(VerifyOf(Print("A0001"), "A0001")).value();  // good
  v1::SpoilCardRequest spoil;                                       // spoiled
  spoil.set_act(Print("A0002"));
  spoil.set_cause(log::v1::SPOIL_CAUSE_PRINT);
  spoil.set_operator_id("ayu");
  counter_->SpoilCard(spoil).value();
  v1::ReleaseJobRequest release;  // unused
  release.set_act(Print("A0003"));
  release.set_operator_id("ayu");
  counter_->ReleaseJob(release).value();
  office_.Disconnect();  // offline, in doubt, then good on another blank
  const std::string doubted = Print("A0003");
  Report(doubted, PrinterAnswer::kUnknown);
  EXPECT_EQ(Status().blanks_in_doubt(), 1u);
  EXPECT_EQ(Status().blanks_bound(), 0u);
  EXPECT_EQ(Status().printers(0).open_job(), doubted);
  EXPECT_TRUE(counter_->VerifyCard(VerifyOf(doubted, "A0004")).value().on_other_blank());
  v1::SpoilBlankRequest blank;  // a blank alone
  blank.set_blank("A0005");
  blank.set_cause(log::v1::SPOIL_CAUSE_FACTORY);
  blank.set_operator_id("ayu");
  counter_->SpoilBlank(blank).value();
  const std::string open = Print("A0006");  // still open
  EXPECT_TRUE(counter_->Print(PrintOf("A0007")).value().has_refusal());
  EXPECT_TRUE(counter_->Print(PrintOf("A0007")).value().has_refusal());

  const v1::GetStatusResponse status = Status();
  EXPECT_FALSE(status.connected());
  EXPECT_EQ(status.blanks_in_tray(), 5u);
  EXPECT_EQ(status.blanks_bound(), 1u);
  EXPECT_EQ(status.blanks_in_doubt(), 0u);
  EXPECT_EQ(status.blanks_used(), 2u);
  EXPECT_EQ(status.blanks_spoiled(), 2u);
  EXPECT_EQ(status.cards_fed(), 4u);
  EXPECT_EQ(status.cards_good(), 2u);
  EXPECT_EQ(status.cards_fed_offline(), 2u);
  EXPECT_EQ(status.doubts_opened(), 1u);
  EXPECT_EQ(status.doubts_resolved(), 1u);
  EXPECT_EQ(status.printers(0).fed_today(), 4u);
  EXPECT_EQ(status.printers(0).open_job(), open);
  EXPECT_EQ(status.prrs_printable(), 2u);
  ASSERT_EQ(status.refusals_size(), 1);
  EXPECT_EQ(status.refusals(0).code(), "K-112");
  EXPECT_EQ(status.refusals(0).count(), 2u);
  EXPECT_LT(status.log_entries_proven(), status.log_entries());
  EXPECT_GT(status.office_day(), 0);
  const JobCounts jobs = CountJobs(office_.node().core().journal());
  EXPECT_EQ(jobs.spoiled, 1u);
  EXPECT_EQ(jobs.unused, 1u);
  EXPECT_EQ(jobs.good + jobs.spoiled + jobs.unused + jobs.in_doubt + jobs.under_way, 5u);
}

TEST_F(CounterTest, ARefusalIsAnAnswerInWords) {
  const v1::PrintResponse response = counter_->Print(PrintOf("B0001")).value();
  EXPECT_EQ(response.refusal().code(), "K-110");
  EXPECT_EQ(response.refusal().refusal(), log::v1::PRINT_REFUSAL_BLANK_NOT_IN_TRAY);
  EXPECT_THAT(response.refusal().sentence(), HasSubstr("not received at this office"));
  EXPECT_EQ(response.prr(), "prr-001");
  EXPECT_TRUE(response.act().empty());
}

TEST_F(CounterTest, BadInputIsNamedAndNeverQuoted) {
  const uint64_t entries = office_.node().store().log().head().seq;
  v1::PrintRequest print = PrintOf("3171234567890123");
  EXPECT_THAT(std::string(counter_->Print(print).status().message()),
              AllOf(HasSubstr("bad PrintRequest.blank"), Not(HasSubstr("3171234567890123"))));
  print = PrintOf("A0001");
  print.set_operator_id("");
  EXPECT_THAT(std::string(counter_->Print(print).status().message()),
              HasSubstr("bad PrintRequest.operator_id"));
  print = PrintOf("A0001", "no such id");
  EXPECT_THAT(std::string(counter_->Print(print).status().message()),
              HasSubstr("bad PrintRequest.prr"));
  EXPECT_THAT(std::string(counter_->VerifyCard({}).status().message()),
              HasSubstr("bad VerifyCardRequest.act"));
  v1::SpoilCardRequest spoil;
  spoil.set_act("a");
  spoil.set_operator_id("ayu");
  EXPECT_THAT(std::string(counter_->SpoilCard(spoil).status().message()),
              HasSubstr("bad SpoilCardRequest.cause: got enum number 0"));
  EXPECT_THAT(std::string(counter_->ReleaseJob({}).status().message()),
              HasSubstr("bad ReleaseJobRequest.act"));
  EXPECT_THAT(std::string(counter_->SpoilBlank({}).status().message()),
              HasSubstr("bad SpoilBlankRequest.blank"));
  v1::ReceiveTransferRequest receive;
  receive.set_transfer("t-1");
  receive.set_operator_id("ayu");
  receive.set_scanned("A0009..A0001");
  EXPECT_THAT(std::string(counter_->ReceiveTransfer(receive).status().message()),
              HasSubstr("bad ReceiveTransferRequest.scanned"));
  EXPECT_THAT(std::string(counter_->AcknowledgeAction({}).status().message()),
              HasSubstr("bad AcknowledgeActionRequest.action"));
  EXPECT_EQ(office_.node().store().log().head().seq, entries) << "nothing was written";
}

TEST_F(CounterTest, CommandsOnUnknownThingsSayWhat) {
  EXPECT_TRUE(absl::IsNotFound(counter_->VerifyCard(VerifyOf("nothing", "A0001")).status()));
  v1::AcknowledgeActionRequest acknowledge;
  acknowledge.set_action("recall-1");
  acknowledge.set_operator_id("ayu");
  EXPECT_TRUE(absl::IsNotFound(counter_->AcknowledgeAction(acknowledge).status()));
  acknowledge.set_operator_id("stranger");
  EXPECT_TRUE(absl::IsPermissionDenied(counter_->AcknowledgeAction(acknowledge).status()));
}

TEST_F(CounterTest, QueueIsInPlanOrderAndBounded) {
  v1::ListQueueRequest request;
  request.set_limit(2);
  const v1::ListQueueResponse queue = counter_->ListQueue(request).value();
  ASSERT_EQ(queue.prrs_size(), 2);
  EXPECT_EQ(queue.prrs(0).prr(), "prr-001");
  EXPECT_EQ(queue.prrs(0).village(), "51.06.01.2001");
  EXPECT_EQ(queue.prrs(0).enrolled_at_micros(), 1'000'000);
  EXPECT_EQ(queue.prrs(1).prr(), "prr-002");
  EXPECT_EQ(queue.total(), 5u);
  EXPECT_EQ(counter_->ListQueue({}).value().prrs_size(), 5);
}

TEST_F(CounterTest, JobsNewestFirst) {
  const std::string first = Print("A0001");
  counter_->VerifyCard(VerifyOf(first, "A0002")).value();
  const std::string second = Print("A0003");
  const v1::ListJobsResponse jobs = counter_->ListJobs({}).value();
  ASSERT_EQ(jobs.jobs_size(), 2);
  EXPECT_EQ(jobs.jobs(0).act(), second);
  EXPECT_EQ(jobs.jobs(0).state(), "intended");
  EXPECT_EQ(jobs.jobs(1).blank(), "A0002") << "the blank it is on";
  EXPECT_EQ(jobs.jobs(1).state(), "good");
  v1::ListJobsRequest open;
  open.set_open_only(true);
  EXPECT_EQ(counter_->ListJobs(open).value().jobs_size(), 1);
  open.set_open_only(false);
  open.set_limit(1);
  EXPECT_EQ(counter_->ListJobs(open).value().jobs(0).act(), second);
}

TEST_F(CounterTest, ATransferIsListedAndReceived) {
  office_.centre().Tell(
      domain::TransferItem{domain::TransferId::Of("t-2"), *domain::SerialSet::Parse("B1..B5")});
  ASSERT_TRUE(office_.Exchange().ok());
  EXPECT_EQ(Status().transfers_waiting(), 1u);
  v1::ReceiveTransferRequest receive;
  receive.set_transfer("t-2");
  receive.set_operator_id("ayu");
  receive.set_scanned("B2..B6");
  const v1::ReceiveTransferResponse received = counter_->ReceiveTransfer(receive).value();
  EXPECT_EQ(received.received(), 4u);
  EXPECT_EQ(received.missing(), 1u);
  EXPECT_EQ(received.unexpected(), 1u);
  const v1::ListTransfersResponse transfers = counter_->ListTransfers({}).value();
  ASSERT_EQ(transfers.transfers_size(), 2);
  EXPECT_EQ(transfers.transfers(1).serials(), "B1..B5");
  EXPECT_EQ(transfers.transfers(1).quantity(), 5u);
  EXPECT_TRUE(transfers.transfers(1).received());
  EXPECT_EQ(Status().transfers_waiting(), 0u);
}

TEST_F(CounterTest, AnActionIsListedAndAcknowledged) {
  office_.centre().Tell(domain::ActionItem{.action = domain::ActionId::Of("recall-1"),
                                           .kind = domain::ActionKind::kRecallCard,
                                           .case_id = domain::CaseId::Of("case-1"),
                                           .prr = domain::PrrId::Of("prr-001"),
                                           .blank = domain::BlankSerial::Of("A0001")});
  ASSERT_TRUE(office_.Exchange().ok());
  EXPECT_EQ(Status().actions_waiting(), 1u);
  v1::AcknowledgeActionRequest acknowledge;
  acknowledge.set_action("recall-1");
  acknowledge.set_operator_id("ayu");
  ASSERT_TRUE(counter_->AcknowledgeAction(acknowledge).ok());
  EXPECT_TRUE(counter_->AcknowledgeAction(acknowledge).ok()) << "said twice is said once";
  const v1::Action action = counter_->ListActions({}).value().actions(0);
  EXPECT_EQ(action.kind(), log::v1::ACTION_KIND_RECALL_CARD);
  EXPECT_EQ(action.case_id(), "case-1");
  EXPECT_EQ(action.prr(), "prr-001");
  EXPECT_EQ(action.blank(), "A0001");
  EXPECT_TRUE(action.acknowledged());
  EXPECT_EQ(Status().actions_waiting(), 0u);
}

TEST_F(CounterTest, WithTwoPrintersOneMustBeNamed) {
  EdgeSettings settings = tests::OfficeSettings();
  settings.cards_per_day[domain::PrinterId::Of("p2")] = 50;
  Office office(settings);
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  Counter counter(&office.node(), {});
  EXPECT_THAT(std::string(counter.Print(PrintOf("A0001")).status().message()),
              HasSubstr("this office has 2 printers; name the one to print on"));
  v1::PrintRequest named = PrintOf("A0001");
  named.set_printer("p2");
  EXPECT_EQ(counter.Print(named).value().state(), "intended");
}

TEST_F(CounterTest, WaitersAreAnsweredWhenThePrinterIsDone) {
  const struct {
    PrinterAnswer answer;
    const char* stage;
  } kEnds[] = {{PrinterAnswer::kCompleted, "completed"},
               {PrinterAnswer::kAborted, "failed"},
               {PrinterAnswer::kUnknown, "doubt"},
               {PrinterAnswer::kNotAccepted, "unused"}};
  for (const auto& end : kEnds) {
    const std::string act = Print("A0001");
    std::vector<std::string> heard;
    counter_->WhenFinished(domain::ActId::Of(act),
                           [&heard](const Job& job) { heard.push_back(JobStageName(job.stage)); });
    EXPECT_TRUE(heard.empty());
    if (end.answer != PrinterAnswer::kNotAccepted) Report(act, PrinterAnswer::kAccepted);
    EXPECT_TRUE(heard.empty());
    Report(act, end.answer);
    EXPECT_EQ(heard, std::vector<std::string>{end.stage});
    counter_->WhenFinished(domain::ActId::Of(act),
                           [&heard](const Job&) { heard.push_back("now"); });
    EXPECT_EQ(heard.size(), 2u) << "at once when it already has";
    if (end.answer != PrinterAnswer::kNotAccepted) {
      v1::ReleaseJobRequest release;
      release.set_act(act);
      release.set_operator_id("ayu");
      counter_->ReleaseJob(release).value();
    }
  }
}

TEST_F(CounterTest, AtTheEndWaitersHearHowItStands) {
  const std::string act = Print("A0001");
  std::string heard;
  counter_->WhenFinished(domain::ActId::Of(act),
                         [&heard](const Job& job) { heard = JobStageName(job.stage); });
  counter_->StopWaiting();
  EXPECT_EQ(heard, "intended");
}

TEST_F(CounterTest, AFailedStoreAnswersEveryCommandWithItsError) {
  office_.store().FailNextWrite(storage::FaultyStore::Failure::kNotWritten);
  EXPECT_TRUE(absl::IsUnavailable(counter_->Print(PrintOf("A0001")).status()));
  EXPECT_TRUE(absl::IsUnavailable(counter_->Print(PrintOf("A0001")).status()));
  EXPECT_TRUE(counter_->GetStatus({}).ok()) << "looking still works";
}

}  // namespace
}  // namespace keping::edge
