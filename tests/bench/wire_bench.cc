// Bytes of a day's work on the socket, both ways, TLS and all: the handshake, the day in one go,
// the day as it happens. The real node and the real centre over mutual TLS; the node's clock is a
// simulated one, so that what it gathers before it sends is what a day of an office gathers.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/prng.h"
#include "common/base/status_macros.h"
#include "common/rpc/channel.h"
#include "tests/bench/bench.h"
#include "tests/bench/bench_centre.h"
#include "tests/bench/byte_count.h"
#include "tests/bench/linked_office.h"
#include "tests/bench/measure.h"

namespace keping::bench {
namespace {

constexpr char kOffice[] = "kintamani";
constexpr size_t kPictureBytes = 3000;  // nothing of it goes up
constexpr double kMostHandshake = 5000;
constexpr double kMostBatch = 40;
constexpr double kMostLive = 150;
// PostgreSQL logical replication, the thriftiest of the rivals, without TLS and signatures.
constexpr double kRivalPerEvent = 180;
// A ping and its answer: 17 bytes of HTTP/2 in a TLS record of 22 each.
constexpr double kPingBytes = 2 * (17 + 22);

struct Setting {
  std::unique_ptr<BenchCentre> centre;
  std::unique_ptr<ByteCount> line;
  std::unique_ptr<LinkedOffice> office;
};

absl::StatusOr<Setting> Prepare(const BenchOptions& options, size_t cards) {
  Setting setting;
  KEPING_ASSIGN_OR_RETURN(setting.centre,
                          BenchCentre::Start({.folder = options.folder, .offices = {kOffice}}));
  KEPING_ASSIGN_OR_RETURN(setting.line, ByteCount::Start(setting.centre->address()));
  KEPING_ASSIGN_OR_RETURN(const edge::NodeKeys keys, setting.centre->Enrol(kOffice));
  KEPING_RETURN_IF_ERROR(setting.centre->Supply(kOffice, cards, kPictureBytes));
  KEPING_ASSIGN_OR_RETURN(
      setting.office,
      LinkedOffice::Open({.folder = options.folder, .keys = keys, .simulated_time = true}));
  LinkedOffice& office = *setting.office;
  KEPING_RETURN_IF_ERROR(office.Connect(setting.line->address()));
  KEPING_RETURN_IF_ERROR(office.AwaitRecords(cards));
  KEPING_RETURN_IF_ERROR(office.ReceiveBlanks());
  KEPING_RETURN_IF_ERROR(office.LetPass(absl::Minutes(1)));
  KEPING_RETURN_IF_ERROR(office.Disconnect());
  return setting;
}

struct Bytes {
  double handshake = 0;
  double total = 0;
  double events = 0;
  double up = 0;
  uint64_t segments = 0;
};

// A session in which there is nothing to say.
absl::StatusOr<double> MeasureHandshake(Setting& setting) {
  const uint64_t before = setting.line->total();
  KEPING_RETURN_IF_ERROR(setting.office->Connect(setting.line->address()));
  KEPING_RETURN_IF_ERROR(setting.office->AwaitSession());
  const uint64_t after = setting.line->total();
  KEPING_RETURN_IF_ERROR(setting.office->Disconnect());
  return static_cast<double>(after - before);
}

// Prints so many cards, connected from the start or only when all is done.
absl::StatusOr<Bytes> MeasureDay(Setting& setting, size_t cards, bool live, base::Prng& prng) {
  LinkedOffice& office = *setting.office;
  const uint64_t before = setting.line->total();
  const uint64_t up_before = setting.line->up();
  const uint64_t first = office.head_seq();
  const uint64_t segments = office.counters().segments;
  double pings = 0;
  if (live) {
    KEPING_RETURN_IF_ERROR(office.Connect(setting.line->address()));
    KEPING_RETURN_IF_ERROR(office.AwaitSession());
  }
  for (size_t i = 0; i < cards; ++i) {
    const std::vector<absl::Duration> steps = CardSteps(prng);
    for (const absl::Duration step : steps) {
      pings += static_cast<double>(step / rpc::kPingAfterSilence);
    }
    KEPING_RETURN_IF_ERROR(office.PrintCard(steps));
  }
  if (!live) KEPING_RETURN_IF_ERROR(office.Connect(setting.line->address()));
  KEPING_RETURN_IF_ERROR(office.AwaitProven());
  Bytes bytes{.total = static_cast<double>(setting.line->total() - before),
              .events = static_cast<double>(office.head_seq() - first),
              .up = static_cast<double>(setting.line->up() - up_before),
              .segments = office.counters().segments - segments};
  if (live) bytes.total += pings * kPingBytes;
  KEPING_RETURN_IF_ERROR(office.Disconnect());
  return bytes;
}

Figure PerEvent(const char* name, const Bytes& bytes, double most, const std::string& conditions) {
  return {.name = name,
          .value = bytes.total / bytes.events,
          .unit = "B",
          .ceiling = kRivalPerEvent,
          .ceiling_name = "PostgreSQL logical replication per event, no TLS, no signatures",
          .conditions =
              absl::StrFormat("%.0f bytes, %.0f of them up, handshake and pings "
                              "included, for %.0f events in %d segments; %s",
                              bytes.total, bytes.up, bytes.events, bytes.segments, conditions),
          .bar = AtMost(most)};
}

absl::StatusOr<std::vector<Figure>> RunWire(const BenchOptions& options) {
  const size_t cards = options.quick ? 3 : 200;
  base::Prng prng(7);
  KEPING_ASSIGN_OR_RETURN(Setting setting, Prepare(options, 2 * cards + 10));
  KEPING_ASSIGN_OR_RETURN(const double handshake, MeasureHandshake(setting));
  KEPING_ASSIGN_OR_RETURN(const Bytes batch, MeasureDay(setting, cards, /*live=*/false, prng));
  KEPING_ASSIGN_OR_RETURN(const Bytes live, MeasureDay(setting, cards, /*live=*/true, prng));
  const std::string conditions = absl::StrCat(cards, " cards");
  return std::vector<Figure>{{.name = "wire handshake",
                              .value = handshake,
                              .unit = "B",
                              .ceiling = kMostHandshake,
                              .ceiling_name = "its bar",
                              .conditions = "mutual TLS, hello, welcome and the receipt said again",
                              .bar = AtMost(kMostHandshake)},
                             PerEvent("wire, one batch", batch, kMostBatch, conditions),
                             PerEvent("wire, live", live, kMostLive, conditions)};
}

KEPING_BENCH("wire", "bytes on the socket for a day of 200 cards", &RunWire);

}  // namespace
}  // namespace keping::bench
