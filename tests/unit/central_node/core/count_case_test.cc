// Counts and figures on paper become cases of the district, and blanks stay where the facts say.

#include <string>

#include "central_node/core/judge_count.h"
#include "central_node/core/node_figures.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/memory_centre.h"

namespace keping::central {
namespace {

using namespace ::keping::domain;  // NOLINT: the verbs of a district
using ledger::Account;

// Susut holds A1000 to A1009; a reconciler works at the district.
class CountCaseTest : public ::testing::Test {
 protected:
  CountCaseTest() : centre_({.offices = {{susut_, "51.06.01"}}}) {
    centre_.Handle(OpenGeneration{.generation = GenerationId::Of("g1")});
    centre_.Handle(EnrolNode{.node = susut_,
                             .incarnation = IncarnationId::Of("susut-1"),
                             .public_key = std::string(32, 'k')});
    centre_.Handle(AllotmentsArrived{{{.allotment = AllotmentId::Of("a1"),
                                       .bast_number = "B/1",
                                       .serials = *SerialSet::Parse("A1000..A1099")}}});
    centre_.Handle(
        Dispatch{.transfer = TransferId::Of("t1"), .node = susut_, .quantity = 10, .serials = {}});
    Write(BlanksReceived{.act = ActId::Of("receive"),
                         .transfer = TransferId::Of("t1"),
                         .operator_id = op_,
                         .received = *SerialSet::Parse("A1000..A1009"),
                         .missing = {},
                         .unexpected = {}});
    centre_.Handle(SetOfficer{.officer = OperatorId::Of("made"),
                              .role = Role::kAdministrator,
                              .by = OperatorId::Of("made")});
    centre_.Handle(SetOfficer{
        .officer = OperatorId::Of("rai"), .role = Role::kReconciler, .by = OperatorId::Of("made")});
  }

  // The id of the entry; written on that day of 1970.
  crypto::Hash Write(const Event& event, int day = 1) {
    ArrivedEntry entry = centre_.Entry("susut", event);
    entry.ref.wall_micros = (day - 1) * int64_t{86'400'000'000};
    centre_.Handle(EntriesArrived{
        .node = susut_, .incarnation = IncarnationId::Of("susut-1"), .entries = {entry}});
    return entry.ref.id;
  }
  crypto::Hash Count(const std::string& missing, const std::string& surplus) {
    return Write(StockCounted{.act = ActId::Of("count"),
                              .pile = Pile::kTray,
                              .counted = {},
                              .missing = *SerialSet::Parse(missing),
                              .surplus = *SerialSet::Parse(surplus),
                              .operator_id = op_,
                              .second = {}});
  }
  void Intend(const std::string& act, const std::string& blank) {
    PrintIntended intent;
    intent.act = ActId::Of(act);
    intent.prr = PrrId::Of("prr-" + act);
    intent.prr_version = 1;
    intent.blank = BlankSerial::Of(blank);
    intent.printer = PrinterId::Of("printer");
    intent.operator_id = op_;
    intent.application_version = ApplicationVersion::Of("1");
    Write(intent);
  }
  crypto::Hash Verify(const std::string& act, const std::string& blank, int day = 1) {
    return Write(
        PrintVerified{.act = ActId::Of(act), .blank = BlankSerial::Of(blank), .operator_id = op_},
        day);
  }
  void Report(FigureKind kind, std::vector<uint64_t> parts, uint64_t total) {
    FiguresReported report{.act = ActId::Of("figures"),
                           .kind = kind,
                           .node = susut_,
                           .upto = absl::CivilDay(1970, 1, 1),
                           .parts = {},
                           .total = total,
                           .document = DocumentNumber::Of("470/123"),
                           .by = OperatorId::Of("rai")};
    for (uint64_t part : parts) report.parts.push_back({.label = "part", .quantity = part});
    EXPECT_EQ(centre_.Handle(Enter{.entry = report, .by = OperatorId::Of("rai")}).result.outcome,
              CommandOutcome::kDone);
  }
  // What the books say of the report.
  std::optional<int64_t> Ledger() const {
    const FiguresRow& row = centre_.tables().figures.at(ActId::Of("figures"));
    return LedgerFigure(Settings(), centre_.resident(), row.reports.front().report);
  }
  CaseRow Variance() const {
    return centre_.case_of(CaseKind::kCountVariance, CountEntity(susut_, Pile::kTray));
  }
  CaseRow Contradiction() const {
    return centre_.case_of(CaseKind::kReportContradiction, "figures");
  }

  const NodeId susut_ = NodeId::Of("susut");
  const OperatorId op_ = OperatorId::Of("op");
  MemoryCentre centre_;
};

TEST_F(CountCaseTest, ACountThatAgreesOpensNothing) {
  Count("", "");
  EXPECT_EQ(Variance().revision, 0u);
}

TEST_F(CountCaseTest, AWrongCountIsACaseUntilACountAgrees) {
  const auto before = centre_.balances();
  const crypto::Hash count = Count("A1003", "");
  EXPECT_EQ(Variance().state, CaseState::kOpen);
  EXPECT_EQ(Variance().node, susut_);
  EXPECT_TRUE(Variance().evidence.contains(count));
  EXPECT_EQ(centre_.balances(), before) << "nothing is adjusted";
  EXPECT_EQ(centre_.blank("A1003").place.account, Account::kNodeStock);
  Count("", "");
  EXPECT_EQ(Variance().state, CaseState::kClosed);
  EXPECT_TRUE(centre_.resident().centre.differing.empty());
}

TEST_F(CountCaseTest, ABlankThatTurnsUpClosesTheCase) {
  Count("A1003", "");
  Intend("j1", "A1003");
  EXPECT_EQ(Variance().state, CaseState::kClosed);
}

TEST_F(CountCaseTest, TheCaseOpensAgainWithTheNextCount) {
  Count("A1003", "");
  Intend("j1", "A1003");
  Count("A1004", "");
  EXPECT_EQ(Variance().state, CaseState::kOpen);
}

TEST_F(CountCaseTest, ASlipIsSettledByItsCorrection) {
  Intend("j1", "A1003");
  const crypto::Hash answer = Verify("j1", "A1003");
  Count("A1002", "A1003");
  EXPECT_EQ(Variance().state, CaseState::kOpen);
  EXPECT_EQ(Variance().evidence.size(), 3u) << "the count, and the job's intent and answer";
  Corrected corrected;
  corrected.act = ActId::Of("correct");
  corrected.subject = ActId::Of("j1");
  corrected.event = answer;
  corrected.operator_id = op_;
  corrected.second = OperatorId::Of("second");
  Write(corrected);
  EXPECT_EQ(Variance().state, CaseState::kOpen);
  Verify("j1", "A1002");
  EXPECT_EQ(Variance().state, CaseState::kClosed);
}

TEST_F(CountCaseTest, ASurplusThatNobodyKnowsGetsNoAccount) {
  Count("", "Z77");
  EXPECT_EQ(Variance().state, CaseState::kOpen);
  EXPECT_FALSE(centre_.tables().blanks.contains(BlankSerial::Of("Z77")));
}

TEST_F(CountCaseTest, TheShiftInWhichItAroseIsEvidence) {
  Count("", "");
  const auto shift = [&](uint64_t counted) {
    return ShiftOpened{.act = ActId::Of("s1"),
                       .operator_id = op_,
                       .counted = counted,
                       .proof_code = {},
                       .book = 10};
  };
  const crypto::Hash opened = Write(shift(10));
  const crypto::Hash closed =
      Write(ShiftClosed{.act = ActId::Of("s1"), .operator_id = op_, .counted = 9, .book = 10});
  Count("A1003", "");
  EXPECT_TRUE(Variance().evidence.contains(opened));
  EXPECT_TRUE(Variance().evidence.contains(closed));
}

// ---- Figures.

TEST_F(CountCaseTest, TheReportOfBangliIsACaseAndNoBalance) {
  const auto before = centre_.balances();
  Report(FigureKind::kPrinted, {84, 87, 95}, 258);
  EXPECT_EQ(Contradiction().state, CaseState::kOpen);
  EXPECT_EQ(Contradiction().node, susut_);
  EXPECT_EQ(Contradiction().evidence.size(), 1u);
  EXPECT_EQ(centre_.balances(), before);
}

TEST_F(CountCaseTest, TheListOfCimahiIsACase) {
  Report(FigureKind::kDestroyed, {1914, 1500, 500}, 3924);
  EXPECT_EQ(Contradiction().state, CaseState::kOpen);
}

TEST_F(CountCaseTest, AReportIsComparedWithTheBooksOnceTheLogIsBeyondItsDay) {
  Intend("j1", "A1000");
  Verify("j1", "A1000");
  Report(FigureKind::kPrinted, {2}, 2);
  EXPECT_EQ(Contradiction().revision, 0u) << "the rest of the day may be on its way";
  Intend("j2", "A1001");
  Verify("j2", "A1001", 2);
  EXPECT_EQ(Contradiction().state, CaseState::kOpen) << "the second card is of the second day";
  EXPECT_EQ(Ledger(), 1);
  EXPECT_TRUE(centre_.resident().centre.uncompared.empty());
}

TEST_F(CountCaseTest, AReportThatAgreesWithTheBooksIsNoCase) {
  Intend("j1", "A1000");
  const crypto::Hash wrong = Verify("j1", "A1000");
  Corrected corrected;
  corrected.act = ActId::Of("correct");
  corrected.subject = ActId::Of("j1");
  corrected.event = wrong;
  corrected.operator_id = op_;
  corrected.second = OperatorId::Of("second");
  Write(corrected);
  Verify("j1", "A1001");
  Write(BlankSpoiled{.act = ActId::Of("w1"),
                     .blank = BlankSerial::Of("A1005"),
                     .cause = SpoilCause::kFactory,
                     .operator_id = op_});
  Report(FigureKind::kPrinted, {1}, 1);
  Intend("j2", "A1002");
  Verify("j2", "A1002", 2);
  EXPECT_EQ(Contradiction().revision, 0u);
  EXPECT_EQ(Ledger(), 1);
  EXPECT_EQ(centre_.resident().nodes.at(susut_).figures.at(FigureKind::kSpoiled).size(), 1u);
}

}  // namespace
}  // namespace keping::central
