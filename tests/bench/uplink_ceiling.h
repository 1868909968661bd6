// What an uplink could do at best on this machine: a bare gRPC stream of the same bytes with mutual
// TLS, and bare synced batches of the same entries.
//
//   Backlog backlog;
//   backlog.Add(entry_bytes);
//   KEPING_ASSIGN_OR_RETURN(UplinkCeiling ceiling,
//                           MeasureUplinkCeiling(*centre, keys.tls, options.folder, backlog));
#ifndef KEPING_TESTS_BENCH_UPLINK_CEILING_H_
#define KEPING_TESTS_BENCH_UPLINK_CEILING_H_

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/rpc/tls_identity.h"
#include "tests/bench/bench_centre.h"

namespace keping::bench {

inline constexpr char kUplinkCeilingName[] =
    "the slower of a bare gRPC stream and bare synced batches";

// Entries of a log, 64 kB to a block, as segments have them.
class Backlog {
 public:
  void Add(absl::string_view entry);

  const std::vector<std::vector<std::string>>& blocks() const { return blocks_; }
  size_t entries() const { return entries_; }
  size_t bytes() const { return bytes_; }
  size_t bytes_per_entry() const { return bytes_ / std::max<size_t>(1, entries_); }

 private:
  std::vector<std::vector<std::string>> blocks_;
  size_t block_bytes_ = 0;
  size_t entries_ = 0;
  size_t bytes_ = 0;
};

// Entries a second.
struct UplinkCeiling {
  double stream = 0;
  double store = 0;

  double slower() const { return std::min(stream, store); }
};

// The store is made in `folder`.
absl::StatusOr<UplinkCeiling> MeasureUplinkCeiling(const BenchCentre& centre,
                                                   const rpc::TlsIdentity& tls,
                                                   const std::string& folder,
                                                   const Backlog& backlog);

}  // namespace keping::bench

#endif  // KEPING_TESTS_BENCH_UPLINK_CEILING_H_
