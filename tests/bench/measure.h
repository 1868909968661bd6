// What the benches measure with: a stopwatch, quantiles, and words for the machine.
//
//   Stopwatch watch;
//   …
//   samples.Add(watch.Microseconds());
//   samples.Quantile(0.99);
#ifndef KEPING_TESTS_BENCH_MEASURE_H_
#define KEPING_TESTS_BENCH_MEASURE_H_

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/base/check.h"
#include "common/time/system_clock.h"

namespace keping::bench {

class Stopwatch {
 public:
  double Microseconds() const { return absl::ToDoubleMicroseconds(Passed()); }
  double Milliseconds() const { return absl::ToDoubleMilliseconds(Passed()); }
  double Seconds() const { return absl::ToDoubleSeconds(Passed()); }

 private:
  absl::Duration Passed() const { return clock_.Now().monotonic - start_; }

  const time::SystemClock clock_;
  const absl::Duration start_ = clock_.Now().monotonic;
};

class Samples {
 public:
  void Add(double value) { values_.push_back(value); }
  size_t count() const { return values_.size(); }

  // The smallest sample that at least the part `q` of all do not exceed (nearest rank).
  double Quantile(double q) const {
    KEPING_CHECK(!values_.empty() && q > 0 && q <= 1, "a quantile is of samples");
    std::vector<double> sorted = values_;
    std::sort(sorted.begin(), sorted.end());
    return sorted[static_cast<size_t>(std::ceil(q * static_cast<double>(sorted.size()))) - 1];
  }

 private:
  std::vector<double> values_;
};

// Of this thread so far: what a busy machine does not change.
double OwnCpuSeconds();
// Of all threads of this program so far.
double ProgramCpuSeconds();

// Such as "ext4, 2 CPUs, load 1.7": where `folder` lies and how busy the machine is now.
std::string MachineConditions(const std::string& folder);

}  // namespace keping::bench

#endif  // KEPING_TESTS_BENCH_MEASURE_H_
