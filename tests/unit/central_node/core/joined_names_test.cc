// One blank under two names: what people did with it under either one counts, whenever the names
// are joined.

#include "central_node/core/joined_names.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "central_node/core/case_policy.h"
#include "central_node/core/step.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/memory_centre.h"

namespace keping::central {
namespace {

using namespace ::keping::domain;  // NOLINT: the verbs of a day at the counter
using ::testing::ElementsAre;

constexpr char kUid[] = "04A1B2C3D4E5F6";

// Susut holds A1000 to A1009, bangli is the other office; q1 and q2 are records of one person.
class JoinedNamesTest : public ::testing::Test {
 protected:
  JoinedNamesTest()
      : centre_(
            {.offices = {{NodeId::Of("susut"), "51.06.01"}, {NodeId::Of("bangli"), "51.06.02"}}}) {
    centre_.Handle(OpenGeneration{.generation = GenerationId::Of("g1")});
    for (const std::string node : {"susut", "bangli"}) {
      centre_.Handle(EnrolNode{.node = NodeId::Of(node),
                               .incarnation = IncarnationId::Of(node + "-1"),
                               .public_key = std::string(32, 'k')});
    }
    Allot("a1", "A1000..A1099");
    for (const char* prr : {"q1", "q2"}) {
      centre_.Handle(RecordsArrived{{{.prr = PrrId::Of(prr),
                                      .version = 1,
                                      .village = VillageCode::Of("51.06.01.2001"),
                                      .enrolled_at = absl::UnixEpoch(),
                                      .nik_key = crypto::Sha256({"person"}),
                                      .record_digest = {},
                                      .replaces = {}}}});
    }
    centre_.Handle(Dispatch{.transfer = TransferId::Of("t1"),
                            .node = NodeId::Of("susut"),
                            .quantity = 10,
                            .serials = {}});
    Receive("susut", "t1", "A1000..A1009", "");
    SetPerson("made", Role::kAdministrator);
    SetPerson("rai", Role::kReconciler);
    SetPerson("sari", Role::kAuditor);
  }

  void Allot(const std::string& id, const std::string& serials) {
    centre_.Handle(AllotmentsArrived{{{.allotment = AllotmentId::Of(id),
                                       .bast_number = "B/" + id,
                                       .serials = *SerialSet::Parse(serials)}}});
  }
  void SetPerson(const std::string& name, Role role) {
    centre_.Handle(
        SetOfficer{.officer = OperatorId::Of(name), .role = role, .by = OperatorId::Of("made")});
  }
  void Receive(const std::string& node, const std::string& transfer, const std::string& received,
               const std::string& unexpected) {
    centre_.FromNode(node, BlanksReceived{.act = ActId::Of("receive-" + transfer),
                                          .transfer = TransferId::Of(transfer),
                                          .operator_id = OperatorId::Of("op"),
                                          .received = *SerialSet::Parse(received),
                                          .missing = {},
                                          .unexpected = *SerialSet::Parse(unexpected)});
  }
  void Identify(const std::string& printed, const std::string& uid) {
    centre_.FromNode("susut", BlankIdentified{.act = ActId::Of(printed + uid),
                                              .printed = BlankSerial::Of(printed),
                                              .uid = BlankSerial::Of(uid),
                                              .operator_id = OperatorId::Of("op")});
  }
  // Without a lease, so that nothing tells two cards of the person apart.
  void Print(const std::string& act, const std::string& prr, const std::string& blank) {
    centre_.FromNode("susut", PrintIntended{.act = ActId::Of(act),
                                            .prr = PrrId::Of(prr),
                                            .prr_version = 1,
                                            .blank = BlankSerial::Of(blank),
                                            .printer = PrinterId::Of("printer"),
                                            .operator_id = OperatorId::Of("op"),
                                            .lease_epoch = {1, 9},
                                            .control_state = {},
                                            .application_version = ApplicationVersion::Of("8")});
    centre_.FromNode("susut", PrintVerified{.act = ActId::Of(act),
                                            .blank = BlankSerial::Of(blank),
                                            .operator_id = OperatorId::Of("op")});
  }
  void Deliver(const std::string& blank) {
    centre_.FromNode("susut", CardsAnswered{.act = ActId::Of("deliver-" + blank),
                                            .manifest = {},
                                            .delivered = *SerialSet::Parse(blank),
                                            .not_found = {},
                                            .returned = {},
                                            .operator_id = OperatorId::Of("op")});
  }
  CommandOutcome Decide(CaseKind kind, const std::string& entity, Resolution resolution) {
    return centre_
        .Handle(ResolveCase{.case_id = CaseIdFor(kind, entity),
                            .revision = centre_.case_of(kind, entity).revision,
                            .resolution = resolution,
                            .by = OperatorId::Of("rai"),
                            .second = OperatorId::Of("sari")})
        .result.outcome;
  }
  // "node blank" of what was ordered for a case.
  std::vector<std::string> Orders(CaseKind kind, const std::string& entity) const {
    std::vector<std::string> orders;
    for (const ActionId& action : centre_.case_of(kind, entity).actions) {
      const ActionRow& row = centre_.tables().actions.at(action);
      orders.push_back(absl::StrCat(row.node.value(), " ", row.blank->text()));
    }
    std::sort(orders.begin(), orders.end());
    return orders;
  }

  const std::string person_ = crypto::Sha256({"person"}).Hex();
  MemoryCentre centre_;
};

TEST_F(JoinedNamesTest, TheCardThatWasDeliveredUnderItsOtherNameStays) {
  Identify("A1000", kUid);
  Print("job1", "q1", "A1000");
  Print("job2", "q2", "A1001");
  EXPECT_THAT(Orders(CaseKind::kTwoCardsOnePerson, person_), ElementsAre());
  Deliver(kUid);
  EXPECT_THAT(Orders(CaseKind::kTwoCardsOnePerson, person_), ElementsAre("susut A1001"));
}

TEST_F(JoinedNamesTest, ItStaysAlsoWhenTheNamesAreJoinedLast) {
  Print("job1", "q1", "A1000");
  Print("job2", "q2", "A1001");
  Deliver(kUid);
  EXPECT_THAT(Orders(CaseKind::kTwoCardsOnePerson, person_), ElementsAre());
  Identify("A1000", kUid);
  EXPECT_THAT(Orders(CaseKind::kTwoCardsOnePerson, person_), ElementsAre("susut A1001"));
}

TEST_F(JoinedNamesTest, ItStaysAlsoWhenItWasMadeUnderTheOtherName) {
  Deliver("A1000");
  Print("job1", "q1", kUid);
  Print("job2", "q2", "A1001");
  EXPECT_THAT(Orders(CaseKind::kTwoCardsOnePerson, person_), ElementsAre());
  Identify("A1000", kUid);
  EXPECT_THAT(Orders(CaseKind::kTwoCardsOnePerson, person_), ElementsAre("susut A1001"));
}

TEST_F(JoinedNamesTest, ARescanAsksEveryOfficeThatSawItUnderEitherName) {
  Print("job1", "q1", "A1050");
  Receive("bangli", "t9", "", kUid);
  Identify("A1050", kUid);
  EXPECT_EQ(Decide(CaseKind::kForeignBlank, "A1050", Resolution::kRescan), CommandOutcome::kDone);
  EXPECT_THAT(Orders(CaseKind::kForeignBlank, "A1050"), ElementsAre("bangli A1050", "susut A1050"));
}

TEST_F(JoinedNamesTest, ARecallReachesTheCardsThatWereMadeUnderEitherName) {
  Print("job1", "q1", "A1000");
  Print("job2", "q2", kUid);
  Identify("A1000", kUid);
  EXPECT_EQ(Decide(CaseKind::kBlankUsedTwice, "A1000", Resolution::kRecall), CommandOutcome::kDone);
  EXPECT_THAT(Orders(CaseKind::kBlankUsedTwice, "A1000"),
              ElementsAre(absl::StrCat("susut ", kUid), "susut A1000"));
}

TEST_F(JoinedNamesTest, WhatIsAllottedUnderBothNamesIsOneBlank) {
  const CentreRow& centre = centre_.resident().centre;
  const auto from_centre = [this] { return centre_.balances().Close().from_centre; };
  Allot("a2", kUid);
  EXPECT_EQ(from_centre(), 101);
  Identify("A1000", kUid);
  EXPECT_EQ(from_centre(), 100);
  EXPECT_EQ(centre.allotted_again, 1u);
  Identify("A1001", kUid);
  EXPECT_EQ(from_centre(), 101) << "nobody knows which two are one";
  EXPECT_EQ(centre.allotted_again, 0u);
}

TEST_F(JoinedNamesTest, ASecondNameThatIsAllottedLaterCountsOnceToo) {
  Identify("A1000", kUid);
  EXPECT_EQ(centre_.resident().centre.allotted_again, 0u);
  Allot("a2", kUid);
  EXPECT_EQ(centre_.resident().centre.allotted_again, 1u);
  EXPECT_EQ(centre_.balances().Close().from_centre, 100);
}

}  // namespace
}  // namespace keping::central
