// keping-sim: a district under faults, seed by seed. See README.md beside this file.

#include <malloc.h>
#include <sys/resource.h>

#include <cstdio>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "common/observability/log.h"
#include "common/time/system_clock.h"
#include "tests/sim/simulation.h"

namespace keping::sim {
namespace {

struct Flags {
  std::string seeds = "1..100";
  Options options;
  double seconds = 0;  // 0: no limit
  bool json = false;
  bool verbose = false;
};

struct Failure {
  uint64_t seed = 0;
  Broken broken;
  std::string replay;
};

struct Totals {
  uint64_t seeds = 0;
  uint64_t last_seed = 0;
  std::vector<Failure> failed;
  std::map<std::string, uint64_t> faults;
  std::map<std::string, uint64_t> cases;
  uint64_t cards = 0;
  double sim_days = 0;
  double seconds = 0;
  double cpu_seconds = 0;
};

// Of this process: what it takes on a core of its own, however busy the machine is.
double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) { return time.tv_sec + time.tv_usec * 1e-6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double Ratio(double days, double seconds) { return seconds > 0 ? days / seconds : 0; }

bool ParseSeeds(const std::string& text, uint64_t* first, uint64_t* last) {
  const std::vector<std::string> parts = absl::StrSplit(text, "..");
  if (parts.size() == 1) return absl::SimpleAtoi(text, first) && absl::SimpleAtoi(text, last);
  return parts.size() == 2 && absl::SimpleAtoi(parts[0], first) &&
         absl::SimpleAtoi(parts[1], last) && *first <= *last;
}

std::string Quoted(const std::string& text) {
  std::string quoted = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return quoted + "\"";
}

std::string Json(const std::map<std::string, uint64_t>& counts) {
  std::string json = "{";
  for (const auto& [name, count] : counts) {
    absl::StrAppend(&json, json.size() > 1 ? ", " : "", Quoted(name), ": ", count);
  }
  return json + "}";
}

std::string Json(const Totals& totals) {
  std::string failed = "[";
  for (const Failure& failure : totals.failed) {
    absl::StrAppend(&failed, failed.size() > 1 ? ", " : "", "{\"seed\": ", failure.seed,
                    ", \"step\": ", failure.broken.step, ", \"law\": ", Quoted(failure.broken.law),
                    ", \"detail\": ", Quoted(failure.broken.detail),
                    ", \"replay\": ", Quoted(failure.replay), "}");
  }
  return absl::StrCat("{\"seeds\": ", totals.seeds,
                      ", \"passed\": ", totals.seeds - totals.failed.size(),
                      ", \"last_seed\": ", totals.last_seed, ", \"failed\": ", failed,
                      "], \"faults\": ", Json(totals.faults), ", \"cards\": ", totals.cards,
                      ", \"cases\": ", Json(totals.cases), ", \"sim_days_per_second\": ",
                      absl::StrFormat("%.1f", Ratio(totals.sim_days, totals.seconds)),
                      ", \"sim_days_per_cpu_second\": ",
                      absl::StrFormat("%.1f", Ratio(totals.sim_days, totals.cpu_seconds)),
                      ", \"seconds\": ", absl::StrFormat("%.1f", totals.seconds), "}");
}

void PrintTable(const Totals& totals) {
  std::printf(
      "seeds %llu, passed %llu, cards %llu, %.1f simulated district-days/s, %.1f s, "
      "%.1f district-days per CPU second\n",
      static_cast<unsigned long long>(totals.seeds),
      static_cast<unsigned long long>(totals.seeds - totals.failed.size()),
      static_cast<unsigned long long>(totals.cards), Ratio(totals.sim_days, totals.seconds),
      totals.seconds, Ratio(totals.sim_days, totals.cpu_seconds));
  for (const auto& [name, count] : totals.faults) {
    std::printf("  fault %-24s %10llu\n", name.c_str(), static_cast<unsigned long long>(count));
  }
  for (const auto& [name, count] : totals.cases) {
    std::printf("  case  %-24s %10llu\n", name.c_str(), static_cast<unsigned long long>(count));
  }
}

std::string Replay(uint64_t seed, const Options& options) {
  return absl::StrCat("keping-sim --seeds ", seed, " --days ", options.days, " --nodes ",
                      options.nodes, " --cards ", options.cards);
}

void RunOne(uint64_t seed, const Flags& flags, Totals& totals) {
  const Outcome outcome = Simulate(seed, flags.options);
  ++totals.seeds;
  totals.last_seed = seed;
  totals.cards += outcome.cards;
  totals.sim_days += flags.options.days;
  for (const auto& [name, count] : outcome.faults) totals.faults[name] += count;
  for (const auto& [name, count] : outcome.cases) totals.cases[name] += count;
  if (flags.verbose) {
    std::fprintf(stderr, "seed %llu: %llu cards, %llu steps%s\n",
                 static_cast<unsigned long long>(seed),
                 static_cast<unsigned long long>(outcome.cards),
                 static_cast<unsigned long long>(outcome.steps), outcome.broken ? ", BROKEN" : "");
  }
  if (!outcome.broken) return;
  Failure failure{seed, *outcome.broken, Replay(seed, flags.options)};
  std::fprintf(stderr, "FAILED seed %llu step %llu law \"%s\": %s\n  replay: %s\n",
               static_cast<unsigned long long>(seed),
               static_cast<unsigned long long>(failure.broken.step), failure.broken.law.c_str(),
               failure.broken.detail.c_str(), failure.replay.c_str());
  totals.failed.push_back(std::move(failure));
}

int Main(int argc, char** argv) {
  Flags flags;
  CLI::App app{
      "Simulates a district under faults, one seed after the other.\n"
      "Example: keping-sim --seeds 1..1000 --days 10 --nodes 5 --json"};
  app.add_option("--seeds", flags.seeds, "seeds to run, A..B or one")->capture_default_str();
  app.add_option("--days", flags.options.days, "working days with faults")
      ->check(CLI::Range(1, 365))
      ->capture_default_str();
  app.add_option("--nodes", flags.options.nodes, "offices")
      ->check(CLI::Range(1, 50))
      ->capture_default_str();
  app.add_option("--cards", flags.options.cards, "cards per office and day")
      ->check(CLI::Range(1, 500))
      ->capture_default_str();
  app.add_option("--seconds", flags.seconds, "begin no further seed after so long; 0: no limit");
  app.add_flag("--json", flags.json, "print the totals as JSON");
  app.add_flag("--verbose", flags.verbose, "a line per seed on standard error");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  uint64_t first = 0;
  uint64_t last = 0;
  if (!ParseSeeds(flags.seeds, &first, &last)) {
    std::fprintf(stderr, "keping-sim: got --seeds \"%s\", want a number or A..B with A <= B\n",
                 flags.seeds.c_str());
    return 2;
  }
  // What the nodes have to say about their troubles is not of interest here.
  (void)observability::ConfigureLogging({.file = "/dev/null"});
  // Each seed needs the same memory again: it is not given back in between.
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_MXFAST, 0);
  const time::SystemClock clock;
  const absl::Duration start = clock.Now().monotonic;
  Totals totals;
  const auto passed = [&] { return absl::ToDoubleSeconds(clock.Now().monotonic - start); };
  for (uint64_t seed = first; seed <= last; ++seed) {
    if (flags.seconds > 0 && passed() >= flags.seconds) break;
    RunOne(seed, flags, totals);
  }
  totals.seconds = passed();
  totals.cpu_seconds = CpuSeconds();
  if (flags.json) {
    std::printf("%s\n", Json(totals).c_str());
  } else {
    PrintTable(totals);
  }
  return totals.failed.empty() ? 0 : 1;
}

}  // namespace
}  // namespace keping::sim

int main(int argc, char** argv) { return keping::sim::Main(argc, argv); }
