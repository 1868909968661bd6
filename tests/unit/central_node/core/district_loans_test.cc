// Blanks between districts, and blanks under two names: commands, accounts and cases.

#include <string>

#include "central_node/core/district_loans.h"
#include "central_node/core/step.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/memory_centre.h"

namespace keping::central {
namespace {

using namespace ::keping::domain;  // NOLINT: the verbs of a district
using ledger::Account;

// The district has A1000 to A1099; a stock keeper, a reconciler and an administrator work there.
class DistrictLoansTest : public ::testing::Test {
 protected:
  DistrictLoansTest() : centre_({.offices = {{susut_, "51.06.01"}}}) {
    centre_.Handle(OpenGeneration{.generation = GenerationId::Of("g1")});
    centre_.Handle(EnrolNode{.node = susut_,
                             .incarnation = IncarnationId::Of("susut-1"),
                             .public_key = std::string(32, 'k')});
    centre_.Handle(AllotmentsArrived{{{.allotment = AllotmentId::Of("a1"),
                                       .bast_number = "B/1",
                                       .serials = *SerialSet::Parse("A1000..A1099")}}});
    SetPerson("made", Role::kAdministrator);
    SetPerson("rai", Role::kReconciler);
    SetPerson("sari", Role::kStockKeeper);
  }

  void SetPerson(const std::string& name, Role role) {
    centre_.Handle(
        SetOfficer{.officer = OperatorId::Of(name), .role = role, .by = OperatorId::Of("made")});
  }

  CommandResult Loan(LoanStep step, const std::string& serials, const std::string& document,
                     const std::string& by = "sari", const std::string& second = "rai") {
    EnterLoan command{.act = ActId::Of("loan-" + document),
                      .step = step,
                      .district = DistrictCode::Of("51.07"),
                      .serials = *SerialSet::Parse(serials),
                      .day = absl::CivilDay(2017, 5, 2),
                      .document = DocumentNumber::Of(document),
                      .by = OperatorId::Of(by),
                      .second = OperatorId::Of(second)};
    return centre_.Handle(command).result;
  }
  CommandOutcome Paper(LoanStep step, const std::string& serials, const std::string& document) {
    return Loan(step, serials, document).outcome;
  }

  void Send(const std::string& transfer, const std::string& serials) {
    EXPECT_EQ(centre_
                  .Handle(Dispatch{.transfer = TransferId::Of(transfer),
                                   .node = susut_,
                                   .serials = *SerialSet::Parse(serials)})
                  .result.outcome,
              CommandOutcome::kDone);
  }
  void Receive(const std::string& transfer, const std::string& serials,
               const std::string& missing = "", const std::string& unexpected = "") {
    centre_.FromNode("susut", BlanksReceived{.act = ActId::Of("receive-" + transfer),
                                             .transfer = TransferId::Of(transfer),
                                             .operator_id = OperatorId::Of("op"),
                                             .received = *SerialSet::Parse(serials),
                                             .missing = *SerialSet::Parse(missing),
                                             .unexpected = *SerialSet::Parse(unexpected)});
  }
  void Spoil(const std::string& act, const std::string& blank) {
    centre_.FromNode("susut", BlankSpoiled{.act = ActId::Of(act),
                                           .blank = BlankSerial::Of(blank),
                                           .operator_id = OperatorId::Of("op")});
  }
  void Identify(const std::string& printed, const std::string& uid) {
    centre_.Handle(Enter{.entry = BlankIdentified{.act = ActId::Of(printed + uid),
                                                  .printed = BlankSerial::Of(printed),
                                                  .uid = BlankSerial::Of(uid),
                                                  .operator_id = OperatorId::Of("rai")},
                         .by = OperatorId::Of("rai")});
  }

  int64_t Total(Account account) { return centre_.balances().Close().totals[account]; }
  bool HasCase(CaseKind kind, const std::string& entity) const {
    return centre_.case_of(kind, entity).revision > 0;
  }
  LoanSum Sum() const {
    return SumWith(DistrictCode::Of("51.07"), centre_.resident().centre.loans);
  }

  NodeId susut_ = NodeId::Of("susut");
  MemoryCentre centre_;
};

TEST_F(DistrictLoansTest, WhatIsLentIsNotInStockUntilItComesBack) {
  EXPECT_EQ(Paper(LoanStep::kLentOut, "A1000..A1009", "31"), CommandOutcome::kDone);
  EXPECT_EQ(Total(Account::kLentOut), 10);
  EXPECT_EQ(Total(Account::kDistrictStock), 90);
  EXPECT_EQ(centre_.resident().centre.district_stock.size(), 90u);
  EXPECT_EQ(Sum().lent_open(), 10u);
  // Six of the same come back, and four others.
  EXPECT_EQ(Paper(LoanStep::kCameBack, "A1000..A1005,B2000..B2003", "44"), CommandOutcome::kDone);
  EXPECT_EQ(Total(Account::kLentOut), 4);
  EXPECT_EQ(Total(Account::kDistrictStock), 100);
  EXPECT_EQ(Total(Account::kBorrowed), -4);
  EXPECT_EQ(Sum().lent_open(), 0u);
  EXPECT_TRUE(centre_.balances().Close().balanced);
  EXPECT_FALSE(HasCase(CaseKind::kLoanContradiction, "district 51.07"));
}

TEST_F(DistrictLoansTest, WhatIsBorrowedIsStockAndIsGivenBackInKindOrInNumber) {
  EXPECT_EQ(Paper(LoanStep::kBorrowed, "B1000..B1009", "12"), CommandOutcome::kDone);
  EXPECT_EQ(Total(Account::kBorrowed), -10);
  EXPECT_EQ(centre_.resident().centre.district_stock.size(), 110u);
  Send("t1", "B1000");
  Receive("t1", "B1000");
  Spoil("s1", "B1000");
  EXPECT_EQ(centre_.blank("B1000").place, (ledger::Place{Account::kSpoiled, susut_}));
  EXPECT_FALSE(HasCase(CaseKind::kNeverIssued, "B1000"));
  EXPECT_EQ(Paper(LoanStep::kGivenBack, "B1001..B1009,A1000", "45"), CommandOutcome::kDone);
  EXPECT_EQ(Total(Account::kGivenBack), 10);
  EXPECT_EQ(Sum().borrowed_open(), 0u);
  const CommandResult more = Loan(LoanStep::kGivenBack, "A1001", "46");
  EXPECT_EQ(more.outcome, CommandOutcome::kNotOwed);
  EXPECT_EQ(more.got, 0u);
  EXPECT_TRUE(centre_.balances().Close().balanced);
}

TEST_F(DistrictLoansTest, OnlyWhatLiesInTheDistrictsStockIsLent) {
  Send("t1", "A1000..A1004");
  const CommandResult result = Loan(LoanStep::kLentOut, "A1000..A1009", "31");
  EXPECT_EQ(result.outcome, CommandOutcome::kNotInStock);
  EXPECT_EQ(result.got, 5u);
  EXPECT_EQ(result.want, 10u);
  EXPECT_EQ(Total(Account::kLentOut), 0);
}

TEST_F(DistrictLoansTest, ThePaperIsOfTwoOfficersAndAnotherDistrict) {
  const auto why = [this](const char* by, const char* second) {
    return Loan(LoanStep::kLentOut, "A1000", "31", by, second).outcome;
  };
  EXPECT_EQ(why("sari", "sari"), CommandOutcome::kSamePerson);
  EXPECT_EQ(why("nobody", "rai"), CommandOutcome::kUnknownOfficer);
  EXPECT_EQ(why("sari", "nobody"), CommandOutcome::kUnknownOfficer);
  EXPECT_EQ(why("made", "rai"), CommandOutcome::kRoleForbids);
  EnterLoan own{.act = ActId::Of("own"),
                .district = DistrictCode::Of("51.06"),
                .quantity = 1,
                .day = absl::CivilDay(2017, 5, 2),
                .document = DocumentNumber::Of("32"),
                .by = OperatorId::Of("sari"),
                .second = OperatorId::Of("rai")};
  EXPECT_EQ(centre_.Handle(own).result.outcome, CommandOutcome::kOwnDistrict);
  own.district = DistrictCode::Of("51.07");
  own.quantity = 0;
  EXPECT_EQ(centre_.Handle(own).result.outcome, CommandOutcome::kNothingAsked);
  own.step = LoanStep::kBorrowed;
  own.quantity = 5;
  EXPECT_EQ(centre_.Handle(own).result.outcome, CommandOutcome::kNoSerials);
}

TEST_F(DistrictLoansTest, TheSamePaperAgainChangesNothing) {
  EXPECT_EQ(Paper(LoanStep::kLentOut, "A1000..A1009", "31"), CommandOutcome::kDone);
  const uint64_t entries = centre_.log().size();
  EXPECT_EQ(Paper(LoanStep::kLentOut, "A1000..A1009", "31"), CommandOutcome::kDone);
  EXPECT_EQ(centre_.log().size(), entries);
  EXPECT_EQ(Paper(LoanStep::kLentOut, "A1010", "31"), CommandOutcome::kDocumentUsed);
}

TEST_F(DistrictLoansTest, ALentBlankThatAnOfficeUsesIsACase) {
  Paper(LoanStep::kLentOut, "A1000..A1009", "31");
  Spoil("s1", "A1000");
  EXPECT_TRUE(HasCase(CaseKind::kLentBlankSeen, "A1000"));
  EXPECT_EQ(centre_.blank("A1000").place, (ledger::Place{Account::kUnaccountedClaim, susut_}));
  EXPECT_FALSE(HasCase(CaseKind::kForeignBlank, "A1000"));
}

TEST_F(DistrictLoansTest, ALentBlankThatAnOfficeScansIsContested) {
  Paper(LoanStep::kLentOut, "A1000..A1009", "31");
  Receive("t9", "", "", "A1001");
  EXPECT_TRUE(HasCase(CaseKind::kLentBlankSeen, "A1001"));
  EXPECT_EQ(centre_.blank("A1001").place, (ledger::Place{Account::kContested, susut_}));
  EXPECT_FALSE(HasCase(CaseKind::kLentBlankSeen, "A1002"));
}

// The office wrote its receipt before the paper was entered, and its log came afterwards.
TEST_F(DistrictLoansTest, LentAlthoughAnOfficeHadItIsACase) {
  Send("t1", "A1000..A1004");
  Paper(LoanStep::kLentOut, "A1005..A1009", "31");
  Receive("t2", "A1005");
  EXPECT_TRUE(HasCase(CaseKind::kLentBlankSeen, "A1005"));
  EXPECT_EQ(centre_.blank("A1005").place.account, Account::kContested);
}

TEST_F(DistrictLoansTest, BorrowedAlthoughTheBooksHaveItIsACase) {
  EXPECT_EQ(Paper(LoanStep::kBorrowed, "A1000", "12"), CommandOutcome::kDone);
  EXPECT_TRUE(HasCase(CaseKind::kLoanContradiction, "A1000"));
  EXPECT_EQ(Total(Account::kDistrictStock), 100);
  EXPECT_EQ(Total(Account::kBorrowed), 0);
}

TEST_F(DistrictLoansTest, ReturnedThoughNeverLentIsACase) {
  EXPECT_EQ(Paper(LoanStep::kCameBack, "B2000..B2003", "44"), CommandOutcome::kDone);
  const CaseRow row = centre_.case_of(CaseKind::kLoanContradiction, "district 51.07");
  EXPECT_EQ(row.state, CaseState::kOpen);
  EXPECT_EQ(row.evidence.size(), 1u);
  EXPECT_EQ(Total(Account::kDistrictStock), 104);
}

// ---------------------------------------------------------------------------------------------

TEST_F(DistrictLoansTest, ABlankOfTwoNamesIsOneBlank) {
  Send("t1", "A1000..A1001");
  Receive("t1", "A1001", "A1000", "04A1B2C3D4E5F6");
  Spoil("s1", "04A1B2C3D4E5F6");
  EXPECT_EQ(Total(Account::kUnknownOrigin), -1);
  EXPECT_EQ(centre_.blank("A1000").place.account, Account::kMissing);
  Identify("A1000", "04A1B2C3D4E5F6");
  EXPECT_EQ(Total(Account::kUnknownOrigin), 0);
  EXPECT_EQ(Total(Account::kCentre), -100);
  EXPECT_EQ(centre_.blank("A1000").place, (ledger::Place{Account::kSpoiled, susut_}));
  EXPECT_EQ(Total(Account::kMissing), 0);
  EXPECT_EQ(Total(Account::kSpoiled), 1);
  EXPECT_TRUE(centre_.balances().Close().balanced);
}

TEST_F(DistrictLoansTest, FactsOfBothNamesComeAfterTheyAreJoinedToo) {
  Identify("A1000", "04A1B2C3D4E5F6");
  EXPECT_EQ(Total(Account::kDistrictStock), 100);
  Send("t1", "A1000");
  Receive("t1", "04A1B2C3D4E5F6");
  EXPECT_EQ(centre_.blank("A1000").place, (ledger::Place{Account::kNodeStock, susut_}));
  EXPECT_EQ(Total(Account::kUnknownOrigin), 0);
  EXPECT_FALSE(HasCase(CaseKind::kNeverIssued, "04A1B2C3D4E5F6"));
}

TEST_F(DistrictLoansTest, NamesThatClashStayBlanksOfTheirOwn) {
  Identify("A1000", "04A1B2C3D4E5F6");
  Receive("t1", "04A1B2C3D4E5F6");
  EXPECT_EQ(centre_.blank("A1000").place.account, Account::kNodeStock);
  Identify("A1000", "04A1B2C3D4E5F7");
  EXPECT_TRUE(HasCase(CaseKind::kNameClash, "A1000"));
  EXPECT_EQ(centre_.blank("A1000").place.account, Account::kDistrictStock);
  EXPECT_EQ(centre_.blank("04A1B2C3D4E5F6").place.account, Account::kUnaccountedClaim);
  EXPECT_TRUE(centre_.balances().Close().balanced);
}

}  // namespace
}  // namespace keping::central
