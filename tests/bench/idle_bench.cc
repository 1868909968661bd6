// Memory at the centre for each node that is connected and quiet, beside the same connections at a
// service with nothing behind it. The nodes are in a program of their own.
#include <unistd.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "tests/bench/bare_service.h"
#include "tests/bench/bench.h"
#include "tests/bench/bench_centre.h"
#include "tests/bench/child_process.h"
#include "tests/bench/measure.h"
#include "tests/bench/node_folder.h"

namespace keping::bench {
namespace {

constexpr double kMostRatio = 1.3;
// What is allocated once, not for each node, is allocated with the first ones.
constexpr size_t kWarmUp = 20;

struct Nodes {
  std::string program;
  std::string folder;
  size_t count = 0;
};

absl::Status EnrolAll(BenchCentre& centre, const Nodes& nodes) {
  for (size_t i = 0; i < nodes.count; ++i) {
    KEPING_RETURN_IF_ERROR(
        EnrolInFolder(centre, NodeName(i), NodeFolder(nodes.folder, i)).status());
  }
  return absl::OkStatus();
}

// KiB of this process for each of the nodes beyond the first few.
// They stay connected, so that what is measured next finds no memory of theirs.
absl::StatusOr<double> MeasureAt(const std::string& address, const Nodes& nodes,
                                 std::vector<std::unique_ptr<ChildProcess>>& running) {
  const auto connect = [&](size_t count) {
    return ChildProcess::Start({nodes.program, address, nodes.folder, absl::StrCat(count)});
  };
  KEPING_ASSIGN_OR_RETURN(auto first, connect(kWarmUp));
  KEPING_RETURN_IF_ERROR(first->AwaitReady());
  const double before = ResidentMiBOf(getpid());
  KEPING_ASSIGN_OR_RETURN(auto all, connect(nodes.count));
  KEPING_RETURN_IF_ERROR(all->AwaitReady());
  KEPING_RETURN_IF_ERROR(all->LetRun(absl::Seconds(2)));
  const double grown = ResidentMiBOf(getpid()) - before;
  running.push_back(std::move(first));
  running.push_back(std::move(all));
  return grown * 1024 / static_cast<double>(nodes.count);
}

absl::StatusOr<std::vector<Figure>> RunIdle(const BenchOptions& options) {
  const Nodes nodes{.program = options.program_folder + "/keping-bench-idle-nodes",
                    .folder = options.folder + "/nodes",
                    .count = options.quick ? size_t{25} : size_t{300}};
  KEPING_ASSIGN_OR_RETURN(
      const auto centre,
      BenchCentre::Start({.folder = options.folder, .offices = NodeNames(nodes.count)}));
  KEPING_RETURN_IF_ERROR(EnrolAll(*centre, nodes));
  BareService bare;
  KEPING_ASSIGN_OR_RETURN(const auto server,
                          rpc::ServeMutualTls("127.0.0.1:0", centre->tls(), {bare.service()}));
  std::vector<std::unique_ptr<ChildProcess>> running;
  KEPING_ASSIGN_OR_RETURN(const double own, MeasureAt(centre->address(), nodes, running));
  KEPING_ASSIGN_OR_RETURN(const double bare_one, MeasureAt(server->address(), nodes, running));
  return std::vector<Figure>{
      {.name = "idle memory per node",
       .value = own,
       .unit = "KiB",
       .ceiling = bare_one,
       .ceiling_name = "a bare gRPC stream with mutual TLS",
       .conditions = absl::StrCat(nodes.count, " nodes, ", MachineConditions(options.folder)),
       .bar = AtMostRatio(kMostRatio)}};
}

KEPING_BENCH("idle", "memory at the centre per connected quiet node", &RunIdle);

}  // namespace
}  // namespace keping::bench
