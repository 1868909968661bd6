// One page of figures for Prometheus. It is filled anew from a node's own tables each time that it
// is asked for, so that nothing is counted beside them and what is gone leaves no series behind.
//
//   Exposition page(Labels{{"office", "susut"}});
//   page.Gauge({"keping_edge_records_printable", "Records that can be printed now."}, 40);
//   page.Counter({"keping_edge_refusals_total", "By code."}, 3, {{"code", "K-113"}});
//   page.Text();
//
// Written by prometheus-cpp, which stays behind this file.
#ifndef KEPING_COMMON_METRICS_EXPOSITION_H_
#define KEPING_COMMON_METRICS_EXPOSITION_H_

#include <map>
#include <memory>
#include <string>

namespace prometheus {
class Registry;
}

namespace keping::metrics {

// Name to value. Values are of small closed sets: offices, printers, states; never of a person, a
// record or a blank.
using Labels = std::map<std::string, std::string>;

// Named as Prometheus wants it: keping_<program>_<what>, the base unit last, _total for a counter.
struct Metric {
  const char* name = "";
  const char* help = "";  // one line of English
};

// Not thread-safe.
class Exposition {
 public:
  // Every series has these labels.
  explicit Exposition(Labels constant);
  ~Exposition();

  // May fall: also for what a later event can set aside.
  void Gauge(const Metric& metric, double value, const Labels& labels = {});
  // Only grows while the program runs.
  void Counter(const Metric& metric, double value, const Labels& labels = {});
  // One gauge for each of `all`: 1 for `state`, 0 for the others.
  template <typename Names>
  void State(const Metric& metric, const std::string& label, const Names& all,
             const std::string& state, Labels labels = {}) {
    for (const auto& one : all) {
      labels[label] = one;
      Gauge(metric, one == state ? 1 : 0, labels);
    }
  }

  // Prometheus' text format, version 0.0.4, in the order of names and labels.
  std::string Text() const;

 private:
  const Labels constant_;
  const std::unique_ptr<prometheus::Registry> registry_;
};

}  // namespace keping::metrics

#endif  // KEPING_COMMON_METRICS_EXPOSITION_H_
