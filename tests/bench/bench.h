// What keping-bench runs. A bench is one .cc file that ends in one line:
//
//   KEPING_BENCH("render", "card page to PDF and to a picture", &RunRender);
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

namespace keping::bench {

struct BenchOptions {
  // An empty folder on the disk that is measured; removed at the end.
  std::string folder;
  // Whether only to see that the bench works: figures of a quick run mean nothing.
  bool quick = false;
  // Where keping-edge and the other programs lie.
  std::string program_folder;
};

using RunBench = std::function<absl::StatusOr<std::vector<Figure>>(const BenchOptions&)>;

struct Bench {
  std::string name;
  std::string about;
  RunBench run;
};

// In the order of their names.
std::vector<Bench> AllBenches();

// Adds a bench while the program starts.
class BenchRegistration {
 public:
  BenchRegistration(std::string name, std::string about, RunBench run);
};

#define KEPING_BENCH(name, about, run) \
  static const ::keping::bench::BenchRegistration registration(name, about, run)

}  // namespace keping::bench

#endif  // KEPING_TESTS_BENCH_BENCH_H_
