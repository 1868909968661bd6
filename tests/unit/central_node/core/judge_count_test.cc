// Why a scan differs from the book: what was learned since, a slip of the scanner, or a shift.

#include "central_node/core/judge_count.h"

#include <string>
#include <vector>

#include "central_node/core/variance_words.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/counted_office.h"

namespace keping::central {
namespace {

using domain::Pile;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Ten blanks in the tray, and a first count that agrees with the book.
class JudgeCountTest : public ::testing::Test {
 protected:
  JudgeCountTest() {
    office_.Receive("A0001001..A0001010");
    office_.Count("", "");
  }

  std::vector<std::string> Words() const { return InWords(RemarksOn(office_.Judge())); }
  // Who had a shift in the blamed windows.
  static std::vector<std::string> Blamed(const CountVerdict& verdict) {
    std::vector<std::string> people;
    for (const CountWindow& window : verdict.windows) {
      if (!window.blamed) continue;
      for (const ShiftOf& shift : window.shifts) people.push_back(shift.operator_id.value());
    }
    return people;
  }

  CountedOffice office_;
};

TEST_F(JudgeCountTest, WithoutACountThereIsNothingToSay) {
  const CountVerdict verdict = CountedOffice().Judge();
  EXPECT_THAT(verdict.anomalies, IsEmpty());
  EXPECT_THAT(InWords(RemarksOn(verdict)), ElementsAre("Nothing was counted."));
}

TEST_F(JudgeCountTest, ACountThatAgreesIsNoCase) {
  const CountVerdict verdict = office_.Judge();
  EXPECT_TRUE(verdict.settled);
  EXPECT_THAT(verdict.anomalies, IsEmpty());
  EXPECT_THAT(InWords(RemarksOn(verdict)), ElementsAre("What was counted is what the book says."));
}

TEST_F(JudgeCountTest, OneSlipExplainsTwoSerials) {
  office_.OpenShift("s1", "made", 10);
  const FactRef intent = office_.Intend("j1", "A0001003");
  office_.Verify("j1", "A0001003");
  office_.CloseShift("s1", "made", 9);
  const FactRef count = office_.Count("A0001002", "A0001003");
  const CountVerdict verdict = office_.Judge();
  ASSERT_THAT(verdict.mis_scans, SizeIs(1));
  EXPECT_EQ(verdict.mis_scans[0].fact, intent.id);
  EXPECT_FALSE(verdict.settled) << "two persons must correct it";
  ASSERT_THAT(verdict.anomalies, SizeIs(1));
  EXPECT_THAT(verdict.anomalies[0].evidence, ::testing::IsSupersetOf({count.id, intent.id}));
  EXPECT_THAT(
      InWords(RemarksOn(verdict)),
      ElementsAre("1 blank is missing and 1 is more than the book says.",
                  "A0001002 was scanned as A0001003 in job j1 by ayu in the shift of made."));
}

TEST_F(JudgeCountTest, TheNearestSerialIsTheLikelySlip) {
  office_.Print("j1", "A0001003");
  office_.Count("A0001001, A0001004, A0001009", "A0001003");
  const CountVerdict verdict = office_.Judge();
  ASSERT_THAT(verdict.mis_scans, SizeIs(1));
  EXPECT_EQ(verdict.mis_scans[0].used, CountedOffice::Serial("A0001004"));
}

TEST_F(JudgeCountTest, WhatCameAfterTheJobWasNotUsedByIt) {
  office_.Print("j1", "A0001003");
  office_.Receive("A0001020");
  office_.Count("A0001020", "A0001003");
  EXPECT_THAT(office_.Judge().mis_scans, IsEmpty());
}

TEST_F(JudgeCountTest, WhatACountFoundAfterTheJobWasNotUsedByIt) {
  office_.Print("j1", "A0001003");
  office_.Count("A0001007", "A0001003");
  office_.Count("A0001002", "A0001003");
  EXPECT_THAT(office_.Judge().mis_scans, IsEmpty());
}

TEST_F(JudgeCountTest, WhatACountDidNotFindAfterTheJobWasTakenByIt) {
  office_.Print("j1", "A0001003");
  office_.Count("A0001002", "");
  office_.Count("A0001002", "A0001003");
  EXPECT_THAT(office_.Judge().mis_scans, IsEmpty());
}

TEST_F(JudgeCountTest, ABlankWrittenOffUnderAnotherSerialIsASlipToo) {
  office_.SpoilLoose("w1", "A0001006");
  office_.Count("A0001005", "A0001006");
  EXPECT_THAT(Words(), ::testing::Contains(
                           "A0001005 was scanned as A0001006 in act w1 when nobody had a shift."));
}

TEST_F(JudgeCountTest, InTheSpoiledPileTheSlipIsTheOtherWayRound) {
  office_.Intend("j1", "A0001003");
  office_.Spoil("j1", "A0001003");
  office_.Count("A0001003", "A0001002", Pile::kSpoiled);
  const CountVerdict verdict = office_.Judge(Pile::kSpoiled);
  ASSERT_THAT(verdict.mis_scans, SizeIs(1));
  EXPECT_EQ(verdict.mis_scans[0].scanned, CountedOffice::Serial("A0001003"));
  EXPECT_EQ(verdict.mis_scans[0].used, CountedOffice::Serial("A0001002"));
  EXPECT_THAT(InWords(RemarksOn(verdict))[0],
              "1 spoiled card is missing and 1 is more than the book says.");
}

// ---- Shifts.

TEST_F(JudgeCountTest, HandCountsTellInWhoseShiftBlanksWent) {
  office_.OpenShift("s1", "made", 10);
  office_.CloseShift("s1", "made", 10);
  office_.OpenShift("s2", "wayan", 10);
  const FactRef closed = office_.CloseShift("s2", "wayan", 8);
  office_.OpenShift("s3", "ayu", 8);
  office_.CloseShift("s3", "ayu", 8);
  office_.Count("A0001001, A0001005", "");
  const CountVerdict verdict = office_.Judge();
  EXPECT_THAT(Blamed(verdict), ElementsAre("wayan"));
  EXPECT_TRUE(verdict.anomalies.at(0).evidence.contains(closed.id));
  EXPECT_THAT(InWords(RemarksOn(verdict)),
              ElementsAre("2 blanks are missing.",
                          "Not explained: A0001001 and A0001005, missing. It arose in the shift "
                          "of wayan (-2 by the counts)."));
}

TEST_F(JudgeCountTest, BetweenTwoShiftsNobodyIsNamed) {
  office_.OpenShift("s1", "made", 10);
  office_.CloseShift("s1", "made", 10);
  office_.OpenShift("s2", "wayan", 9);
  office_.CloseShift("s2", "wayan", 9);
  office_.Count("A0001001", "");
  EXPECT_THAT(Words().at(1), HasSubstr("It arose when nobody had a shift (-1 by the counts)."));
}

TEST_F(JudgeCountTest, ASlipOfTheHandIsNotBlamed) {
  office_.OpenShift("s1", "made", 10);
  const FactRef slip = office_.CloseShift("s1", "made", 7);
  office_.OpenShift("s2", "wayan", 10);
  office_.CloseShift("s2", "wayan", 9);
  office_.Count("A0001001", "");
  const CountVerdict verdict = office_.Judge();
  EXPECT_THAT(Blamed(verdict), ElementsAre("wayan"));
  EXPECT_THAT(verdict.wrong_counts, ElementsAre(slip.id));
  EXPECT_THAT(InWords(RemarksOn(verdict)).back(),
              "1 hand count does not fit this and would be a slip.");
}

TEST_F(JudgeCountTest, TheFewestShiftsMakeUpTheSum) {
  office_.OpenShift("s1", "made", 9);       // -1
  office_.CloseShift("s1", "made", 7);      // -2
  office_.OpenShift("s2", "wayan", 4);      // -3
  office_.CloseShift("s2", "wayan", 5);     // +1
  office_.Count("A0001001..A0001003", "");  // +2
  const CountVerdict verdict = office_.Judge();
  std::vector<int64_t> blamed;
  for (const CountWindow& window : verdict.windows) {
    if (window.blamed) blamed.push_back(window.change);
  }
  EXPECT_THAT(blamed, ElementsAre(-3));
}

TEST_F(JudgeCountTest, WithoutHandCountsAllShiftsSinceTheLastCountAreNamed) {
  office_.OpenShift("s1", "made");
  office_.CloseShift("s1", "made");
  office_.OpenShift("s2", "wayan");
  office_.Count("A0001001", "");
  EXPECT_THAT(Blamed(office_.Judge()), ElementsAre("made", "wayan"));
}

TEST_F(JudgeCountTest, ABlankThatCameLaterIsMissingSinceThen) {
  office_.OpenShift("s1", "made", 9);
  office_.CloseShift("s1", "made", 9);
  office_.Receive("A0001020");
  office_.OpenShift("s2", "wayan", 9);
  office_.Count("A0001001, A0001020", "");
  const CountVerdict verdict = office_.Judge();
  ASSERT_THAT(verdict.differences, SizeIs(2));
  EXPECT_THAT(verdict.differences[0].windows, ElementsAre(0, 2));
  EXPECT_THAT(verdict.differences[1].windows, ElementsAre(2));
}

TEST_F(JudgeCountTest, ASurplusThatNeverCameSaysSo) {
  office_.OpenShift("s1", "made", 10);
  office_.CloseShift("s1", "made", 11);
  office_.At("kintamani");
  office_.Receive("B0000007");
  office_.Count("", "B0000007");
  EXPECT_THAT(Words(),
              ElementsAre("1 blank is more than the book says.",
                          "Not explained: B0000007, too many; by the book never came to this "
                          "office, in hand at the office kintamani. It arose in the shift of made "
                          "(+1 by the counts)."));
}

TEST_F(JudgeCountTest, AnIncarnationGoesOnFromTheOneBefore) {
  office_.OpenShift("s1", "made", 10);
  office_.CloseShift("s1", "made", 9);
  office_.BeginIncarnation();
  office_.OpenShift("s2", "wayan", 9);
  office_.Count("A0001001", "");
  EXPECT_THAT(Blamed(office_.Judge()), ElementsAre("made"));
}

// ---- What is learned later.

TEST_F(JudgeCountTest, AnEqualCountSettlesIt) {
  office_.Count("A0001001", "");
  EXPECT_FALSE(office_.Judge().settled);
  office_.Count("", "");
  EXPECT_TRUE(office_.Judge().settled);
  EXPECT_THAT(office_.Judge().anomalies, IsEmpty());
}

TEST_F(JudgeCountTest, AMissingBlankThatIsUsedLaterWasFound) {
  office_.Count("A0001001", "");
  const FactRef intent = office_.Intend("j1", "A0001001");
  const CountVerdict verdict = office_.Judge();
  EXPECT_TRUE(verdict.settled);
  ASSERT_THAT(verdict.anomalies, SizeIs(1)) << "and stays on record";
  EXPECT_TRUE(verdict.anomalies[0].settled);
  EXPECT_TRUE(verdict.anomalies[0].evidence.contains(intent.id));
  EXPECT_THAT(InWords(RemarksOn(verdict)).back(), "A0001001 was found since.");
}

TEST_F(JudgeCountTest, AMissingBlankMayLieInAnotherOffice) {
  office_.Count("A0001001", "");
  office_.At("kintamani");
  office_.Find("A0001001");
  EXPECT_TRUE(office_.Judge().settled);
  EXPECT_THAT(Words().back(), "A0001001 was in hand at the office kintamani.");
}

TEST_F(JudgeCountTest, WhoLentItHadItBeforeAndNotSince) {
  office_.At("kintamani");
  office_.Receive("B0000007");
  office_.At("kintamani");
  office_.Lend("B0000007", "susut");
  office_.Receive("B0000007");
  office_.Count("B0000007", "");
  EXPECT_FALSE(office_.Judge().settled);
}

TEST_F(JudgeCountTest, ACorrectionSettlesASlip) {
  office_.Intend("j1", "A0001003");
  const FactRef answer = office_.Verify("j1", "A0001003");
  office_.Count("A0001002", "A0001003");
  office_.Correct("j1", answer.id);
  EXPECT_FALSE(office_.Judge().settled) << "where is A0001002?";
  office_.Verify("j1", "A0001002");
  EXPECT_TRUE(office_.Judge().settled);
  EXPECT_THAT(Words(), ::testing::Contains("The answer that named A0001003 was set aside since."));
}

TEST_F(JudgeCountTest, TheBlankOfAnOpenJobIsExplainedByItsAnswer) {
  office_.Intend("j1", "A0001003");
  office_.Count("", "A0001003");
  EXPECT_FALSE(office_.Judge().settled);
  EXPECT_EQ(office_.Judge().differences.at(0).word, BookWord::kInJob);
  office_.Unused("j1", "A0001003");
  EXPECT_TRUE(office_.Judge().settled);
  EXPECT_THAT(Words().back(), "A0001003 is in the book since.");
}

TEST_F(JudgeCountTest, AnAnswerThatWasSetAsideExplainsNothing) {
  office_.Intend("j1", "A0001003");
  office_.Count("", "A0001003");
  const FactRef answer = office_.Unused("j1", "A0001003");
  office_.At("kintamani");
  office_.Correct("j1", answer.id);
  EXPECT_FALSE(office_.Judge().settled);
}

TEST_F(JudgeCountTest, ACardThatIsHandedOverExplainsNoBlankInTheTray) {
  office_.Print("j1", "A0001003");
  office_.Count("", "A0001003");
  office_.Step("A0001003", StepKind::kHandedOver);
  EXPECT_FALSE(office_.Judge().settled);
}

TEST_F(JudgeCountTest, WhatWasFoundSinceIsNotLookedForInAShift) {
  office_.OpenShift("s1", "made", 10);
  office_.CloseShift("s1", "made", 9);
  office_.OpenShift("s2", "wayan", 9);
  office_.CloseShift("s2", "wayan", 8);
  office_.Count("A0001001, A0001005", "");
  office_.Intend("j1", "A0001001");
  const CountVerdict verdict = office_.Judge();
  EXPECT_FALSE(verdict.settled);
  EXPECT_THAT(Blamed(verdict), SizeIs(1));
  EXPECT_THAT(verdict.wrong_counts, IsEmpty()) << "A0001001 lay elsewhere until it was found";
}

TEST_F(JudgeCountTest, AnEmptyTrayIsAnsweredInTimeAndTheEventStaysSmall) {
  CountedOffice office;
  office.Receive("B0000001..B0020000");
  office.Count("B0000001..B0020000", "");
  office.Intend("j1", "B0000007");
  const CountVerdict verdict = office.Judge();
  EXPECT_THAT(verdict.differences, SizeIs(20'000));
  EXPECT_THAT(InWords(RemarksOn(verdict)).at(1), HasSubstr("B0000011 and 19989 more, missing."));
  EXPECT_LE(verdict.anomalies.at(0).evidence.size(), kMostCountEvidence);
}

}  // namespace
}  // namespace keping::central
