// Two people ask the capital for blanks, it answers once, and an allotment may name the request.

#include <string>

#include "central_node/core/step.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/memory_centre.h"

namespace keping::central {
namespace {

using namespace ::keping::domain;  // NOLINT: the verbs of a district
using ::testing::ElementsAre;

const absl::CivilDay kInJune = absl::CivilDay(2017, 6, 14);

class BlankRequestTest : public ::testing::Test {
 protected:
  BlankRequestTest() : centre_({}) {
    centre_.Handle(OpenGeneration{.generation = GenerationId::Of("g1")});
    for (const auto& [name, role] :
         {std::pair{"made", Role::kAdministrator}, std::pair{"wayan", Role::kStockKeeper},
          std::pair{"sari", Role::kAuditor}}) {
      centre_.Handle(
          SetOfficer{.officer = OperatorId::Of(name), .role = role, .by = OperatorId::Of("made")});
    }
    centre_.Handle(CloseDay{.day = absl::CivilDay(2017, 4, 27), .heard = {}});
  }

  CommandOutcome Ask(const std::string& number, uint64_t quantity, absl::CivilDay day = kInJune,
                     const std::string& by = "made", const std::string& second = "wayan") {
    return centre_
        .Handle(RequestBlanks{.request = RequestId::Of(number),
                              .quantity = quantity,
                              .needed_by = day,
                              .by = OperatorId::Of(by),
                              .second = OperatorId::Of(second)})
        .result.outcome;
  }
  const RequestRow& row(const std::string& number) {
    return centre_.resident().centre.requests.at(RequestId::Of(number));
  }
  void Answer(const std::string& number, bool accepted) {
    centre_.Handle(RequestAnswersArrived{{{.item = row(number).fact.id.Hex(),
                                           .accepted = accepted,
                                           .expected = kInJune,
                                           .reason = accepted ? "" : "no_stock"}}});
  }

  MemoryCentre centre_;
};

TEST_F(BlankRequestTest, TakesTwoPeopleWhoAnswerForBlanks) {
  EXPECT_EQ(Ask("r/1", 10, kInJune, "made", "made"), CommandOutcome::kSamePerson);
  EXPECT_EQ(Ask("r/1", 10, kInJune, "made", "sari"), CommandOutcome::kRoleForbids);
  EXPECT_EQ(Ask("r/1", 10, kInJune, "made", "nobody"), CommandOutcome::kUnknownOfficer);
  EXPECT_EQ(Ask("r/1", 0), CommandOutcome::kNothingAsked);
  EXPECT_EQ(Ask("r/1", 10, absl::CivilDay(2017, 4, 27)), CommandOutcome::kDayHasPassed);
  EXPECT_EQ(Ask("r/1", 10), CommandOutcome::kDone);
}

TEST_F(BlankRequestTest, TheSameAgainIsNoSecondRequest) {
  ASSERT_EQ(Ask("r/1", 10), CommandOutcome::kDone);
  const size_t entries = centre_.log().size();
  EXPECT_EQ(Ask("r/1", 10), CommandOutcome::kDone);
  EXPECT_EQ(centre_.log().size(), entries);
  EXPECT_EQ(Ask("r/1", 11), CommandOutcome::kRequestIdUsed);
}

TEST_F(BlankRequestTest, TheFirstAnswerHolds) {
  ASSERT_EQ(Ask("r/1", 10), CommandOutcome::kDone);
  ASSERT_EQ(Ask("r/2", 20), CommandOutcome::kDone);
  Answer("r/1", true);
  Answer("r/2", false);
  const size_t entries = centre_.log().size();
  Answer("r/1", false);
  centre_.Handle(RequestAnswersArrived{{{.item = "of nobody", .accepted = true}}});
  EXPECT_EQ(centre_.log().size(), entries);
  EXPECT_TRUE(row("r/1").accepted);
  EXPECT_EQ(row("r/1").expected, kInJune);
  EXPECT_FALSE(row("r/2").accepted);
  EXPECT_EQ(row("r/2").reason, "no_stock");
}

TEST_F(BlankRequestTest, AnAllotmentIsFoundByTheRequestThatItNames) {
  ASSERT_EQ(Ask("r/1", 10), CommandOutcome::kDone);
  centre_.Handle(AllotmentsArrived{{{.allotment = AllotmentId::Of("a1"),
                                     .bast_number = "B/1",
                                     .serials = *SerialSet::Parse("A1000..A1009"),
                                     .request = RequestId::Of("r/1")}}});
  EXPECT_THAT(row("r/1").allotments, ElementsAre(AllotmentId::Of("a1")));
}

TEST_F(BlankRequestTest, AnAllotmentForARequestOfNobodyIsListedAsThat) {
  const auto allot = [this](const std::string& allotment, const std::string& serials) {
    centre_.Handle(AllotmentsArrived{{{.allotment = AllotmentId::Of(allotment),
                                       .bast_number = "B/1",
                                       .serials = *SerialSet::Parse(serials),
                                       .request = RequestId::Of("r/9")}}});
  };
  allot("a1", "A1000..A1009");
  const crypto::Hash first = row("r/9").fact.id;
  allot("a2", "A1010..A1019");
  EXPECT_TRUE(row("r/9").by.empty());
  EXPECT_EQ(row("r/9").fact.id, first) << "the first that names it";
  EXPECT_THAT(row("r/9").allotments, ElementsAre(AllotmentId::Of("a1"), AllotmentId::Of("a2")));
  Answer("r/9", true);
  EXPECT_FALSE(row("r/9").answered.has_value()) << "nothing was asked";
  // The centre was set back, and the request is entered again.
  EXPECT_EQ(Ask("r/9", 20), CommandOutcome::kDone);
  EXPECT_EQ(row("r/9").quantity, 20u);
  EXPECT_THAT(row("r/9").allotments, ElementsAre(AllotmentId::Of("a1"), AllotmentId::Of("a2")));
}

}  // namespace
}  // namespace keping::central
