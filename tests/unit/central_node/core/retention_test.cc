// When pictures go: after delivered, burnt or withdrawn, once the policy's working days are over;
// and what keeps them.

#include "central_node/core/retention.h"

#include <string>
#include <utility>
#include <vector>

#include "central_node/core/case_policy.h"
#include "central_node/core/lease.h"
#include "central_node/core/step.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/memory_centre.h"

namespace keping::central {
namespace {

using namespace ::keping::domain;  // NOLINT: the verbs of a district
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Susut holds A1000 to A1009 and the records p1 and p2. All that happens there happens on Sunday, 2
// April 2017; pictures are kept for two working days.
class RetentionTest : public ::testing::Test {
 protected:
  RetentionTest() : centre_({.offices = {{susut_, "51.06.01"}}}) {
    centre_.set_wall(absl::FromCivil(absl::CivilDay(2017, 4, 2), absl::UTCTimeZone()));
    centre_.Handle(OpenGeneration{.generation = GenerationId::Of("g1")});
    centre_.Handle(EnrolNode{.node = susut_,
                             .incarnation = IncarnationId::Of("susut-1"),
                             .public_key = std::string(32, 'k')});
    centre_.Handle(AllotmentsArrived{{{.allotment = AllotmentId::Of("a1"),
                                       .bast_number = "B/1",
                                       .serials = *SerialSet::Parse("A1000..A1099")}}});
    for (const char* prr : {"p1", "p2"}) centre_.Arrive(PrrId::Of(prr));
    centre_.Handle(
        Dispatch{.transfer = TransferId::Of("t1"), .node = susut_, .quantity = 10, .serials = {}});
    centre_.FromNode("susut", BlanksReceived{.act = ActId::Of("receive"),
                                             .transfer = TransferId::Of("t1"),
                                             .operator_id = OperatorId::Of("op"),
                                             .received = *SerialSet::Parse("A1000..A1009"),
                                             .missing = {},
                                             .unexpected = {}});
    SetPerson("made", Role::kAdministrator);
    SetPerson("rai", Role::kReconciler);
    Policy policy;
    policy.version = 1;
    policy.picture_days = 2;
    centre_.Handle(
        SetPolicy{.policy = policy, .by = OperatorId::Of("made"), .second = OperatorId::Of("rai")});
  }

  void SetPerson(const std::string& name, Role role) {
    centre_.Handle(
        SetOfficer{.officer = OperatorId::Of(name), .role = role, .by = OperatorId::Of("made")});
  }
  static PrintIntended Intent(const std::string& prr, const std::string& blank) {
    return {.act = ActId::Of("print-" + blank),
            .prr = PrrId::Of(prr),
            .prr_version = 1,
            .blank = BlankSerial::Of(blank),
            .printer = PrinterId::Of("printer"),
            .operator_id = OperatorId::Of("op"),
            .lease_epoch = {1, 1},
            .control_state = {},
            .application_version = ApplicationVersion::Of("8")};
  }
  void Print(const std::string& prr, const std::string& blank) {
    centre_.FromNode("susut", Intent(prr, blank));
  }
  void Verify(const std::string& blank) {
    centre_.FromNode("susut", PrintVerified{.act = ActId::Of("print-" + blank),
                                            .blank = BlankSerial::Of(blank),
                                            .operator_id = OperatorId::Of("op")});
  }
  // Of one tray, each card is found on the other's blank.
  void PrintSwapped() {
    for (const auto& [prr, blank] : {std::pair("p1", "A1000"), std::pair("p2", "A1001")}) {
      PrintIntended intent = Intent(prr, blank);
      intent.batch = ActId::Of("tray");
      centre_.FromNode("susut", intent);
    }
    centre_.FromNode("susut", PrintVerified{.act = ActId::Of("print-A1000"),
                                            .blank = BlankSerial::Of("A1001"),
                                            .operator_id = OperatorId::Of("op")});
    centre_.FromNode("susut", PrintVerified{.act = ActId::Of("print-A1001"),
                                            .blank = BlankSerial::Of("A1000"),
                                            .operator_id = OperatorId::Of("op")});
  }
  void Identify(const std::string& printed, const std::string& uid) {
    centre_.FromNode("susut", BlankIdentified{.act = ActId::Of(printed + uid),
                                              .printed = BlankSerial::Of(printed),
                                              .uid = BlankSerial::Of(uid),
                                              .operator_id = OperatorId::Of("op")});
  }
  void HandOver(const std::string& blank) {
    centre_.FromNode("susut", ManifestHandedOver{.act = ActId::Of("over-" + blank),
                                                 .manifest = {},
                                                 .cards = *SerialSet::Parse(blank),
                                                 .day = {},
                                                 .receiver = {},
                                                 .operator_id = OperatorId::Of("op")});
  }
  void Deliver(const std::string& blank) {
    HandOver(blank);
    centre_.FromNode("susut", CardsAnswered{.act = ActId::Of("answer-" + blank),
                                            .manifest = {},
                                            .delivered = *SerialSet::Parse(blank),
                                            .not_found = {},
                                            .returned = {},
                                            .operator_id = OperatorId::Of("op")});
  }
  void Withdraw(const std::string& prr) {
    centre_.Handle(WithdrawalsArrived{
        {{.prr = PrrId::Of(prr), .version = 2, .reason = WithdrawalReason::kDeath}}});
  }
  // As by an office whose clock shows this day.
  void DeliverOn(absl::CivilDay day, const std::string& blank) {
    centre_.set_wall(absl::FromCivil(day, absl::UTCTimeZone()));
    Deliver(blank);
    centre_.set_wall(absl::FromCivil(absl::CivilDay(2017, 4, 2), absl::UTCTimeZone()));
  }
  // Days of April 2017; the 31st is 1 May, and so on.
  void Close(int first, int last) {
    for (int day = first; day <= last; ++day) {
      centre_.Handle(CloseDay{.day = absl::CivilDay(2017, 4, day), .heard = {susut_}});
    }
  }
  // The records whose pictures go now.
  std::vector<std::string> Destroy() {
    const Effects effects = centre_.Handle(
        DestroyPictures{.prrs = {PrrId::Of("p1"), PrrId::Of("p2"), PrrId::Of("p3")}});
    std::vector<std::string> prrs;
    for (const auto& [prr, version] : effects.destroyed) prrs.push_back(prr.value());
    return prrs;
  }

  const NodeId susut_ = NodeId::Of("susut");
  MemoryCentre centre_;
};

TEST_F(RetentionTest, AfterDeliveryPicturesStayForThePolicysWorkingDays) {
  Print("p1", "A1000");
  Verify("A1000");
  Deliver("A1000");
  Close(2, 3);
  EXPECT_THAT(Destroy(), IsEmpty());
  Close(4, 4);
  EXPECT_THAT(Destroy(), ElementsAre("p1"));
  EXPECT_TRUE(PicturesGone(centre_.prr("p1").facts));
  EXPECT_TRUE(ItemFor(PrrId::Of("p1"), centre_.prr("p1").facts, susut_)->destroyed);
  EXPECT_THAT(Destroy(), IsEmpty());
  // The card's way stays as it was.
  EXPECT_EQ(centre_.prr("p1").state, PrrState::kPrinted);
  EXPECT_EQ(centre_.blank("A1000").place.account, ledger::Account::kDelivered);
}

TEST_F(RetentionTest, RestDaysDoNotCount) {
  Print("p1", "A1000");
  Verify("A1000");
  Deliver("A1000");
  Close(8, 9);  // a week-end
  EXPECT_THAT(Destroy(), IsEmpty());
  Close(10, 11);
  EXPECT_THAT(Destroy(), ElementsAre("p1"));
}

// Of a clock that is proven wrong nobody knows the date: the days are as many as any policy may ask
// for, from the grant.
TEST_F(RetentionTest, AnOfficesClockOfLongAgoDoesNotTakeThemAtOnce) {
  Print("p1", "A1000");
  Verify("A1000");
  DeliverOn(absl::CivilDay(2010, 1, 1), "A1000");
  Close(3, 60);
  EXPECT_THAT(Destroy(), IsEmpty());
  Close(61, 110);
  EXPECT_THAT(Destroy(), ElementsAre("p1"));
}

TEST_F(RetentionTest, AnOfficesClockFarAheadDoesNotKeepThemForGood) {
  Print("p1", "A1000");
  Verify("A1000");
  DeliverOn(absl::CivilDay(2099, 1, 1), "A1000");
  Close(3, 60);
  EXPECT_THAT(Destroy(), IsEmpty());
  Close(61, 110);
  EXPECT_THAT(Destroy(), ElementsAre("p1"));
}

TEST_F(RetentionTest, AnOfficesClockMayBeSomeHoursWrong) {
  Print("p1", "A1000");
  Print("p2", "A1001");
  Verify("A1000");
  Verify("A1001");
  DeliverOn(absl::CivilDay(2017, 4, 1), "A1000");
  DeliverOn(absl::CivilDay(2017, 4, 4), "A1001");
  Close(2, 4);
  EXPECT_THAT(Destroy(), ElementsAre("p1"));
  Close(5, 6);
  EXPECT_THAT(Destroy(), ElementsAre("p2"));
}

// However early the office says that it gave the card out.
TEST_F(RetentionTest, TheyStayForThePolicysDaysFromTheGrant) {
  centre_.set_wall(absl::FromCivil(absl::CivilDay(2017, 4, 4), absl::UTCTimeZone()));
  centre_.Arrive(PrrId::Of("p3"));
  Print("p3", "A1000");
  Verify("A1000");
  DeliverOn(absl::CivilDay(2017, 4, 3), "A1000");
  Close(3, 5);
  EXPECT_THAT(Destroy(), IsEmpty());
  Close(6, 6);
  EXPECT_THAT(Destroy(), ElementsAre("p3"));
}

TEST_F(RetentionTest, AHandoverThatNobodyConfirmedKeepsThem) {
  Print("p1", "A1000");
  Verify("A1000");
  HandOver("A1000");
  Close(3, 7);
  EXPECT_THAT(Destroy(), IsEmpty());
}

TEST_F(RetentionTest, AJobThatNobodyAnsweredForKeepsThem) {
  Print("p1", "A1000");
  Verify("A1000");
  Deliver("A1000");
  Print("p1", "A1001");
  Close(3, 7);
  EXPECT_THAT(Destroy(), IsEmpty());
}

TEST_F(RetentionTest, AnOpenCaseKeepsThem) {
  Print("p1", "A1000");
  Verify("A1000");
  Print("p1", "A1001");
  Verify("A1001");
  Deliver("A1000");
  Deliver("A1001");
  ASSERT_NE(centre_.case_of(CaseKind::kDuplicatePrint, "p1").state, CaseState::kClosed);
  Close(3, 7);
  EXPECT_THAT(Destroy(), IsEmpty());
}

// ---- Of a blank that has two names.

constexpr char kUid[] = "04A1B2C3D4E5F6";

TEST_F(RetentionTest, ACardThatWasDeliveredUnderItsOtherNameIsDelivered) {
  Print("p1", "A1000");
  Verify("A1000");
  Identify("A1000", kUid);
  Deliver(kUid);
  Close(3, 4);
  EXPECT_THAT(Destroy(), ElementsAre("p1"));
}

TEST_F(RetentionTest, ACardThatCameBackUnderItsOtherNameKeepsThem) {
  Print("p1", "A1000");
  Verify("A1000");
  Deliver("A1000");
  Identify("A1000", kUid);
  centre_.FromNode("susut", CardsAnswered{.act = ActId::Of("back"),
                                          .manifest = {},
                                          .delivered = {},
                                          .not_found = {},
                                          .returned = *SerialSet::Parse(kUid),
                                          .operator_id = OperatorId::Of("op")});
  Close(3, 7);
  EXPECT_THAT(Destroy(), IsEmpty());
}

TEST_F(RetentionTest, AnOpenCaseUnderTheOtherNameKeepsThem) {
  centre_.FromNode("susut", BlanksReceived{.act = ActId::Of("more"),
                                           .transfer = TransferId::Of("t1"),
                                           .operator_id = OperatorId::Of("op"),
                                           .received = {},
                                           .missing = {},
                                           .unexpected = *SerialSet::Parse(kUid)});
  Print("p1", "A1000");
  Verify("A1000");
  Deliver("A1000");
  Identify("A1000", kUid);
  ASSERT_EQ(centre_.case_of(CaseKind::kNeverIssued, kUid).state, CaseState::kOpen);
  Close(3, 7);
  EXPECT_THAT(Destroy(), IsEmpty());
}

TEST_F(RetentionTest, NamesThatClashKeepThem) {
  Print("p1", "A1000");
  Verify("A1000");
  Deliver("A1000");
  Identify("A1000", kUid);
  Identify("A1001", kUid);
  ASSERT_EQ(centre_.case_of(CaseKind::kNameClash, kUid).state, CaseState::kOpen);
  Close(3, 7);
  EXPECT_THAT(Destroy(), IsEmpty());
}

// ---- Of trays and reports.

TEST_F(RetentionTest, AShiftedTrayKeepsThoseOfItsRecords) {
  PrintSwapped();
  Deliver("A1000");
  Deliver("A1001");
  ASSERT_EQ(centre_.case_of(CaseKind::kBindingsShifted, "tray").state, CaseState::kOpen);
  Close(3, 7);
  EXPECT_THAT(Destroy(), IsEmpty());
}

TEST_F(RetentionTest, AReportThatTheNationRefusedKeepsThem) {
  Print("p1", "A1000");
  Verify("A1000");
  Deliver("A1000");
  ASSERT_EQ(centre_.reports().size(), 1u);
  centre_.Handle(ReportAnswersArrived{
      {{.item = centre_.reports().front(), .accepted = false, .reason = "unknown_blank"}}});
  Close(3, 7);
  EXPECT_THAT(Destroy(), IsEmpty());
  centre_.Handle(
      ResolveCase{.case_id = CaseIdFor(CaseKind::kReportRejected, centre_.reports().front()),
                  .revision = 1,
                  .resolution = Resolution::kAccepted,
                  .by = OperatorId::Of("rai")});
  EXPECT_THAT(Destroy(), ElementsAre("p1"));
}

TEST_F(RetentionTest, AWithdrawnRecordThatWasNeverPrintedGoesToo) {
  Withdraw("p2");
  Close(3, 3);
  EXPECT_THAT(Destroy(), IsEmpty());
  Close(4, 4);
  EXPECT_THAT(Destroy(), ElementsAre("p2"));
}

TEST_F(RetentionTest, AWithdrawnRecordThatALostNodeMayHavePrintedKeepsThem) {
  centre_.Handle(CloseNode{.node = susut_,
                           .end = NodeEnd::kLost,
                           .by = OperatorId::Of("made"),
                           .second = OperatorId::Of("rai"),
                           .document = DocumentNumber::Of("1/2017"),
                           .blanks = *SerialSet::Parse("A1000..A1009"),
                           .prrs = {PrrId::Of("p2")}});
  Withdraw("p2");
  const IncarnationId later = IncarnationId::Of("susut-2");
  centre_.Handle(
      EnrolNode{.node = susut_, .incarnation = later, .public_key = std::string(32, 'l')});
  ASSERT_EQ(centre_.case_of(CaseKind::kLostTail, "susut").state, CaseState::kOpen);
  Close(3, 7);
  EXPECT_THAT(Destroy(), IsEmpty());
  // All its blanks are found, and none is a card.
  centre_.Handle(EntriesArrived{
      .node = susut_,
      .incarnation = later,
      .entries = {
          {.ref = {.id = crypto::Sha256({"later"}), .node = susut_, .incarnation = later, .seq = 1},
           .event = BlanksReceived{.act = ActId::Of("again"),
                                   .transfer = TransferId::Of("t1"),
                                   .operator_id = OperatorId::Of("op"),
                                   .received = *SerialSet::Parse("A1000..A1009"),
                                   .missing = {},
                                   .unexpected = {}}}}});
  ASSERT_EQ(centre_.case_of(CaseKind::kLostTail, "susut").state, CaseState::kClosed);
  EXPECT_THAT(Destroy(), ElementsAre("p2"));
}

TEST_F(RetentionTest, ALaterVersionComesWithPicturesOfItsOwn) {
  Withdraw("p2");
  Close(3, 4);
  ASSERT_THAT(Destroy(), ElementsAre("p2"));
  const PrrFacts before = centre_.prr("p2").facts;
  EXPECT_TRUE(IsDestroyed(before, 1));
  EXPECT_FALSE(IsDestroyed(before, 3));
  centre_.Handle(RecordsArrived{{{.prr = PrrId::Of("p2"),
                                  .version = 3,
                                  .village = VillageCode::Of("51.06.01.2001"),
                                  .enrolled_at = absl::UnixEpoch(),
                                  .nik_key = {},
                                  .record_digest = {},
                                  .replaces = {}}}});
  EXPECT_FALSE(PicturesGone(centre_.prr("p2").facts));
  EXPECT_TRUE(IsDestroyed(centre_.prr("p2").facts, 1));
}

// Neither makes the centre destroy anything, nor keeps it from it.
TEST_F(RetentionTest, AnOfficesWordIsKeptAndDecidesNothing) {
  centre_.FromNode("susut", PicturesDestroyed{.prrs = {PrrId::Of("p1")}, .by = {}});
  EXPECT_FALSE(PicturesGone(centre_.prr("p1").facts));
  EXPECT_EQ(centre_.prr("p1").facts.destructions.size(), 1u);
}

TEST_F(RetentionTest, TheDaysOfAnOfficeThatIsNoMoreGoByWithThoseOfTheOthers) {
  centre_.Handle(EnrolNode{.node = NodeId::Of("bangli"),
                           .incarnation = IncarnationId::Of("bangli-1"),
                           .public_key = std::string(32, 'b')});
  Print("p1", "A1000");
  Verify("A1000");
  Deliver("A1000");
  centre_.Handle(CloseNode{.node = susut_,
                           .end = NodeEnd::kRevoked,
                           .by = OperatorId::Of("made"),
                           .second = OperatorId::Of("rai"),
                           .document = DocumentNumber::Of("1/2017")});
  Close(3, 4);
  EXPECT_THAT(Destroy(), ElementsAre("p1"));
}

}  // namespace
}  // namespace keping::central
