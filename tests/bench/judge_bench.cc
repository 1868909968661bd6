// What a new fact costs the judges, at a district of ten thousand facts and at ever larger ones:
// every entry of one node's log stored, folded, judged, its moves and cases durable.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "central_node/store/central_node.h"
#include "common/base/status_macros.h"
#include "common/crypto/random.h"
#include "common/crypto/seal.h"
#include "common/domain/nik.h"
#include "common/storage/rocksdb_store.h"
#include "tests/bench/bench.h"
#include "tests/bench/measure.h"
#include "tests/support/node_log.h"

namespace keping::bench {
namespace {

constexpr double kBarFactsPerSecond = 50'000;
constexpr double kBarRatio = 1.5;
constexpr char kNode[] = "kintamani";
constexpr uint64_t kFactsPerCard = 4;
constexpr uint64_t kRecordsAtOnce = 500;
constexpr uint64_t kCountedBlanks = 8'000;

std::string Prr(uint64_t i) { return absl::StrFormat("PRR-%08d", i); }
// A chip's UID: seven bytes, in no order.
std::string Uid(uint64_t i) {
  return crypto::Sha256({"blank", absl::StrCat(i)}).Hex().substr(0, 14);
}

// One office that prints one record after the other, each on a chip of its own.
class Office {
 public:
  explicit Office(central::CentralNode& centre) : centre_(centre) {}

  absl::Status Begin() {
    KEPING_RETURN_IF_ERROR(centre_
                               .Handle(now_, central::EnrolNode{.node = log_.node(),
                                                                .incarnation = log_.incarnation(),
                                                                .public_key = log_.public_key()})
                               .status());
    return centre_
        .Handle(now_, central::AddOperator{.operator_id = domain::OperatorId::Of("ayu"),
                                           .node = log_.node()})
        .status();
  }

  // Blanks and records for so many more cards, and their facts; not judged yet.
  absl::Status Prepare(uint64_t cards) {
    KEPING_RETURN_IF_ERROR(Supply(cards));
    for (uint64_t i = 0; i < cards; ++i) Print(printed_++);
    return absl::OkStatus();
  }

  void Count() {
    domain::StockCounted count{.act = domain::ActId::Of(absl::StrCat("count-", log_.size())),
                               .pile = domain::Pile::kPrinted,
                               .counted = {},
                               .missing = {},
                               .surplus = {},
                               .operator_id = domain::OperatorId::Of("ayu"),
                               .second = domain::OperatorId::Of("made")};
    const uint64_t first = printed_ - std::min(printed_, kCountedBlanks);
    for (uint64_t i = first; i < printed_; ++i) {
      count.counted.Insert(domain::BlankSerial::Of(Uid(i)));
    }
    log_.Add(count);
  }

  // Seconds until all that was prepared is judged and durable.
  absl::StatusOr<double> Judge() {
    const Stopwatch watch;
    while (taken_ < log_.size()) {
      const uint64_t last = std::min(taken_ + kSegmentEntries, log_.size());
      KEPING_ASSIGN_OR_RETURN(
          const central::SegmentResult result,
          centre_.Ingest(now_, log_.node(), log_.SegmentFrom(taken_ + 1, last), log_.verifier()));
      if (!result.receipted()) return absl::InternalError(result.detail);
      taken_ = last;
    }
    return watch.Seconds();
  }

  uint64_t facts() const { return log_.size(); }

 private:
  static constexpr uint64_t kSegmentEntries = 250;

  absl::Status Supply(uint64_t cards) {
    for (uint64_t done = 0; done < cards; done += kRecordsAtOnce) {
      const uint64_t n = std::min(kRecordsAtOnce, cards - done);
      KEPING_RETURN_IF_ERROR(SupplyBlanks(printed_ + done, n));
      KEPING_RETURN_IF_ERROR(SupplyRecords(printed_ + done, n));
    }
    return absl::OkStatus();
  }

  absl::Status SupplyBlanks(uint64_t first, uint64_t count) {
    domain::SerialSet serials;
    for (uint64_t i = first; i < first + count; ++i) {
      serials.Insert(domain::BlankSerial::Of(Uid(i)));
    }
    const std::string number = absl::StrCat("t-", first);
    KEPING_RETURN_IF_ERROR(centre_.ReceiveAllotments(
        now_,
        {{{.allotment = domain::AllotmentId::Of(number), .bast_number = "B", .serials = serials}}},
        0));
    KEPING_RETURN_IF_ERROR(
        centre_
            .Handle(now_, central::Dispatch{.transfer = domain::TransferId::Of(number),
                                            .node = log_.node(),
                                            .quantity = 0,
                                            .serials = serials})
            .status());
    log_.Add(domain::BlanksReceived{.act = domain::ActId::Of("r" + number),
                                    .transfer = domain::TransferId::Of(number),
                                    .operator_id = domain::OperatorId::Of("ayu"),
                                    .received = serials,
                                    .missing = {},
                                    .unexpected = {}});
    return absl::OkStatus();
  }

  absl::Status SupplyRecords(uint64_t first, uint64_t count) {
    std::vector<central::ArrivedRecord> records;
    for (uint64_t i = first; i < first + count; ++i) {
      const std::string nik =
          absl::StrFormat("510601%02d0190%04d", 1 + i / 10'000 % 28, i % 10'000);
      records.push_back({.prr = domain::PrrId::Of(Prr(i)),
                         .version = 1,
                         .village = domain::VillageCode::Of("51.06.01.2001"),
                         .enrolled_at = absl::UnixEpoch(),
                         .nik = *domain::Nik::Parse(nik),
                         .replaces = {},
                         .bytes = "record"});
    }
    return centre_.ReceiveRecords(now_, records, 0);
  }

  void Print(uint64_t card) {
    const auto act = domain::ActId::Of(absl::StrCat("job-", card));
    const auto blank = domain::BlankSerial::Of(Uid(card));
    log_.Add(domain::PrintIntended{.act = act,
                                   .prr = domain::PrrId::Of(Prr(card)),
                                   .prr_version = 1,
                                   .blank = blank,
                                   .attempt = 1,
                                   .printer = domain::PrinterId::Of("p1"),
                                   .operator_id = domain::OperatorId::Of("ayu"),
                                   .lease_epoch = {1, 1},
                                   .control_position = 0,
                                   .control_state = {},
                                   .proven_seq = 0,
                                   .application_version = {}});
    log_.Add(domain::PrintSent{.act = act, .printer_job = 1});
    log_.Add(domain::PrintCompleted{.act = act});
    log_.Add(domain::PrintVerified{
        .act = act, .blank = blank, .operator_id = domain::OperatorId::Of("ayu")});
    // A new office day, as the duty of its printer wants.
    if (card % 50 == 49) {
      log_.Add(domain::OfficeDayOpened{
          .date = absl::CivilDay(1970, 1, 1) + static_cast<int64_t>(card / 50),
          .basis = domain::OfficeDayBasis::kRunningTime});
    }
  }

  central::CentralNode& centre_;
  const time::Moment now_{
      .wall = absl::UnixEpoch() + absl::Hours(1), .monotonic = {}, .boot_id = "boot"};
  testing::NodeLog log_{kNode, "i-1"};
  uint64_t printed_ = 0;
  uint64_t taken_ = 0;
};

absl::StatusOr<std::vector<Figure>> RunJudge(const BenchOptions& options) {
  KEPING_ASSIGN_OR_RETURN(
      const auto store,
      storage::OpenRocksDbStore(
          options.folder + "/db",
          {.block_cache_bytes = central::CentralNode::kBlockCacheBytes, .log = {}}));
  KEPING_ASSIGN_OR_RETURN(crypto::RecordCipher cipher,
                          crypto::RecordCipher::FromKey(crypto::RandomBytes(crypto::kSealKeySize)));
  central::Settings settings;
  settings.offices = {{domain::NodeId::Of(kNode), "51.06.01"}};
  settings.cards_per_day = 50;
  KEPING_ASSIGN_OR_RETURN(
      const auto centre,
      central::CentralNode::Open(
          store.get(),
          {.centre = domain::NodeId::Of("bench"),
           .settings = settings,
           .cipher = std::move(cipher),
           .nik_lookup_key = crypto::RandomBytes(crypto::kSealKeySize),
           .random = crypto::RandomBytes},
          {.wall = absl::UnixEpoch() + absl::Hours(1), .monotonic = {}, .boot_id = "boot"}));
  Office office(*centre);
  KEPING_RETURN_IF_ERROR(office.Begin());
  std::vector<uint64_t> sizes = {10'000, 100'000};
  if (options.quick) sizes = {400, 800};
  if (options.full) sizes = {10'000, 100'000, 1'000'000, 10'000'000};
  const uint64_t sample = options.quick ? 50 : 5'000;  // cards
  std::vector<Figure> figures;
  double first_cost = 0;
  for (const uint64_t size : sizes) {
    while (office.facts() + sample * kFactsPerCard < size) {
      const uint64_t missing = (size - office.facts()) / kFactsPerCard;
      KEPING_RETURN_IF_ERROR(office.Prepare(std::min<uint64_t>(missing, sample)));
      KEPING_RETURN_IF_ERROR(office.Judge().status());
    }
    KEPING_RETURN_IF_ERROR(office.Prepare(sample));
    office.Count();
    const uint64_t before = office.facts();
    KEPING_ASSIGN_OR_RETURN(const double seconds, office.Judge());
    const auto facts = static_cast<double>(sample * kFactsPerCard);
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
