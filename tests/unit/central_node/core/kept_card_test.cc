#include "central_node/core/kept_card.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace keping::central {
namespace {

using domain::BlankSerial;
using domain::NodeId;

CardAt At(const std::string& node, const std::string& blank) {
  return {.node = NodeId::Of(node),
          .act = domain::ActId::Of("job-" + blank),
          .blank = BlankSerial::Of(blank)};
}

class KeptCardTest : public ::testing::Test {
 protected:
  KeptCardTest() {
    claims_ = {{.at = At("bangli", "A2"), .current = true, .lease_valid = true, .lease = {1, 2}},
               {.at = At("susut", "A1"), .current = true, .lease_valid = true, .lease = {1, 1}}};
  }

  void Step(const std::string& node, const std::string& blank, StepKind kind) {
    std::vector<StepFact>& steps = steps_[BlankSerial::Of(blank)];
    const uint64_t seq = steps.size() + 1;
    AddFact(steps, {.fact = {.id = crypto::Sha256({node, blank, std::to_string(seq)}),
                             .node = NodeId::Of(node),
                             .incarnation = domain::IncarnationId::Of(node + "-1"),
                             .seq = seq},
                    .kind = kind});
  }

  Anomaly Judge() {
    Anomaly anomaly;
    KeepOne(
        claims_,
        [this](const BlankSerial& blank) {
          const auto found = steps_.find(blank);
          return found == steps_.end() ? std::vector<StepFact>() : found->second;
        },
        anomaly);
    return anomaly;
  }
  // "A2 delivered", "A2 lease", "nobody"; "ask" when the other one had left.
  std::string Kept() {
    const Anomaly anomaly = Judge();
    if (!anomaly.kept.has_value()) {
      EXPECT_TRUE(anomaly.cards.empty());
      return "nobody";
    }
    EXPECT_EQ(anomaly.cards.size(), claims_.size() - 1);
    return anomaly.kept->card.blank.text() +
           (anomaly.kept->reason == KeepReason::kDelivered ? " delivered" : " lease") +
           (anomaly.ask ? " ask" : "");
  }

  std::vector<CardClaim> claims_;
  std::map<BlankSerial, std::vector<StepFact>> steps_;
};

TEST_F(KeptCardTest, TheLatestValidLeaseDecidesBetweenTwoThatLieInTheirOffices) {
  EXPECT_EQ(Kept(), "A2 lease");
  claims_[0].lease_valid = false;
  EXPECT_EQ(Kept(), "A1 lease");
  claims_[1].lease_valid = false;
  EXPECT_EQ(Kept(), "nobody");
}

TEST_F(KeptCardTest, EqualOrUnknownLeasesTellNothing) {
  claims_[0].lease = claims_[1].lease;
  EXPECT_EQ(Kept(), "nobody");
  claims_[0].lease = {0, 0};
  EXPECT_EQ(Kept(), "nobody");
}

TEST_F(KeptCardTest, ADeliveredCardComesBeforeTheLease) {
  Step("susut", "A1", StepKind::kHandedOver);
  EXPECT_EQ(Kept(), "A2 lease ask") << "it is on its way, and has not arrived";
  Step("susut", "A1", StepKind::kDelivered);
  EXPECT_EQ(Kept(), "A1 delivered");
}

TEST_F(KeptCardTest, ADeliveredCardOfAnEarlierVersionIsNotValid) {
  Step("susut", "A1", StepKind::kDelivered);
  claims_[1].current = false;
  EXPECT_EQ(Kept(), "A2 lease ask");
}

TEST_F(KeptCardTest, OfTwoThatWereDeliveredTheLeaseDecides) {
  Step("susut", "A1", StepKind::kDelivered);
  Step("bangli", "A2", StepKind::kDelivered);
  EXPECT_EQ(Kept(), "A2 lease ask");
}

TEST_F(KeptCardTest, ACardThatCameBackIsNotDeliveredAnyMoreAndHadLeft) {
  Step("susut", "A1", StepKind::kDelivered);
  Step("susut", "A1", StepKind::kReturned);
  EXPECT_EQ(Kept(), "A2 lease ask");
}

TEST_F(KeptCardTest, WhatAnotherOfficeSaysOfTheBlankIsNotOfThisCard) {
  Step("bangli", "A1", StepKind::kDelivered);
  EXPECT_EQ(Kept(), "A2 lease");
}

TEST_F(KeptCardTest, WithoutStepsNoCardHasLeft) {
  Anomaly anomaly;
  KeepOne(claims_, nullptr, anomaly);
  EXPECT_FALSE(anomaly.ask);
  EXPECT_EQ(anomaly.kept->card, claims_[0].at);
}

}  // namespace
}  // namespace keping::central
