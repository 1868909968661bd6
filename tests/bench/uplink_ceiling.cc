#include "tests/bench/uplink_ceiling.h"

#include "absl/strings/str_join.h"
#include "common/base/status_macros.h"
#include "common/crypto/x509.h"
#include "common/rpc/channel.h"
#include "common/storage/key_space.h"
#include "common/storage/rocksdb_store.h"
#include "tests/bench/bare_service.h"
#include "tests/bench/measure.h"

namespace keping::bench {
namespace {

// In seconds.
absl::StatusOr<double> TimeBareStream(const BenchCentre& centre, const rpc::TlsIdentity& tls,
                                      const Backlog& backlog) {
  BareService bare;
  KEPING_ASSIGN_OR_RETURN(const auto server,
                          rpc::ServeMutualTls("127.0.0.1:0", centre.tls(), {bare.service()}));
  std::vector<std::string> blocks;
  for (const auto& block : backlog.blocks()) blocks.push_back(absl::StrJoin(block, ""));
  const auto channel = rpc::MakeTlsChannel(server->address(), tls, crypto::kCentralNodeId);
  const Stopwatch watch;
  KEPING_RETURN_IF_ERROR(SendBare(channel, blocks));
  return watch.Seconds();
}

absl::StatusOr<double> TimeBareStore(const std::string& folder, const Backlog& backlog) {
  KEPING_ASSIGN_OR_RETURN(const auto store, storage::OpenRocksDbStore(folder + "/bare-db"));
  uint64_t seq = 0;
  const Stopwatch watch;
  for (const auto& block : backlog.blocks()) {
    storage::WriteBatch batch;
    for (const std::string& entry : block) {
      batch.Put(storage::NodeEntryKey("kintamani", "i-1", ++seq), entry);
    }
    KEPING_RETURN_IF_ERROR(store->Write(batch, storage::Durability::kSynced));
  }
  return watch.Seconds();
}

}  // namespace

void Backlog::Add(absl::string_view entry) {
  if (blocks_.empty() || block_bytes_ + entry.size() > sync::kMaxSegmentBytes) {
    blocks_.emplace_back();
    block_bytes_ = 0;
  }
  block_bytes_ += entry.size();
  blocks_.back().emplace_back(entry);
  bytes_ += entry.size();
  ++entries_;
}

absl::StatusOr<UplinkCeiling> MeasureUplinkCeiling(const BenchCentre& centre,
                                                   const rpc::TlsIdentity& tls,
                                                   const std::string& folder,
                                                   const Backlog& backlog) {
  KEPING_ASSIGN_OR_RETURN(const double stream, TimeBareStream(centre, tls, backlog));
  KEPING_ASSIGN_OR_RETURN(const double store, TimeBareStore(folder, backlog));
  const auto entries = static_cast<double>(backlog.entries());
  return UplinkCeiling{.stream = entries / stream, .store = entries / store};
}

}  // namespace keping::bench
