#include "edge_node/store/log_tail.h"

#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"
#include "common/wire/frame_codec.h"
#include "keping/sync/v1/sync.pb.h"

namespace keping::edge {
namespace {

std::string KeyOf(uint64_t first_seq) {
  std::string key(storage::kLogTailPrefix);
  storage::AppendBigEndian64(&key, first_seq);
  return key;
}

// The head after the segment's entries, which continue `before`.
absl::StatusOr<sync::Head> Follow(const sync::Segment& segment, const domain::NodeId& node,
                                  const domain::IncarnationId& incarnation,
                                  const sync::Head& before) {
  sync::Head head = before;
  for (const std::string& bytes : segment.entries) {
    KEPING_ASSIGN_OR_RETURN(const domain::Entry entry, domain::ParseEntry(bytes));
    const domain::EntryHeader& header = entry.header;
    if (header.node != node || header.incarnation != incarnation || header.seq != head.seq + 1 ||
        header.previous != head.hash) {
      return absl::InvalidArgumentError(absl::StrCat(
          "got entry ", header.seq, ", want the one after entry ", head.seq, " of this log"));
    }
    head = {header.seq, domain::HashEntryBytes(bytes)};
  }
  return head;
}

}  // namespace

absl::StatusOr<LogTail> LogTail::Open(storage::KvStore* kv, const sync::Head& log_end) {
  LogTail tail(kv);
  tail.end_ = log_end;
  KEPING_RETURN_IF_ERROR(tail.Visit([&tail](const sync::Segment& segment) {
    tail.end_ = {segment.first_seq + segment.entries.size() - 1,
                 domain::HashEntryBytes(segment.entries.back())};
  }));
  return tail;
}

absl::Status LogTail::Add(const sync::Segment& segment, const domain::NodeId& node,
                          const domain::IncarnationId& incarnation,
                          const crypto::Verifier& verifier, absl::string_view public_key) {
  KEPING_ASSIGN_OR_RETURN(const sync::Head head, Follow(segment, node, incarnation, end_));
  if (head.seq == end_.seq || segment.first_seq != end_.seq + 1) {
    return absl::InvalidArgumentError(absl::StrCat("got the log from entry ", segment.first_seq,
                                                   ", want it from ", end_.seq + 1));
  }
  if (!verifier.Verify(public_key, sync::HeadStatement(node, incarnation, head),
                       segment.signature)) {
    return absl::InvalidArgumentError(
        absl::StrCat("got entries up to ", head.seq, " that this node's key did not sign"));
  }
  sync::v1::SessionRequest proto;
  wire::EncodeFrame(sync::NodeFrame(segment), &proto);
  storage::WriteBatch batch;
  batch.Put(KeyOf(segment.first_seq), proto.segment().SerializeAsString());
  KEPING_RETURN_IF_ERROR(kv_->Write(batch, storage::Durability::kSynced));
  end_ = head;
  return absl::OkStatus();
}

absl::Status LogTail::Visit(absl::FunctionRef<void(const sync::Segment&)> visit) const {
  absl::Status status;
  KEPING_RETURN_IF_ERROR(kv_->Scan(
      storage::kLogTailPrefix, storage::PrefixEnd(storage::kLogTailPrefix),
      [&](absl::string_view, absl::string_view bytes) {
        sync::v1::SessionRequest proto;
        const bool parsed =
            proto.mutable_segment()->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
        const auto frame = wire::DecodeFrame(proto);
        const auto* segment = frame.ok() ? std::get_if<sync::Segment>(&*frame) : nullptr;
        if (!parsed || segment == nullptr || segment->entries.empty()) {
          status = absl::DataLossError(
              "the database is damaged: a part of the log that was fetched back does not parse. "
              "Keep the database as it is and call the district office.");
          return false;
        }
        visit(*segment);
        return true;
      }));
  return status;
}

}  // namespace keping::edge
