#include "common/domain/event.h"

#include <gtest/gtest.h>

#include <cctype>
#include <set>
#include <string>

#include "tests/support/event_samples.h"

namespace keping::domain {
namespace {

TEST(EventTest, EveryKindHasItsOwnName) {
  std::set<std::string> names;
  for (const Event& event : tests::EventSamples()) names.insert(EventName(event));
  EXPECT_EQ(names.size(), std::variant_size_v<Event>);
  EXPECT_STREQ(EventName(PrintIntended{}), "print_intended");
  EXPECT_STREQ(EventName(ReportAnswered{}), "report_answered");
}

TEST(EventTest, CasesHaveNames) {
  std::set<std::string> names;
  for (CaseKind kind : kCaseKinds) names.insert(CaseKindName(kind));
  EXPECT_EQ(names.size(), std::size(kCaseKinds));
  EXPECT_STREQ(CaseStateName(CaseState::kOpen), "open");
  EXPECT_STREQ(CaseStateName(CaseState::kActing), "acting");
  EXPECT_STREQ(CaseStateName(CaseState::kClosed), "closed");
}

TEST(EventTest, EpochsOrderByGenerationThenCounter) {
  EXPECT_LT((LeaseEpoch{1, 9}), (LeaseEpoch{2, 1}));
  EXPECT_LT((LeaseEpoch{1, 1}), (LeaseEpoch{1, 2}));
}

}  // namespace
}  // namespace keping::domain
