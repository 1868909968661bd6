#include "edge_node/core/read_log.h"

#include <gtest/gtest.h>

namespace keping::edge {
namespace {

using domain::OperatorId;
using domain::PersonalDataRead;
using domain::PrrId;
using domain::ReadPurpose;

PersonalDataRead Look(const char* person, const char* prr,
                      ReadPurpose purpose = ReadPurpose::kRecordView) {
  return {.operator_id = OperatorId::Of(person),
          .prr = PrrId::Of(prr),
          .nik_key = {},
          .purpose = purpose};
}

class ReadLogTest : public ::testing::Test {
 protected:
  // Whether it had to be written.
  bool Read(const PersonalDataRead& look, bool planned) {
    const auto event = log_.ToNote(look, planned);
    if (event) log_.Apply(*event);
    return event.has_value();
  }

  ReadLog log_;
};

TEST_F(ReadLogTest, EveryPersonOutsideThePlanIsToldOfOnce) {
  EXPECT_TRUE(Read(Look("ayu", "p1"), false));
  EXPECT_FALSE(Read(Look("ayu", "p1"), false));
  EXPECT_TRUE(Read(Look("ayu", "p2"), false));
  EXPECT_TRUE(Read(Look("made", "p1"), false));
  EXPECT_TRUE(Read(Look("ayu", "p1", ReadPurpose::kResidentStatus), false));
}

TEST_F(ReadLogTest, ThePlanIsToldOfOnceForAllItsRecords) {
  const auto event = log_.ToNote(Look("ayu", "p1"), true);
  ASSERT_TRUE(event.has_value());
  EXPECT_EQ(event->purpose, ReadPurpose::kVerification);
  EXPECT_EQ(event->prr.value(), "p1");
  log_.Apply(*event);
  EXPECT_FALSE(Read(Look("ayu", "p2"), true));
  EXPECT_TRUE(Read(Look("made", "p2"), true));
}

TEST_F(ReadLogTest, OutsideThePlanNothingPassesForThePlan) {
  EXPECT_TRUE(Read(Look("ayu", "p1"), true));
  const auto event = log_.ToNote(Look("ayu", "p9", ReadPurpose::kVerification), false);
  ASSERT_TRUE(event.has_value());
  EXPECT_EQ(event->purpose, ReadPurpose::kRecordView);
}

TEST_F(ReadLogTest, ANewShiftOrDayIsToldOfAnew) {
  EXPECT_TRUE(Read(Look("ayu", "p1"), true));
  EXPECT_TRUE(Read(Look("made", "p1"), true));
  log_.Forget(OperatorId::Of("ayu"));
  EXPECT_TRUE(Read(Look("ayu", "p1"), true));
  EXPECT_FALSE(Read(Look("made", "p1"), true));
  log_.ForgetAll();
  EXPECT_TRUE(Read(Look("made", "p1"), true));
}

TEST_F(ReadLogTest, AskingForANikThatIsNotHereIsALookToo) {
  PersonalDataRead asked{.operator_id = OperatorId::Of("ayu"),
                         .prr = {},
                         .nik_key = crypto::Sha256({"one"}),
                         .purpose = ReadPurpose::kResidentStatus};
  EXPECT_TRUE(Read(asked, false));
  EXPECT_FALSE(Read(asked, false));
  asked.nik_key = crypto::Sha256({"another"});
  EXPECT_TRUE(Read(asked, false));
}

}  // namespace
}  // namespace keping::edge
