#include "tests/bench/bench.h"

#include <map>
#include <utility>

namespace keping::bench {
namespace {

std::map<std::string, Bench>& Registered() {
  static auto* const benches = new std::map<std::string, Bench>();
  return *benches;
}

}  // namespace

std::vector<Bench> AllBenches() {
  std::vector<Bench> benches;
  for (const auto& [name, bench] : Registered()) benches.push_back(bench);
  return benches;
}

BenchRegistration::BenchRegistration(std::string name, std::string about, RunBench run) {
  Bench bench{.name = name, .about = std::move(about), .run = std::move(run)};
  Registered().emplace(std::move(name), std::move(bench));
}

}  // namespace keping::bench
