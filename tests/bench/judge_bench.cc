// What a new fact costs the judges, at a district of ten thousand facts and at ever larger ones:
// every entry of one node's log stored, folded, judged, its moves and cases durable.
#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "central_node/store/central_node.h"
#include "common/base/status_macros.h"
#include "common/storage/rocksdb_store.h"
#include "tests/bench/bench.h"
#include "tests/bench/measure.h"
#include "tests/bench/printing_office.h"

namespace keping::bench {
namespace {

constexpr double kBarFactsPerSecond = 50'000;
constexpr double kBarRatio = 1.5;
constexpr uint64_t kCountedBlanks = 8'000;

absl::StatusOr<std::vector<Figure>> RunJudge(const BenchOptions& options) {
  KEPING_ASSIGN_OR_RETURN(
      const auto store,
      storage::OpenRocksDbStore(
          options.folder + "/db",
          {.block_cache_bytes = central::CentralNode::kBlockCacheBytes, .log = {}}));
  const PrintingOfficeOptions kintamani{.node = "kintamani", .district = "51.06.01"};
  KEPING_ASSIGN_OR_RETURN(const auto centre, OpenCentreOf(store.get(), {kintamani}));
  PrintingOffice office(*centre, kintamani);
  KEPING_RETURN_IF_ERROR(office.Begin());
  std::vector<uint64_t> sizes = {10'000, 100'000};
  if (options.quick) sizes = {400, 800};
  if (options.full) sizes = {10'000, 100'000, 1'000'000, 10'000'000};
  const uint64_t sample = options.quick ? 50 : 5'000;  // cards
  std::vector<Figure> figures;
  double first_cost = 0;
  for (const uint64_t size : sizes) {
    while (office.facts() + sample * PrintingOffice::kFactsPerCard < size) {
      const uint64_t missing = (size - office.facts()) / PrintingOffice::kFactsPerCard;
      KEPING_RETURN_IF_ERROR(office.Prepare(std::min<uint64_t>(missing, sample)));
      KEPING_RETURN_IF_ERROR(office.Judge().status());
    }
    KEPING_RETURN_IF_ERROR(office.Prepare(sample));
    office.Count(kCountedBlanks);
    const uint64_t before = office.facts();
    KEPING_ASSIGN_OR_RETURN(const double seconds, office.Judge());
    const auto facts = static_cast<double>(sample * PrintingOffice::kFactsPerCard);
    const double cost = seconds / facts * 1e6;
    if (first_cost == 0) first_cost = cost;
    const std::string conditions =
        absl::StrCat(before, " facts of one node, among them a count of ", kCountedBlanks,
                     " random UIDs, ", MachineConditions(options.folder));
    figures.push_back({.name = absl::StrCat("judge ", size, " facts"),
                       .value = cost,
                       .unit = "us a fact",
                       .ceiling = first_cost,
                       .ceiling_name = absl::StrCat("itself at ", sizes.front()),
                       .conditions = conditions,
                       .bar = AtMostRatio(kBarRatio)});
    figures.push_back({.name = absl::StrCat("judge rate at ", size, " facts"),
                       .value = facts / seconds,
                       .unit = "facts/s",
                       .ceiling = kBarFactsPerSecond,
                       .ceiling_name = "its bar",
                       .conditions = conditions,
                       .bar = AtLeast(kBarFactsPerSecond)});
  }
  return figures;
}

KEPING_BENCH("judge", "a new fact at the centre, from ten thousand facts on", &RunJudge);

}  // namespace
}  // namespace keping::bench
