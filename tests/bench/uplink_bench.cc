// A backlog of 200,000 print events from one office to the centre: until the last is verified,
// durable and receipted; judging follows. Beside it, in the same run and on the same disk, a bare
// gRPC stream of the same bytes, and bare synced batches of the same entries.
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "common/base/status_macros.h"
#include "tests/bench/bench.h"
#include "tests/bench/bench_centre.h"
#include "tests/bench/linked_office.h"
#include "tests/bench/measure.h"
#include "tests/bench/stocked_office.h"
#include "tests/bench/uplink_ceiling.h"

namespace keping::bench {
namespace {

constexpr char kOffice[] = "kintamani";
constexpr double kLeastRatio = 0.5;

absl::StatusOr<Backlog> ReadBacklog(LinkedOffice& office, uint64_t from) {
  Backlog backlog;
  KEPING_RETURN_IF_ERROR(RunOn(office.core(), [&] {
    return office.node().store().log().Read(from, UINT64_MAX, SIZE_MAX,
                                            [&](uint64_t, absl::string_view bytes) {
                                              backlog.Add(bytes);
                                              return true;
                                            });
  }));
  return backlog;
}

absl::StatusOr<std::vector<Figure>> RunUplink(const BenchOptions& options) {
  const size_t cards = options.quick ? 20 : 50'000;
  KEPING_ASSIGN_OR_RETURN(const auto centre,
                          BenchCentre::Start({.folder = options.folder, .offices = {kOffice}}));
  KEPING_ASSIGN_OR_RETURN(
      const auto office,
      OpenStockedOffice(
          *centre, {.name = kOffice, .folder = options.folder, .cards = cards, .hurry = true}));
  const uint64_t first = office->head_seq() + 1;
  for (size_t i = 0; i < cards; ++i) KEPING_RETURN_IF_ERROR(office->PrintCard());
  office->SetHurry(false);
  KEPING_ASSIGN_OR_RETURN(const Backlog backlog, ReadBacklog(*office, first));
  KEPING_ASSIGN_OR_RETURN(const UplinkCeiling ceiling,
                          MeasureUplinkCeiling(*centre, office->tls(), options.folder, backlog));
  const Stopwatch watch;
  KEPING_RETURN_IF_ERROR(office->Connect(centre->address()));
  KEPING_RETURN_IF_ERROR(office->AwaitProven());
  const double seconds = watch.Seconds();
  return std::vector<Figure>{
      {.name = "uplink",
       .value = static_cast<double>(backlog.entries()) / seconds,
       .unit = "1/s",
       .ceiling = ceiling.slower(),
       .ceiling_name = kUplinkCeilingName,
       .conditions = absl::StrFormat(
           "%d events of %d bytes, judged behind the receipts; stream %.0f/s, store %.0f/s; %s",
           backlog.entries(), backlog.bytes_per_entry(), ceiling.stream, ceiling.store,
           MachineConditions(options.folder)),
       .bar = AtLeastRatio(kLeastRatio)}};
}

KEPING_BENCH("uplink", "a backlog of 200,000 events until its last receipt", &RunUplink);

}  // namespace
}  // namespace keping::bench
