// A new office's first contact over a thin line that is cut again and again: until its last record
// can be printed, and until its first. Beside it the line's own rate. What there is to carry is
// what the frames carry to an office like it that has a good line, each once.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_format.h"
#include "common/base/status_macros.h"
#include "tests/bench/bad_line.h"
#include "tests/bench/bench.h"
#include "tests/bench/bench_centre.h"
#include "tests/bench/linked_office.h"
#include "tests/bench/measure.h"

namespace keping::bench {
namespace {

constexpr char kNear[] = "kintamani";
constexpr char kFar[] = "susut";
constexpr double kBytesPerSecond = 16'000;  // 128 kbit/s
constexpr double kLeastRatio = 0.93;

struct Size {
  size_t records;
  size_t picture_bytes;
  absl::Duration up;
  absl::Duration down;
};

Size SizeOf(const BenchOptions& options) {
  if (options.quick) return {4, 5000, absl::Seconds(1), absl::Milliseconds(100)};
  return {options.full ? size_t{1000} : size_t{60}, 30'000, absl::Minutes(1), absl::Seconds(10)};
}

absl::StatusOr<std::unique_ptr<LinkedOffice>> OpenOffice(const BenchOptions& options,
                                                         BenchCentre& centre, const char* name,
                                                         const Size& size) {
  KEPING_ASSIGN_OR_RETURN(const edge::NodeKeys keys, centre.Enrol(name));
  KEPING_RETURN_IF_ERROR(centre.Supply(name, size.records, size.picture_bytes));
  return LinkedOffice::Open({.folder = options.folder + "/" + name, .keys = keys});
}

// Bytes of frames until an office with a good line has all.
absl::StatusOr<double> MeasureContent(const BenchOptions& options, BenchCentre& centre,
                                      const Size& size) {
  KEPING_ASSIGN_OR_RETURN(const auto office, OpenOffice(options, centre, kNear, size));
  KEPING_RETURN_IF_ERROR(office->Connect(centre.address()));
  KEPING_RETURN_IF_ERROR(office->AwaitRecords(size.records));
  return static_cast<double>(office->counters().received_bytes);
}

struct Times {
  double first = 0;
  double last = 0;
  double down = 0;  // the line was, until then
  int cuts = 0;
};

// Cuts the line whenever it was up long enough, until the last record is there.
absl::StatusOr<Times> AwaitAll(BadLine& line, LinkedOffice& office, const Size& size) {
  Times times;
  const Stopwatch watch;
  KEPING_RETURN_IF_ERROR(office.AwaitRecords(1));
  times.first = watch.Seconds();
  absl::Duration up = size.up - absl::Seconds(times.first);
  while (true) {
    const absl::Status all = office.AwaitRecords(size.records, up);
    times.last = watch.Seconds();
    if (!absl::IsDeadlineExceeded(all)) return all.ok() ? absl::StatusOr<Times>(times) : all;
    const Stopwatch down;
    line.Cut();
    office.AwaitRecords(size.records, size.down).IgnoreError();
    line.Heal();
    times.down += down.Seconds();
    ++times.cuts;
    up = size.up;
  }
}

absl::StatusOr<std::vector<Figure>> RunFirstSync(const BenchOptions& options) {
  const Size size = SizeOf(options);
  KEPING_ASSIGN_OR_RETURN(const auto centre, BenchCentre::Start({.folder = options.folder,
                                                                 .offices = {kNear, kFar},
                                                                 .listen = BadLine::kListen}));
  KEPING_ASSIGN_OR_RETURN(const double content, MeasureContent(options, *centre, size));
  KEPING_ASSIGN_OR_RETURN(const auto office, OpenOffice(options, *centre, kFar, size));
  BadLine line(options.line_end,
               {.delay = absl::Milliseconds(50), .bytes_per_second = kBytesPerSecond}, 1,
               centre->address());
  KEPING_RETURN_IF_ERROR(office->Connect(line.address()));
  KEPING_ASSIGN_OR_RETURN(const Times times, AwaitAll(line, *office, size));
  const BadLine::Traffic down = line.down();
  const double up_seconds = times.last - times.down;
  const std::string conditions = absl::StrFormat(
      "%d records of %d bytes, 100 ms there and back, %d cuts of %s after %s, %d attempts to "
      "connect, "
      "%.0f s in all; %.0f bytes of frames, %d of TCP, %d of packets, %d of them dropped; TCP %s; "
      "%s",
      size.records, size.picture_bytes, times.cuts, absl::FormatDuration(size.down),
      absl::FormatDuration(size.up), office->counters().attempts, times.last, content, down.payload,
      down.packets.entered_bytes, down.packets.dropped, BadLine::CongestionControl(),
      MachineConditions(options.folder));
  const double one = content / static_cast<double>(size.records) / kBytesPerSecond;
  return std::vector<Figure>{
      {.name = "first-sync",
       .value = content / up_seconds * 8 / 1000,
       .unit = "kbit/s",
       .ceiling = kBytesPerSecond * 8 / 1000,
       .ceiling_name = "the line while it is up, headers of packets too",
       .conditions = conditions,
       .bar = AtLeastRatio(kLeastRatio)},
      {.name = "first-sync, first record",
       .value = times.first,
       .unit = "s",
       .ceiling = one,
       .ceiling_name = "the line time of one record",
       .conditions = "from the first attempt to connect, TLS included, until "
                     "a record can be printed",
       .bar = {}}};
}

KEPING_LINE_BENCH("first-sync", "a new office's records over 128 kbit/s with cuts", &RunFirstSync);

}  // namespace
}  // namespace keping::bench
