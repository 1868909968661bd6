// One measured figure, what stands beside it, and the bar that it should keep to.
//
//   figures.push_back({.name = "intent p50", .value = 140, .unit = "us", .ceiling = 120,
//                      .ceiling_name = "append and fdatasync of the same bytes",
//                      .conditions = Conditions(), .bar = AtMostRatio(1.3)});
#ifndef KEPING_TESTS_BENCH_FIGURE_H_
#define KEPING_TESTS_BENCH_FIGURE_H_

#include <string>
#include <vector>

namespace keping::bench {

struct Bar {
  enum class On { kNone, kValue, kRatio };
  On on = On::kNone;
  bool at_least = false;  // else at most
  double limit = 0;
};

inline Bar AtMost(double value) { return {Bar::On::kValue, false, value}; }
inline Bar AtMostRatio(double ratio) { return {Bar::On::kRatio, false, ratio}; }
inline Bar AtLeast(double value) { return {Bar::On::kValue, true, value}; }
inline Bar AtLeastRatio(double ratio) { return {Bar::On::kRatio, true, ratio}; }

struct Figure {
  std::string name;
  double value = 0;
  std::string unit;
  double ceiling = 0;  // of the ceiling or rival, in the same unit
  std::string ceiling_name;
  std::string conditions;  // how many, which disk, what else ran
  Bar bar;

  double ratio() const { return ceiling == 0 ? 0 : value / ceiling; }
};

// Whether the figure keeps to its bar; true without one.
bool Met(const Figure& figure);

// For people; the bar of each figure is part of it.
std::string FormatTable(const std::vector<Figure>& figures);

// A list of {"name", "value", "unit", "ceiling", "ceiling_name", "ratio", "conditions"}.
std::string FormatJson(const std::vector<Figure>& figures);

}  // namespace keping::bench

#endif  // KEPING_TESTS_BENCH_FIGURE_H_
