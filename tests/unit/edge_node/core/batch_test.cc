#include "edge_node/core/batch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/support/core_bench.h"

namespace keping::edge {
namespace {

using domain::ActId;
using domain::BatchEnd;
using domain::BlankSerial;
using domain::PrinterId;
using domain::PrintRefusal;
using domain::PrrId;
using ::testing::HasSubstr;

// Blanks A1..A9 in the tray, nine records, ten cards a day at p1 and p2.
class BatchTest : public ::testing::Test {
 protected:
  BatchTest() : bench_(MakeBench()) {}

  static CoreBench MakeBench() {
    EdgeSettings settings = CoreSettings();
    for (auto& [printer, limit] : settings.cards_per_day) limit = 10;
    CoreBench bench(settings);
    bench.Roster("ayu", {kVersion});
    bench.Tell(
        domain::TransferItem{domain::TransferId::Of("t-1"), *domain::SerialSet::Parse("A1..A9")});
    EXPECT_TRUE(bench.Receive("t-1", "A1..A9").status.ok());
    for (int i = 1; i <= 9; ++i) {
      domain::PrrItem item = PrrOf(absl::StrCat("prr-", i));
      item.enrolled_at = absl::FromUnixSeconds(i);
      bench.Tell(item);
    }
    return bench;
  }

  OpenBatch BatchOf(std::vector<const char*> blanks, const char* printer = "p1") {
    OpenBatch open{.act = bench_.NewAct(),
                   .job = bench_.NewAct(),
                   .operator_id = kAyu,
                   .printer = PrinterId::Of(printer),
                   .blanks = {}};
    for (const char* blank : blanks) open.blanks.push_back(BlankSerial::Of(blank));
    return open;
  }
  // The act of a batch that must start.
  ActId Open(std::vector<const char*> blanks, const char* printer = "p1") {
    const OpenBatch open = BatchOf(std::move(blanks), printer);
    const Decision decision = bench_.Do(open);
    EXPECT_TRUE(decision.status.ok()) << decision.status;
    EXPECT_EQ(decision.refusal, PrintRefusal::kNone);
    return open.act;
  }
  const Batch& batch(const ActId& act) { return *bench_.core().batches().Find(act); }
  ActId job(const ActId& act, size_t i) { return batch(act).jobs.at(i); }
  void Complete(const ActId& job) {
    bench_.Report(job, PrinterAnswer::kAccepted);
    bench_.Report(job, PrinterAnswer::kCompleted);
  }
  // The printer completes the first `count` cards of the batch.
  void Complete(const ActId& act, size_t count) {
    for (size_t i = 0; i < count; ++i) Complete(job(act, i));
  }
  BatchEnd EndOf(const ActId& act) { return batch(act).closed->end; }
  std::string Used(const char* blank) {
    const BlankUse* use = bench_.core().tray().UseOf(BlankSerial::Of(blank));
    if (use == nullptr) {
      return bench_.core().tray().Available(BlankSerial::Of(blank)) ? "tray" : "unknown";
    }
    return *use == BlankUse::kBound ? "bound" : *use == BlankUse::kUsed ? "used" : "spoiled";
  }

  CoreBench bench_;
};

TEST_F(BatchTest, OpensWithItsFirstCard) {
  const OpenBatch open = BatchOf({"A1", "A2"});
  const Decision decision = bench_.Do(open);
  EXPECT_NE(Find<domain::OfficeDayOpened>(decision), nullptr);
  EXPECT_EQ(*Find<domain::BatchOpened>(decision),
            (domain::BatchOpened{open.act, kPrinter, kAyu, open.blanks}));
  const auto& intent = std::get<domain::PrintIntended>(decision.events.back());
  EXPECT_EQ(intent.act, open.job);
  EXPECT_EQ(intent.batch, open.act);
  EXPECT_EQ(intent.blank.text(), "A1");
  EXPECT_EQ(intent.prr.value(), "prr-1");
  EXPECT_EQ(std::get<SubmitJob>(decision.actions.at(0)).act, open.job);
}

TEST_F(BatchTest, TheNextCardFollowsTheCompletedOneWithoutAScan) {
  const ActId act = Open({"A3", "A1", "A2"});
  EXPECT_EQ(batch(act).jobs.size(), 1u);
  bench_.Report(job(act, 0), PrinterAnswer::kAccepted);
  EXPECT_EQ(batch(act).jobs.size(), 1u) << "one job at a time";
  bench_.Report(job(act, 0), PrinterAnswer::kCompleted);
  ASSERT_EQ(batch(act).jobs.size(), 2u);
  EXPECT_EQ(bench_.core().journal().Find(job(act, 1))->intent.blank.text(), "A1");
  EXPECT_EQ(bench_.core().journal().Find(job(act, 1))->intent.prr.value(), "prr-2");
  Complete(act, 3);
  EXPECT_EQ(EndOf(act), BatchEnd::kFinished);
  EXPECT_EQ(bench_.core().journal().OpenJobsAt(kPrinter).size(), 3u);
  EXPECT_EQ(bench_.core().duty().FedToday(kPrinter), 3u);
}

TEST_F(BatchTest, ThePrinterWaitsForEveryScanBeforeItTakesOtherWork) {
  const ActId act = Open({"A1", "A2"});
  EXPECT_EQ(bench_.Do(bench_.PrintOf("prr-9", "A9")).refusal, PrintRefusal::kPrinterNotReady);
  EXPECT_EQ(bench_.Do(bench_.PrintOf("prr-9", "A9", "p2")).refusal, PrintRefusal::kNone);
  Complete(act, 2);
  for (const size_t i : {1, 0}) {
    EXPECT_EQ(bench_.Do(bench_.PrintOf("prr-8", "A8")).refusal, PrintRefusal::kPrinterNotReady);
    EXPECT_EQ(bench_.Do(BatchOf({"A8"})).refusal, PrintRefusal::kPrinterNotReady);
    EXPECT_TRUE(bench_.Verify(job(act, i), i == 0 ? "A1" : "A2").status.ok());
  }
  EXPECT_EQ(bench_.Do(bench_.PrintOf("prr-8", "A8")).refusal, PrintRefusal::kNone);
}

TEST_F(BatchTest, ScansMayComeWhileTheNextCardIsPrinted) {
  const ActId act = Open({"A1", "A2", "A3"});
  Complete(act, 1);
  EXPECT_TRUE(bench_.Verify(job(act, 0), "A1").status.ok());
  Complete(job(act, 1));
  EXPECT_TRUE(batch(act).open());
  EXPECT_EQ(batch(act).jobs.size(), 3u);
}

TEST_F(BatchTest, AScanBeforeThePrintersWordLetsItGoOn) {
  const ActId act = Open({"A1", "A2", "A3"});
  EXPECT_TRUE(bench_.Verify(job(act, 0), "A1").status.ok());
  ASSERT_EQ(batch(act).jobs.size(), 2u);
  bench_.Report(job(act, 0), PrinterAnswer::kCompleted);
  EXPECT_EQ(batch(act).jobs.size(), 2u) << "the printer's word comes too late to feed a third";
  EXPECT_TRUE(bench_.Verify(job(act, 1), "A3").status.ok());
  EXPECT_EQ(batch(act).jobs.size(), 2u);
  EXPECT_EQ(EndOf(act), BatchEnd::kMismatch);
}

TEST_F(BatchTest, AnythingElseBeforeThePrintersWordEndsIt) {
  const ActId spoiled = Open({"A1", "A2"});
  bench_.Do(SpoilCard{.act = job(spoiled, 0),
                      .cause = domain::SpoilCause::kPrint,
                      .operator_id = kAyu,
                      .scanned = BlankSerial::Of("A2")});
  EXPECT_EQ(EndOf(spoiled), BatchEnd::kMismatch);
  const ActId unused = Open({"A3", "A4"});
  bench_.Do(ReleaseJob{job(unused, 0), kAyu});
  EXPECT_EQ(EndOf(unused), BatchEnd::kPrinter);
  EXPECT_EQ(Used("A3") + Used("A4"), "traytray");
}

TEST_F(BatchTest, AnAnswerGivenAnewLeavesItAlone) {
  bench_.Roster("made", {}, domain::Role::kSupervisor);
  const ActId act = Open({"A1", "A2", "A3"});
  Complete(job(act, 0));
  bench_.Verify(job(act, 0), "A1");
  bench_.Report(job(act, 1), PrinterAnswer::kAccepted);
  ASSERT_TRUE(bench_
                  .Do(CorrectAnswer{.act = bench_.NewAct(),
                                    .subject = job(act, 0),
                                    .event = crypto::Sha256({"answer"}),
                                    .reason = domain::CorrectionReason::kWrongScan,
                                    .operator_id = kAyu,
                                    .second = domain::OperatorId::Of("made")})
                  .status.ok());
  const Decision anew = bench_.Verify(job(act, 0), "A1");
  EXPECT_EQ(Find<domain::PrintRefused>(anew), nullptr);
  EXPECT_TRUE(anew.feed_next.empty());
  EXPECT_TRUE(batch(act).open());
}

TEST_F(BatchTest, AHopperMustBeScannedRight) {
  bench_.Verify(bench_.Print("prr-9", "A9"), "A9");
  const struct {
    std::vector<const char*> blanks;
    const char* code;
  } kTable[] = {
      {{}, "K-150"}, {{"A1", "A1"}, "K-150"}, {{"A1", "A9"}, "K-151"}, {{"A1", "C1"}, "K-151"}};
  for (const auto& row : kTable) {
    const Decision decision = bench_.Do(BatchOf(row.blanks));
    EXPECT_THAT(std::string(decision.status.message()), HasSubstr(row.code));
    EXPECT_TRUE(decision.events.empty());
  }
  Open({"A1", "A2"});
  EXPECT_THAT(std::string(bench_.Do(BatchOf({"A3", "A2"}, "p2")).status.message()),
              HasSubstr("K-152"));
  EXPECT_THAT(std::string(bench_.Do(bench_.PrintOf("prr-9", "A2", "p2")).status.message()),
              HasSubstr("K-152"));
  const Decision spoil = bench_.Do(SpoilBlank{.act = bench_.NewAct(),
                                              .blank = BlankSerial::Of("A2"),
                                              .cause = domain::SpoilCause::kFactory,
                                              .operator_id = kAyu});
  EXPECT_THAT(std::string(spoil.status.message()), HasSubstr("K-152"));
}

TEST_F(BatchTest, TheFirstOtherBlankStopsTheBatch) {
  const ActId act = Open({"A1", "A2", "A3"});
  Complete(act, 1);
  const Decision decision = bench_.Verify(job(act, 0), "A2");
  EXPECT_EQ(*Find<domain::BatchClosed>(decision),
            (domain::BatchClosed{act, BatchEnd::kMismatch, job(act, 0)}));
  Complete(job(act, 1));
  EXPECT_EQ(batch(act).jobs.size(), 2u) << "nothing more is fed";
  EXPECT_EQ(Used("A3"), "tray");
}

// Blank A1 lay at the bottom: every card is on the blank behind its own.
TEST_F(BatchTest, AShiftedTrayIsReboundScanByScanAndNothingIsLost) {
  const ActId act = Open({"A1", "A2", "A3"});
  Complete(act, 2);
  EXPECT_TRUE(bench_.Verify(job(act, 0), "A2").status.ok());
  EXPECT_EQ(Used("A2"), "used");
  EXPECT_EQ(Used("A1"), "bound") << "held by the second job until its own scan";
  EXPECT_EQ(bench_.core().journal().Find(job(act, 1))->final_blank.text(), "A1");
  EXPECT_THAT(std::string(bench_.Verify(job(act, 1), "A2").status.message()), HasSubstr("K-122"))
      << "no blank ends with two cards";
  EXPECT_TRUE(bench_.Verify(job(act, 1), "A3").status.ok());
  EXPECT_EQ(Used("A1"), "bound") << "now by the third job, which was under way";
  Complete(job(act, 2));
  EXPECT_TRUE(bench_.Verify(job(act, 2), "A1").status.ok());
  for (const char* blank : {"A1", "A2", "A3"}) EXPECT_EQ(Used(blank), "used") << blank;
  EXPECT_EQ(bench_.core().journal().OpenJobs().size(), 0u);
}

TEST_F(BatchTest, AnotherPrintersScanOfABlankInTheHopperStopsTheBatch) {
  const ActId act = Open({"A1", "A2"});
  const ActId other = bench_.Print("prr-9", "A9", "p2");
  EXPECT_TRUE(bench_.Verify(other, "A2").status.ok());
  EXPECT_EQ(EndOf(act), BatchEnd::kMismatch);
}

TEST_F(BatchTest, WhatThePrinterDidNotCompleteEndsTheBatch) {
  for (const PrinterAnswer answer :
       {PrinterAnswer::kNotAccepted, PrinterAnswer::kAborted, PrinterAnswer::kUnknown}) {
    bench_ = MakeBench();
    const ActId act = Open({"A1", "A2"});
    bench_.Report(job(act, 0), answer);
    EXPECT_EQ(EndOf(act), BatchEnd::kPrinter);
    EXPECT_EQ(batch(act).jobs.size(), 1u);
    EXPECT_EQ(Used("A2"), "tray");
  }
}

TEST_F(BatchTest, ARefusalEndsTheBatchInWords) {
  const ActId act = Open({"A1", "A2", "A3"});
  bench_.conditions().disk_nearly_full = true;
  Complete(act, 1);
  EXPECT_EQ(EndOf(act), BatchEnd::kRefused);
  EXPECT_EQ(bench_.core().refusals().at(PrintRefusal::kDiskNearlyFull), 1u);
}

TEST_F(BatchTest, AnEmptyPlanEndsTheBatch) {
  for (int i = 2; i <= 9; ++i) {
    domain::PrrItem item = PrrOf(absl::StrCat("prr-", i));
    item.lease_holder = kOtherNode;
    bench_.Tell(item);
  }
  const ActId act = Open({"A1", "A2"});
  Complete(act, 1);
  EXPECT_EQ(EndOf(act), BatchEnd::kFinished);
}

TEST_F(BatchTest, APersonStopsIt) {
  const ActId act = Open({"A1", "A2"});
  EXPECT_TRUE(bench_.Do(CloseBatch{act, kAyu}).status.ok());
  EXPECT_EQ(EndOf(act), BatchEnd::kCancelled);
  EXPECT_TRUE(bench_.Do(CloseBatch{act, kAyu}).events.empty());
  EXPECT_TRUE(absl::IsNotFound(bench_.Do(CloseBatch{ActId::Of("x"), kAyu}).status));
  Complete(job(act, 0));
  EXPECT_EQ(batch(act).jobs.size(), 1u);
}

TEST_F(BatchTest, ARestartEndsItAndDoubtsOnlyTheCardUnderWay) {
  const ActId act = Open({"A1", "A2", "A3"});
  Complete(act, 1);
  const Decision decision = bench_.Do(Started{});
  EXPECT_EQ(EndOf(act), BatchEnd::kRestart);
  EXPECT_EQ(bench_.StageOf(job(act, 0)), JobStage::kCompleted);
  EXPECT_EQ(bench_.StageOf(job(act, 1)), JobStage::kDoubt);
  EXPECT_EQ(decision.actions.size(), 1u);
}

TEST_F(BatchTest, ACancelledJobEndsItsBatch) {
  const ActId act = Open({"A1", "A2"});
  bench_.Report(job(act, 0), PrinterAnswer::kAccepted);
  const Decision decision = bench_.Do(CancelJob{job(act, 0), kAyu});
  EXPECT_NE(Find<domain::CancelAsked>(decision), nullptr);
  EXPECT_EQ(EndOf(act), BatchEnd::kCancelled);
  EXPECT_EQ(std::get<WithdrawJob>(decision.actions.at(0)).printer_job, 1);
  bench_.Report(job(act, 0), PrinterAnswer::kAborted);
  EXPECT_EQ(bench_.StageOf(job(act, 0)), JobStage::kFailed) << "a person says what came out";
}

}  // namespace
}  // namespace keping::edge
