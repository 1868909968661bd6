// Figures on paper against their own parts and the ledger. Two of these papers are real: the report
// of Bangli of 27 April 2017, and the list of cards that Cimahi burnt; of the latter's reasons only
// the sum is known here.

#include "central_node/core/judge_figures.h"

#include "central_node/core/variance_words.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace keping::central {
namespace {

using domain::FigureKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

FiguresFact Report(FigureKind kind, std::vector<uint64_t> parts, uint64_t total) {
  FiguresFact figures;
  figures.fact.id = crypto::Sha256({"report"});
  figures.report.act = domain::ActId::Of("f1");
  figures.report.kind = kind;
  figures.report.upto = absl::CivilDay(2017, 4, 27);
  for (uint64_t quantity : parts)
    figures.report.parts.push_back({.label = "", .quantity = quantity});
  figures.report.total = total;
  figures.report.document = domain::DocumentNumber::Of("470/123/2017");
  return figures;
}

TEST(JudgeFiguresTest, BangliStatesEightCardsFewerThanItsParts) {
  const FiguresFact report = Report(FigureKind::kPrinted, {84, 87, 95}, 258);
  const FiguresVerdict verdict = JudgeFigures(report, 266);
  EXPECT_EQ(verdict.parts, 266);
  EXPECT_EQ(verdict.from_parts, -8);
  EXPECT_EQ(verdict.from_ledger, -8);
  ASSERT_THAT(verdict.anomalies, SizeIs(1));
  EXPECT_EQ(verdict.anomalies[0].kind, domain::CaseKind::kReportContradiction);
  EXPECT_THAT(verdict.anomalies[0].evidence, ElementsAre(report.fact.id));
  EXPECT_FALSE(verdict.anomalies[0].settled);
  EXPECT_THAT(InWords(RemarksOn(report, verdict)),
              ElementsAre("470/123/2017 says 258 printed at all offices up to 2017-04-27.",
                          "Its own parts make 266 (84 + 87 + 95): the total says 8 fewer.",
                          "The ledger has 266: the total says 8 fewer.",
                          "The parts agree with the ledger."));
}

TEST(JudgeFiguresTest, CimahiStatesTenCardsMoreThanItsReasons) {
  const FiguresFact report = Report(FigureKind::kDestroyed, {1914, 1500, 500}, 3924);
  const FiguresVerdict verdict = JudgeFigures(report, std::nullopt);
  EXPECT_EQ(verdict.parts, 3914);
  EXPECT_EQ(verdict.from_parts, 10);
  EXPECT_EQ(verdict.from_ledger, 0) << "the ledger cannot say";
  EXPECT_THAT(verdict.anomalies, SizeIs(1));
  EXPECT_THAT(InWords(RemarksOn(report, verdict)),
              ElementsAre("470/123/2017 says 3924 destroyed at all offices up to 2017-04-27.",
                          "Its own parts make 3914 (1914 + 1500 + 500): the total says 10 more."));
}

TEST(JudgeFiguresTest, WhatAddsUpAndAgreesIsNoCase) {
  const FiguresFact report = Report(FigureKind::kPrinted, {84, 87, 95}, 266);
  EXPECT_THAT(JudgeFigures(report, 266).anomalies, IsEmpty());
  EXPECT_THAT(InWords(RemarksOn(report, JudgeFigures(report, 266))).back(),
              "It agrees with the ledger.");
  EXPECT_THAT(JudgeFigures(report, std::nullopt).anomalies, IsEmpty());
}

TEST(JudgeFiguresTest, PartsThatAddUpMayStillDifferFromTheLedger) {
  const FiguresVerdict verdict = JudgeFigures(Report(FigureKind::kSpoiled, {2, 3}, 5), 7);
  EXPECT_EQ(verdict.from_parts, 0);
  EXPECT_EQ(verdict.from_ledger, -2);
  EXPECT_THAT(verdict.anomalies, SizeIs(1));
}

TEST(JudgeFiguresTest, ATotalAloneIsComparedWithTheLedgerAlone) {
  const FiguresFact report = Report(FigureKind::kInStock, {}, 5);
  EXPECT_EQ(JudgeFigures(report, 5).parts, std::nullopt);
  EXPECT_THAT(JudgeFigures(report, 4).anomalies, SizeIs(1));
  EXPECT_THAT(InWords(RemarksOn(report, JudgeFigures(report, std::nullopt))).back(),
              "There is nothing to compare it with.");
}

TEST(JudgeFiguresTest, NoFigureIsTooLarge) {
  const FiguresVerdict verdict =
      JudgeFigures(Report(FigureKind::kPrinted, {UINT64_MAX, UINT64_MAX}, UINT64_MAX), 0);
  EXPECT_EQ(verdict.from_parts, -kLargestFigure);
}

}  // namespace
}  // namespace keping::central
