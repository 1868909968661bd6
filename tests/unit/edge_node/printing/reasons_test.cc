#include "edge_node/printing/reasons.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "edge_node/printing/printer.h"

namespace keping::edge {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

void ExpectWords(const ReasonWords& words) {
  EXPECT_FALSE(words.indonesian.empty());
  EXPECT_FALSE(words.english.empty());
  EXPECT_NE(words.indonesian, words.english);
  EXPECT_FALSE(words.indonesian_action.empty());
  EXPECT_FALSE(words.english_action.empty());
}

TEST(ReasonsTest, EveryRegisteredStateReasonHasItsWords) {
  std::ifstream registry(KEPING_STATE_REASONS);
  int keywords = 0;
  for (std::string keyword; std::getline(registry, keyword);) {
    if (keyword.empty() || keyword[0] == '#') continue;
    SCOPED_TRACE(keyword);
    ++keywords;
    for (const char* suffix : {"", "-report", "-warning", "-error"}) {
      const ReasonWords words = ExplainReason(keyword + suffix);
      EXPECT_TRUE(words.known);
      ExpectWords(words);
    }
  }
  EXPECT_GT(keywords, 700);
}

TEST(ReasonsTest, OwnReasonsHaveTheirWordsAndThoseForThePhoneACode) {
  struct Case {
    const char* keyword;
    const char* code;
  };
  const Case cases[] = {{kReasonUnreachable, "K-148"},   {kReasonStopped, ""},
                        {kReasonNotAccepting, ""},       {kReasonCardNotSupported, "K-145"},
                        {kReasonCardNotLoaded, "K-145"}, {kReasonPdfNotSupported, "K-147"},
                        {kReasonRepeatsJobs, "K-146"},   {kReasonOtherCard, ""},
                        {kReasonOtherJob, ""},           {kReasonTooMany, ""},
                        {kReasonSilent, "K-149"},        {kReasonLost, "K-149"},
                        {kReasonTooSlow, "K-149"},       {kReasonUnreadable, "K-149"},
                        {kReasonHistoryGone, "K-149"},   {kReasonJobTimeout, "K-149"},
                        {kReasonCancelled, ""},          {kReasonCalledBack, ""}};
  for (const Case& test : cases) {
    SCOPED_TRACE(test.keyword);
    const ReasonWords words = ExplainReason(test.keyword);
    EXPECT_TRUE(words.known);
    EXPECT_EQ(words.code, test.code);
    ExpectWords(words);
  }
}

TEST(ReasonsTest, SuffixTellsHowBadItIs) {
  EXPECT_EQ(ExplainReason("media-empty-report").severity, Severity::kReport);
  EXPECT_EQ(ExplainReason("media-empty-warning").severity, Severity::kWarning);
  EXPECT_EQ(ExplainReason("media-empty-error").severity, Severity::kError);
  EXPECT_EQ(ExplainReason("media-empty").severity, Severity::kError);
  // Not a suffix, but a part of the keyword.
  EXPECT_TRUE(ExplainReason("media-path-input-feed-error").known);
  EXPECT_EQ(ExplainReason("media-path-input-feed-error-report").severity, Severity::kReport);
}

TEST(ReasonsTest, WordsSayWhatIsWrongAndWhatToDo) {
  const ReasonWords words = ExplainReason("marker-supply-empty-error");
  EXPECT_EQ(words.keyword, "marker-supply-empty-error");
  EXPECT_EQ(words.indonesian, "Pita cetak habis.");
  EXPECT_EQ(words.english, "The ribbon is used up.");
  EXPECT_EQ(words.indonesian_action,
            "Ganti pita cetak dan catat. Simpan pita bekas untuk dimusnahkan.");
  EXPECT_EQ(ExplainReason("stacker-jam").english, "Card stacker: jammed.");
  EXPECT_EQ(ExplainReason("server-error-device-error").english,
            "The printer failed to handle the request. (server-error-device-error)");
}

TEST(ReasonsTest, UnknownReasonIsShownAsItCame) {
  const ReasonWords words = ExplainReason("com.example.flux-low-warning");
  EXPECT_FALSE(words.known);
  EXPECT_EQ(words.indonesian, "Printer melaporkan: com.example.flux-low-warning.");
  EXPECT_EQ(words.english, "The printer reports: com.example.flux-low-warning.");
  ExpectWords(words);
}

TEST(ReasonsTest, ListIsExplainedInItsOrder) {
  const auto all = ExplainReasons("aborted-by-system, media-jam-error,");
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].keyword, "aborted-by-system");
  EXPECT_EQ(all[1].keyword, "media-jam-error");
}

PrinterStatus Status(std::vector<std::string> reasons,
                     PrinterActivity activity = PrinterActivity::kIdle) {
  return {.reachable = true, .accepting = true, .activity = activity, .reasons = reasons};
}

TEST(WhyNotReadyTest, WhatStandsInTheWayIsNamed) {
  EXPECT_THAT(WhyNotReady(Status({})), IsEmpty());
  EXPECT_THAT(WhyNotReady(Status({}, PrinterActivity::kBusy)), IsEmpty());
  EXPECT_THAT(WhyNotReady({}), ElementsAre(kReasonUnreachable));
  EXPECT_THAT(WhyNotReady(Status({}, PrinterActivity::kStopped)), ElementsAre(kReasonStopped));
  PrinterStatus refusing = Status({});
  refusing.accepting = false;
  EXPECT_THAT(WhyNotReady(refusing), ElementsAre(kReasonNotAccepting));
  // The cause comes before the bare fact.
  EXPECT_THAT(WhyNotReady(Status({"media-low", "cover-open-warning"}, PrinterActivity::kStopped)),
              ElementsAre("cover-open-warning"));
}

TEST(WhyNotReadyTest, NewsAndWarningsOfTheFutureDoNotStop) {
  EXPECT_THAT(WhyNotReady(Status({"media-low-warning", "marker-supply-low", "media-jam-report",
                                  "com.example.odd", "com.example.odd-warning"})),
              IsEmpty());
  EXPECT_THAT(WhyNotReady(Status({"com.example.odd-error"})), ElementsAre("com.example.odd-error"));
}

TEST(WhyNotReadyTest, IdleQueueRepeatsOldNews) {
  PrinterStatus queue = Status({"media-jam-error", kReasonRepeatsJobs});
  EXPECT_THAT(WhyNotReady(queue), ElementsAre("media-jam-error", kReasonRepeatsJobs));
  queue.reasons_are_old = true;
  EXPECT_THAT(WhyNotReady(queue), ElementsAre(kReasonRepeatsJobs));
}

}  // namespace
}  // namespace keping::edge
