// Finished cards: manifests, what left and what became of it, and what a resident is told.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "edge_node/core/office_rules.h"
#include "edge_node/core/resident_status.h"
#include "tests/support/core_bench.h"

namespace keping::edge {
namespace {

using domain::ActId;
using domain::BlankSerial;
using domain::PrrId;
using domain::SerialSet;
using domain::VillageCode;
using ::testing::HasSubstr;

const VillageCode kAbuan = VillageCode::Of("51.06.01.2001");
const VillageCode kOther = VillageCode::Of("51.06.02.2001");

SerialSet Serials(const std::string& text) { return *SerialSet::Parse(text); }

std::string Why(const Decision& decision) { return std::string(decision.status.message()); }

// An office with finished cards A1, A2 of village Abuan and A3 of another, and verbs for them.
class HandoverTest : public ::testing::Test {
 protected:
  HandoverTest() {
    const std::vector<std::pair<const char*, VillageCode>> records = {
        {"prr-1", kAbuan}, {"prr-2", kAbuan}, {"prr-3", kOther}};
    for (const auto& [prr, village] : records) {
      domain::PrrItem item = PrrOf(prr);
      item.village = village;
      bench_.Tell(item);
    }
    for (const char* number : {"1", "2", "3"}) {
      const std::string blank = absl::StrCat("A", number);
      bench_.Verify(bench_.Print(absl::StrCat("prr-", number).c_str(), blank.c_str()),
                    blank.c_str());
    }
  }

  Decision Make(const VillageCode& village, const std::string& cards = "") {
    last_ = bench_.NewAct();
    return bench_.Do(MakeManifest{
        .act = last_, .village = village, .cards = Serials(cards), .operator_id = kAyu});
  }
  Decision Leave(const ActId& manifest) {
    return bench_.Do(HandOver{.act = bench_.NewAct(),
                              .manifest = manifest,
                              .day = absl::CivilDay(2017, 4, 28),
                              .receiver = {},
                              .operator_id = kAyu});
  }
  Decision Answer(const ActId& manifest, const std::string& delivered,
                  const std::string& not_found = "", const std::string& returned = "",
                  bool rest = false) {
    return bench_.Do(AnswerCards{.act = bench_.NewAct(),
                                 .manifest = manifest,
                                 .delivered = Serials(delivered),
                                 .not_found = Serials(not_found),
                                 .returned = Serials(returned),
                                 .rest_delivered = rest,
                                 .operator_id = kAyu});
  }
  void OrderRecall(const char* blank, const char* action = "recall-1") {
    bench_.Tell(domain::ActionItem{.action = domain::ActionId::Of(action),
                                   .kind = domain::ActionKind::kRecallCard,
                                   .case_id = domain::CaseId::Of("case-1"),
                                   .prr = {},
                                   .blank = BlankSerial::Of(blank)});
  }
  std::string Where(const std::string& serial) {
    return WhereInBooks(bench_.core(), BlankSerial::Of(serial));
  }
  StatusAnswer StatusOf(const char* prr) { return ResidentStatusOf(bench_.core(), PrrId::Of(prr)); }

  CoreBench bench_ = CoreBench::Ready();
  ActId last_;
};

TEST_F(HandoverTest, AManifestListsTheFinishedCardsOfOneVillage) {
  const Decision made = Make(kAbuan);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(Find<domain::ManifestMade>(made)->cards.ToString(), "A1..A2");
  EXPECT_EQ(Where("A1"), "printed") << "it has not left yet";
}

TEST_F(HandoverTest, ACardThatWaitsForItsScanIsNotListed) {
  domain::PrrItem item = PrrOf("prr-4");
  item.village = kAbuan;
  bench_.Tell(item);
  bench_.clock().Advance(absl::Hours(20));
  bench_.Print("prr-4", "A4", "p2");
  EXPECT_EQ(Find<domain::ManifestMade>(Make(kAbuan))->cards.ToString(), "A1..A2");
}

TEST_F(HandoverTest, AVillageWithoutCardsAndACardOfAnotherAreRefused) {
  EXPECT_THAT(Why(Make(VillageCode::Of("51.06.03.2001"))), HasSubstr("K-192"));
  EXPECT_THAT(Why(Make(kAbuan, "A1,A3")), HasSubstr("K-192"));
  EXPECT_THAT(Why(Make(kAbuan, "A9")), HasSubstr("K-192"));
}

TEST_F(HandoverTest, ACardFoundAtGoLiveGoesWhereAPersonSays) {
  bench_.Roster("made", {});
  bench_.Do(OpenStock{.act = bench_.NewAct(),
                      .pile = domain::Pile::kPrinted,
                      .serials = Serials("C1"),
                      .minutes = domain::DocumentNumber::Of("BA/1"),
                      .operator_id = kAyu,
                      .second = domain::OperatorId::Of("made")});
  EXPECT_EQ(Find<domain::ManifestMade>(Make(kAbuan))->cards.ToString(), "A1..A2");
  EXPECT_EQ(Find<domain::ManifestMade>(Make(kAbuan, "C1"))->cards.ToString(), "C1");
}

TEST_F(HandoverTest, CardsLeaveAndTheRestIsDeliveredButForTheExceptions) {
  Make(kAbuan);
  const Decision left = Leave(last_);
  ASSERT_TRUE(left.status.ok()) << left.status;
  EXPECT_EQ(Find<domain::ManifestHandedOver>(left)->cards.ToString(), "A1..A2");
  EXPECT_EQ(Where("A1"), "handed_over");
  const Decision answered = Answer(last_, "", "", "A2", /*rest=*/true);
  ASSERT_TRUE(answered.status.ok()) << answered.status;
  EXPECT_EQ(Find<domain::CardsAnswered>(answered)->delivered.ToString(), "A1");
  EXPECT_EQ(Where("A1"), "delivered");
  EXPECT_EQ(Where("A2"), "printed");
}

TEST_F(HandoverTest, ANotFoundCardStaysWithTheVillageAndIsAnsweredLater) {
  Make(kAbuan);
  Leave(last_);
  Answer(last_, "", "A2", "", /*rest=*/true);
  EXPECT_EQ(Where("A2"), "handed_over");
  EXPECT_TRUE(bench_.core().cards().Find(BlankSerial::Of("A2"))->not_found);
  ASSERT_TRUE(Answer(last_, "A2").status.ok());
  EXPECT_EQ(Where("A2"), "delivered");
  EXPECT_THAT(Why(Answer(last_, "", "", "", /*rest=*/true)), HasSubstr("K-196"));
}

TEST_F(HandoverTest, AReturnedCardGoesOnANewManifest) {
  Make(kAbuan);
  const ActId first = last_;
  Leave(first);
  Answer(first, "", "", "A2", /*rest=*/true);
  EXPECT_EQ(Find<domain::ManifestMade>(Make(kAbuan))->cards.ToString(), "A2");
  ASSERT_TRUE(Leave(last_).status.ok());
  EXPECT_THAT(Why(Answer(first, "A2")), HasSubstr("K-196")) << "it is out under the second one";
  EXPECT_TRUE(Answer(last_, "A2").status.ok());
}

TEST_F(HandoverTest, ALaterManifestTakesTheCardsOfAnEarlierOneThatStayed) {
  Make(kAbuan);
  const ActId first = last_;
  Make(kAbuan);
  EXPECT_THAT(Why(Leave(first)), HasSubstr("K-195"));
  EXPECT_TRUE(Leave(last_).status.ok());
  EXPECT_THAT(Why(Leave(last_)), HasSubstr("K-195"));
  EXPECT_THAT(Why(Leave(ActId::Of("m-none"))), HasSubstr("K-194"));
}

TEST_F(HandoverTest, ACardThatIsCalledBackDoesNotLeave) {
  Make(kAbuan);
  OrderRecall("A1");
  EXPECT_EQ(Find<domain::ManifestHandedOver>(Leave(last_))->cards.ToString(), "A2");
  EXPECT_THAT(Why(Make(kAbuan, "A1")), HasSubstr("K-193"));
  EXPECT_THAT(Why(Answer({}, "A1")), HasSubstr("K-193"));
}

TEST_F(HandoverTest, ACardOfAWithdrawnRecordDoesNotLeave) {
  domain::PrrItem item = PrrOf("prr-1");
  item.village = kAbuan;
  item.withdrawn = true;
  item.record.clear();
  bench_.Tell(item);
  EXPECT_EQ(Find<domain::ManifestMade>(Make(kAbuan))->cards.ToString(), "A2");
}

TEST_F(HandoverTest, AtTheCounterACardGoesStraightToTheResident) {
  ASSERT_TRUE(Answer({}, "A3").status.ok());
  EXPECT_EQ(Where("A3"), "delivered");
  EXPECT_THAT(Why(Answer({}, "A3")), HasSubstr("K-192"));
  EXPECT_THAT(Why(Answer({}, "", "", "A1")), HasSubstr("K-196")) << "it never left";
}

TEST_F(HandoverTest, EachCardHasOneAnswer) {
  Make(kAbuan);
  Leave(last_);
  EXPECT_TRUE(absl::IsInvalidArgument(Answer(last_, "A1", "A1").status));
  EXPECT_TRUE(absl::IsInvalidArgument(Answer({}, "", "", "", /*rest=*/true).status));
}

// ---- What a resident is told.

TEST_F(HandoverTest, AResidentIsToldStatusAndDateOnly) {
  const absl::CivilDay today(2017, 4, 27);
  EXPECT_EQ(StatusOf("prr-1").status, ResidentStatus::kPrinted);
  EXPECT_EQ(StatusOf("prr-1").since, today);
  Make(kAbuan);
  Leave(last_);
  EXPECT_EQ(StatusOf("prr-1").status, ResidentStatus::kHandedOver);
  EXPECT_EQ(StatusOf("prr-1").since, absl::CivilDay(2017, 4, 28));
  Answer(last_, "A1");
  EXPECT_EQ(StatusOf("prr-1").status, ResidentStatus::kDelivered);
  EXPECT_EQ(StatusOf("prr-1").since, today);
  EXPECT_EQ(StatusOf("prr-9").status, ResidentStatus::kUnknownHere);
}

TEST_F(HandoverTest, WhatNobodyCanAnswerAtTheCounterIsForTheOffice) {
  bench_.Tell(PrrOf("prr-4"));
  EXPECT_EQ(StatusOf("prr-4").status, ResidentStatus::kScheduled);
  EXPECT_FALSE(StatusOf("prr-4").since.has_value());
  domain::PrrItem without_record = PrrOf("prr-5");
  without_record.record.clear();
  bench_.Tell(without_record);
  EXPECT_EQ(StatusOf("prr-5").status, ResidentStatus::kWaiting);
  domain::PrrItem moved = PrrOf("prr-6");
  moved.lease_holder = kOtherNode;
  bench_.Tell(moved);
  EXPECT_EQ(StatusOf("prr-6").status, ResidentStatus::kAskOffice);
  OrderRecall("A3");
  bench_.Do(AcknowledgeAction{domain::ActionId::Of("recall-1"), kAyu});
  EXPECT_EQ(StatusOf("prr-3").status, ResidentStatus::kAskOffice);
}

TEST_F(HandoverTest, TheLatestRecordThatCountsAnswers) {
  domain::PrrItem old = PrrOf("prr-4");
  old.enrolled_at = absl::FromUnixSeconds(1);
  domain::PrrItem next = PrrOf("prr-5");
  next.enrolled_at = absl::FromUnixSeconds(2);
  bench_.Tell(old);
  bench_.Tell(next);
  const std::set<PrrId> both = {PrrId::Of("prr-4"), PrrId::Of("prr-5"), PrrId::Of("prr-none")};
  EXPECT_EQ(RecordThatAnswers(bench_.core(), both), PrrId::Of("prr-5"));
  next.withdrawn = true;
  bench_.Tell(next);
  EXPECT_EQ(RecordThatAnswers(bench_.core(), both), PrrId::Of("prr-4"));
  EXPECT_EQ(RecordThatAnswers(bench_.core(), {}), PrrId());
}

TEST_F(HandoverTest, EveryQuestionIsOnRecord) {
  const crypto::Hash key = crypto::Sha256({"nik"});
  const Decision asked =
      bench_.Do(AskStatus{.operator_id = kAyu, .nik_key = key, .prr = PrrId::Of("prr-1")});
  EXPECT_EQ(*Find<domain::PersonalDataRead>(asked),
            (domain::PersonalDataRead{.operator_id = kAyu,
                                      .prr = PrrId::Of("prr-1"),
                                      .nik_key = key,
                                      .purpose = domain::ReadPurpose::kResidentStatus}));
  EXPECT_THAT(Why(bench_.Do(AskStatus{
                  .operator_id = domain::OperatorId::Of("nobody"), .nik_key = key, .prr = {}})),
              HasSubstr("K-101"));
}

}  // namespace
}  // namespace keping::edge
