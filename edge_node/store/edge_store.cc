#include "edge_node/store/edge_store.h"

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"
#include "common/wire/event_codec.h"
#include "common/wire/feed_codec.h"
#include "common/wire/frame_codec.h"
#include "keping/store/v1/edge.pb.h"
#include "keping/sync/v1/sync.pb.h"

namespace keping::edge {
namespace {

namespace row = ::keping::store::v1;

std::string Key(absl::string_view prefix, absl::string_view rest) {
  return absl::StrCat(prefix, rest);
}

EntryStamp StampOf(const domain::EntryHeader& header) {
  return {header.seq, header.boot_id, absl::Microseconds(header.monotonic_micros)};
}

std::vector<std::string> SealedPrefixes() {
  return {std::string(storage::kFeedItemPrefix), std::string(storage::kRecordPrefix)};
}

absl::Status Damaged(absl::string_view what) {
  return absl::DataLossError(
      absl::StrCat("the database is damaged: ", what,
                   " does not parse. Keep the database as it is and call the district office."));
}

}  // namespace

EdgeStore::EdgeStore(storage::KvStore* kv, storage::SealedRows sealed, domain::NodeId node,
                     domain::IncarnationId incarnation, storage::EventLog log)
    : kv_(kv),
      sealed_(std::move(sealed)),
      node_(std::move(node)),
      incarnation_(std::move(incarnation)),
      log_(std::move(log)),
      hybrid_(log_.last_hybrid_time()) {}

absl::StatusOr<std::unique_ptr<EdgeStore>> EdgeStore::Open(storage::KvStore* kv,
                                                           crypto::RecordCipher cipher,
                                                           RandomSource random, domain::NodeId node,
                                                           domain::IncarnationId incarnation) {
  KEPING_ASSIGN_OR_RETURN(storage::EventLog log, storage::EventLog::Open(kv));
  if (log.head().seq > 0 && (log.node() != node || log.incarnation() != incarnation)) {
    return absl::FailedPreconditionError(
        absl::StrCat("the database belongs to node ", log.node().value(), " incarnation ",
                     log.incarnation().value(), ", the keys to node ", node.value(),
                     " incarnation ", incarnation.value(), "; check data_dir and keys_dir"));
  }
  KEPING_ASSIGN_OR_RETURN(storage::SealedRows sealed,
                          OpenSealedRows(kv, std::move(cipher), std::move(random)));
  return std::unique_ptr<EdgeStore>(new EdgeStore(kv, std::move(sealed), std::move(node),
                                                  std::move(incarnation), std::move(log)));
}

absl::StatusOr<storage::SealedRows> EdgeStore::OpenSealedRows(storage::KvStore* kv,
                                                              crypto::RecordCipher cipher,
                                                              RandomSource random) {
  return storage::SealedRows::Open(
      kv, std::move(cipher), std::move(random),
      {.prefixes = SealedPrefixes(), .lost_key_advice = std::string(kLostDataKeyAdvice)});
}

absl::StatusOr<uint64_t> EdgeStore::DropSealedRows(storage::KvStore& kv) {
  storage::WriteBatch batch;
  for (const std::string& prefix : SealedPrefixes()) {
    KEPING_RETURN_IF_ERROR(kv.Scan(prefix, storage::PrefixEnd(prefix),
                                   [&batch](absl::string_view key, absl::string_view) {
                                     batch.Delete(key);
                                     return true;
                                   }));
  }
  const uint64_t rows = batch.ops().size();
  batch.Delete(storage::kFeedCursorKey);
  batch.Delete(storage::kDataKeysKey);
  KEPING_RETURN_IF_ERROR(kv.Write(batch, storage::Durability::kSynced));
  return rows;
}

absl::Status EdgeStore::Load(EdgeCore& core) {
  KEPING_RETURN_IF_ERROR(LoadLog(core));
  KEPING_RETURN_IF_ERROR(LoadFeed(core));
  KEPING_RETURN_IF_ERROR(LoadContact(core));
  return LoadLock(core);
}

absl::Status EdgeStore::LoadLock(EdgeCore& core) {
  KEPING_ASSIGN_OR_RETURN(auto lock, kv_->Get(storage::kLockKey));
  if (lock) lock_reason_ = *lock;
  if (log_.open_report().cut) {
    // The next start finds a whole log again, so the lock is written down now.
    StageLock(absl::StrCat("the log was cut at entry ", log_.open_report().cut->from_seq));
    return Commit(core);
  }
  if (lock) core.Lock();
  return absl::OkStatus();
}

absl::Status EdgeStore::LoadLog(EdgeCore& core) {
  absl::Status status;
  absl::Status scan = kv_->Scan(storage::EntryKey(1), storage::PrefixEnd(storage::kEntryPrefix),
                                [&](absl::string_view, absl::string_view bytes) {
                                  auto entry = domain::ParseEntry(bytes);
                                  if (!entry.ok()) {
                                    status = entry.status();
                                    return false;
                                  }
                                  auto event =
                                      wire::DecodeEvent(entry->header.type, entry->payload);
                                  // An event of a later version stays in the log; this version
                                  // cannot project it.
                                  if (event.ok()) core.Apply(*event, StampOf(entry->header));
                                  if (!event.ok() && !absl::IsUnimplemented(event.status()))
                                    status = event.status();
                                  return status.ok();
                                });
  return status.ok() ? scan : status;
}

absl::Status EdgeStore::LoadFeed(EdgeCore& core) {
  absl::Status status;
  KEPING_RETURN_IF_ERROR(kv_->Scan(storage::kFeedItemPrefix,
                                   storage::PrefixEnd(storage::kFeedItemPrefix),
                                   [&](absl::string_view key, absl::string_view sealed) {
                                     auto plain = sealed_.Open(sealed, key);
                                     row::StoredFeedItem stored;
                                     if (!plain.ok()) {
                                       status = plain.status();
                                       return false;
                                     }
                                     if (!stored.ParseFromString(*plain)) {
                                       status = Damaged("a feed item");
                                       return false;
                                     }
                                     auto item = wire::DecodeFeedItem(stored.item());
                                     if (!item.ok()) {
                                       status = item.status();
                                       return false;
                                     }
                                     core.ApplyFeedItem(*item, stored.has_record());
                                     return true;
                                   }));
  KEPING_RETURN_IF_ERROR(status);
  KEPING_ASSIGN_OR_RETURN(auto bytes, kv_->Get(storage::kFeedCursorKey));
  if (!bytes) return absl::OkStatus();
  row::FeedCursor cursor;
  if (!cursor.ParseFromString(*bytes)) return Damaged("the feed cursor");
  KEPING_ASSIGN_OR_RETURN(feed_cursor_.generation,
                          domain::GenerationId::Parse(cursor.generation()));
  feed_cursor_.position = cursor.position();
  core.AdvanceFeed(feed_cursor_.position);
  return absl::OkStatus();
}

absl::Status EdgeStore::LoadContact(EdgeCore& core) {
  KEPING_ASSIGN_OR_RETURN(auto bytes, kv_->Get(storage::kContactKey));
  if (!bytes) return absl::OkStatus();
  row::StoredContact stored;
  sync::v1::SessionResponse day, last;
  if (!stored.ParseFromString(*bytes) || !day.ParseFromString(stored.day_receipt()) ||
      !last.ParseFromString(stored.receipt())) {
    return Damaged("the last receipt");
  }
  day_receipt_ = stored.day_receipt();
  for (const sync::v1::SessionResponse* response : {&day, &last}) {
    if (!response->has_receipt()) continue;
    core.ApplyContact(
        {.proven_seq = response->receipt().seq(),
         .received_at = absl::FromUnixMicros(stored.received_at_micros()),
         .centre_time = absl::FromUnixMicros(response->receipt().centre_time_micros())});
  }
  return absl::OkStatus();
}

void EdgeStore::Stage(const std::vector<domain::Event>& events, const time::Moment& now) {
  for (const domain::Event& event : events) {
    wire::EncodedEvent encoded = wire::EncodeEvent(event);
    const storage::LoggedEntry logged = log_.Stage({.node = node_,
                                                    .incarnation = incarnation_,
                                                    .hybrid_time = hybrid_.Tick(now.wall),
                                                    .moment = now,
                                                    .type = encoded.type,
                                                    .payload = std::move(encoded.payload)},
                                                   &batch_);
    staged_events_.emplace_back(event, StampOf(logged.entry.header));
  }
}

void EdgeStore::StageFeed(const std::vector<domain::FeedItem>& items, const FeedCursor& cursor) {
  for (const domain::FeedItem& item : items) {
    domain::FeedItem bare = item;
    row::StoredFeedItem stored;
    if (auto* prr = std::get_if<domain::PrrItem>(&bare.body)) {
      const std::string key = Key(storage::kRecordPrefix, prr->prr.value());
      stored.set_has_record(!prr->record.empty());
      if (prr->record.empty()) {
        batch_.Delete(key);
      } else {
        batch_.Put(key, sealed_.Seal(prr->record, key));
      }
      prr->record.clear();
    }
    stored.set_item(wire::EncodeFeedItem(bare));
    const std::string key = Key(storage::kFeedItemPrefix, item.key);
    batch_.Put(key, sealed_.Seal(stored.SerializeAsString(), key));
    staged_items_.push_back(item);
  }
  row::FeedCursor proto;
  proto.set_position(cursor.position);
  proto.set_generation(cursor.generation.value());
  batch_.Put(storage::kFeedCursorKey, proto.SerializeAsString());
  staged_cursor_ = cursor;
}

void EdgeStore::StageLock(absl::string_view reason) {
  batch_.Put(storage::kLockKey, reason);
  lock_reason_ = std::string(reason);
}

absl::Status EdgeStore::Commit(EdgeCore& core) {
  if (batch_.empty()) return absl::OkStatus();
  KEPING_RETURN_IF_ERROR(kv_->Write(batch_, storage::Durability::kSynced));
  log_.Committed();
  for (const domain::FeedItem& item : staged_items_) {
    const auto* prr = std::get_if<domain::PrrItem>(&item.body);
    core.ApplyFeedItem(item, prr != nullptr && !prr->record.empty());
  }
  for (const auto& [event, stamp] : staged_events_) core.Apply(event, stamp);
  if (staged_cursor_) {
    feed_cursor_ = *staged_cursor_;
    core.AdvanceFeed(feed_cursor_.position);
  }
  if (!lock_reason_.empty()) core.Lock();
  batch_.Clear();
  staged_events_.clear();
  staged_items_.clear();
  staged_cursor_.reset();
  return absl::OkStatus();
}

absl::Status EdgeStore::PutContact(const sync::Receipt& receipt, absl::Time received_at,
                                   EdgeCore& core) {
  sync::v1::SessionResponse response;
  wire::EncodeFrame(sync::CentreFrame(receipt), &response);
  row::StoredContact stored;
  stored.set_receipt(response.SerializeAsString());
  if (core.duty().IsFirstReceiptOfDay(receipt.head.seq)) day_receipt_ = stored.receipt();
  stored.set_day_receipt(day_receipt_);
  stored.set_received_at_micros(absl::ToUnixMicros(received_at));
  storage::WriteBatch batch;
  batch.Put(storage::kContactKey, stored.SerializeAsString());
  KEPING_RETURN_IF_ERROR(kv_->Write(batch, storage::Durability::kBuffered));
  core.ApplyContact({.proven_seq = receipt.head.seq,
                     .received_at = received_at,
                     .centre_time = receipt.centre_time});
  return absl::OkStatus();
}

absl::Status EdgeStore::PutSealedHead(uint64_t last_seq, absl::string_view signature) {
  storage::WriteBatch batch;
  batch.Put(storage::SealedHeadKey(last_seq), signature);
  return kv_->Write(batch, storage::Durability::kBuffered);
}

absl::StatusOr<std::string> EdgeStore::Record(const domain::PrrId& prr) const {
  const std::string key = Key(storage::kRecordPrefix, prr.value());
  KEPING_ASSIGN_OR_RETURN(auto sealed, kv_->Get(key));
  if (!sealed) return absl::NotFoundError(absl::StrCat("no record of ", prr.value(), " is here"));
  return sealed_.Open(*sealed, key);
}

}  // namespace keping::edge
