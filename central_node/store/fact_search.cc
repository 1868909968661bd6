#include "central_node/store/fact_search.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "central_node/store/replay.h"
#include "common/base/status_macros.h"
#include "common/domain/entry.h"
#include "common/storage/key_space.h"

namespace keping::central {
namespace {

using domain::IncarnationId;
using domain::NodeId;

constexpr uint64_t kEntriesAtOnce = 4'096;
constexpr uint64_t kMostEntries = 1'000'000;

class FactSearch {
 public:
  FactSearch(const CentralNode& centre, std::set<crypto::Hash> wanted)
      : centre_(centre), wanted_(std::move(wanted)) {}

  absl::StatusOr<std::vector<FactRef>> Run(const NodeId& node) {
    KEPING_RETURN_IF_ERROR(Search(1, centre_.log_head().seq, centre_.log_incarnation(),
                                  [](uint64_t seq) { return storage::EntryKey(seq); }));
    const std::map<NodeId, NodeRow>& nodes = centre_.resident().nodes;
    if (const auto row = nodes.find(node); row != nodes.end()) {
      KEPING_RETURN_IF_ERROR(SearchOffice(node, row->second));
    }
    for (const auto& [other, row] : nodes) {
      if (other != node) KEPING_RETURN_IF_ERROR(SearchOffice(other, row));
    }
    return std::move(found_);
  }

 private:
  absl::Status SearchOffice(const NodeId& node, const NodeRow& row) {
    for (const auto& [stream, head] : row.streams) {
      KEPING_RETURN_IF_ERROR(Search(std::max<uint64_t>(head.branch_seq, 1), head.seq, stream,
                                    [&node, name = stream](uint64_t seq) {
                                      return storage::NodeEntryKey(node.value(), name.value(), seq);
                                    }));
    }
    return absl::OkStatus();
  }

  // Entries first … last of one log, from its end on.
  absl::Status Search(uint64_t first, uint64_t last, const IncarnationId& stream,
                      const std::function<std::string(uint64_t seq)>& key) {
    for (uint64_t end = last + 1; end > first && !wanted_.empty() && left_ > 0;) {
      const uint64_t begin = end - std::min(end - first, kEntriesAtOnce);
      left_ -= std::min(left_, end - begin);
      absl::Status status;
      KEPING_RETURN_IF_ERROR(centre_.store().Scan(
          key(begin), key(end), [&](absl::string_view, absl::string_view bytes) {
            if (wanted_.erase(domain::HashEntryBytes(bytes)) == 0) return true;
            absl::StatusOr<ArrivedEntry> entry = ReadArrivedEntry(bytes);
            status = entry.status();
            if (!status.ok()) return false;
            entry->ref.incarnation = stream;
            found_.push_back(entry->ref);
            return !wanted_.empty();
          }));
      KEPING_RETURN_IF_ERROR(status);
      end = begin;
    }
    return absl::OkStatus();
  }

  const CentralNode& centre_;
  std::set<crypto::Hash> wanted_;
  uint64_t left_ = kMostEntries;
  std::vector<FactRef> found_;
};

}  // namespace

absl::StatusOr<std::vector<FactRef>> SearchLogs(const CentralNode& centre, const NodeId& node,
                                                std::set<crypto::Hash> wanted) {
  return FactSearch(centre, std::move(wanted)).Run(node);
}

}  // namespace keping::central
