// A day of 200 cards that was worked without a link, over 30 kbit/s with a round trip of 600 ms and
// 5 % loss: from the moment the line comes up until the last receipt is shown. The node tries to
// connect all the time, as an office does, and knows nothing of the line. Beside it the line time
// of the same bytes and six round trips: TCP, TLS, hello, segments.
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
#include "tests/bench/stocked_office.h"

namespace keping::bench {
namespace {

constexpr char kOffice[] = "kintamani";
constexpr double kBytesPerSecond = 3'750;  // 30 kbit/s
constexpr absl::Duration kDelay = absl::Milliseconds(300);
constexpr double kLoss = 0.05;
constexpr double kRoundTripsSeconds = 6 * 0.6;
constexpr double kMostMedian = 1.5;
constexpr double kMost95th = 3;

struct Size {
  int runs;
  size_t cards;
  // How long the node tried in vain before the line came up: it is at any moment of an attempt.
  int64_t least_outage_ms;
  int64_t most_outage_ms;
};

Size SizeOf(const BenchOptions& options) {
  if (options.quick) return {1, 3, 0, 100};
  return {options.full ? 30 : 5, 200, 20'000, 45'000};
}

struct Days {
  Samples seconds;
  Samples ceilings;
  Samples ratios;
  Samples waits;  // of it, until the node tried again
  uint64_t payload = 0;
  uint64_t packets = 0;  // bytes of them
  uint64_t lost = 0;
};

absl::Status MeasureDay(BadLine& line, LinkedOffice& office, absl::Duration outage, Days* days) {
  line.Cut();
  KEPING_RETURN_IF_ERROR(office.Connect(line.address()));
  if (office.AwaitProven(outage).ok()) return absl::InternalError("a line that is cut carried all");
  line.Heal();
  const Stopwatch watch;
  KEPING_RETURN_IF_ERROR(office.AwaitProven());
  const double seconds = watch.Seconds();
  const BadLine::Traffic up = line.up();
  const double ceiling = static_cast<double>(up.payload) / kBytesPerSecond + kRoundTripsSeconds;
  days->seconds.Add(seconds);
  days->ceilings.Add(ceiling);
  days->ratios.Add(seconds / ceiling);
  days->waits.Add(absl::ToDoubleSeconds(line.first_attempt()));
  days->payload += up.payload;
  days->packets += up.packets.left_bytes;
  days->lost += up.packets.lost + up.packets.dropped;
  return office.Disconnect();
}

// Each day has its own bytes, so the quantile is one of the ratios.
Figure FigureAt(const char* name, double q, const Days& days, double most,
                const std::string& conditions) {
  const double ceiling = days.ceilings.Quantile(0.5);
  return {.name = name,
          .value = days.ratios.Quantile(q) * ceiling,
          .unit = "s",
          .ceiling = ceiling,
          .ceiling_name = "line time of the same bytes + 6 round trips",
          .conditions = conditions,
          .bar = AtMostRatio(most)};
}

absl::StatusOr<std::vector<Figure>> RunSlowLink(const BenchOptions& options) {
  const Size size = SizeOf(options);
  KEPING_ASSIGN_OR_RETURN(const auto centre, BenchCentre::Start({.folder = options.folder,
                                                                 .offices = {kOffice},
                                                                 .listen = BadLine::kListen}));
  KEPING_ASSIGN_OR_RETURN(
      const auto office,
      OpenStockedOffice(*centre, {.name = kOffice,
                                  .folder = options.folder,
                                  .cards = static_cast<size_t>(size.runs) * size.cards}));
  base::Prng prng(7);
  Days days;
  for (int run = 0; run < size.runs; ++run) {
    for (size_t i = 0; i < size.cards; ++i) {
      KEPING_RETURN_IF_ERROR(office->PrintCard(CardSteps(prng)));
    }
    BadLine line(options.line_end,
                 {.delay = kDelay, .loss = kLoss, .bytes_per_second = kBytesPerSecond},
                 static_cast<uint64_t>(2 * run + 1), centre->address());
    const auto outage = absl::Milliseconds(prng.Between(size.least_outage_ms, size.most_outage_ms));
    KEPING_RETURN_IF_ERROR(MeasureDay(line, *office, outage, &days));
  }
  const auto mean = [&](uint64_t sum) { return sum / static_cast<uint64_t>(size.runs); };
  const std::string conditions = absl::StrFormat(
      "%d runs of %d cards, %.1f to %.1f s, of which the wait for the node's next attempt at the "
      "line is %.1f s (median) to %.1f s; on average %d bytes of TCP up, %d of packets, %d lost "
      "or dropped, cut at any moment of an attempt to connect; TCP %s; %s",
      size.runs, size.cards, days.seconds.Quantile(1.0 / size.runs), days.seconds.Quantile(1),
      days.waits.Quantile(0.5), days.waits.Quantile(1), mean(days.payload), mean(days.packets),
      mean(days.lost), BadLine::CongestionControl(), MachineConditions(options.folder));
  return std::vector<Figure>{FigureAt("slow-link p50", 0.5, days, kMostMedian, conditions),
                             FigureAt("slow-link p95", 0.95, days, kMost95th, conditions)};
}

KEPING_LINE_BENCH("slow-link", "a day of 200 cards over 30 kbit/s, 600 ms, 5 % loss", &RunSlowLink);

}  // namespace
}  // namespace keping::bench
