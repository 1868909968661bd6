// A backlog of 200,000 print events from one office to the centre: until the last is verified,
// durable and receipted; judging follows. Beside it, in the same run and on the same disk, a bare
// gRPC stream of the same bytes, and bare synced batches of the same entries.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "common/base/status_macros.h"
#include "common/crypto/x509.h"
#include "common/rpc/channel.h"
#include "common/storage/key_space.h"
#include "common/storage/rocksdb_store.h"
#include "tests/bench/bare_service.h"
#include "tests/bench/bench.h"
#include "tests/bench/bench_centre.h"
#include "tests/bench/linked_office.h"
#include "tests/bench/measure.h"
#include "tests/bench/stocked_office.h"

namespace keping::bench {
namespace {

constexpr char kOffice[] = "kintamani";
constexpr double kLeastRatio = 0.5;

// The log's bytes, 64 kB to a block, as segments have them.
struct Backlog {
  std::vector<std::vector<std::string>> blocks;
  size_t entries = 0;
  size_t bytes = 0;
};

absl::StatusOr<Backlog> ReadBacklog(LinkedOffice& office, uint64_t from) {
  Backlog backlog;
  size_t block_bytes = sync::kMaxSegmentBytes;
  KEPING_RETURN_IF_ERROR(RunOn(office.core(), [&] {
    return office.node().store().log().Read(
        from, UINT64_MAX, SIZE_MAX, [&](uint64_t, absl::string_view bytes) {
          if (block_bytes + bytes.size() > sync::kMaxSegmentBytes) {
            backlog.blocks.emplace_back();
            block_bytes = 0;
          }
          block_bytes += bytes.size();
          backlog.blocks.back().emplace_back(bytes);
          backlog.bytes += bytes.size();
          ++backlog.entries;
          return true;
        });
  }));
  return backlog;
}

absl::StatusOr<double> TimeBareStream(const BenchCentre& centre, const rpc::TlsIdentity& tls,
                                      const Backlog& backlog) {
  BareService bare;
  KEPING_ASSIGN_OR_RETURN(const auto server,
                          rpc::ServeMutualTls("127.0.0.1:0", centre.tls(), {bare.service()}));
  std::vector<std::string> blocks;
  for (const auto& block : backlog.blocks) blocks.push_back(absl::StrJoin(block, ""));
  const auto channel = rpc::MakeTlsChannel(server->address(), tls, crypto::kCentralNodeId);
  const Stopwatch watch;
  KEPING_RETURN_IF_ERROR(SendBare(channel, blocks));
  return watch.Seconds();
}

absl::StatusOr<double> TimeBareStore(const std::string& folder, const Backlog& backlog) {
  KEPING_ASSIGN_OR_RETURN(const auto store, storage::OpenRocksDbStore(folder + "/bare-db"));
  uint64_t seq = 0;
  const Stopwatch watch;
  for (const auto& block : backlog.blocks) {
    storage::WriteBatch batch;
    for (const std::string& entry : block) {
      batch.Put(storage::NodeEntryKey(kOffice, "i-1", ++seq), entry);
    }
    KEPING_RETURN_IF_ERROR(store->Write(batch, storage::Durability::kSynced));
  }
  return watch.Seconds();
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
  KEPING_ASSIGN_OR_RETURN(const double stream, TimeBareStream(*centre, office->tls(), backlog));
  KEPING_ASSIGN_OR_RETURN(const double store, TimeBareStore(options.folder, backlog));
  const Stopwatch watch;
  KEPING_RETURN_IF_ERROR(office->Connect(centre->address()));
  KEPING_RETURN_IF_ERROR(office->AwaitProven());
  const double seconds = watch.Seconds();
  const auto rate = [&](double took) { return static_cast<double>(backlog.entries) / took; };
  return std::vector<Figure>{
      {.name = "uplink",
       .value = rate(seconds),
       .unit = "1/s",
       .ceiling = rate(std::max(stream, store)),
       .ceiling_name = "the slower of a bare gRPC stream and bare synced batches",
       .conditions = absl::StrFormat(
           "%d events of %d bytes, judged behind the receipts; stream %.0f/s, store %.0f/s; %s",
           backlog.entries, backlog.bytes / std::max<size_t>(1, backlog.entries), rate(stream),
           rate(store), MachineConditions(options.folder)),
       .bar = AtLeastRatio(kLeastRatio)}};
}

KEPING_BENCH("uplink", "a backlog of 200,000 events until its last receipt", &RunUplink);

}  // namespace
}  // namespace keping::bench
