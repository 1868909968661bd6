// Signing in, shifts, reports and looks, decided by the core.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/domain/day_report.h"
#include "tests/support/core_bench.h"

namespace keping::edge {
namespace {

using domain::OperatorId;
using domain::PrintRefusal;
using domain::Role;
using domain::SignInOutcome;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const auto kMade = OperatorId::Of("made");

std::string Words(const Decision& decision) { return std::string(decision.status.message()); }

// ---- Roles.

TEST(PeopleDecisionsTest, ARoleThatMayNotIsToldSo) {
  CoreBench bench = CoreBench::Ready();
  bench.Roster("made", {kVersion}, Role::kStockKeeper);
  edge::Print print = bench.PrintOf("prr-1", "A1");
  print.operator_id = kMade;
  EXPECT_EQ(bench.Do(print).refusal, PrintRefusal::kRoleForbids);
  const domain::ActId act = bench.Print("prr-1", "A1");
  const Decision answered = bench.Do(VerifyCard{.act = act,
                                                .scanned = domain::BlankSerial::Of("A1"),
                                                .nik_tail = "0007",
                                                .operator_id = kMade});
  EXPECT_THAT(Words(answered), HasSubstr("K-172"));
  EXPECT_THAT(Words(answered), HasSubstr("the role stock-keeper "));
  EXPECT_TRUE(bench
                  .Do(SpoilBlank{.act = bench.NewAct(),
                                 .blank = domain::BlankSerial::Of("A9"),
                                 .cause = domain::SpoilCause::kFactory,
                                 .operator_id = kMade})
                  .status.ok());
}

TEST(PeopleDecisionsTest, RoleThenShiftThenTraining) {
  EdgeSettings settings = CoreSettings();
  settings.require_shift = true;
  CoreBench bench(settings);
  const auto refusal = [&] { return bench.Do(bench.PrintOf("prr-1", "A1")).refusal; };
  bench.Roster("ayu", {}, Role::kStockKeeper);
  EXPECT_EQ(refusal(), PrintRefusal::kRoleForbids);
  bench.Roster("ayu", {});
  EXPECT_EQ(refusal(), PrintRefusal::kNoShift);
  bench.Do(OpenShift{.act = bench.NewAct(), .operator_id = kAyu, .counted = {}, .proof_code = {}});
  EXPECT_EQ(refusal(), PrintRefusal::kNotTrained);
}

TEST(PeopleDecisionsTest, TheSecondPersonIsAnotherOneOfTheRightRole) {
  CoreBench bench = CoreBench::Ready();
  bench.Roster("made", {}, Role::kAuditor);
  bench.Roster("ketut", {}, Role::kAdministrator);
  struct Row {
    const char* second;
    const char* code;
  };
  const Row kRows[] = {{"ayu", "K-173"}, {"", "K-173"}, {"nobody", "K-101"}, {"ketut", "K-173"}};
  for (const Row& row : kRows) {
    const auto second = *row.second == '\0' ? OperatorId() : OperatorId::Of(row.second);
    EXPECT_THAT(
        std::string(bench.core().CheckSecond(OfficeAct::kDestroyCards, kAyu, second).message()),
        HasSubstr(row.code))
        << row.second;
  }
  EXPECT_TRUE(bench.core().CheckSecond(OfficeAct::kDestroyCards, kAyu, kMade).ok());
}

// ---- Signing in.

class SignInTest : public ::testing::Test {
 protected:
  Decision Ask() { return bench_.Do(AskSignIn{kAyu}); }
  Decision Checked(SignInOutcome outcome) { return bench_.Do(PasswordChecked{kAyu, outcome}); }
  void Wrong(int times) {
    for (int i = 0; i < times; ++i) Checked(SignInOutcome::kWrongPassword);
  }

  CoreBench bench_ = CoreBench::Ready();
};

TEST_F(SignInTest, EveryTryIsAnEvent) {
  EXPECT_TRUE(Ask().status.ok());
  EXPECT_THAT(Ask().events, IsEmpty());
  const Decision wrong = Checked(SignInOutcome::kWrongPassword);
  EXPECT_THAT(Words(wrong), HasSubstr("K-175"));
  EXPECT_EQ(Find<domain::SignInTried>(wrong)->outcome, SignInOutcome::kWrongPassword);
  const Decision right = Checked(SignInOutcome::kAccepted);
  EXPECT_TRUE(right.status.ok());
  EXPECT_EQ(Find<domain::SignInTried>(right)->outcome, SignInOutcome::kAccepted);
  EXPECT_THAT(Words(Checked(SignInOutcome::kNoPassword)), HasSubstr("K-176"));
}

TEST_F(SignInTest, AfterFiveWrongPasswordsAPersonWaits) {
  Wrong(4);
  EXPECT_TRUE(Ask().status.ok());
  EXPECT_THAT(Words(Checked(SignInOutcome::kWrongPassword)), HasSubstr("K-174"));
  const Decision first = Ask();
  EXPECT_TRUE(absl::IsResourceExhausted(first.status));
  EXPECT_THAT(Words(first), HasSubstr("1m"));
  // The lock is told of once, so that nobody fills the disk by knocking.
  EXPECT_EQ(Find<domain::SignInTried>(first)->outcome, SignInOutcome::kLockedOut);
  EXPECT_THAT(Ask().events, IsEmpty());
  // Even the right password, had it been checked meanwhile, is not let in.
  EXPECT_TRUE(absl::IsResourceExhausted(Checked(SignInOutcome::kAccepted).status));
  bench_.clock().Advance(absl::Minutes(1));
  EXPECT_TRUE(Ask().status.ok());
  EXPECT_TRUE(Checked(SignInOutcome::kAccepted).status.ok());
}

TEST_F(SignInTest, NeitherTheClockNorARebootShortensTheWait) {
  Wrong(6);
  bench_.clock().SetWall(bench_.clock().Now().wall + absl::Hours(10'000));
  EXPECT_FALSE(Ask().status.ok());
  bench_.clock().Reboot();
  EXPECT_FALSE(Ask().status.ok());
  bench_.clock().Advance(absl::Minutes(2));
  EXPECT_TRUE(Ask().status.ok());
}

TEST_F(SignInTest, WhoIsNotOnTheRosterHasNoTry) {
  const Decision decision = bench_.Do(AskSignIn{OperatorId::Of("stranger")});
  EXPECT_TRUE(absl::IsPermissionDenied(decision.status));
  EXPECT_THAT(decision.events, IsEmpty());
  domain::OperatorItem gone{.operator_id = kAyu, .active = false};
  bench_.Tell(gone);
  EXPECT_THAT(Checked(SignInOutcome::kAccepted).events, IsEmpty());
}

TEST_F(SignInTest, ANewPasswordGoesIntoARowAndNotIntoTheEvent) {
  const Decision changed = bench_.Do(ChangePassword{.operator_id = kAyu, .verifier = "verifier"});
  ASSERT_TRUE(changed.status.ok());
  EXPECT_EQ(Find<domain::PasswordChanged>(changed)->changed_by, kAyu);
  ASSERT_EQ(changed.passwords.size(), 1u);
  EXPECT_EQ(changed.passwords[0].operator_id, kAyu);
  EXPECT_EQ(changed.passwords[0].verifier, "verifier");
  EXPECT_FALSE(changed.passwords[0].must_change);
}

// ---- Shifts.

class ShiftTest : public ::testing::Test {
 protected:
  Decision Open(const OperatorId& person = kAyu) {
    return bench_.Do(
        OpenShift{.act = bench_.NewAct(), .operator_id = person, .counted = 9, .proof_code = {}});
  }
  Decision Close(const OperatorId& person = kAyu) {
    return bench_.Do(CloseShift{.operator_id = person, .counted = {}});
  }

  CoreBench bench_ = CoreBench::Ready();
};

TEST_F(ShiftTest, OneOpenShiftPerPerson) {
  const Decision opened = Open();
  ASSERT_TRUE(opened.status.ok());
  EXPECT_EQ(Find<domain::ShiftOpened>(opened)->counted, 9u);
  EXPECT_EQ(Find<domain::ShiftOpened>(opened)->book, 10u);
  EXPECT_THAT(Words(Open()), HasSubstr("K-177"));
  bench_.Roster("made", {});
  EXPECT_TRUE(Open(kMade).status.ok());
  const Decision closed = Close();
  ASSERT_TRUE(closed.status.ok());
  EXPECT_EQ(Find<domain::ShiftClosed>(closed)->act, Find<domain::ShiftOpened>(opened)->act);
  EXPECT_EQ(Find<domain::ShiftClosed>(closed)->book, std::nullopt) << "nobody counted";
  EXPECT_THAT(Words(Close()), HasSubstr("K-170"));
  EXPECT_TRUE(Open().status.ok());
}

TEST_F(ShiftTest, PrintingWantsAShiftWhereTheOfficeSaysSo) {
  EXPECT_EQ(bench_.Do(bench_.PrintOf("prr-1", "A1")).refusal, PrintRefusal::kNone);
  EdgeSettings settings = CoreSettings();
  settings.require_shift = true;
  CoreBench strict(settings);
  strict.Roster("ayu", {kVersion});
  EXPECT_EQ(strict.Do(strict.PrintOf("prr-1", "A1")).refusal, PrintRefusal::kNoShift);
  strict.Do(
      OpenShift{.act = strict.NewAct(), .operator_id = kAyu, .counted = {}, .proof_code = {}});
  EXPECT_EQ(strict.Do(strict.PrintOf("prr-1", "A1")).refusal, PrintRefusal::kPrrUnknown);
}

// ---- Day reports.

TEST(ReportDayTest, TotalsAreThoseOfTheOpenDay) {
  CoreBench bench = CoreBench::Ready();
  bench.Verify(bench.Print("prr-1", "A1"), "A1");
  bench.Do(SpoilBlank{bench.NewAct(), domain::BlankSerial::Of("A8"), domain::SpoilCause::kFactory,
                      kAyu});
  bench.clock().Advance(DutyGuard::kCivilDay);
  const domain::ActId spoiled = bench.Print("prr-2", "A2");
  bench.Do(SpoilCard{.act = spoiled, .cause = domain::SpoilCause::kPrint, .operator_id = kAyu});
  bench.Do(SpoilBlank{bench.NewAct(), domain::BlankSerial::Of("A9"), domain::SpoilCause::kFactory,
                      kAyu});
  bench.Verify(bench.Print("prr-2", "A3"), "A3");
  bench.Print("prr-3", "A4");

  const crypto::Hash head = crypto::Sha256({"head"});
  const Decision decision =
      bench.Do(ReportDay{.act = bench.NewAct(), .operator_id = kAyu, .seq = 77, .head = head});
  ASSERT_TRUE(decision.status.ok());
  const auto& report = *Find<domain::DayReported>(decision);
  EXPECT_EQ(report.day, bench.core().duty().date());
  EXPECT_EQ(report.cards_fed, 3u);
  EXPECT_EQ(report.cards_good, 1u);
  EXPECT_EQ(report.cards_spoiled, 1u);
  EXPECT_EQ(report.blanks_spoiled, 1u);
  EXPECT_EQ(report.jobs_open, 1u);
  EXPECT_EQ(report.blanks_in_tray, 4u);
  EXPECT_EQ(report.seq, 77u);
  EXPECT_EQ(report.head, head);
  EXPECT_EQ(bench.core().shifts().Compare(domain::ReportCodeOf(report)), ReportCode::kLast);
}

// ---- Looks.

TEST(NoteReadTest, OutsideThePlanEveryPersonIsNotedThePlanOncePerShift) {
  EdgeSettings settings = CoreSettings();
  settings.cards_per_day = {{kPrinter, 2}};
  CoreBench bench(settings);
  bench.Roster("ayu", {kVersion});
  for (int i = 1; i <= 4; ++i) {
    domain::PrrItem item = PrrOf(absl::StrCat("prr-", i));
    item.enrolled_at = absl::FromUnixSeconds(i);
    bench.Tell(item);
  }
  const auto look = [&](const char* prr) {
    return bench
        .Do(NoteRead{.operator_id = kAyu,
                     .prr = domain::PrrId::Of(prr),
                     .nik_key = {},
                     .purpose = domain::ReadPurpose::kRecordView})
        .events.size();
  };
  EXPECT_EQ(look("prr-1"), 1u);  // today's plan, for the first time
  EXPECT_EQ(look("prr-2"), 0u);
  EXPECT_EQ(look("prr-3"), 1u);  // beyond what can be printed today
  EXPECT_EQ(look("prr-3"), 0u);
  EXPECT_EQ(look("prr-9"), 1u);  // not held here
  bench.Do(OpenShift{.act = bench.NewAct(), .operator_id = kAyu, .counted = {}, .proof_code = {}});
  EXPECT_EQ(look("prr-2"), 1u);
  EXPECT_EQ(look("prr-3"), 1u);
  bench.Roster("made", {}, Role::kStockKeeper);
  EXPECT_THAT(Words(bench.Do(NoteRead{.operator_id = kMade,
                                      .prr = domain::PrrId::Of("prr-1"),
                                      .nik_key = {},
                                      .purpose = domain::ReadPurpose::kRecordView})),
              HasSubstr("K-172"));
}

}  // namespace
}  // namespace keping::edge
