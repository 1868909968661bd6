// Every office of the country comes at once after an outage: 7,285 nodes (one in each kecamatan)
// with 250 events each, a handshake in full for each, one centre. Until the last receipt; beside it
// the same handshakes with nothing said, in the same run, and the uplink's ceiling for the same
// events. The nodes are in a program of their own, so many of them in a session at a time.
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "central_node/store/queries.h"
#include "common/base/status_macros.h"
#include "tests/bench/bench.h"
#include "tests/bench/bench_centre.h"
#include "tests/bench/child_process.h"
#include "tests/bench/crowd_report.h"
#include "tests/bench/district_api.h"
#include "tests/bench/measure.h"
#include "tests/bench/node_folder.h"
#include "tests/bench/outage_session.h"
#include "tests/bench/uplink_ceiling.h"

namespace keping::bench {
namespace {

constexpr size_t kAllNodes = 7285;
constexpr double kMostSecondsForAll = 120;
constexpr double kMostMiB = 2048;
constexpr double kMostApiMilliseconds = 250;
constexpr absl::Duration kAskEvery = absl::Milliseconds(50);
constexpr size_t kAtOnce = 256;
// As many events as the bench "uplink" has.
constexpr size_t kEventsForCeiling = 200'000;
// Next to no picture: the nodes have them all.
constexpr size_t kPictureBytes = 40;

struct Size {
  size_t nodes;
  size_t cards;  // of each
};

Size SizeOf(const BenchOptions& options) {
  if (options.quick) return {8, 2};
  return {options.full ? kAllNodes : size_t{200}, 62};
}

struct Country {
  std::string folder;
  Size size;
  rpc::TlsIdentity one_of_them;
  Backlog part;  // of what they will send
};

// Each with its work done; the centre knows of none of it.
absl::StatusOr<Country> Prepare(BenchCentre& centre, const std::string& folder, const Size& size) {
  Country country{.folder = folder, .size = size, .one_of_them = {}, .part = {}};
  KEPING_RETURN_IF_ERROR(centre.SetHurry(true));
  for (size_t i = 0; i < size.nodes; ++i) {
    const std::string own = NodeFolder(folder, i);
    KEPING_ASSIGN_OR_RETURN(const edge::NodeKeys keys, EnrolInFolder(centre, NodeName(i), own));
    KEPING_RETURN_IF_ERROR(centre.Supply(NodeName(i), size.cards, kPictureBytes));
    KEPING_ASSIGN_OR_RETURN(const RecordedSession session, RecordOutage(centre, keys));
    KEPING_RETURN_IF_ERROR(StoreRecordedSession(own, session));
    country.one_of_them = keys.tls;
    if (country.part.entries() >= kEventsForCeiling) continue;
    for (const sync::Segment& segment : session.segments) {
      for (const std::string& entry : segment.entries) country.part.Add(entry);
    }
  }
  KEPING_RETURN_IF_ERROR(centre.SetHurry(false));
  // Nor is what follows slowed down by what the disk still has to write.
  ::sync();
  return country;
}

absl::StatusOr<std::unique_ptr<ChildProcess>> StartCrowd(const BenchOptions& options,
                                                         const BenchCentre& centre,
                                                         const Country& country, const char* what) {
  KEPING_ASSIGN_OR_RETURN(
      auto crowd,
      ChildProcess::Start({options.program_folder + "/keping-bench-storm-nodes", centre.address(),
                           country.folder, absl::StrCat(country.size.nodes), absl::StrCat(kAtOnce),
                           what}));
  KEPING_RETURN_IF_ERROR(crowd->AwaitReady());
  return crowd;
}

absl::StatusOr<CrowdReport> ReportOf(ChildProcess& crowd) {
  KEPING_ASSIGN_OR_RETURN(const std::string line, crowd.AwaitLine());
  return ParseCrowdReport(line);
}

// In milliseconds, each from when the question was due: one that is late because the last answer
// was is late too.
absl::StatusOr<Samples> AskWhileItRuns(DistrictApi& api, ChildProcess& crowd) {
  Samples samples;
  const Stopwatch watch;
  double due = 0;
  do {
    KEPING_RETURN_IF_ERROR(api.AskStatus());
    samples.Add(watch.Milliseconds() - due);
    due += absl::ToDoubleMilliseconds(kAskEvery);
  } while (crowd.LetRun(absl::Milliseconds(std::max(0.0, due - watch.Milliseconds()))).ok());
  return samples;
}

// What was left to judge when the last receipt was out.
struct Rest {
  uint64_t entries = 0;
  double seconds = 0;
  double cpu_seconds = 0;
};

absl::StatusOr<Rest> JudgeRest(BenchCentre& centre) {
  const time::SystemClock clock;
  const double cpu = CpuSoFar(centre).core;
  const Stopwatch watch;
  Rest rest;
  KEPING_RETURN_IF_ERROR(RunOn(centre.core(), [&] {
    rest.entries = centre.node().to_judge();
    return centre.node().JudgeAll(clock.Now());
  }));
  rest.seconds = watch.Seconds();
  rest.cpu_seconds = CpuSoFar(centre).core - cpu;
  return rest;
}

// All cards are printed, and nothing is wrong with any.
absl::Status CheckJudged(BenchCentre& centre, const Size& size) {
  return RunOn(centre.core(), [&]() -> absl::Status {
    KEPING_ASSIGN_OR_RETURN(const auto cases, central::ReadCases(centre.node()));
    const uint64_t printed = central::StatusOf(centre.node()).prrs[central::PrrState::kPrinted];
    if (cases.empty() && printed == size.nodes * size.cards) return absl::OkStatus();
    return absl::InternalError(absl::StrCat("got ", printed, " cards and ", cases.size(),
                                            " cases, want ", size.nodes * size.cards,
                                            " cards and no case"));
  });
}

// What a run gave.
struct Measured {
  CrowdReport handshakes;
  CrowdReport logs;
  Samples api;
  CentreCpu cpu;
  double peak_mib = 0;
  Rest rest;
  UplinkCeiling ceiling;
};

absl::StatusOr<Measured> Measure(const BenchOptions& options, BenchCentre& centre, DistrictApi& api,
                                 const Country& country) {
  Measured measured;
  {
    KEPING_ASSIGN_OR_RETURN(const auto crowd, StartCrowd(options, centre, country, "handshakes"));
    KEPING_RETURN_IF_ERROR(AskWhileItRuns(api, *crowd).status());
    KEPING_ASSIGN_OR_RETURN(measured.handshakes, ReportOf(*crowd));
  }
  const CentreCpu before = CpuSoFar(centre);
  KEPING_ASSIGN_OR_RETURN(const auto crowd, StartCrowd(options, centre, country, "logs"));
  KEPING_ASSIGN_OR_RETURN(measured.api, AskWhileItRuns(api, *crowd));
  KEPING_ASSIGN_OR_RETURN(measured.logs, ReportOf(*crowd));
  const CentreCpu after = CpuSoFar(centre);
  measured.cpu = {.all = after.all - before.all, .core = after.core - before.core};
  KEPING_ASSIGN_OR_RETURN(measured.rest, JudgeRest(centre));
  KEPING_RETURN_IF_ERROR(CheckJudged(centre, country.size));
  measured.peak_mib = PeakResidentMiBOf(getpid());
  KEPING_ASSIGN_OR_RETURN(measured.ceiling, MeasureUplinkCeiling(centre, country.one_of_them,
                                                                 options.folder, country.part));
  return measured;
}

std::vector<Figure> FiguresOf(const Measured& measured, const Size& size,
                              const std::string& machine) {
  const size_t events = size.nodes * OutageEvents(size.cards);
  const double uplink = static_cast<double>(events) / measured.ceiling.slower();
  const double part = static_cast<double>(size.nodes) / static_cast<double>(kAllNodes);
  const CrowdReport& logs = measured.logs;
  const std::string& first_error =
      logs.errors > 0 ? logs.first_error : measured.handshakes.first_error;
  return {
      {.name = "storm-nodes, receipts",
       .value = logs.seconds,
       .unit = "s",
       .ceiling = measured.handshakes.seconds + uplink,
       .ceiling_name = absl::StrCat("the same handshakes alone, and ", kUplinkCeilingName),
       .conditions = absl::StrFormat(
           "%d nodes with %d events each, %d at a time; alone %.1f s of handshakes and %.1f s of "
           "uplink; %.1f s of CPU at the centre, %.1f s of it its core thread, %.1f s at the "
           "nodes; the last receipt took %.1f s at most; %d entries were left to judge, %.1f s "
           "of CPU in %.1f s; %s",
           size.nodes, OutageEvents(size.cards), std::min(kAtOnce, size.nodes),
           measured.handshakes.seconds, uplink, measured.cpu.all, measured.cpu.core,
           logs.cpu_seconds, logs.longest_receipt_seconds, measured.rest.entries,
           measured.rest.cpu_seconds, measured.rest.seconds, machine),
       .bar = AtMost(kMostSecondsForAll * part)},
      {.name = "storm-nodes, memory",
       .value = measured.peak_mib,
       .unit = "MiB",
       .ceiling = kMostMiB,
       .ceiling_name = "its bar",
       .conditions = "the most of the centre's program since its start; as above",
       .bar = AtMost(kMostMiB)},
      {.name = "storm-nodes, API p99",
       .value = measured.api.Quantile(0.99),
       .unit = "ms",
       .ceiling = kMostApiMilliseconds,
       .ceiling_name = "its bar",
       .conditions = absl::StrFormat(
           "%d times the district's status, every %.0f ms meanwhile; p50 %.1f ms, the longest "
           "%.1f ms",
           measured.api.count(), absl::ToDoubleMilliseconds(kAskEvery), measured.api.Quantile(0.5),
           measured.api.Quantile(1)),
       .bar = AtMost(kMostApiMilliseconds)},
      {.name = "storm-nodes, errors",
       .value = static_cast<double>(logs.errors + measured.handshakes.errors),
       .unit = "1",
       .ceiling = static_cast<double>(size.nodes),
       .ceiling_name = "all nodes",
       .conditions = absl::StrFormat("seen by a node; %d were told to wait; the first: %s",
                                     logs.waits, first_error.empty() ? "none" : first_error),
       .bar = AtMost(0)}};
}

absl::StatusOr<std::vector<Figure>> RunStormNodes(const BenchOptions& options) {
  const Size size = SizeOf(options);
  KEPING_ASSIGN_OR_RETURN(
      const auto centre,
      BenchCentre::Start({.folder = options.folder, .offices = NodeNames(size.nodes)}));
  KEPING_ASSIGN_OR_RETURN(const Country country, Prepare(*centre, options.folder + "/nodes", size));
  KEPING_ASSIGN_OR_RETURN(const auto api,
                          DistrictApi::Serve(*centre, options.folder + "/api.sock"));
  const std::string machine = MachineConditions(options.folder);
  KEPING_ASSIGN_OR_RETURN(const Measured measured, Measure(options, *centre, *api, country));
  return FiguresOf(measured, size, machine);
}

KEPING_BENCH("storm-nodes", "every office of the country comes at once", &RunStormNodes);

}  // namespace
}  // namespace keping::bench
