#include "central_node/store/log_scan.h"

#include <algorithm>
#include <string>

#include "central_node/store/replay.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"

namespace keping::central {
namespace {

absl::Status ScanOne(const storage::KvStore& store, const std::string& first,
                     const std::string& end, const domain::IncarnationId& stream,
                     absl::FunctionRef<void(const ArrivedEntry& entry)> visit) {
  absl::Status status;
  KEPING_RETURN_IF_ERROR(store.Scan(first, end, [&](absl::string_view, absl::string_view bytes) {
    absl::StatusOr<ArrivedEntry> entry = ReadArrivedEntry(bytes);
    status = entry.status();
    if (!entry.ok()) return false;
    // Entries of a branch keep the header of the stream that it leaves.
    entry->ref.incarnation = stream;
    visit(*entry);
    return true;
  }));
  return status;
}

}  // namespace

absl::Status ScanLogs(const CentralNode& centre,
                      absl::FunctionRef<void(const ArrivedEntry& entry)> visit) {
  KEPING_RETURN_IF_ERROR(ScanOne(centre.store(), storage::EntryKey(1),
                                 storage::EntryKey(centre.log_head().seq + 1),
                                 centre.log_incarnation(), visit));
  for (const auto& [node, row] : centre.resident().nodes) {
    for (const auto& [stream, head] : row.streams) {
      const auto key = [&, name = stream.value()](uint64_t seq) {
        return storage::NodeEntryKey(node.value(), name, seq);
      };
      KEPING_RETURN_IF_ERROR(ScanOne(centre.store(), key(std::max<uint64_t>(head.branch_seq, 1)),
                                     key(head.seq + 1), stream, visit));
    }
  }
  return absl::OkStatus();
}

}  // namespace keping::central
