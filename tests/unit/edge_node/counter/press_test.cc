#include "edge_node/counter/press.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "edge_node/counter/counter.h"
#include "tests/support/office.h"

namespace keping::edge {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using tests::Office;

// An office with ten records, twelve blanks A0001 …, Ayu and Made.
class PressTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(office_.Open().ok());
    office_.centre().Tell(
        domain::OperatorItem{domain::OperatorId::Of("made"), {}, domain::Role::kSupervisor});
    office_.Equip(/*prrs=*/10, /*blanks=*/12);
    counter_ = std::make_unique<Counter>(
        &office_.node(), CounterView{.printer =
                                         [](const domain::PrinterId&) {
                                           return CounterView::PrinterView{"ready", {}};
                                         },
                                     .bytes_sent = [] { return 0; },
                                     .bytes_received = [] { return 0; }});
    press_ = std::make_unique<Press>(&office_.node(), &office_.clock(), [this] { ++handled_; });
  }

  std::string OpenBatch(const std::vector<std::string>& blanks) {
    v1::OpenBatchRequest request;
    request.set_operator_id("ayu");
    for (const std::string& blank : blanks) request.add_blanks(blank);
    const auto response = press_->OpenBatch(request);
    EXPECT_TRUE(response.ok()) << response.status();
    EXPECT_FALSE(response->has_refusal()) << response->refusal().code();
    return response->batch();
  }
  v1::GetBatchResponse Batch(const std::string& act = "") {
    v1::GetBatchRequest request;
    request.set_batch(act);
    return press_->GetBatch(request).value();
  }
  std::string Print(const char* blank, const char* prr = "") {
    v1::PrintRequest request;
    request.set_operator_id("ayu");
    request.set_blank(blank);
    request.set_prr(prr);
    return counter_->Print(request).value().act();
  }
  absl::Status Verify(const std::string& act, const char* blank) {
    v1::VerifyCardRequest request;
    request.set_act(act);
    request.set_blank(blank);
    request.set_nik_tail("0007");
    request.set_operator_id("ayu");
    return counter_->VerifyCard(request).status();
  }
  void Report(const std::string& act, PrinterAnswer answer) {
    office_.Do(PrinterReported{domain::ActId::Of(act), answer, 1});
  }
  void Complete(const std::string& act) {
    Report(act, PrinterAnswer::kAccepted);
    Report(act, PrinterAnswer::kCompleted);
  }
  absl::Status Correct(const std::string& subject, const char* second = "made") {
    v1::CorrectAnswerRequest request;
    request.set_subject(subject);
    request.set_reason(log::v1::CORRECTION_REASON_WRONG_SCAN);
    request.set_operator_id("ayu");
    request.set_second(second);
    return press_->CorrectAnswer(request).status();
  }
  std::vector<std::string> EventsOf(const v1::GetCardHistoryRequest& request) {
    std::vector<std::string> events;
    const auto response = press_->GetCardHistory(request);
    EXPECT_TRUE(response.ok()) << response.status();
    for (const v1::HistoryEntry& entry : response->entries()) events.push_back(entry.event());
    return events;
  }

  Office office_;
  std::unique_ptr<Counter> counter_;
  std::unique_ptr<Press> press_;
  int handled_ = 0;
};

// ---- Batches.

TEST_F(PressTest, ABatchLeadsThroughItsScans) {
  const std::string act = OpenBatch({"A0003", "A0001", "A0002"});
  EXPECT_THAT(Batch().to_scan(), IsEmpty());
  EXPECT_THAT(Batch().waiting(), ElementsAre("A0001", "A0002"));
  Complete(Batch().jobs(0).act());
  Complete(Batch().jobs(1).act());
  const v1::GetBatchResponse running = Batch(act);
  EXPECT_EQ(running.end(), log::v1::BATCH_END_UNSPECIFIED);
  EXPECT_EQ(running.jobs_size(), 3);
  EXPECT_EQ(running.jobs(1).blank(), "A0001");
  EXPECT_EQ(running.jobs(1).batch(), act);
  EXPECT_THAT(running.to_scan(), ElementsAre(running.jobs(0).act(), running.jobs(1).act()));
  EXPECT_EQ(Verify(running.jobs(0).act(), "A0001"), absl::OkStatus());
  const v1::GetBatchResponse stopped = Batch(act);
  EXPECT_EQ(stopped.end(), log::v1::BATCH_END_MISMATCH);
  EXPECT_EQ(stopped.ended_by(), running.jobs(0).act());
  EXPECT_EQ(stopped.jobs(1).blank(), "A0003") << "what is left for the second card";
  EXPECT_THAT(stopped.to_scan(), ElementsAre(running.jobs(1).act()));
}

TEST_F(PressTest, ABatchThatCannotBeginIsRefusedInWords) {
  v1::OpenBatchRequest request;
  request.set_operator_id("ayu");
  EXPECT_THAT(std::string(press_->OpenBatch(request).status().message()), HasSubstr("K-150"));
  request.add_blanks("A0001");
  office_.conditions().disk_nearly_full = true;
  EXPECT_EQ(press_->OpenBatch(request).value().refusal().code(), "K-114");
  request.set_printer("p9");
  EXPECT_EQ(press_->OpenBatch(request).value().refusal().code(), "K-112");
  v1::GetBatchRequest none;
  EXPECT_TRUE(absl::IsNotFound(press_->GetBatch(none).status()));
}

TEST_F(PressTest, ABatchIsClosedAndAJobCancelled) {
  const std::string act = OpenBatch({"A0001", "A0002"});
  v1::CancelJobRequest cancel;
  cancel.set_act(Batch().jobs(0).act());
  cancel.set_operator_id("ayu");
  EXPECT_EQ(press_->CancelJob(cancel).status(), absl::OkStatus());
  EXPECT_EQ(Batch().end(), log::v1::BATCH_END_CANCELLED);
  EXPECT_TRUE(Batch().jobs(0).cancel_asked());
  v1::CloseBatchRequest close;
  close.set_batch(act);
  close.set_operator_id("ayu");
  EXPECT_EQ(press_->CloseBatch(close).status(), absl::OkStatus()) << "closed is closed";
  EXPECT_EQ(handled_, 3);
}

// ---- Corrections and history.

TEST_F(PressTest, ACorrectionNamesTheEntryOfTheWrongAnswer) {
  const std::string act = Print("A0001");
  ASSERT_EQ(Verify(act, "A0002"), absl::OkStatus());
  const crypto::Hash answer = office_.node().store().log().head().hash;
  EXPECT_THAT(std::string(Correct(act, "ayu").message()), HasSubstr("K-173"));
  EXPECT_THAT(std::string(Correct("nobody").message()), HasSubstr("K-157"));
  ASSERT_EQ(Correct(act), absl::OkStatus());
  v1::GetCardHistoryRequest request;
  request.set_act(act);
  const auto history = press_->GetCardHistory(request).value();
  ASSERT_EQ(history.entries_size(), 3) << history.DebugString();
  EXPECT_TRUE(history.entries(1).set_aside());
  EXPECT_FALSE(history.entries(2).set_aside());
  EXPECT_EQ(history.entries(2).operator_id(), "ayu");
  EXPECT_EQ(history.entries(2).second(), "made");
  EXPECT_NE(answer, crypto::Hash());
  EXPECT_EQ(Verify(act, "A0001"), absl::OkStatus());
}

TEST_F(PressTest, TheTimeLineOfARecordHasEveryAttempt) {
  const std::string first = Print("A0001", "prr-004");
  Report(first, PrinterAnswer::kNotAccepted);
  const std::string second = Print("A0001", "prr-004");
  Complete(second);
  ASSERT_EQ(Verify(second, "A0001"), absl::OkStatus());
  Print("A0002", "prr-005");
  v1::GetCardHistoryRequest request;
  request.set_prr("prr-004");
  EXPECT_THAT(EventsOf(request),
              ElementsAre("print_intended", "print_failed", "print_unused", "print_intended",
                          "print_sent", "print_completed", "print_verified"));
  const auto entries = press_->GetCardHistory(request).value().entries();
  EXPECT_THAT(entries[6].words_en(), HasSubstr("good, on blank A0001"));
  EXPECT_THAT(entries[6].words_id(), HasSubstr("Kartu baik"));
  EXPECT_EQ(entries[6].at_micros(), absl::ToUnixMicros(office_.clock().Now().wall));
  EXPECT_FALSE(entries[6].proven());
  ASSERT_TRUE(office_.Sync().ok());
  EXPECT_TRUE(press_->GetCardHistory(request).value().entries(6).proven());
}

TEST_F(PressTest, TheTimeLineOfABlankGoesFromItsDeliveryToItsCards) {
  const std::string first = Print("A0001");
  Report(first, PrinterAnswer::kNotAccepted);
  const std::string other = Print("A0002");
  ASSERT_EQ(Verify(other, "A0001"), absl::OkStatus());
  v1::GetCardHistoryRequest request;
  request.set_blank("A0001");
  EXPECT_THAT(EventsOf(request), ElementsAre("blanks_received", "print_intended", "print_failed",
                                             "print_unused", "print_intended", "print_verified"));
  request.set_blank("B0001");
  EXPECT_THAT(std::string(press_->GetCardHistory(request).status().message()), HasSubstr("K-169"));
  EXPECT_TRUE(absl::IsInvalidArgument(press_->GetCardHistory({}).status()));
}

// ---- The printers as machines.

TEST_F(PressTest, PrintersAreListedWithWhatIsInThem) {
  v1::MoveConsumableRequest move;
  move.set_kind(log::v1::CONSUMABLE_KIND_RIBBON);
  move.set_step(log::v1::CONSUMABLE_STEP_INSTALLED);
  move.set_consumable("R-1");
  move.set_panels(500);
  move.set_printer("p1");
  move.set_operator_id("ayu");
  ASSERT_EQ(press_->MoveConsumable(move).status(), absl::OkStatus());
  v1::PrintTestCardRequest test;
  test.set_operator_id("ayu");
  test.set_blank("A0001");
  EXPECT_FALSE(press_->PrintTestCard(test).value().act().empty());
  EXPECT_EQ(std::get<SubmitTest>(office_.actions().back()).blank.text(), "A0001");
  const v1::PrinterMachine printer = press_->ListPrinters({}).value().printers(0);
  EXPECT_TRUE(printer.in_service());
  EXPECT_EQ(printer.wear(), 1u);
  EXPECT_EQ(printer.test_cards(), 1u);
  EXPECT_EQ(printer.left_today(), 49u);
  ASSERT_EQ(printer.installed_size(), 1);
  EXPECT_EQ(printer.installed(0).gave(), 1u);
  move.set_step(log::v1::CONSUMABLE_STEP_REMOVED);
  move.set_panels(374);
  const auto removed = press_->MoveConsumable(move).value();
  EXPECT_EQ(removed.capacity(), 500u);
  EXPECT_EQ(removed.gave(), 1u);
  EXPECT_EQ(press_->ListPrinters({}).value().to_destroy(0).panels_left(), 374u);
  move.set_step(log::v1::CONSUMABLE_STEP_DESTROYED);
  move.set_second("made");
  EXPECT_EQ(press_->MoveConsumable(move).status(), absl::OkStatus());
  EXPECT_EQ(press_->ListPrinters({}).value().to_destroy_size(), 0);
}

TEST_F(PressTest, APrinterLeavesWithASlipAndComesBackWithIt) {
  ASSERT_EQ(Verify(Print("A0001"), "A0001"), absl::OkStatus());
  v1::ReleasePrinterRequest release;
  release.set_printer("p1");
  release.set_operator_id("made");
  const v1::ReleasePrinterResponse released = press_->ReleasePrinter(release).value();
  EXPECT_THAT(released.slip(), HasSubstr("KEPING-SLIP p1 susut 2017-04-27 1 1 "));
  EXPECT_THAT(released.page(), AllOf(HasSubstr(released.slip()), HasSubstr("SURAT LEPAS")));
  EXPECT_FALSE(press_->ListPrinters({}).value().printers(0).in_service());
  v1::AdoptPrinterRequest adopt;
  adopt.set_printer("p1");
  adopt.set_basis(log::v1::ADOPTION_BASIS_SLIP);
  adopt.set_operator_id("made");
  adopt.set_slip("KEPING-SLIP");
  EXPECT_THAT(std::string(press_->AdoptPrinter(adopt).status().message()), HasSubstr("K-162"));
  adopt.set_slip(released.slip());
  EXPECT_EQ(press_->AdoptPrinter(adopt).value().left_today(), 49u);
  v1::MaintainPrinterRequest maintain;
  maintain.set_printer("p1");
  maintain.set_kind(log::v1::MAINTENANCE_KIND_HEAD_CLEANED);
  maintain.set_operator_id("ayu");
  EXPECT_EQ(press_->MaintainPrinter(maintain).status(), absl::OkStatus());
}

// ---- The office day.

TEST_F(PressTest, TheOfficeDayAndWhatIsAllowedBeyondIt) {
  EXPECT_EQ(press_->GetOfficeDay({}).value().number(), 0u);
  EXPECT_TRUE(press_->GetOfficeDay({}).value().next_print_opens_day());
  Print("A0001");
  office_.Advance(absl::Hours(2));
  const v1::GetOfficeDayResponse day = press_->GetOfficeDay({}).value();
  EXPECT_EQ(day.number(), 1u);
  EXPECT_EQ(day.day(), day.local_day());
  EXPECT_EQ(day.running_micros(), absl::ToInt64Microseconds(absl::Hours(2)));
  EXPECT_FALSE(day.next_print_opens_day());
  v1::CorrectOfficeDayRequest correct;
  correct.set_day(day.day() + 1);
  correct.set_operator_id("made");
  correct.set_second("ayu");
  EXPECT_EQ(press_->CorrectOfficeDay(correct).status(), absl::OkStatus());
  EXPECT_EQ(press_->GetOfficeDay({}).value().day(), day.day() + 1);
  v1::GrantOverrideRequest grant;
  grant.set_kind(log::v1::OVERRIDE_KIND_DUTY);
  grant.set_printer("p1");
  grant.set_prints(5);
  grant.set_reason(log::v1::OVERRIDE_REASON_DISASTER);
  grant.set_operator_id("made");
  EXPECT_EQ(press_->GrantOverride(grant).value().left(), 54u);
  EXPECT_EQ(press_->ListPrinters({}).value().printers(0).granted_today(), 5u);
  grant.set_kind(log::v1::OVERRIDE_KIND_STALENESS);
  grant.clear_printer();
  EXPECT_EQ(press_->GrantOverride(grant).value().left(), 5u);
  EXPECT_EQ(press_->GetOfficeDay({}).value().stale_prints_left(), 5u);
}

}  // namespace
}  // namespace keping::edge
