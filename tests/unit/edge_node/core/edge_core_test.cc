#include "edge_node/core/edge_core.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/time/simulated_clock.h"

namespace keping::edge {
namespace {

using domain::ActId;
using domain::BlankSerial;
using domain::OperatorId;
using domain::PrinterId;
using domain::PrintRefusal;
using domain::PrrId;
using ::testing::HasSubstr;

const domain::NodeId kNode = domain::NodeId::Of("susut");
const domain::NodeId kOtherNode = domain::NodeId::Of("kintamani");
const domain::ApplicationVersion kVersion = domain::ApplicationVersion::Of("8.1");
const PrinterId kPrinter = PrinterId::Of("p1");
const OperatorId kAyu = OperatorId::Of("ayu");
constexpr uint32_t kLimit = 3;

EdgeSettings Settings() {
  EdgeSettings settings;
  settings.node = kNode;
  settings.application_version = kVersion;
  settings.cards_per_day = {{kPrinter, kLimit}, {PrinterId::Of("p2"), kLimit}};
  return settings;
}

domain::PrrItem PrrOf(const std::string& id) {
  domain::PrrItem item;
  item.prr = PrrId::Of(id);
  item.lease_holder = kNode;
  item.lease_epoch = {1, 1};
  item.nik_tail = "0007";
  item.record = "record";
  return item;
}

// A core and the log that drives it: what Step decides is applied, as the shell does it.
class Bench {
 public:
  explicit Bench(EdgeSettings settings = Settings()) : core_(std::move(settings)) {}

  // With Ayu certified, three records and ten blanks A1..A9, B1 received.
  static Bench Ready() {
    Bench bench;
    bench.Roster("ayu", kVersion);
    for (const char* id : {"prr-1", "prr-2", "prr-3"}) bench.Tell(PrrOf(id));
    bench.Tell(domain::TransferItem{domain::TransferId::Of("t-1"),
                                    *domain::SerialSet::Parse("A1..A9,B1")});
    EXPECT_TRUE(bench.Receive("t-1", "A1..A9,B1").status.ok());
    return bench;
  }

  EdgeCore& core() { return core_; }
  time::SimulatedClock& clock() { return clock_; }
  Conditions& conditions() { return conditions_; }

  Decision Do(const Input& input) {
    Decision decision = core_.Step(clock_.Now(), conditions_, input);
    for (const domain::Event& event : decision.events) Write(event);
    return decision;
  }
  void Write(const domain::Event& event) {
    core_.Apply(event, {++seq_, clock_.Now().boot_id, clock_.Now().monotonic});
  }

  // A new version of an item arrives by the feed.
  Decision Tell(decltype(domain::FeedItem::body) body) {
    domain::FeedItem item{
        .key = KeyOf(body), .position = ++position_, .version = position_, .body = body};
    Decision decision =
        core_.Step(clock_.Now(), conditions_, FeedArrived{.items = {item}, .to = position_});
    const auto* prr = std::get_if<domain::PrrItem>(&item.body);
    core_.ApplyFeedItem(item, prr != nullptr && !prr->record.empty());
    for (const domain::Event& event : decision.events) Write(event);
    core_.AdvanceFeed(position_);
    return decision;
  }
  void Roster(const char* operator_id, domain::ApplicationVersion version) {
    Tell(domain::OperatorItem{OperatorId::Of(operator_id), std::move(version)});
  }
  void ReceiptNow() {
    core_.ApplyContact(
        {.proven_seq = seq_, .received_at = clock_.Now().wall, .centre_time = clock_.Now().wall});
  }

  Decision Receive(const char* transfer, const char* serials) {
    return Do(ReceiveTransfer{.act = NewAct(),
                              .transfer = domain::TransferId::Of(transfer),
                              .scanned = *domain::SerialSet::Parse(serials),
                              .operator_id = kAyu});
  }
  edge::Print PrintOf(const char* prr, const char* blank, const char* printer = "p1") {
    return {.act = NewAct(),
            .operator_id = kAyu,
            .printer = PrinterId::Of(printer),
            .blank = BlankSerial::Of(blank),
            .prr = *prr == '\0' ? PrrId() : PrrId::Of(prr)};
  }
  // The act of a print that must succeed.
  ActId Print(const char* prr, const char* blank, const char* printer = "p1") {
    const edge::Print print = PrintOf(prr, blank, printer);
    EXPECT_EQ(Do(print).refusal, PrintRefusal::kNone) << prr << " on " << blank;
    return print.act;
  }
  Decision Report(const ActId& act, PrinterAnswer answer) {
    return Do(PrinterReported{.act = act, .answer = answer, .printer_job = 1});
  }
  Decision Verify(const ActId& act, const char* blank, const char* tail = "0007") {
    return Do(VerifyCard{
        .act = act, .scanned = BlankSerial::Of(blank), .nik_tail = tail, .operator_id = kAyu});
  }
  JobStage StageOf(const ActId& act) { return core_.journal().Find(act)->stage; }
  ActId NewAct() { return ActId::Of(absl::StrCat("act-", ++acts_)); }

 private:
  static std::string KeyOf(const decltype(domain::FeedItem::body)& body) {
    if (const auto* prr = std::get_if<domain::PrrItem>(&body)) return PrrFeedKey(prr->prr);
    if (const auto* person = std::get_if<domain::OperatorItem>(&body)) {
      return OperatorFeedKey(person->operator_id);
    }
    if (const auto* transfer = std::get_if<domain::TransferItem>(&body)) {
      return TransferFeedKey(transfer->transfer);
    }
    return ActionFeedKey(std::get<domain::ActionItem>(body).action);
  }

  EdgeCore core_;
  time::SimulatedClock clock_{absl::FromUnixSeconds(1493251200)};
  Conditions conditions_;
  uint64_t seq_ = 0;
  uint64_t position_ = 0;
  int acts_ = 0;
};

template <typename Event>
const Event* Find(const Decision& decision) {
  for (const domain::Event& event : decision.events) {
    if (const auto* found = std::get_if<Event>(&event)) return found;
  }
  return nullptr;
}

// ---- Refusals.

// Every reason to refuse at once. Each cure removes one reason that can be removed alone.
struct Cure {
  PrintRefusal refusal;
  std::function<void(Bench&, edge::Print&)> cure;
};

void TellAgain(Bench& bench, const std::function<void(domain::PrrItem&)>& change) {
  domain::PrrItem item = *bench.core().catalogue().FindPrr(PrrId::Of("prr-9"));
  change(item);
  bench.Tell(item);
}

const std::vector<Cure>& Cures() {
  static const auto* const cures = new std::vector<Cure>{
      {PrintRefusal::kNotLoggedIn, [](Bench& bench, auto&) { bench.Roster("ayu", {}); }},
      {PrintRefusal::kNotTrained, [](Bench& bench, auto&) { bench.Roster("ayu", kVersion); }},
      {PrintRefusal::kPrrUnknown,
       [](Bench& bench, auto&) {
         domain::PrrItem item = PrrOf("prr-9");
         item.withdrawn = true;
         item.lease_holder = kOtherNode;
         item.record.clear();
         bench.Tell(item);
       }},
      {PrintRefusal::kPrrWithdrawn,
       [](Bench& bench, auto&) { TellAgain(bench, [](auto& item) { item.withdrawn = false; }); }},
      {PrintRefusal::kLeaseNotHeld,
       [](Bench& bench, auto&) {
         TellAgain(bench, [](auto& item) { item.lease_holder = kNode; });
       }},
      {PrintRefusal::kTooStale, [](Bench& bench, auto&) { bench.ReceiptNow(); }},
      {PrintRefusal::kAlreadyPrinted,
       [](Bench& bench, auto&) {
         bench.Write(domain::PrintUnused{ActId::Of("earlier"), {}});
       }},
      {PrintRefusal::kPictureMissing,
       [](Bench& bench, auto&) { TellAgain(bench, [](auto& item) { item.record = "record"; }); }},
      {PrintRefusal::kBlankNotInTray,
       [](Bench&, edge::Print& print) { print.blank = BlankSerial::Of("A9"); }},
      {PrintRefusal::kBlankUsed,
       [](Bench&, edge::Print& print) { print.blank = BlankSerial::Of("A1"); }},
      {PrintRefusal::kPrinterNotReady,
       [](Bench& bench, auto&) { bench.conditions().printers_not_ready.clear(); }},
      {PrintRefusal::kDutyUsedUp,
       [](Bench& bench, auto&) { bench.clock().Advance(DutyGuard::kLongDay); }},
      {PrintRefusal::kDiskNearlyFull,
       [](Bench& bench, auto&) { bench.conditions().disk_nearly_full = false; }},
  };
  return *cures;
}

Bench EverythingWrong(edge::Print& print) {
  Bench bench = Bench::Ready();
  for (const char* blank : {"A2", "A3"}) {
    bench.Verify(bench.Print(blank[1] == '2' ? "prr-2" : "prr-3", blank), blank);
  }
  // The PRR in question was tried before; that job is open at the other printer.
  bench.Write(domain::PrintIntended{.act = ActId::Of("earlier"),
                                    .prr = PrrId::Of("prr-9"),
                                    .prr_version = 1,
                                    .blank = BlankSerial::Of("B1"),
                                    .attempt = 1,
                                    .printer = PrinterId::Of("p2"),
                                    .operator_id = kAyu,
                                    .lease_epoch = {1, 1},
                                    .control_position = 0,
                                    .control_state = {},
                                    .proven_seq = 0,
                                    .application_version = kVersion,
                                    .offline = false});
  bench.Write(domain::BlankSpoiled{ActId::Of("spoil"), BlankSerial::Of("A9"),
                                   domain::SpoilCause::kFactory, kAyu});
  bench.Verify(bench.Print("prr-1", "A4"), "A4");
  bench.conditions().disk_nearly_full = true;
  bench.conditions().printers_not_ready = {kPrinter};
  bench.core().ApplyContact({.proven_seq = 0,
                             .received_at = bench.clock().Now().wall - absl::Hours(24 * 31),
                             .centre_time = absl::InfinitePast()});
  print = bench.PrintOf("prr-9", "C1");
  print.operator_id = OperatorId::Of("stranger");
  return bench;
}

TEST(EdgeCoreTest, TheFirstReasonWins) {
  edge::Print print;
  Bench bench = EverythingWrong(print);
  for (const Cure& step : Cures()) {
    const Decision decision = bench.Do(print);
    EXPECT_EQ(decision.refusal, step.refusal) << "got " << domain::Describe(decision.refusal).name
                                              << ", want " << domain::Describe(step.refusal).name;
    ASSERT_EQ(decision.events.size(), 1u);
    EXPECT_EQ(Find<domain::PrintRefused>(decision)->refusal, step.refusal);
    EXPECT_TRUE(decision.actions.empty());
    if (step.refusal == PrintRefusal::kNotLoggedIn) print.operator_id = kAyu;
    step.cure(bench, print);
  }
  EXPECT_EQ(bench.Do(print).refusal, PrintRefusal::kNone);
  EXPECT_EQ(bench.core().refusals().size(), Cures().size());
}

// A lock cannot be lifted here, so its place in the order has a test of its own.
TEST(EdgeCoreTest, ALockComesAfterTrainingAndBeforeTheRecord) {
  edge::Print print;
  Bench bench = EverythingWrong(print);
  bench.core().Lock();
  EXPECT_EQ(bench.Do(print).refusal, PrintRefusal::kNotLoggedIn);
  print.operator_id = kAyu;
  bench.Roster("ayu", {});
  EXPECT_EQ(bench.Do(print).refusal, PrintRefusal::kNotTrained);
  bench.Roster("ayu", kVersion);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(bench.Do(print).refusal, PrintRefusal::kNodeLocked);
    for (const Cure& step : Cures()) step.cure(bench, print);
  }
}

TEST(EdgeCoreTest, ARefusalNamesWhatWasAsked) {
  Bench bench = Bench::Ready();
  const Decision decision = bench.Do(bench.PrintOf("prr-1", "C1"));
  const auto& refused = *Find<domain::PrintRefused>(decision);
  EXPECT_EQ(refused.prr.value(), "prr-1");
  EXPECT_EQ(refused.blank, BlankSerial::Of("C1"));
  EXPECT_EQ(refused.printer, kPrinter);
  EXPECT_EQ(refused.operator_id, kAyu);
  EXPECT_EQ(bench.core().refusals().at(PrintRefusal::kBlankNotInTray), 1u);
}

TEST(EdgeCoreTest, AnEmptyPlanIsAnUnknownRecord) {
  Bench bench;
  bench.Roster("ayu", kVersion);
  const Decision decision = bench.Do(bench.PrintOf("", "A1"));
  EXPECT_EQ(decision.refusal, PrintRefusal::kPrrUnknown);
  EXPECT_TRUE(Find<domain::PrintRefused>(decision)->prr.empty());
}

TEST(EdgeCoreTest, AnUnknownPrinterIsNotReady) {
  Bench bench = Bench::Ready();
  EXPECT_EQ(bench.Do(bench.PrintOf("prr-1", "A1", "p9")).refusal, PrintRefusal::kPrinterNotReady);
}

// ---- Staleness.

TEST(EdgeCoreTest, StaleByOfficeDaysWhateverTheWallClockSays) {
  Bench bench = Bench::Ready();
  bench.ReceiptNow();
  for (uint64_t day = 0; day <= Settings().staleness_office_days; ++day) {
    bench.Write(
        domain::OfficeDayOpened{absl::CivilDay(2017, 4, 27), domain::OfficeDayBasis::kRunningTime});
    const bool last = day == Settings().staleness_office_days;
    EXPECT_EQ(bench.core().Step(bench.clock().Now(), {}, bench.PrintOf("prr-1", "A1")).refusal,
              last ? PrintRefusal::kTooStale : PrintRefusal::kNone)
        << day;
  }
  bench.ReceiptNow();
  EXPECT_EQ(bench.Do(bench.PrintOf("prr-1", "A1")).refusal, PrintRefusal::kNone);
}

TEST(EdgeCoreTest, AClockSetBackMakesNothingStale) {
  Bench bench = Bench::Ready();
  bench.ReceiptNow();
  bench.clock().SetWall(bench.clock().Now().wall - absl::Hours(24 * 400));
  EXPECT_EQ(bench.Do(bench.PrintOf("prr-1", "A1")).refusal, PrintRefusal::kNone);
}

// ---- Printing.

TEST(EdgeCoreTest, AnIntentNamesWhatItReliedOn) {
  Bench bench = Bench::Ready();
  bench.ReceiptNow();
  bench.conditions().offline = true;
  const edge::Print print = bench.PrintOf("prr-2", "A5");
  const uint64_t position = bench.core().catalogue().position();
  const crypto::Hash state = bench.core().catalogue().state();
  const Decision decision = bench.Do(print);
  ASSERT_EQ(decision.events.size(), 2u);
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
  Bench bench = Bench::Ready();
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
  Bench bench = Bench::Ready();
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
  Bench bench = Bench::Ready();
  bench.Tell(PrrOf("prr-4"));
  for (uint32_t i = 1; i <= kLimit; ++i) {
    const std::string blank = absl::StrCat("A", i);
    bench.Verify(bench.Print("", blank.c_str()), blank.c_str());
  }
  EXPECT_EQ(bench.Do(bench.PrintOf("", "A8")).refusal, PrintRefusal::kDutyUsedUp);
  EXPECT_EQ(bench.Do(bench.PrintOf("", "A8", "p2")).refusal, PrintRefusal::kNone);
  bench.clock().Advance(DutyGuard::kLongDay);
  bench.Tell(PrrOf("prr-5"));
  EXPECT_EQ(bench.Do(bench.PrintOf("", "A9")).refusal, PrintRefusal::kNone);
  EXPECT_EQ(bench.core().duty().day(), 2u);
}

TEST(EdgeCoreTest, AnOpenJobHoldsBlankPrrAndPrinter) {
  Bench bench = Bench::Ready();
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
  Bench bench = Bench::Ready();
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
    Bench bench = Bench::Ready();
    const ActId act = bench.Print("prr-1", "A1");
    bench.Report(act, before);
    EXPECT_TRUE(bench.Report(act, PrinterAnswer::kNotAccepted).events.empty());
    EXPECT_TRUE(bench.core().journal().Find(act)->open());
  }
}

TEST(EdgeCoreTest, AnUnknownFateIsADoubtAndThePrinterWaits) {
  Bench bench = Bench::Ready();
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
  Bench bench = Bench::Ready();
  const ActId act = bench.Print("prr-1", "A1");
  bench.Report(act, PrinterAnswer::kAborted);
  EXPECT_EQ(bench.StageOf(act), JobStage::kFailed);
  EXPECT_FALSE(bench.core().tray().Available(BlankSerial::Of("A1")));
  EXPECT_EQ(bench.core().duty().FedToday(kPrinter), 1u);
}

TEST(EdgeCoreTest, ReportsOfSettledOrUnknownJobsAreErrors) {
  Bench bench = Bench::Ready();
  const ActId act = bench.Print("prr-1", "A1");
  bench.Verify(act, "A1");
  EXPECT_TRUE(absl::IsFailedPrecondition(bench.Report(act, PrinterAnswer::kCompleted).status));
  EXPECT_TRUE(
      absl::IsNotFound(bench.Report(ActId::Of("nobody"), PrinterAnswer::kCompleted).status));
}

// ---- What people say.

TEST(EdgeCoreTest, GoodOnAnotherBlankRebindsInOneStep) {
  Bench bench = Bench::Ready();
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
    Bench bench = Bench::Ready();
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
  Bench bench = Bench::Ready();
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
  Bench bench = Bench::Ready();
  const ActId act = bench.Print("prr-1", "A1");
  bench.Report(act, PrinterAnswer::kUnknown);
  EXPECT_TRUE(bench.Do(ReleaseJob{.act = act, .operator_id = kAyu}).status.ok());
  EXPECT_EQ(bench.core().journal().doubts_resolved(), 1u);
  EXPECT_TRUE(bench.core().tray().Available(BlankSerial::Of("A1")));
}

TEST(EdgeCoreTest, OnlyABlankOfTheTrayIsSpoiledByItself) {
  Bench bench = Bench::Ready();
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
  Bench bench = Bench::Ready();
  const ActId act = bench.Print("prr-1", "A1");
  const OperatorId stranger = OperatorId::Of("stranger");
  const Input kInputs[] = {
      VerifyCard{act, BlankSerial::Of("A1"), "0007", stranger},
      SpoilCard{act, domain::SpoilCause::kPrint, stranger},
      ReleaseJob{act, stranger},
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

// ---- Stock.

TEST(EdgeCoreTest, ATransferIsReceivedOnceAndDifferencesAreRecorded) {
  Bench bench;
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

TEST(EdgeCoreTest, AReceptionThatFitsNoEntryIsRefusedInWords) {
  Bench bench = Bench::Ready();
  bench.Tell(
      domain::TransferItem{domain::TransferId::Of("t-2"), *domain::SerialSet::Parse("D1..D9")});
  ReceiveTransfer receive{.act = bench.NewAct(),
                          .transfer = domain::TransferId::Of("t-2"),
                          .scanned = {},
                          .operator_id = kAyu};
  for (int i = 0; i < 100'000; ++i) {
    receive.scanned.Insert(
        BlankSerial::Of(absl::StrCat("04", absl::Dec(i, absl::kZeroPad6), "AB1234")));
  }
  const Decision decision = bench.Do(receive);
  EXPECT_THAT(std::string(decision.status.message()), HasSubstr("K-134"));
  EXPECT_FALSE(bench.core().Received(domain::TransferId::Of("t-2")));
}

// ---- Actions and leases.

TEST(EdgeCoreTest, AnActionIsAcknowledgedOnce) {
  Bench bench = Bench::Ready();
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
  Bench bench = Bench::Ready();
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
    std::function<Decision(Bench&, const ActId&)> settle;
    bool releases;
  };
  const End kEnds[] = {
      {"verified", [](Bench& b, const ActId& act) { return b.Verify(act, "A1"); }, false},
      {"spoiled",
       [](Bench& b, const ActId& act) {
         return b.Do(SpoilCard{act, domain::SpoilCause::kPrint, kAyu});
       },
       true},
      {"unused",
       [](Bench& b, const ActId& act) {
         return b.Do(ReleaseJob{act, kAyu});
       },
       true},
      {"not accepted",
       [](Bench& b, const ActId& act) { return b.Report(act, PrinterAnswer::kNotAccepted); }, true},
  };
  for (const End& end : kEnds) {
    Bench bench = Bench::Ready();
    const ActId act = bench.Print("prr-1", "A1");
    EXPECT_TRUE(bench.Tell(Requested("prr-1")).events.empty()) << end.name;
    const Decision decision = end.settle(bench, act);
    EXPECT_TRUE(decision.status.ok()) << end.name;
    EXPECT_EQ(Find<domain::LeaseReleased>(decision) != nullptr, end.releases) << end.name;
    EXPECT_TRUE(bench.Tell(Requested("prr-1")).events.empty()) << end.name;
  }
}

TEST(EdgeCoreTest, AWithdrawnOrMovedRecordLeavesThePlan) {
  Bench bench = Bench::Ready();
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
  Bench bench = Bench::Ready();
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
    Bench bench = Bench::Ready();
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
  Bench bench = Bench::Ready();
  const edge::Print print = bench.PrintOf("prr-1", "A1");
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(bench.core().Step(bench.clock().Now(), {}, print).events.size(), 2u);
  }
  EXPECT_EQ(bench.core().journal().order().size(), 0u);
  EXPECT_EQ(bench.core().duty().day(), 0u);
}

}  // namespace
}  // namespace keping::edge
