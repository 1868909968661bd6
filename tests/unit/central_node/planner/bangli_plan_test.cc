// The case that Keping starts from (Bali Post, April 2017): 8,000 blanks, 13,387 records, four
// kecamatan and the district with a printer of 50 cards a day each, and a second allotment to come.
#include <string>

#include "absl/strings/str_cat.h"
#include "central_node/planner/forecast.h"
#include "central_node/planner/plan.h"
#include "gtest/gtest.h"
#include "tests/support/sample_plan.h"

namespace keping::planner {
namespace {

using tests::AddOffice;
using tests::AddRecords;

constexpr absl::CivilDay kToday(2017, 4, 27);

// National holidays and collective leave on weekdays, 27 April to July 2017.
const std::vector<absl::CivilDay> kHolidays = {
    absl::CivilDay(2017, 5, 1),  absl::CivilDay(2017, 5, 11), absl::CivilDay(2017, 5, 25),
    absl::CivilDay(2017, 6, 1),  absl::CivilDay(2017, 6, 23), absl::CivilDay(2017, 6, 26),
    absl::CivilDay(2017, 6, 27), absl::CivilDay(2017, 6, 28), absl::CivilDay(2017, 6, 29),
    absl::CivilDay(2017, 6, 30)};

struct Kecamatan {
  const char* name;
  const char* code;
  uint32_t villages;
  uint32_t records;
};
// As large as they are: Kintamani has a third of the people.
constexpr Kecamatan kKecamatan[] = {{"susut", "51.06.01", 9, 2900},
                                    {"bangli", "51.06.02", 9, 3100},
                                    {"tembuku", "51.06.03", 6, 2687},
                                    {"kintamani", "51.06.04", 48, 4700}};

PlanInput Bangli() {
  PlanInput input{.first_day = kToday};
  input.policy.safety_days = 5;
  input.policy.request_lead_days = 14;
  for (const Kecamatan& one : kKecamatan) {
    AddOffice(input, {.name = one.name,
                      .kecamatan = one.code,
                      .blanks = 1600,
                      .cards_per_day = 50,
                      .lead_days = 1,
                      .holidays = kHolidays});
    for (uint32_t i = 0; i < one.villages; ++i) {
      const uint32_t share = one.records / one.villages + (i < one.records % one.villages ? 1 : 0);
      const std::string village = absl::StrCat(one.code, ".", 2001 + i);
      AddRecords(input, {.prefix = village, .village = village, .count = share});
    }
  }
  AddOffice(input,
            {.name = "district", .blanks = 1600, .cards_per_day = 50, .holidays = kHolidays});
  return input;
}

TEST(BangliPlanTest, ThereAre13387Records) { EXPECT_EQ(Bangli().records.size(), 13387u); }

TEST(BangliPlanTest, OnDayOneTheForecastSaysThatBlanksLast32WorkingDays) {
  const Plan plan = *MakePlan(Bangli());
  const Forecast forecast = ForecastOf(plan);
  ASSERT_TRUE(forecast.district.run_out.has_value());
  const RunOut& run_out = *forecast.district.run_out;
  EXPECT_EQ(forecast.district.blanks, 8000u);
  EXPECT_EQ(run_out.working_days, 32u);
  EXPECT_EQ(run_out.used_up_on, absl::CivilDay(2017, 6, 15));
  EXPECT_EQ(run_out.dry_from, absl::CivilDay(2017, 6, 16));
  EXPECT_FALSE(run_out.dry_until.has_value());
  EXPECT_EQ(forecast.district.backlog.waiting.front(), 13387u - 250);
  EXPECT_EQ(forecast.district.backlog.waiting.back(), 5387u);
  for (const OfficeForecast& office : forecast.offices) {
    ASSERT_TRUE(office.run_out.has_value()) << office.node.value();
    EXPECT_EQ(office.run_out->working_days, 32u) << office.node.value();
  }
}

TEST(BangliPlanTest, AllRecordsNeed54WorkingDaysAnd5387BlanksMoreInTime) {
  const Forecast forecast = ForecastOf(*MakePlan(Bangli()));
  EXPECT_EQ(forecast.district.working_days_needed, 54u);
  EXPECT_FALSE(forecast.district.backlog.ends_on.has_value());
  ASSERT_TRUE(forecast.request.has_value());
  EXPECT_EQ(forecast.request->blanks, 5387u);
  EXPECT_EQ(forecast.request->needed_on, absl::CivilDay(2017, 6, 16));
  // Five working days of stock, one day to the offices, two weeks from the capital.
  EXPECT_EQ(forecast.request->arrive_by, absl::CivilDay(2017, 6, 8));
  EXPECT_EQ(forecast.request->request_by, absl::CivilDay(2017, 5, 25));
  EXPECT_FALSE(forecast.request->late);
}

TEST(BangliPlanTest, WithTheSecondAllotmentInTimeEverybodyHasACardAfter54Days) {
  PlanInput input = Bangli();
  const BlankRequest request = *ForecastOf(*MakePlan(input)).request;
  input.allotments.push_back(
      {domain::AllotmentId::Of("second"), request.arrive_by, request.blanks});
  const Plan plan = *MakePlan(input);
  const Forecast forecast = ForecastOf(plan);
  EXPECT_FALSE(forecast.request.has_value());
  EXPECT_FALSE(forecast.district.run_out.has_value());
  EXPECT_TRUE(forecast.late_allotments.empty());
  EXPECT_EQ(forecast.district.backlog.ends_on, absl::CivilDay(2017, 7, 25));
  EXPECT_EQ(plan.basis.district_calendar.OpenDays(0, plan.schedule.days), 54);
  ASSERT_EQ(plan.supply.dispatches.size(), 2u);
  EXPECT_EQ(plan.supply.dispatches[1].split.reserve, 0u);
}

TEST(BangliPlanTest, BlanksAtTheDistrictGoOutInEqualParts) {
  PlanInput input = Bangli();
  for (Office& office : input.offices) office.blanks = 0;
  input.district_blanks = 8000;
  const Plan plan = *MakePlan(input);
  for (const OfficeShare& share : plan.supply.dispatches[0].split.shares) {
    // A day's lead time is a day's cards.
    EXPECT_EQ(share.blanks, share.node.value() == "district" ? 1560u : 1610u);
  }
}

TEST(BangliPlanTest, WhereAllOfficesHelpEachOtherAnUnevenBacklogTakesNoLonger) {
  PlanInput input = Bangli();
  input.policy.overflow = Overflow::kEveryOffice;
  for (Record& record : input.records) {
    const bool of_tembuku = record.village.value().substr(0, 8) == "51.06.03";
    if (of_tembuku) record.village = domain::VillageCode::Of("51.06.04.2001");
  }
  EXPECT_EQ(ForecastOf(*MakePlan(input)).district.working_days_needed, 54u);
}

}  // namespace
}  // namespace keping::planner
