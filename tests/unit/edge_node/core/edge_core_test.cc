#include "edge_node/core/edge_core.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/support/core_bench.h"

namespace keping::edge {
namespace {

using domain::ActId;
using domain::BlankSerial;
using domain::OperatorId;
using domain::PrinterId;
using domain::PrintRefusal;
using domain::PrrId;
using ::testing::HasSubstr;

// ---- Printing.

TEST(EdgeCoreTest, AnIntentNamesWhatItReliedOn) {
  CoreBench bench = CoreBench::Ready();
  bench.ReceiptNow();
  bench.conditions().offline = true;
  const edge::Print print = bench.PrintOf("prr-2", "A5");
  const uint64_t position = bench.core().catalogue().position();
  const crypto::Hash state = bench.core().catalogue().state();
  const Decision decision = bench.Do(print);
  ASSERT_EQ(decision.events.size(), 4u) << "a day, two printers commissioned, the intent";
  EXPECT_NE(Find<domain::OfficeDayOpened>(decision), nullptr);
  EXPECT_EQ(*Find<domain::PrintIntended>(decision),
            (domain::PrintIntended{.act = print.act,
                                   .prr = PrrId::Of("prr-2"),
                                   .prr_version = 1,
                                   .blank = BlankSerial::Of("A5"),
                                   .attempt = 1,
                                   .printer = kPrinter,
                                   .operator_id = kAyu,
                                   .lease_epoch = {1, 1},
                                   .control_position = position,
                                   .control_state = state,
                                   .proven_seq = bench.core().contact().proven_seq,
                                   .application_version = kVersion,
                                   .offline = true}));
  ASSERT_EQ(decision.actions.size(), 1u);
  const auto& submit = std::get<SubmitJob>(decision.actions[0]);
  EXPECT_EQ(submit.act, print.act);
  EXPECT_EQ(submit.prr, decision.prr);
  EXPECT_EQ(submit.printer, kPrinter);
}

TEST(EdgeCoreTest, AnActIsHandedToThePrinterOnce) {
  CoreBench bench = CoreBench::Ready();
  edge::Print print = bench.PrintOf("prr-1", "A1");
  EXPECT_TRUE(bench.Do(print).status.ok());
  print.prr = PrrId::Of("prr-2");
  print.blank = BlankSerial::Of("A2");
  print.printer = PrinterId::Of("p2");
  const Decision again = bench.Do(print);
  EXPECT_TRUE(absl::IsAlreadyExists(again.status));
  EXPECT_TRUE(again.events.empty());
  EXPECT_TRUE(again.actions.empty());
}

TEST(EdgeCoreTest, WithoutAChoiceTheFirstEnrolledIsPrinted) {
  CoreBench bench = CoreBench::Ready();
  domain::PrrItem early = PrrOf("prr-early");
  early.enrolled_at = absl::FromUnixSeconds(-1);
  bench.Tell(early);
  EXPECT_EQ(bench.Do(bench.PrintOf("", "A1")).prr.value(), "prr-early");
  EXPECT_EQ(bench.Do(bench.PrintOf("", "A2", "p2")).prr.value(), "prr-1");
  EXPECT_EQ(bench.core().Plan(10), (std::vector<PrrId>{PrrId::Of("prr-2"), PrrId::Of("prr-3")}));
  EXPECT_EQ(bench.core().Plan(1).size(), 1u);
  EXPECT_EQ(bench.core().printable_count(), 2u);
}

TEST(EdgeCoreTest, DutyIsUsedUpAndTheNextDayStartsAtZero) {
  CoreBench bench = CoreBench::Ready();
  bench.Tell(PrrOf("prr-4"));
  for (uint32_t i = 1; i <= kLimit; ++i) {
    const std::string blank = absl::StrCat("A", i);
    bench.Verify(bench.Print("", blank.c_str()), blank.c_str());
  }
  EXPECT_EQ(bench.Do(bench.PrintOf("", "A8")).refusal, PrintRefusal::kDutyUsedUp);
  EXPECT_EQ(bench.Do(bench.PrintOf("", "A8", "p2")).refusal, PrintRefusal::kNone);
  bench.clock().Advance(DutyGuard::kCivilDay);
  bench.Tell(PrrOf("prr-5"));
  EXPECT_EQ(bench.Do(bench.PrintOf("", "A9")).refusal, PrintRefusal::kNone);
  EXPECT_EQ(bench.core().duty().day(), 2u);
}

TEST(EdgeCoreTest, AnOpenJobHoldsBlankPrrAndPrinter) {
  CoreBench bench = CoreBench::Ready();
  const ActId act = bench.Print("prr-1", "A1");
  EXPECT_EQ(bench.Do(bench.PrintOf("prr-2", "A2")).refusal, PrintRefusal::kPrinterNotReady);
  EXPECT_EQ(bench.Do(bench.PrintOf("prr-2", "A1", "p2")).refusal, PrintRefusal::kBlankUsed);
  EXPECT_EQ(bench.Do(bench.PrintOf("prr-1", "A2", "p2")).refusal, PrintRefusal::kAlreadyPrinted);
  EXPECT_EQ(bench.Do(bench.PrintOf("prr-2", "A2", "p2")).refusal, PrintRefusal::kNone)
      << "the other printer goes on";
  bench.Verify(act, "A1");
  EXPECT_EQ(bench.Do(bench.PrintOf("prr-3", "A3")).refusal, PrintRefusal::kNone);
}

// ---- What the printer says.

TEST(EdgeCoreTest, NotAcceptedProvesTheBlankUnused) {
  CoreBench bench = CoreBench::Ready();
  const ActId act = bench.Print("prr-1", "A1");
  const Decision decision = bench.Report(act, PrinterAnswer::kNotAccepted);
  EXPECT_EQ(Find<domain::PrintFailed>(decision)->failure, domain::PrintFailure::kNotAccepted);
  EXPECT_TRUE(Find<domain::PrintUnused>(decision)->operator_id.empty());
  EXPECT_EQ(bench.StageOf(act), JobStage::kUnused);
  EXPECT_TRUE(bench.core().tray().Available(BlankSerial::Of("A1")));
  EXPECT_EQ(bench.core().duty().FedToday(kPrinter), 0u);
  EXPECT_EQ(bench.Print("prr-1", "A1").empty(), false);
  EXPECT_EQ(bench.core().journal().LatestOf(PrrId::Of("prr-1"))->intent.attempt, 2u);
}

TEST(EdgeCoreTest, NotAcceptedAfterTheJobWasTakenProvesNothing) {
  for (const PrinterAnswer before :
       {PrinterAnswer::kAccepted, PrinterAnswer::kCompleted, PrinterAnswer::kUnknown}) {
    CoreBench bench = CoreBench::Ready();
    const ActId act = bench.Print("prr-1", "A1");
    bench.Report(act, before);
    EXPECT_TRUE(bench.Report(act, PrinterAnswer::kNotAccepted).events.empty());
    EXPECT_TRUE(bench.core().journal().Find(act)->open());
  }
}

TEST(EdgeCoreTest, AnUnknownFateIsADoubtAndThePrinterWaits) {
  CoreBench bench = CoreBench::Ready();
  const ActId act = bench.Print("prr-1", "A1");
  bench.Report(act, PrinterAnswer::kAccepted);
  const Decision decision = bench.Report(act, PrinterAnswer::kUnknown);
  EXPECT_EQ(Find<domain::PrintDoubted>(decision)->cause, domain::DoubtCause::kPrinterVanished);
  EXPECT_TRUE(bench.Report(act, PrinterAnswer::kUnknown).events.empty());
  EXPECT_EQ(bench.Do(bench.PrintOf("prr-2", "A2")).refusal, PrintRefusal::kPrinterNotReady);
  bench.Report(act, PrinterAnswer::kCompleted);
  EXPECT_EQ(bench.StageOf(act), JobStage::kDoubt);
  EXPECT_EQ(bench.Do(bench.PrintOf("prr-2", "A2")).refusal, PrintRefusal::kPrinterNotReady)
      << "completed is a hint, the person answers";
  EXPECT_TRUE(bench.Verify(act, "A1").status.ok());
  EXPECT_EQ(bench.core().journal().doubts_resolved(), 1u);
}

TEST(EdgeCoreTest, AnAbortedJobWaitsForAPerson) {
  CoreBench bench = CoreBench::Ready();
  const ActId act = bench.Print("prr-1", "A1");
  bench.Report(act, PrinterAnswer::kAborted);
  EXPECT_EQ(bench.StageOf(act), JobStage::kFailed);
  EXPECT_FALSE(bench.core().tray().Available(BlankSerial::Of("A1")));
  EXPECT_EQ(bench.core().duty().FedToday(kPrinter), 1u);
}

TEST(EdgeCoreTest, ReportsOfSettledOrUnknownJobsAreErrors) {
  CoreBench bench = CoreBench::Ready();
  const ActId act = bench.Print("prr-1", "A1");
  bench.Verify(act, "A1");
  EXPECT_TRUE(absl::IsFailedPrecondition(bench.Report(act, PrinterAnswer::kCompleted).status));
  EXPECT_TRUE(
      absl::IsNotFound(bench.Report(ActId::Of("nobody"), PrinterAnswer::kCompleted).status));
}

// ---- What people say.

TEST(EdgeCoreTest, GoodOnAnotherBlankRebindsInOneStep) {
  CoreBench bench = CoreBench::Ready();
  const ActId act = bench.Print("prr-1", "A1");
  bench.Report(act, PrinterAnswer::kCompleted);
  EXPECT_TRUE(bench.Verify(act, "A2").status.ok());
  EXPECT_EQ(*bench.core().tray().UseOf(BlankSerial::Of("A2")), BlankUse::kUsed);
  EXPECT_TRUE(bench.core().tray().Available(BlankSerial::Of("A1")));
  EXPECT_EQ(bench.core().journal().Find(act)->final_blank, BlankSerial::Of("A2"));
}

struct VerifyCase {
  const char* blank;
  const char* tail;
  const char* code;
};

TEST(EdgeCoreTest, AVerificationMustFitTheJob) {
  const VerifyCase kCases[] = {
      {"A1", "0008", "K-121"}, {"A1", "", "K-121"},     {"C1", "0007", "K-122"},
      {"A2", "0007", "K-122"}, {"A3", "0007", "K-122"},
  };
  for (const VerifyCase& row : kCases) {
    CoreBench bench = CoreBench::Ready();
    bench.Verify(bench.Print("prr-2", "A2"), "A2");
    bench.Do(SpoilBlank{.act = bench.NewAct(),
                        .blank = BlankSerial::Of("A3"),
                        .cause = domain::SpoilCause::kFactory,
                        .operator_id = kAyu});
    const ActId act = bench.Print("prr-1", "A1");
    const Decision decision = bench.Verify(act, row.blank, row.tail);
    EXPECT_THAT(std::string(decision.status.message()), HasSubstr(row.code)) << row.blank;
    EXPECT_THAT(std::string(decision.status.message()), ::testing::Not(HasSubstr("0007")));
    EXPECT_TRUE(decision.events.empty());
    EXPECT_TRUE(bench.core().journal().Find(act)->open());
  }
}

TEST(EdgeCoreTest, ASpoiledCardLetsThePrrBeTriedAgain) {
  CoreBench bench = CoreBench::Ready();
  const ActId act = bench.Print("prr-1", "A1");
  bench.Report(act, PrinterAnswer::kAborted);
  const Decision decision =
      bench.Do(SpoilCard{.act = act, .cause = domain::SpoilCause::kPrint, .operator_id = kAyu});
  EXPECT_EQ(Find<domain::PrintSpoiled>(decision)->blank, BlankSerial::Of("A1"));
  EXPECT_EQ(bench.Do(bench.PrintOf("prr-1", "A1")).refusal, PrintRefusal::kBlankUsed);
  bench.Print("prr-1", "A2");
  EXPECT_EQ(bench.core().duty().FedToday(kPrinter), 2u) << "a spoiled card was fed";
}

TEST(EdgeCoreTest, AReleasedJobFreesItsBlank) {
  CoreBench bench = CoreBench::Ready();
  const ActId act = bench.Print("prr-1", "A1");
  bench.Report(act, PrinterAnswer::kUnknown);
  EXPECT_TRUE(bench.Do(ReleaseJob{.act = act, .operator_id = kAyu}).status.ok());
  EXPECT_EQ(bench.core().journal().doubts_resolved(), 1u);
  EXPECT_TRUE(bench.core().tray().Available(BlankSerial::Of("A1")));
}

TEST(EdgeCoreTest, OnlyABlankOfTheTrayIsSpoiledByItself) {
  CoreBench bench = CoreBench::Ready();
  bench.Print("prr-1", "A1");
  for (const char* blank : {"A1", "C1"}) {
    const Decision decision = bench.Do(SpoilBlank{.act = bench.NewAct(),
                                                  .blank = BlankSerial::Of(blank),
                                                  .cause = domain::SpoilCause::kFactory,
                                                  .operator_id = kAyu});
    EXPECT_THAT(std::string(decision.status.message()), HasSubstr("K-123")) << blank;
  }
}

TEST(EdgeCoreTest, StrangersDoNothing) {
  CoreBench bench = CoreBench::Ready();
  const ActId act = bench.Print("prr-1", "A1");
  const OperatorId stranger = OperatorId::Of("stranger");
  const Input kInputs[] = {
      VerifyCard{act, BlankSerial::Of("A1"), "0007", stranger},
      SpoilCard{.act = act, .operator_id = stranger},
      ReleaseJob{act, stranger},
      CancelJob{act, stranger},
      CloseBatch{act, stranger},
      CorrectAnswer{ActId::Of("x"), act, {}, domain::CorrectionReason::kOther, stranger, kAyu},
      SpoilBlank{ActId::Of("x"), BlankSerial::Of("A2"), domain::SpoilCause::kPrint, stranger},
      ReceiveTransfer{ActId::Of("x"), domain::TransferId::Of("t-1"), {}, stranger},
      AcknowledgeAction{domain::ActionId::Of("action"), stranger},
  };
  for (const Input& input : kInputs) {
    const Decision decision = bench.Do(input);
    EXPECT_TRUE(absl::IsPermissionDenied(decision.status)) << input.index();
    EXPECT_TRUE(decision.events.empty()) << input.index();
  }
}

TEST(EdgeCoreTest, SwappedBlanksOfTwoPrintersEachTakeTheirOwnScan) {
  CoreBench bench = CoreBench::Ready();
  const ActId first = bench.Print("prr-1", "A1");
  const ActId second = bench.Print("prr-2", "A2", "p2");
  EXPECT_TRUE(bench.Verify(first, "A2").status.ok());
  EXPECT_EQ(*bench.core().tray().UseOf(BlankSerial::Of("A1")), BlankUse::kBound);
  EXPECT_EQ(bench.Do(bench.PrintOf("prr-3", "A1")).refusal, PrintRefusal::kBlankUsed)
      << "the second card is on it, perhaps";
  EXPECT_TRUE(bench.Verify(second, "A1").status.ok());
  EXPECT_EQ(*bench.core().tray().UseOf(BlankSerial::Of("A1")), BlankUse::kUsed);
}

TEST(EdgeCoreTest, AfterASwapTheOtherJobSpoilsOrFreesTheBlankThatIsLeft) {
  for (const bool spoiled : {true, false}) {
    CoreBench bench = CoreBench::Ready();
    const ActId first = bench.Print("prr-1", "A1");
    const ActId second = bench.Print("prr-2", "A2", "p2");
    bench.Verify(first, "A2");
    if (spoiled) {
      bench.Do(SpoilCard{.act = second, .operator_id = kAyu});
      EXPECT_EQ(*bench.core().tray().UseOf(BlankSerial::Of("A1")), BlankUse::kSpoiled);
    } else {
      bench.Do(ReleaseJob{second, kAyu});
      EXPECT_TRUE(bench.core().tray().Available(BlankSerial::Of("A1")));
    }
    EXPECT_EQ(*bench.core().tray().UseOf(BlankSerial::Of("A2")), BlankUse::kUsed);
  }
}

TEST(EdgeCoreTest, ACancelledJobWaitsForThePrintersAnswer) {
  CoreBench bench = CoreBench::Ready();
  const ActId act = bench.Print("prr-1", "A1");
  bench.Report(act, PrinterAnswer::kAccepted);
  EXPECT_EQ(bench.Do(CancelJob{act, kAyu}).events.size(), 1u);
  const Decision again = bench.Do(CancelJob{act, kAyu});
  EXPECT_TRUE(again.events.empty()) << "asked for once";
  EXPECT_EQ(again.actions.size(), 1u) << "the printer is asked once more";
  EXPECT_EQ(bench.Do(bench.PrintOf("prr-2", "A2")).refusal, PrintRefusal::kPrinterNotReady);
  bench.Report(act, PrinterAnswer::kCompleted);
  EXPECT_EQ(bench.StageOf(act), JobStage::kCompleted) << "it was too late";
  EXPECT_TRUE(absl::IsFailedPrecondition(bench.Do(CancelJob{act, kAyu}).status));
}

// ---- Stock.

TEST(EdgeCoreTest, ATransferIsReceivedOnceAndDifferencesAreRecorded) {
  CoreBench bench;
  bench.Roster("ayu", {});
  bench.Tell(
      domain::TransferItem{domain::TransferId::Of("t-1"), *domain::SerialSet::Parse("A1..A9")});
  const Decision decision = bench.Receive("t-1", "A1..A7,B1");
  const auto& received = *Find<domain::BlanksReceived>(decision);
  EXPECT_EQ(received.received.ToString(), "A1..A7");
  EXPECT_EQ(received.missing.ToString(), "A8..A9");
  EXPECT_EQ(received.unexpected.ToString(), "B1");
  EXPECT_FALSE(bench.core().tray().Available(BlankSerial::Of("B1")));
  EXPECT_EQ(bench.core().tray().available().size(), 7u);
  EXPECT_TRUE(bench.core().Received(domain::TransferId::Of("t-1")));
  EXPECT_TRUE(absl::IsAlreadyExists(bench.Receive("t-1", "A8..A9").status));
  EXPECT_TRUE(absl::IsNotFound(bench.Receive("t-2", "A8..A9").status));
}

TEST(EdgeCoreTest, AReceptionOfMoreThanOneActMayNameIsRefusedInWords) {
  CoreBench bench = CoreBench::Ready();
  bench.Tell(
      domain::TransferItem{domain::TransferId::Of("t-2"), *domain::SerialSet::Parse("D1..D9")});
  ReceiveTransfer receive{.act = bench.NewAct(),
                          .transfer = domain::TransferId::Of("t-2"),
                          .scanned = *domain::SerialSet::Parse("D1..D9,E00000..E19991"),
                          .operator_id = kAyu};
  const Decision decision = bench.Do(receive);
  EXPECT_THAT(std::string(decision.status.message()), HasSubstr("K-134: got 20001 blanks"));
  EXPECT_FALSE(bench.core().Received(domain::TransferId::Of("t-2")));
}

// ---- Actions and leases.

TEST(EdgeCoreTest, AnActionIsAcknowledgedOnce) {
  CoreBench bench = CoreBench::Ready();
  domain::ActionItem action;
  action.action = domain::ActionId::Of("recall-1");
  const AcknowledgeAction acknowledge{.action = action.action, .operator_id = kAyu};
  EXPECT_TRUE(absl::IsNotFound(bench.Do(acknowledge).status));
  bench.Tell(action);
  EXPECT_EQ(bench.Do(acknowledge).events.size(), 1u);
  EXPECT_TRUE(bench.core().Acknowledged(action.action));
  const Decision again = bench.Do(acknowledge);
  EXPECT_TRUE(again.status.ok());
  EXPECT_TRUE(again.events.empty());
}

domain::PrrItem Requested(const char* prr) {
  domain::PrrItem item = PrrOf(prr);
  item.release_requested = true;
  return item;
}

TEST(EdgeCoreTest, AFreeLeaseIsReleasedAtOnceAndNeverPrintedAgain) {
  CoreBench bench = CoreBench::Ready();
  const Decision decision = bench.Tell(Requested("prr-1"));
  EXPECT_EQ(*Find<domain::LeaseReleased>(decision),
            (domain::LeaseReleased{PrrId::Of("prr-1"), {1, 1}}));
  EXPECT_EQ(bench.Do(bench.PrintOf("prr-1", "A1")).refusal, PrintRefusal::kLeaseNotHeld);
  EXPECT_EQ(bench.core().printable_count(), 2u);
  EXPECT_TRUE(bench.Tell(Requested("prr-1")).events.empty()) << "released once";
  domain::PrrItem again = PrrOf("prr-1");
  again.lease_epoch = {1, 2};
  bench.Tell(again);
  EXPECT_EQ(bench.Do(bench.PrintOf("prr-1", "A1")).refusal, PrintRefusal::kNone)
      << "a new epoch is a new lease";
}

TEST(EdgeCoreTest, ALeaseInUseIsReleasedWhenTheJobEndsWithoutACard) {
  struct End {
    const char* name;
    std::function<Decision(CoreBench&, const ActId&)> settle;
    bool releases;
  };
  const End kEnds[] = {
      {"verified", [](CoreBench& b, const ActId& act) { return b.Verify(act, "A1"); }, false},
      {"spoiled",
       [](CoreBench& b, const ActId& act) {
         return b.Do(SpoilCard{.act = act, .operator_id = kAyu});
       },
       true},
      {"unused",
       [](CoreBench& b, const ActId& act) {
         return b.Do(ReleaseJob{act, kAyu});
       },
       true},
      {"not accepted",
       [](CoreBench& b, const ActId& act) { return b.Report(act, PrinterAnswer::kNotAccepted); },
       true},
  };
  for (const End& end : kEnds) {
    CoreBench bench = CoreBench::Ready();
    const ActId act = bench.Print("prr-1", "A1");
    EXPECT_TRUE(bench.Tell(Requested("prr-1")).events.empty()) << end.name;
    const Decision decision = end.settle(bench, act);
    EXPECT_TRUE(decision.status.ok()) << end.name;
    EXPECT_EQ(Find<domain::LeaseReleased>(decision) != nullptr, end.releases) << end.name;
    EXPECT_TRUE(bench.Tell(Requested("prr-1")).events.empty()) << end.name;
  }
}

TEST(EdgeCoreTest, AWithdrawnOrMovedRecordLeavesThePlan) {
  CoreBench bench = CoreBench::Ready();
  domain::PrrItem withdrawn = PrrOf("prr-1");
  withdrawn.withdrawn = true;
  withdrawn.record.clear();
  bench.Tell(withdrawn);
  domain::PrrItem moved = PrrOf("prr-2");
  moved.lease_holder = kOtherNode;
  bench.Tell(moved);
  EXPECT_EQ(bench.core().Plan(10), (std::vector<PrrId>{PrrId::Of("prr-3")}));
}

// ---- Start.

TEST(EdgeCoreTest, CrashAfterIntentLeavesDoubt) {
  CoreBench bench = CoreBench::Ready();
  const ActId act = bench.Print("prr-1", "A1");
  const Decision decision = bench.Do(Started{});
  EXPECT_EQ(Find<domain::PrintDoubted>(decision)->cause, domain::DoubtCause::kRestart);
  ASSERT_EQ(decision.actions.size(), 1u);
  EXPECT_EQ(std::get<QueryJob>(decision.actions[0]).act, act);
  EXPECT_EQ(bench.StageOf(act), JobStage::kDoubt);
}

TEST(EdgeCoreTest, StartAsksForEveryJobWhoseEndThePrinterDidNotTell) {
  const struct {
    std::vector<PrinterAnswer> answers;
    size_t events;
    size_t queries;
  } kTable[] = {
      {{}, 1, 1},
      {{PrinterAnswer::kAccepted}, 1, 1},
      {{PrinterAnswer::kAccepted, PrinterAnswer::kCompleted}, 0, 0},
      {{PrinterAnswer::kAccepted, PrinterAnswer::kAborted}, 0, 0},
      {{PrinterAnswer::kAccepted, PrinterAnswer::kUnknown}, 0, 1},
      {{PrinterAnswer::kNotAccepted}, 0, 0},
  };
  for (const auto& row : kTable) {
    CoreBench bench = CoreBench::Ready();
    const ActId act = bench.Print("prr-1", "A1");
    for (const PrinterAnswer answer : row.answers) bench.Report(act, answer);
    for (int start = 0; start < 2; ++start) {
      const Decision decision = bench.Do(Started{});
      EXPECT_EQ(decision.events.size(), start == 0 ? row.events : 0u);
      EXPECT_EQ(decision.actions.size(), row.queries);
    }
  }
}

TEST(EdgeCoreTest, StepChangesNothing) {
  CoreBench bench = CoreBench::Ready();
  const edge::Print print = bench.PrintOf("prr-1", "A1");
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(bench.core().Step(bench.clock().Now(), {}, print).events.size(), 4u);
  }
  EXPECT_EQ(bench.core().journal().order().size(), 0u);
  EXPECT_EQ(bench.core().duty().day(), 0u);
}

}  // namespace
}  // namespace keping::edge
