// What Prometheus is told of a district: deploy/dashboards/district.prom.
#include "central_node/metrics/district_metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/ledger/account.h"
#include "tests/support/example_page.h"

namespace keping::central {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

absl::Time At(absl::CivilSecond civil) { return absl::FromCivil(civil, absl::UTCTimeZone()); }

v1::Node& AddNode(const char* id, DistrictFigures& figures) {
  v1::Node& node = *figures.nodes.add_nodes();
  node.set_node(id);
  node.set_proven_seq(1020);
  node.set_records_left(500);
  node.set_blanks_left(180);
  node.set_days_left(3);
  return node;
}

void AddBalance(ledger::Account account, const char* holder, uint64_t quantity,
                DistrictFigures& figures) {
  v1::Balance& balance = *figures.stock.add_balances();
  balance.set_account(ledger::AccountName(account));
  balance.set_holder(holder);
  balance.set_quantity(quantity);
}

// A district with everything that one can have.
DistrictFigures Example() {
  DistrictFigures figures;
  figures.now = At(absl::CivilSecond(2017, 4, 27, 2, 0, 0));
  figures.started = At(absl::CivilSecond(2017, 4, 26, 0, 0, 0));
  figures.version = "0.1.0";
  figures.offices = {"bangli", "kintamani", "susut", "tembuku"};
  AddNode("susut", figures).set_connected(true);
  AddNode("tembuku", figures)
      .set_last_contact_micros(absl::ToUnixMicros(figures.now - absl::Hours(30)));
  AddNode("kintamani", figures).set_problem("the log was forked");
  v1::Node& ended = AddNode("old-pc", figures);
  ended.set_ended("retired");
  ended.set_problem("the log was set back");
  AddBalance(ledger::Account::kDistrictStock, "", 5000, figures);
  AddBalance(ledger::Account::kNodeStock, "susut", 180, figures);
  AddBalance(ledger::Account::kNodeStock, "tembuku", 200, figures);
  figures.stock.set_balanced(true);
  figures.open_cases = {{domain::CaseKind::kDuplicatePrint, 2}, {domain::CaseKind::kNodeSilent, 1}};
  figures.circuit = CircuitBreaker::State::kOpen;
  figures.national_down_since = figures.now - absl::Hours(2);
  figures.last_backup = figures.now - absl::Hours(26);
  figures.disk_free_bytes = uint64_t{40} << 30;
  v1::GetStatusResponse& status = figures.status;
  status.set_district("bangli");
  status.add_nodes_unheard("tembuku");
  status.set_node_entries(54321);
  status.set_entries_to_judge(12);
  status.set_days_left_open(40);
  status.set_prrs_received(13387);
  status.set_prrs_leased(1500);
  status.set_prrs_printed(900);
  status.set_prrs_withdrawn(11);
  status.set_reports_waiting(33);
  status.set_reports_confirmed(850);
  status.set_reports_rejected(2);
  status.set_bytes_received(9876543);
  status.set_bytes_sent(123456789);
  return figures;
}

TEST(DistrictMetricsTest, ThePageIsTheExample) {
  const std::string page = DistrictMetrics(Example());
  EXPECT_EQ(page, tests::ExamplePage("district.prom", page));
}

TEST(DistrictMetricsTest, EachOfficeIsInOneState) {
  const std::string page = DistrictMetrics(Example());
  for (const char* state : {"connected", "silent", "troubled", "ended", "not_enrolled"}) {
    EXPECT_THAT(page, HasSubstr(absl::StrCat("keping_central_offices{district=\"bangli\",state=\"",
                                             state, "\"} 1\n")));
  }
}

TEST(DistrictMetricsTest, AnOfficeThatHasEndedRaisesNoAlarm) {
  DistrictFigures figures = Example();
  const auto of = [](const char* metric, const char* office) {
    return absl::StrCat(metric, "{district=\"bangli\",office=\"", office, "\"}");
  };
  const std::string page = DistrictMetrics(figures);
  for (const char* metric :
       {"keping_central_office_connected", "keping_central_office_contact_age_seconds",
        "keping_central_office_autonomy_days", "keping_central_office_troubled"}) {
    EXPECT_THAT(page, Not(HasSubstr(of(metric, "old-pc"))));
    EXPECT_THAT(page, HasSubstr(of(metric, "tembuku")));
  }
}

TEST(DistrictMetricsTest, AnAccountIsTheSumOfItsHoldersAndAnEmptyOneShows) {
  EXPECT_THAT(
      DistrictMetrics(Example()),
      AllOf(HasSubstr("keping_central_blanks{district=\"bangli\",account=\"node_stock\"} 380\n"),
            HasSubstr("keping_central_blanks{district=\"bangli\",account=\"destroyed\"} 0\n"),
            Not(HasSubstr("account=\"unknown_origin\""))));
}

TEST(DistrictMetricsTest, WhatIsNotKnownIsAbsentAndNotZero) {
  DistrictFigures figures = Example();
  figures.last_backup = std::nullopt;
  figures.nodes.mutable_nodes(1)->clear_last_contact_micros();
  const std::string page = DistrictMetrics(figures);
  EXPECT_THAT(page, Not(HasSubstr("backup_age")));
  EXPECT_THAT(page, Not(HasSubstr("contact_age_seconds{district=\"bangli\",office=\"tembuku\"}")));
}

TEST(DistrictMetricsTest, ANationThatAnswersIsNotDown) {
  DistrictFigures figures = Example();
  figures.circuit = CircuitBreaker::State::kClosed;
  figures.national_down_since = std::nullopt;
  EXPECT_THAT(
      DistrictMetrics(figures),
      AllOf(HasSubstr("keping_central_national_down_seconds{district=\"bangli\"} 0\n"),
            HasSubstr("keping_central_national_circuit{district=\"bangli\",state=\"closed\"} 1\n"),
            HasSubstr("keping_central_national_circuit{district=\"bangli\",state=\"open\"} 0\n")));
}

}  // namespace
}  // namespace keping::central

int main(int argc, char** argv) { return keping::tests::RunWithExamples(argc, argv); }
