#include "common/metrics/exposition.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace keping::metrics {

Exposition::Exposition(Labels constant)
    : constant_(std::move(constant)), registry_(std::make_unique<prometheus::Registry>()) {}

Exposition::~Exposition() = default;

void Exposition::Gauge(const Metric& metric, double value, const Labels& labels) {
  prometheus::BuildGauge()
      .Name(metric.name)
      .Help(metric.help)
      .Labels(constant_)
      .Register(*registry_)
      .Add(labels)
      .Set(value);
}

void Exposition::Counter(const Metric& metric, double value, const Labels& labels) {
  prometheus::BuildCounter()
      .Name(metric.name)
      .Help(metric.help)
      .Labels(constant_)
      .Register(*registry_)
      .Add(labels)
      .Increment(value);
}

std::string Exposition::Text() const {
  std::vector<prometheus::MetricFamily> families = registry_->Collect();
  std::sort(families.begin(), families.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  for (prometheus::MetricFamily& family : families) {
    std::sort(family.metric.begin(), family.metric.end(),
              [](const auto& a, const auto& b) { return a.label < b.label; });
  }
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace keping::metrics
