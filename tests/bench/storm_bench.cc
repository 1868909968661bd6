// The link of a whole region returns: 50 offices with an outage's work each, over one line of
// 2 Mbit/s that they share. Until the last of them has heard of what was withdrawn meanwhile, and
// until the last receipt; beside both the line time.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_format.h"
#include "common/base/prng.h"
#include "common/base/status_macros.h"
#include "tests/bench/bad_line.h"
#include "tests/bench/bench.h"
#include "tests/bench/bench_centre.h"
#include "tests/bench/linked_office.h"
#include "tests/bench/measure.h"
#include "tests/bench/node_folder.h"
#include "tests/bench/stocked_office.h"

namespace keping::bench {
namespace {

constexpr double kBytesPerSecond = 250'000;  // 2 Mbit/s
// A quarter of a second of the line, as routers have.
constexpr size_t kQueueBytes = 64 * 1024;
constexpr double kMostWithdrawalSeconds = 30;
constexpr double kMostRatio = 1.3;
constexpr absl::Duration kPatience = absl::Minutes(20);

struct Size {
  size_t nodes;
  size_t cards;           // of each
  absl::Duration outage;  // that the nodes spend with attempts to connect
};

Size SizeOf(const BenchOptions& options) {
  if (options.quick) return {3, 2, absl::Milliseconds(100)};
  // 15 days of 200 cards, or one and a half of them.
  return {50, options.full ? size_t{3000} : size_t{300}, absl::Seconds(40)};
}

using Offices = std::vector<std::unique_ptr<LinkedOffice>>;

// Each with its work done and one record left.
absl::StatusOr<Offices> Prepare(const BenchOptions& options, BenchCentre& centre,
                                const Size& size) {
  base::Prng prng(7);
  Offices offices;
  for (size_t i = 0; i < size.nodes; ++i) {
    const std::string name = NodeName(i);
    KEPING_ASSIGN_OR_RETURN(auto office,
                            OpenStockedOffice(centre, {.name = name,
                                                       .folder = NodeFolder(options.folder, i),
                                                       .cards = size.cards + 1,
                                                       .hurry = true}));
    for (size_t card = 0; card < size.cards; ++card) {
      KEPING_RETURN_IF_ERROR(office->PrintCard(CardSteps(prng)));
    }
    office->SetHurry(false);
    offices.push_back(std::move(office));
  }
  return offices;
}

// All of them try to connect, while what each may still print is withdrawn.
absl::Status BeginOutage(BenchCentre& centre, BadLine& line, const Size& size, Offices& offices) {
  line.Cut();
  for (const auto& office : offices) KEPING_RETURN_IF_ERROR(office->Connect(line.address()));
  for (size_t i = 0; i < size.nodes; ++i) {
    KEPING_RETURN_IF_ERROR(centre.WithdrawLastRecord(NodeName(i)));
  }
  if (offices.front()->AwaitNoRecords(size.outage).ok()) {
    return absl::InternalError("a line that is cut carried a withdrawal");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Figure>> RunStorm(const BenchOptions& options) {
  const Size size = SizeOf(options);
  KEPING_ASSIGN_OR_RETURN(const auto centre, BenchCentre::Start({.folder = options.folder,
                                                                 .offices = NodeNames(size.nodes),
                                                                 .listen = BadLine::kListen}));
  KEPING_ASSIGN_OR_RETURN(Offices offices, Prepare(options, *centre, size));
  BadLine line(options.line_end,
               {.delay = absl::Milliseconds(50),
                .bytes_per_second = kBytesPerSecond,
                .queue_bytes = kQueueBytes},
               1, centre->address());
  KEPING_RETURN_IF_ERROR(BeginOutage(*centre, line, size, offices));
  const CentreCpu before = CpuSoFar(*centre);
  line.Heal();
  const Stopwatch watch;
  for (const auto& office : offices) KEPING_RETURN_IF_ERROR(office->AwaitNoRecords(kPatience));
  const double withdrawals = watch.Seconds();
  for (const auto& office : offices) KEPING_RETURN_IF_ERROR(office->AwaitProven(kPatience));
  const double receipts = watch.Seconds();
  const CentreCpu after = CpuSoFar(*centre);
  const BadLine::Traffic up = line.up();
  const double line_time = static_cast<double>(up.payload) / kBytesPerSecond;
  uint64_t attempts = 0;
  for (const auto& office : offices) attempts += office->counters().attempts;
  const std::string conditions = absl::StrFormat(
      "%d nodes with %d cards each, 100 ms there and back, at any moment of an attempt to connect "
      "when the line came up; %d bytes of TCP up, %d of packets, %d of them dropped, %d attempts; "
      "%.1f s of CPU, nodes and all, %.1f s of it the centre's thread; TCP %s; %s",
      size.nodes, size.cards, up.payload, up.packets.left_bytes, up.packets.dropped, attempts,
      after.all - before.all, after.core - before.core, BadLine::CongestionControl(),
      MachineConditions(options.folder));
  return std::vector<Figure>{{.name = "storm, withdrawals",
                              .value = withdrawals,
                              .unit = "s",
                              .ceiling = kMostWithdrawalSeconds,
                              .ceiling_name = "its bar",
                              .conditions = "until the last node knew; as below",
                              .bar = AtMost(kMostWithdrawalSeconds)},
                             {.name = "storm, receipts",
                              .value = receipts,
                              .unit = "s",
                              .ceiling = line_time,
                              .ceiling_name = "line time of the same bytes",
                              .conditions = conditions,
                              .bar = AtMostRatio(kMostRatio)}};
}

KEPING_LINE_BENCH("storm", "50 nodes with an outage's work over one line", &RunStorm);

}  // namespace
}  // namespace keping::bench
