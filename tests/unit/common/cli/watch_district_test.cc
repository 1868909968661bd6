#include "common/cli/watch_district.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace keping::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(WatchDistrictTest, NumbersReadAsInOtherAnswers) {
  central::v1::WatchDistrictResponse change;
  central::v1::DistrictPicture& picture = *change.mutable_picture();
  central::v1::OfficePicture& office = *picture.add_offices();
  office.set_node("susut");
  office.set_proven_seq(12345);
  office.set_records_left(2345);
  office.set_blanks_left(1500);
  office.set_records_printed(11000);
  central::v1::CaseCount& cases = *picture.mutable_cases()->add_counts();
  cases.set_state(log::v1::CASE_STATE_OPEN);
  cases.set_cases(1200);
  picture.mutable_national()->set_reports_waiting(4321);
  EXPECT_THAT(
      RenderChange(change, "09:15"),
      AllOf(HasSubstr("12,345 entries proven, 2,345 records and 1,500 blanks left"),
            HasSubstr("11,000 printed"), HasSubstr("1,200 open"), HasSubstr("4,321 reports wait")));
}

}  // namespace
}  // namespace keping::cli
