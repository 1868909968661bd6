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

using EntryVisitor = absl::FunctionRef<absl::StatusOr<bool>(absl::string_view bytes)>;

// Entries first … last of one log, from its end on in steps, until `visit` wants no more or `most`
// entries were looked at. Returns how many were.
absl::StatusOr<uint64_t> WalkBack(const storage::KvStore& store, uint64_t first, uint64_t last,
                                  absl::FunctionRef<std::string(uint64_t seq)> key, uint64_t most,
                                  EntryVisitor visit) {
  bool more = true;
  uint64_t seen = 0;
  for (uint64_t end = last + 1; end > first && more && seen < most;) {
    const uint64_t begin = end - std::min({end - first, kEntriesAtOnce, most - seen});
    seen += end - begin;
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
  return seen;
}

class FactSearch {
 public:
  FactSearch(const CentralNode& centre, std::set<crypto::Hash> wanted, uint64_t most)
      : centre_(centre), wanted_(std::move(wanted)), most_(most) {}

  absl::StatusOr<std::vector<FactRef>> Run(const NodeId& node) {
    std::vector<OfficeLog> of_node;
    std::vector<OfficeLog> of_others;
    for (const auto& [office, row] : centre_.resident().nodes) {
      std::vector<OfficeLog>& logs = office == node ? of_node : of_others;
      for (const auto& [stream, head] : row.streams) logs.push_back({office, stream, &head});
    }
    KEPING_RETURN_IF_ERROR(SearchOffices(of_node));
    KEPING_RETURN_IF_ERROR(
        Search(1, centre_.log_head().seq, centre_.log_incarnation(), &storage::EntryKey, most_)
            .status());
    KEPING_RETURN_IF_ERROR(SearchOffices(of_others));
    return std::move(found_);
  }

 private:
  struct OfficeLog {
    NodeId node;
    IncarnationId stream;
    const StreamHead* head;
  };

  // Each log has its share of the budget, and what the logs before it left of theirs.
  absl::Status SearchOffices(const std::vector<OfficeLog>& logs) {
    uint64_t left = most_;
    for (size_t i = 0; i < logs.size(); ++i) {
      const OfficeLog& log = logs[i];
      const auto key = [&log](uint64_t seq) {
        return storage::NodeEntryKey(log.node.value(), log.stream.value(), seq);
      };
      KEPING_ASSIGN_OR_RETURN(const uint64_t seen,
                              Search(std::max<uint64_t>(log.head->branch_seq, 1), log.head->seq,
                                     log.stream, key, left / (logs.size() - i)));
      left -= seen;
    }
    return absl::OkStatus();
  }

  absl::StatusOr<uint64_t> Search(uint64_t first, uint64_t last, const IncarnationId& stream,
                                  absl::FunctionRef<std::string(uint64_t seq)> key, uint64_t most) {
    if (wanted_.empty()) return 0;
    const auto visit = [&](absl::string_view bytes) -> absl::StatusOr<bool> {
      if (wanted_.erase(domain::HashEntryBytes(bytes)) == 0) return true;
      KEPING_ASSIGN_OR_RETURN(ArrivedEntry entry, ReadArrivedEntry(bytes));
      entry.ref.incarnation = stream;
      found_.push_back(entry.ref);
      return !wanted_.empty();
    };
    return WalkBack(centre_.store(), first, last, key, most, visit);
  }

  const CentralNode& centre_;
  std::set<crypto::Hash> wanted_;
  const uint64_t most_;
  std::vector<FactRef> found_;
};

}  // namespace

absl::StatusOr<std::vector<FactRef>> SearchLogs(const CentralNode& centre, const NodeId& node,
                                                std::set<crypto::Hash> wanted, uint64_t most) {
  return FactSearch(centre, std::move(wanted), most).Run(node);
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
  KEPING_RETURN_IF_ERROR(WalkBack(centre.store(), 1, centre.log_head().seq, &storage::EntryKey,
                                  kMostEntriesSearched, visit)
                             .status());
  return found;
}

}  // namespace keping::central
