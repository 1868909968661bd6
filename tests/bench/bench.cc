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

BenchRegistration::BenchRegistration(Bench bench) {
  const std::string name = bench.name;
  Registered().emplace(name, std::move(bench));
}

}  // namespace keping::bench
