#include "edge_node/core/shifts.h"

#include <gtest/gtest.h>

#include <cctype>
#include <string>

#include "common/domain/day_report.h"

namespace keping::edge {
namespace {

using domain::ActId;
using domain::CodeText;
using domain::OperatorId;

const auto kAyu = OperatorId::Of("ayu");

domain::ShiftOpened Opened(const char* act, const OperatorId& person,
                           const std::string& code = "") {
  return {.act = ActId::Of(act),
          .operator_id = person,
          .counted = {},
          .proof_code = code.empty() ? CodeText() : CodeText::Of(code)};
}

domain::DayReported Reported(const char* about) {
  domain::DayReported report;
  report.head = crypto::Sha256({about});
  return report;
}

TEST(ShiftsTest, OneOpenShiftPerPerson) {
  Shifts shifts;
  EXPECT_EQ(shifts.OpenOf(kAyu), nullptr);
  shifts.Apply(Opened("s1", kAyu), 7);
  shifts.Apply(Opened("s2", OperatorId::Of("made")), 8);
  ASSERT_NE(shifts.OpenOf(kAyu), nullptr);
  EXPECT_EQ(shifts.OpenOf(kAyu)->act.value(), "s1");
  EXPECT_EQ(shifts.OpenOf(kAyu)->opened_seq, 7u);
  shifts.Apply(domain::ShiftClosed{.act = ActId::Of("s1"), .operator_id = kAyu, .counted = {}});
  EXPECT_EQ(shifts.OpenOf(kAyu), nullptr);
  EXPECT_EQ(shifts.open().size(), 1u);
}

TEST(ShiftsTest, TheCodeOnThePaperIsComparedWithTheLog) {
  Shifts shifts;
  const auto code = [](const char* about) { return domain::ReportCodeOf(Reported(about)); };
  EXPECT_EQ(shifts.Compare({}), ReportCode::kNotGiven);
  EXPECT_EQ(shifts.Compare(code("monday")), ReportCode::kNoReport);
  shifts.Apply(Reported("monday"));
  EXPECT_EQ(shifts.Compare(code("monday")), ReportCode::kLast);
  shifts.Apply(Reported("tuesday"));
  EXPECT_EQ(shifts.Compare(code("tuesday")), ReportCode::kLast);
  EXPECT_EQ(shifts.Compare(code("monday")), ReportCode::kEarlier);
  // The paper of a day that this disk knows nothing of: it was set back.
  EXPECT_EQ(shifts.Compare(code("wednesday")), ReportCode::kUnknown);
  EXPECT_EQ(shifts.Compare({}), ReportCode::kNotGiven);
}

TEST(ShiftsTest, CapitalsInACodeDoNotMatter) {
  Shifts shifts;
  shifts.Apply(Reported("monday"));
  std::string capitals = domain::ReportCodeOf(Reported("monday")).value();
  for (char& c : capitals) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  EXPECT_EQ(shifts.Compare(CodeText::Of(capitals)), ReportCode::kLast);
}

TEST(ShiftsTest, UnknownCodesAreCounted) {
  Shifts shifts;
  shifts.Apply(Opened("s1", kAyu, "00000000"), 1);
  shifts.Apply(Reported("monday"));
  shifts.Apply(Opened("s2", kAyu, "11111111"), 3);
  shifts.Apply(Opened("s3", kAyu, domain::ReportCodeOf(Reported("monday")).value()), 4);
  shifts.Apply(Opened("s4", kAyu), 5);
  EXPECT_EQ(shifts.unknown_codes(), 2u);
}

}  // namespace
}  // namespace keping::edge
