// What Prometheus is told of an office: deploy/dashboards/office.prom.
#include "edge_node/metrics/office_metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/example_page.h"

namespace keping::edge {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

absl::Time At(absl::CivilSecond civil) { return absl::FromCivil(civil, absl::UTCTimeZone()); }

void AddSupply(const char* name, uint32_t days, v1::Autonomy& autonomy) {
  v1::SupplyLeft& supply = *autonomy.add_supplies();
  supply.set_supply(name);
  supply.set_days(days);
}

// An office with everything that one can have.
OfficeFigures Example() {
  OfficeFigures figures;
  figures.now = At(absl::CivilSecond(2017, 4, 27, 2, 0, 0));
  figures.started = At(absl::CivilSecond(2017, 4, 26, 0, 0, 0));
  figures.newest_entry = At(absl::CivilSecond(2017, 4, 27, 1, 59, 30));
  figures.version = "0.1.0";
  figures.jobs = {.good = 212,
                  .spoiled = 6,
                  .unused = 2,
                  .in_doubt = 1,
                  .under_way = 1,
                  .fed = 220,
                  .fed_offline = 90};
  v1::GetStatusResponse& status = figures.status;
  status.set_node("susut");
  status.set_application_version("8.1");
  status.set_connected(true);
  status.set_log_entries(1024);
  status.set_log_entries_proven(1020);
  status.set_last_receipt_micros(absl::ToUnixMicros(figures.now - absl::Seconds(45)));
  status.set_bytes_sent(81234);
  status.set_bytes_received(1234567);
  status.set_prrs_printable(430);
  status.set_records_missing(70);
  status.set_blanks_in_tray(180);
  status.set_blanks_bound(1);
  status.set_blanks_in_doubt(1);
  status.set_blanks_unconfirmed(3);
  status.set_blanks_used(212);
  status.set_blanks_spoiled(8);
  status.set_doubts_opened(4);
  status.set_transfers_waiting(1);
  status.set_actions_waiting(2);
  status.set_disk_free_mb(20480);
  status.set_disk_reserve_mb(256);
  v1::RefusalCount& refusal = *status.add_refusals();
  refusal.set_code("K-112");
  refusal.set_count(3);
  v1::PrinterState& printer = *status.add_printers();
  printer.set_printer("susut-1");
  printer.set_state("ready");
  printer.set_cards_per_day(50);
  printer.set_fed_today(17);
  status.mutable_certificate()->set_valid_until_micros(
      absl::ToUnixMicros(figures.now + absl::Hours(24 * 90)));
  status.mutable_mirror()->set_entries(1023);
  v1::Autonomy& autonomy = *status.mutable_autonomy();
  autonomy.set_days(3);
  autonomy.set_cards_per_day(48);
  AddSupply("blanks", 3, autonomy);
  AddSupply("records", 8, autonomy);
  AddSupply("ribbons", 9, autonomy);
  AddSupply("films", 11, autonomy);
  AddSupply("contact", 14, autonomy);
  return figures;
}

TEST(OfficeMetricsTest, ThePageIsTheExample) {
  const std::string page = OfficeMetrics(Example());
  EXPECT_EQ(page, tests::ExamplePage("office.prom", page));
}

TEST(OfficeMetricsTest, AnOfficeBeforeItsFirstContact) {
  OfficeFigures figures;
  figures.status.set_node("susut");
  figures.now = At(absl::CivilSecond(2017, 4, 27, 2, 0, 0));
  const std::string page = OfficeMetrics(figures);
  EXPECT_THAT(page, Not(HasSubstr("contact_age")));
  EXPECT_THAT(page, Not(HasSubstr("mirror")));
  EXPECT_THAT(page, Not(HasSubstr("certificate")));
  EXPECT_THAT(page, AllOf(HasSubstr("keping_edge_link_up{office=\"susut\"} 0\n"),
                          HasSubstr("keping_edge_clock_behind_seconds{office=\"susut\"} 0\n")));
}

TEST(OfficeMetricsTest, AClockThatWasSetBackShowsAndMakesNoAgeNegative) {
  OfficeFigures figures = Example();
  figures.now -= absl::Hours(48);
  EXPECT_THAT(OfficeMetrics(figures),
              AllOf(HasSubstr("keping_edge_clock_behind_seconds{office=\"susut\"} 172770\n"),
                    HasSubstr("keping_edge_contact_age_seconds{office=\"susut\"} 0\n")));
}

TEST(OfficeMetricsTest, AFrozenLogAndALockShow) {
  OfficeFigures figures = Example();
  EXPECT_THAT(OfficeMetrics(figures),
              AllOf(HasSubstr("keping_edge_log_frozen{office=\"susut\"} 0\n"),
                    HasSubstr("keping_edge_printing_locked{office=\"susut\"} 0\n")));
  figures.log_frozen = true;
  figures.status.set_lock_reason("K-263");
  EXPECT_THAT(OfficeMetrics(figures),
              AllOf(HasSubstr("keping_edge_log_frozen{office=\"susut\"} 1\n"),
                    HasSubstr("keping_edge_printing_locked{office=\"susut\"} 1\n"),
                    Not(HasSubstr("K-263"))));
}

}  // namespace
}  // namespace keping::edge

int main(int argc, char** argv) { return keping::tests::RunWithExamples(argc, argv); }
