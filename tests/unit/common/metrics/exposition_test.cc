#include "common/metrics/exposition.h"

#include <gtest/gtest.h>

namespace keping::metrics {
namespace {

constexpr Metric kTray{"keping_edge_tray", "Blanks in the tray."};
constexpr Metric kRefusals{"keping_edge_refusals_total", "Refused prints."};
constexpr Metric kState{"keping_edge_state", "1 for the state."};

TEST(ExpositionTest, APageIsInTheOrderOfNamesAndLabels) {
  Exposition page(Labels{{"office", "susut"}});
  page.Gauge(kTray, 40.5);
  page.Counter(kRefusals, 2, {{"code", "K-114"}});
  page.Counter(kRefusals, 1, {{"code", "K-113"}});
  EXPECT_EQ(page.Text(), R"(# HELP keping_edge_refusals_total Refused prints.
# TYPE keping_edge_refusals_total counter
keping_edge_refusals_total{office="susut",code="K-113"} 1
keping_edge_refusals_total{office="susut",code="K-114"} 2
# HELP keping_edge_tray Blanks in the tray.
# TYPE keping_edge_tray gauge
keping_edge_tray{office="susut"} 40.5
)");
}

TEST(ExpositionTest, AStateIsOneOfAll) {
  Exposition page(Labels{});
  const char* const all[] = {"open", "closed"};
  page.State(kState, "state", all, "closed", {{"printer", "p1"}});
  EXPECT_EQ(page.Text(), R"(# HELP keping_edge_state 1 for the state.
# TYPE keping_edge_state gauge
keping_edge_state{printer="p1",state="closed"} 1
keping_edge_state{printer="p1",state="open"} 0
)");
}

TEST(ExpositionTest, LargeCountsAreWhole) {
  Exposition page(Labels{});
  page.Gauge(kTray, 1234567890123.0);
  EXPECT_NE(page.Text().find("keping_edge_tray 1234567890123\n"), std::string::npos) << page.Text();
}

TEST(ExpositionTest, LabelsCannotBreakOut) {
  Exposition page(Labels{});
  page.Gauge(kTray, 1, {{"printer", "a\"b\\c\nd"}});
  EXPECT_NE(page.Text().find("{printer=\"a\\\"b\\\\c\\nd\"}"), std::string::npos) << page.Text();
}

}  // namespace
}  // namespace keping::metrics
