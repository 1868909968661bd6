#include "central_node/store/fact_search.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <variant>

#include "absl/functional/function_ref.h"
#include "central_node/store/replay.h"
#include "common/base/status_macros.h"
#include "common/domain/entry.h"
#include "common/storage/key_space.h"
#include "common/storage/kv_store.h"
#include "common/wire/event_codec.h"

namespace keping::central {
namespace {

using domain::IncarnationId;
using domain::NodeId;

constexpr uint64_t kEntriesAtOnce = 4'096;
constexpr uint64_t kMostEntries = 1'000'000;

using EntryVisitor = absl::FunctionRef<absl::StatusOr<bool>(absl::string_view bytes)>;

// Entries first … last of one log, from its end on in steps, until `visit` wants no more or `left`
// entries were looked at.
absl::Status WalkBack(const storage::KvStore& store, uint64_t first, uint64_t last,
                      absl::FunctionRef<std::string(uint64_t seq)> key, uint64_t& left,
                      EntryVisitor visit) {
  bool more = true;
  for (uint64_t end = last + 1; end > first && more && left > 0;) {
    const uint64_t begin = end - std::min(end - first, kEntriesAtOnce);
    left -= std::min(left, end - begin);
    absl::Status status;
    KEPING_RETURN_IF_ERROR(
        store.Scan(key(begin), key(end), [&](absl::string_view, absl::string_view bytes) {
          const absl::StatusOr<bool> wants = visit(bytes);
          status = wants.status();
          more = wants.value_or(false);
          return more;
        }));
    KEPING_RETURN_IF_ERROR(status);
    end = begin;
  }
  return absl::OkStatus();
}

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

  absl::Status Search(uint64_t first, uint64_t last, const IncarnationId& stream,
                      absl::FunctionRef<std::string(uint64_t seq)> key) {
    if (wanted_.empty()) return absl::OkStatus();
    const auto visit = [&](absl::string_view bytes) -> absl::StatusOr<bool> {
      if (wanted_.erase(domain::HashEntryBytes(bytes)) == 0) return true;
      KEPING_ASSIGN_OR_RETURN(ArrivedEntry entry, ReadArrivedEntry(bytes));
      entry.ref.incarnation = stream;
      found_.push_back(entry.ref);
      return !wanted_.empty();
    };
    return WalkBack(centre_.store(), first, last, key, left_, visit);
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

absl::StatusOr<std::optional<domain::AllotmentReceived>> SearchDelivery(
    const CentralNode& centre, const domain::AllotmentId& allotment) {
  const uint32_t type = wire::EncodeEvent(domain::AllotmentReceived()).type;
  std::optional<domain::AllotmentReceived> found;
  const auto visit = [&](absl::string_view bytes) -> absl::StatusOr<bool> {
    KEPING_ASSIGN_OR_RETURN(const domain::Entry entry, domain::ParseEntry(bytes));
    if (entry.header.type != type) return true;
    KEPING_ASSIGN_OR_RETURN(const domain::Event event, wire::DecodeEvent(type, entry.payload));
    const auto& delivery = std::get<domain::AllotmentReceived>(event);
    if (delivery.allotment == allotment) found = delivery;
    return !found.has_value();
  };
  uint64_t left = kMostEntries;
  KEPING_RETURN_IF_ERROR(
      WalkBack(centre.store(), 1, centre.log_head().seq, &storage::EntryKey, left, visit));
  return found;
}

}  // namespace keping::central
