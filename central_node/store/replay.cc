#include "central_node/store/replay.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "central_node/store/judging_queue.h"
#include "central_node/store/node_logs.h"
#include "central_node/store/row_codec.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"
#include "common/storage/memory_store.h"
#include "common/wire/event_codec.h"

namespace keping::central {
namespace {

constexpr size_t kEntriesPerStep = 256;

// Entries of a branch keep the header of the stream that it leaves: the key tells which it is.
absl::StatusOr<ArrivedEntry> ReadNodeEntry(absl::string_view key, absl::string_view bytes) {
  KEPING_ASSIGN_OR_RETURN(ArrivedEntry arrived, ReadArrivedEntry(bytes));
  KEPING_ASSIGN_OR_RETURN(const storage::NodeStreamKey at,
                          storage::ReadNodeStreamKey(key.substr(storage::kNodeEntryPrefix.size())));
  KEPING_ASSIGN_OR_RETURN(arrived.ref.incarnation, domain::IncarnationId::Parse(at.incarnation));
  return arrived;
}

// Collects entries of one stream into steps of bounded size.
class Replayer {
 public:
  Replayer(const storage::KvStore& from, CentralNode& into, bool own_log,
           const JudgingQueue& waiting)
      : logs_(&from, &into.resident(), &waiting),
        into_(into),
        own_log_(own_log),
        waiting_(waiting) {}

  absl::Status Add(ArrivedEntry entry) {
    if (waiting_.Holds(entry.ref.node, entry.ref.incarnation, entry.ref.seq)) {
      return absl::OkStatus();
    }
    const bool other_stream = !entries_.empty() && !entries_.back().ref.SameStream(entry.ref);
    if (other_stream || entries_.size() == kEntriesPerStep) KEPING_RETURN_IF_ERROR(Flush());
    entries_.push_back(std::move(entry));
    return absl::OkStatus();
  }

  absl::Status Flush() {
    if (entries_.empty()) return absl::OkStatus();
    std::vector<ArrivedEntry> entries = std::exchange(entries_, {});
    if (own_log_) return into_.Replay(CentralEntriesReplayed{.entries = std::move(entries)});
    const FactRef first = entries.front().ref;
    EntriesArrived input{
        .node = first.node, .incarnation = first.incarnation, .entries = std::move(entries)};
    const StreamHead* const stream = logs_.Stream(first.node, first.incarnation);
    if (stream != nullptr && stream->branch_seq == first.seq) {
      KEPING_ASSIGN_OR_RETURN(input.shared_grants,
                              logs_.GrantsAt(first.node, stream->branch_of, first.seq - 1));
    }
    return into_.Replay(input);
  }

 private:
  const NodeLogs logs_;
  CentralNode& into_;
  const bool own_log_;
  const JudgingQueue& waiting_;
  std::vector<ArrivedEntry> entries_;
};

absl::Status ReplayPrefix(const storage::KvStore& from, absl::string_view prefix, bool own_log,
                          CentralNode& into) {
  JudgingQueue waiting;
  KEPING_RETURN_IF_ERROR(waiting.Open(from));
  Replayer replayer(from, into, own_log, waiting);
  absl::Status status;
  KEPING_RETURN_IF_ERROR(from.Scan(
      prefix, storage::PrefixEnd(prefix), [&](absl::string_view key, absl::string_view bytes) {
        absl::StatusOr<ArrivedEntry> entry =
            own_log ? ReadArrivedEntry(bytes) : ReadNodeEntry(key, bytes);
        status = entry.ok() ? replayer.Add(*std::move(entry)) : entry.status();
        return status.ok();
      }));
  KEPING_RETURN_IF_ERROR(status);
  return replayer.Flush();
}

// The bytes of a stored row that a replay must give again.
template <typename Row>
absl::StatusOr<std::string> Projected(absl::string_view bytes) {
  KEPING_ASSIGN_OR_RETURN(Row row, DecodeRow<Row>(bytes));
  return EncodeForDigest(std::move(row));
}

absl::StatusOr<std::string> Projected(absl::string_view prefix, absl::string_view bytes) {
  if (prefix == storage::kPrrRowPrefix) return Projected<PrrRow>(bytes);
  if (prefix == storage::kNodeRowPrefix) return Projected<NodeRow>(bytes);
  if (prefix == storage::kCentreRowKey) return Projected<CentreRow>(bytes);
  return std::string(bytes);
}

}  // namespace

absl::StatusOr<ArrivedEntry> ReadArrivedEntry(absl::string_view bytes) {
  KEPING_ASSIGN_OR_RETURN(const domain::Entry entry, domain::ParseEntry(bytes));
  absl::StatusOr<domain::Event> event = wire::DecodeEvent(entry.header.type, entry.payload);
  ArrivedEntry arrived{.ref = {.id = domain::HashEntryBytes(bytes),
                               .node = entry.header.node,
                               .incarnation = entry.header.incarnation,
                               .seq = entry.header.seq,
                               .wall_micros = entry.header.wall_micros},
                       .event = {}};
  if (event.ok()) arrived.event = *std::move(event);
  return arrived;
}

absl::StatusOr<crypto::Hash> TablesDigest(const storage::KvStore& store) {
  crypto::Hash digest;
  absl::Status status;
  for (absl::string_view prefix :
       {storage::kBlankRowPrefix, storage::kPrrRowPrefix, storage::kJobRowPrefix,
        storage::kTransferRowPrefix, storage::kCaseRowPrefix, storage::kActionRowPrefix,
        storage::kPersonRowPrefix, storage::kPrinterDayRowPrefix, storage::kBatchRowPrefix,
        storage::kNameRowPrefix, storage::kBoxRowPrefix, storage::kCountsRowPrefix,
        storage::kFiguresRowPrefix, storage::kNodeRowPrefix, storage::kCentreRowKey,
        storage::kBalancePrefix, storage::kPrrTallyPrefix}) {
    KEPING_RETURN_IF_ERROR(store.Scan(
        prefix, storage::PrefixEnd(prefix), [&](absl::string_view key, absl::string_view value) {
          absl::StatusOr<std::string> row = Projected(prefix, value);
          if (!row.ok()) {
            status = row.status();
            return false;
          }
          const crypto::Hash row_hash = crypto::Sha256({*row});
          digest = crypto::Sha256(
              {digest.AsBytes(), absl::StrCat(key.size(), ":"), key, row_hash.AsBytes()});
          return true;
        }));
    KEPING_RETURN_IF_ERROR(status);
  }
  return digest;
}

absl::Status ReplayLogs(const storage::KvStore& from, CentralNode& into) {
  KEPING_RETURN_IF_ERROR(ReplayPrefix(from, storage::kEntryPrefix, /*own_log=*/true, into));
  return ReplayPrefix(from, storage::kNodeEntryPrefix, /*own_log=*/false, into);
}

absl::StatusOr<crypto::Hash> ReplayDigest(const storage::KvStore& from,
                                          const CentralOptions& options) {
  const std::unique_ptr<storage::KvStore> memory = storage::MakeMemoryStore();
  KEPING_ASSIGN_OR_RETURN(const std::unique_ptr<CentralNode> fresh,
                          CentralNode::OpenForReplay(memory.get(), options));
  KEPING_RETURN_IF_ERROR(ReplayLogs(from, *fresh));
  return TablesDigest(*memory);
}

}  // namespace keping::central
