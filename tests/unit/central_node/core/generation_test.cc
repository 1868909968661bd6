#include <string>

#include "central_node/core/lease.h"
#include "central_node/core/step.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/memory_centre.h"

namespace keping::central {
namespace {

using namespace ::keping::domain;  // NOLINT: the verbs of a district
using ledger::Account;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A centre that was set back: of p1 it knows that it gave it to Susut, and not that it moved it to
// Bangli, nor that it sent five blanks there.
class GenerationTest : public ::testing::Test {
 protected:
  GenerationTest() : centre_({.offices = {{susut_, "51.06.01"}, {bangli_, "51.06.02"}}}) {
    centre_.Handle(OpenGeneration{.generation = GenerationId::Of("g1")});
    for (const NodeId& node : {susut_, bangli_}) {
      centre_.Handle(EnrolNode{.node = node,
                               .incarnation = IncarnationId::Of(node.value() + "-1"),
                               .public_key = std::string(32, 'k')});
    }
    centre_.Handle(AllotmentsArrived{{{.allotment = AllotmentId::Of("a1"),
                                       .bast_number = "B/1",
                                       .serials = *SerialSet::Parse("A1000..A1009")}}});
    Arrive("p1");
    centre_.Handle(OpenGeneration{.generation = GenerationId::Of("g2"), .restored = true});
  }

  void Arrive(const std::string& prr) { centre_.Arrive(PrrId::Of(prr)); }

  static GenerationMet Met(std::vector<HeldLease> leases = {},
                           std::vector<GenerationMet::Transfer> transfers = {}) {
    return {.generation = GenerationId::Of("g2"),
            .order = 2,
            .leases = std::move(leases),
            .transfers = std::move(transfers),
            .last = true};
  }
  // Susut gave p1 back, Bangli has it, and five blanks are on their way there.
  GenerationMet BangliKnows() const {
    return Met({{PrrId::Of("p1"), {1, 2}}},
               {{TransferId::Of("t9"), *SerialSet::Parse("A1000..A1004")}});
  }
  void BothMeet() {
    centre_.FromNode("susut", LeaseReleased{.prr = PrrId::Of("p1"), .epoch = {1, 1}});
    centre_.FromNode("susut", Met({{PrrId::Of("p1"), {1, 1}}}));
    centre_.FromNode("bangli", BangliKnows());
  }

  Lease LeaseOf(const std::string& prr) const {
    return CurrentLease(centre_.tables().prrs.at(PrrId::Of(prr)).facts);
  }
  const std::set<NodeId>& Unheard() const { return centre_.resident().centre.unheard; }
  int64_t Blanks(Account account, const NodeId& node) const {
    return centre_.balances().At({account, node});
  }

  const NodeId susut_ = NodeId::Of("susut");
  const NodeId bangli_ = NodeId::Of("bangli");
  MemoryCentre centre_;
};

TEST_F(GenerationTest, NothingIsGivenOutBeforeEveryOfficeWasHeard) {
  EXPECT_THAT(Unheard(), ElementsAre(bangli_, susut_));
  Arrive("p2");
  EXPECT_FALSE(LeaseOf("p2").held());
  EXPECT_EQ(centre_.Handle(MoveLease{.prr = PrrId::Of("p2"), .to = susut_}).result.outcome,
            CommandOutcome::kNodesUnheard);
  const CommandResult refused =
      centre_
          .Handle(Dispatch{
              .transfer = TransferId::Of("t1"), .node = susut_, .quantity = 5, .serials = {}})
          .result;
  EXPECT_EQ(refused.outcome, CommandOutcome::kNodesUnheard);
  EXPECT_EQ(refused.got, 2);
  centre_.FromNode("susut", Met());
  EXPECT_THAT(Unheard(), ElementsAre(bangli_));
}

TEST_F(GenerationTest, WhatTheOfficesWereToldComesBack) {
  BothMeet();
  EXPECT_THAT(Unheard(), IsEmpty());
  EXPECT_EQ(LeaseOf("p1").holder, bangli_);
  EXPECT_TRUE(LeaseOf("p1").held());
  EXPECT_EQ(Blanks(Account::kInTransit, bangli_), 5);
  EXPECT_EQ(Blanks(Account::kDistrictStock, {}), 5);
  Arrive("p2");
  EXPECT_EQ(LeaseOf("p2").epoch, (LeaseEpoch{2, 1})) << "beyond all that was given before";
}

TEST_F(GenerationTest, ALateWordOfAnEarlierGenerationIsNoAnswer) {
  GenerationMet early = Met();
  early.order = 1;
  centre_.FromNode("susut", early);
  GenerationMet part = Met();
  part.last = false;
  centre_.FromNode("susut", part);
  EXPECT_THAT(Unheard(), ElementsAre(bangli_, susut_));
}

// A lease of this generation is the centre's own to say.
TEST_F(GenerationTest, AnOfficeCannotGiveItselfALeaseOfThisGeneration) {
  centre_.FromNode("susut", Met({{PrrId::Of("p1"), {2, 7}}}));
  centre_.FromNode("bangli", BangliKnows());
  EXPECT_EQ(LeaseOf("p1").holder, bangli_);
}

TEST_F(GenerationTest, AnOfficeThatWasNotAskedSaysNothing) {
  BothMeet();
  centre_.FromNode("susut", Met({{PrrId::Of("p1"), {1, 900}}}));
  GenerationMet invented = Met({{PrrId::Of("p1"), {4'000'000'000, 1}}});
  invented.generation = GenerationId::Of("g-invented");
  invented.order = 4'000'000'001;
  centre_.FromNode("susut", invented);
  EXPECT_EQ(LeaseOf("p1").holder, bangli_);
  EXPECT_EQ(LeaseOf("p1").epoch, (LeaseEpoch{1, 2}));
}

TEST_F(GenerationTest, OnlyAnOfficeThatWasAskedIsToldOfItsTransfersAgain) {
  const auto told = [](const Effects& effects) {
    size_t transfers = 0;
    for (const FeedChange& change : effects.feed) {
      transfers += std::holds_alternative<TransferItem>(change.body);
    }
    return transfers;
  };
  EXPECT_EQ(told(centre_.FromNode("bangli", BangliKnows())), 1u);
  EXPECT_EQ(told(centre_.FromNode("bangli", BangliKnows())), 0u) << "it had answered";
}

// The question to give it back was forgotten with whoever it was for.
TEST_F(GenerationTest, ARecordThatWasGivenBackGoesHome) {
  centre_.FromNode("susut", LeaseReleased{.prr = PrrId::Of("p1"), .epoch = {1, 1}});
  centre_.FromNode("susut", Met({{PrrId::Of("p1"), {1, 1}}}));
  centre_.FromNode("bangli", Met());
  centre_.Handle(GrantWaiting{.prrs = {PrrId::Of("p1")}});
  EXPECT_EQ(LeaseOf("p1").holder, susut_);
  EXPECT_EQ(LeaseOf("p1").epoch, (LeaseEpoch{2, 1}));
}

// Somebody answers for it, since an office that was not heard may hold the record.
TEST_F(GenerationTest, WhatIsForcedBeforeAllWereHeardIsAnOverlap) {
  Arrive("p2");
  centre_.Handle(MoveLease{.prr = PrrId::Of("p2"), .to = susut_, .forced = true});
  EXPECT_EQ(LeaseOf("p2").holder, susut_);
  centre_.FromNode("susut", Met());
  centre_.FromNode("bangli", Met({{PrrId::Of("p2"), {1, 1}}}));
  const std::set<CaseKind>& cases = centre_.tables().prrs.at(PrrId::Of("p2")).cases;
  EXPECT_THAT(cases, ElementsAre(CaseKind::kOverlapRisk));
}

// Of a centre that forgot the enrolment of Tembuku together with what it gave out there.
class ForgottenOfficeTest : public ::testing::Test {
 protected:
  ForgottenOfficeTest() : centre_({.offices = {{susut_, "51.06.01"}, {tembuku_, "51.06.03"}}}) {
    centre_.Handle(OpenGeneration{.generation = GenerationId::Of("g1")});
    Enrol(susut_);
    for (const char* prr : {"p1", "p2"}) {
      centre_.Arrive(PrrId::Of(prr));
    }
    centre_.Handle(OpenGeneration{.generation = GenerationId::Of("g2"), .restored = true});
    centre_.FromNode("susut", LeaseReleased{.prr = PrrId::Of("p1"), .epoch = {1, 1}});
    centre_.FromNode("susut", GenerationMet{.generation = GenerationId::Of("g2"),
                                            .order = 2,
                                            .leases = {{PrrId::Of("p1"), {1, 1}}},
                                            .transfers = {},
                                            .last = true});
  }

  void Enrol(const NodeId& node, bool forgotten = false) {
    centre_.Handle(EnrolNode{.node = node,
                             .incarnation = IncarnationId::Of(node.value() + "-1"),
                             .public_key = std::string(32, 'k'),
                             .forgotten = forgotten});
  }
  Lease LeaseOf(const std::string& prr) {
    centre_.Handle(GrantWaiting{.prrs = {PrrId::Of(prr)}});
    return CurrentLease(centre_.tables().prrs.at(PrrId::Of(prr)).facts);
  }

  const NodeId susut_ = NodeId::Of("susut");
  const NodeId tembuku_ = NodeId::Of("tembuku");
  MemoryCentre centre_;
};

TEST_F(ForgottenOfficeTest, WhatMayHaveGoneThereWaitsForIt) {
  EXPECT_TRUE(centre_.resident().centre.unheard.empty());
  EXPECT_FALSE(LeaseOf("p1").held());
  const CommandResult refused =
      centre_.Handle(MoveLease{.prr = PrrId::Of("p1"), .to = susut_}).result;
  EXPECT_EQ(refused.outcome, CommandOutcome::kNodesUnheard);
  EXPECT_EQ(refused.got, 1);
  EXPECT_TRUE(LeaseOf("p2").held()) << "what was never given back did not go there";
  Enrol(tembuku_, /*forgotten=*/true);
  EXPECT_FALSE(LeaseOf("p1").held());
  centre_.FromNode("tembuku", GenerationMet{.generation = GenerationId::Of("g2"),
                                            .order = 2,
                                            .leases = {{PrrId::Of("p1"), {1, 2}}},
                                            .transfers = {},
                                            .last = true});
  EXPECT_EQ(LeaseOf("p1").holder, tembuku_);
}

TEST_F(ForgottenOfficeTest, ARecordOfThatOfficeIsNotMovedBeforeItComes) {
  centre_.Handle(RecordsArrived{{{.prr = PrrId::Of("p3"),
                                  .version = 1,
                                  .village = VillageCode::Of("51.06.03.2001"),
                                  .enrolled_at = absl::UnixEpoch(),
                                  .nik_key = {},
                                  .record_digest = {},
                                  .replaces = {}}}});
  EXPECT_EQ(centre_.Handle(MoveLease{.prr = PrrId::Of("p3"), .to = susut_}).result.outcome,
            CommandOutcome::kNodesUnheard);
}

TEST_F(ForgottenOfficeTest, AnOfficeThatIsNewHoldsNothing) {
  Enrol(tembuku_);
  EXPECT_EQ(LeaseOf("p1").holder, susut_);
}

TEST_F(GenerationTest, AWordDoesNotUseUpTheOrders) {
  centre_.Handle(OpenGeneration{
      .generation = GenerationId::Of("g3"), .restored = true, .known_order = 0xFFFFFFFF});
  EXPECT_EQ(centre_.resident().centre.generation_order, 1003u);
}

TEST_F(GenerationTest, AMachineThatWillNotComeIsDeclaredLost) {
  centre_.FromNode("susut", Met());
  centre_.Handle(CloseNode{.node = bangli_,
                           .end = NodeEnd::kLost,
                           .by = OperatorId::Of("kadis"),
                           .second = OperatorId::Of("sekdis"),
                           .document = DocumentNumber::Of("470/12/2017")});
  EXPECT_THAT(Unheard(), IsEmpty());
}

// A replay reads the centre's log before the nodes': the same facts in another order.
TEST_F(GenerationTest, AWordCountsBeforeAndAfterTheEndOfItsNode) {
  centre_.Handle(CloseNode{.node = bangli_,
                           .end = NodeEnd::kLost,
                           .by = OperatorId::Of("kadis"),
                           .second = OperatorId::Of("sekdis"),
                           .document = DocumentNumber::Of("470/12/2017")});
  centre_.FromNode("bangli", BangliKnows());
  EXPECT_EQ(LeaseOf("p1").holder, bangli_);
  EXPECT_EQ(LeaseOf("p1").epoch, (LeaseEpoch{1, 2}));
}

}  // namespace
}  // namespace keping::central
