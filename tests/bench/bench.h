// What keping-bench runs. A bench is one .cc file that ends in one line:
//
//   KEPING_BENCH("render", "card page to PDF and to a picture", &RunRender);
//
// or in KEPING_LINE_BENCH, when it measures over a bad line (bad_line.h).
//
// It measures what it is about and, in the same run, what stands beside it: machines differ, ratios
// hold. keping-bench prints the figures as a table or, with --json, as a list.
#ifndef KEPING_TESTS_BENCH_BENCH_H_
#define KEPING_TESTS_BENCH_BENCH_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tests/bench/figure.h"

namespace keping::tests {
class TunEnd;
}

namespace keping::bench {

struct BenchOptions {
  // An empty folder on the disk that is measured; removed at the end.
  std::string folder;
  // Whether only to see that the bench works: figures of a quick run mean nothing.
  bool quick = false;
  // Whether to measure at the size that the bars name, where that takes long.
  bool full = false;
  // Where keping-edge and the other programs lie.
  std::string program_folder;
  // For the bad line of a bench that is registered with one; else null.
  tests::TunEnd* line_end = nullptr;
};

using RunBench = std::function<absl::StatusOr<std::vector<Figure>>(const BenchOptions&)>;

struct Bench {
  std::string name;
  std::string about;
  RunBench run;
  bool over_line = false;
};

// In the order of their names.
std::vector<Bench> AllBenches();

// Adds a bench while the program starts.
class BenchRegistration {
 public:
  explicit BenchRegistration(Bench bench);
};

#define KEPING_BENCH(name, about, run) \
  static const ::keping::bench::BenchRegistration registration({name, about, run})
#define KEPING_LINE_BENCH(name, about, run) \
  static const ::keping::bench::BenchRegistration registration({name, about, run, true})

}  // namespace keping::bench

#endif  // KEPING_TESTS_BENCH_BENCH_H_
