#include "edge_node/store/edge_store.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/epoch_days.h"
#include "common/base/status_macros.h"
#include "common/domain/nik.h"
#include "common/storage/key_space.h"
#include "common/wire/event_codec.h"
#include "common/wire/feed_codec.h"
#include "common/wire/frame_codec.h"
#include "keping/national/v1/national.pb.h"
#include "keping/store/v1/edge.pb.h"
#include "keping/sync/v1/sync.pb.h"

namespace keping::edge {
namespace {

namespace row = ::keping::store::v1;

constexpr size_t kNikLookUpKeySize = 32;

std::string Key(absl::string_view prefix, absl::string_view rest) {
  return absl::StrCat(prefix, rest);
}

EntryStamp StampOf(const domain::EntryHeader& header, bool of_ancestor = false) {
  return {of_ancestor ? 0 : header.seq, header.boot_id, absl::Microseconds(header.monotonic_micros),
          absl::FromUnixMicros(header.wall_micros)};
}

std::vector<std::string> SealedPrefixes() {
  return {std::string(storage::kFeedItemPrefix), std::string(storage::kRecordPrefix),
          std::string(storage::kPasswordPrefix), std::string(storage::kSideKeyPrefix),
          std::string(storage::kNikLookUpKey)};
}

absl::Status Damaged(absl::string_view what) {
  return absl::DataLossError(
      absl::StrCat("the database is damaged: ", what,
                   " does not parse. Keep the database as it is and call the district office."));
}

absl::Status Replay(const domain::Entry& entry, bool of_ancestor, EdgeCore& core) {
  const auto event = wire::DecodeEvent(entry.header.type, entry.payload);
  // An event of a later version stays in the log; this version cannot project it.
  if (absl::IsUnimplemented(event.status())) return absl::OkStatus();
  KEPING_RETURN_IF_ERROR(event.status());
  core.Apply(*event, StampOf(entry.header, of_ancestor));
  return absl::OkStatus();
}

}  // namespace

EdgeStore::EdgeStore(storage::KvStore* kv, storage::SealedRows sealed, domain::NodeId node,
                     domain::IncarnationId incarnation, storage::EventLog log, Ancestry ancestry,
                     LogTail tail)
    : kv_(kv),
      sealed_(std::move(sealed)),
      erasure_(kv, {std::string(storage::kRecordPrefix)}),
      node_(std::move(node)),
      incarnation_(std::move(incarnation)),
      log_(std::move(log)),
      ancestry_(std::move(ancestry)),
      tail_(std::move(tail)),
      hybrid_(std::max(log_.last_hybrid_time(), ancestry_.last_hybrid_time())) {}

absl::StatusOr<std::unique_ptr<EdgeStore>> EdgeStore::Open(storage::KvStore* kv,
                                                           crypto::RecordCipher cipher,
                                                           RandomSource random, domain::NodeId node,
                                                           domain::IncarnationId incarnation,
                                                           EdgeCore& core) {
  absl::Status replayed;
  KEPING_ASSIGN_OR_RETURN(Ancestry ancestry, Ancestry::Open(*kv, [&](const domain::Entry& entry) {
                            if (replayed.ok()) replayed = Replay(entry, true, core);
                          }));
  if (!ancestry.successor().empty() && ancestry.successor() != incarnation) {
    return absl::FailedPreconditionError(
        absl::StrCat("the database goes on under incarnation ", ancestry.successor().value(),
                     ", the keys are of ", incarnation.value(),
                     "; run keping-edge recover again, which ends what it began"));
  }
  KEPING_ASSIGN_OR_RETURN(storage::EventLog log,
                          storage::EventLog::Open(kv, [&](const domain::Entry& entry) {
                            if (replayed.ok()) replayed = Replay(entry, false, core);
                          }));
  KEPING_ASSIGN_OR_RETURN(LogTail tail, LogTail::Open(kv, {log.head().seq, log.head().hash}));
  if (log.head().seq > 0 && (log.node() != node || log.incarnation() != incarnation)) {
    return absl::FailedPreconditionError(
        absl::StrCat("the database belongs to node ", log.node().value(), " incarnation ",
                     log.incarnation().value(), ", the keys to node ", node.value(),
                     " incarnation ", incarnation.value(), "; check data_dir and keys_dir"));
  }
  KEPING_ASSIGN_OR_RETURN(storage::SealedRows sealed,
                          OpenSealedRows(kv, std::move(cipher), random));
  KEPING_RETURN_IF_ERROR(replayed);
  std::unique_ptr<EdgeStore> store(new EdgeStore(kv, std::move(sealed), std::move(node),
                                                 std::move(incarnation), std::move(log),
                                                 std::move(ancestry), std::move(tail)));
  KEPING_RETURN_IF_ERROR(store->erasure_.Open());
  KEPING_RETURN_IF_ERROR(store->LoadNikLookUpKey(random));
  KEPING_RETURN_IF_ERROR(store->LoadFeed(core));
  KEPING_RETURN_IF_ERROR(store->LoadFetched());
  KEPING_RETURN_IF_ERROR(store->LoadContact(core));
  KEPING_RETURN_IF_ERROR(store->LoadLock(core));
  KEPING_RETURN_IF_ERROR(store->LoadSlips(core));
  return store;
}

absl::Status EdgeStore::LoadNikLookUpKey(const RandomSource& draw) {
  KEPING_ASSIGN_OR_RETURN(const auto row, kv_->Get(storage::kNikLookUpKey));
  std::string key;
  if (row) {
    KEPING_ASSIGN_OR_RETURN(key, sealed_.Open(*row, storage::kNikLookUpKey));
  } else {
    key = draw(kNikLookUpKeySize);
    batch_.Put(storage::kNikLookUpKey, sealed_.Seal(key, storage::kNikLookUpKey));
  }
  nik_index_ = NikIndex(std::move(key));
  return absl::OkStatus();
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

absl::Status EdgeStore::LoadLock(EdgeCore& core) {
  KEPING_ASSIGN_OR_RETURN(auto lock, kv_->Get(storage::kLockKey));
  if (lock) lock_reason_ = *lock;
  KEPING_ASSIGN_OR_RETURN(const auto frozen, kv_->Get(storage::kFrozenKey));
  if (frozen) {
    row::Frozen proto;
    if (!proto.ParseFromString(*frozen)) return Damaged("the mark of a log that ended");
    frozen_ = {static_cast<sync::ProblemKind>(proto.kind()), proto.held_seq(), proto.by_centre()};
  }
  if (log_.open_report().cut) {
    // The next start finds a whole log again, so it is written down now.
    StageFreeze({}, absl::StrCat("the log was cut at entry ", log_.open_report().cut->from_seq));
    return Commit(core);
  }
  if (lock) core.Lock();
  return absl::OkStatus();
}

absl::Status EdgeStore::LoadFeedItem(absl::string_view key, absl::string_view sealed,
                                     EdgeCore& core) {
  KEPING_ASSIGN_OR_RETURN(const std::string plain, sealed_.Open(sealed, key));
  row::StoredFeedItem stored;
  if (!stored.ParseFromString(plain)) return Damaged("a feed item");
  KEPING_ASSIGN_OR_RETURN(const domain::FeedItem item, wire::DecodeFeedItem(stored.item()));
  core.ApplyFeedItem(item, {.present = stored.has_record(), .fault = stored.record_fault()});
  const auto* prr = std::get_if<domain::PrrItem>(&item.body);
  if (prr == nullptr || stored.nik_key().empty()) return absl::OkStatus();
  KEPING_ASSIGN_OR_RETURN(const crypto::Hash nik_key, crypto::Hash::FromBytes(stored.nik_key()));
  nik_index_.Add(prr->prr, nik_key);
  return absl::OkStatus();
}

absl::Status EdgeStore::LoadFeed(EdgeCore& core) {
  absl::Status status;
  KEPING_RETURN_IF_ERROR(kv_->Scan(storage::kFeedItemPrefix,
                                   storage::PrefixEnd(storage::kFeedItemPrefix),
                                   [&](absl::string_view key, absl::string_view sealed) {
                                     status = LoadFeedItem(key, sealed, core);
                                     return status.ok();
                                   }));
  KEPING_RETURN_IF_ERROR(status);
  KEPING_ASSIGN_OR_RETURN(auto bytes, kv_->Get(storage::kFeedCursorKey));
  if (!bytes) return absl::OkStatus();
  row::FeedCursor cursor;
  if (!cursor.ParseFromString(*bytes)) return Damaged("the feed cursor");
  KEPING_ASSIGN_OR_RETURN(feed_cursor_.generation,
                          domain::GenerationId::Parse(cursor.generation()));
  feed_cursor_.position = cursor.position();
  feed_cursor_.generation_order = cursor.generation_order();
  core.AdvanceFeed(feed_cursor_.position);
  return absl::OkStatus();
}

absl::Status EdgeStore::LoadFetched() {
  KEPING_ASSIGN_OR_RETURN(auto bytes, kv_->Get(storage::kFetchedKey));
  if (!bytes) return absl::OkStatus();
  row::FetchedOfDay stored;
  if (!stored.ParseFromString(*bytes)) return Damaged("what was fetched today");
  fetched_ = {base::FromEpochDays(stored.date()), stored.bytes()};
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
  if (last.has_receipt()) {
    KEPING_ASSIGN_OR_RETURN(const sync::CentreFrame frame, wire::DecodeFrame(last));
    const auto& receipt = std::get<sync::Receipt>(frame);
    if (receipt.incarnation == incarnation_) last_receipt_ = receipt;
  }
  for (const sync::v1::SessionResponse* response : {&day, &last}) {
    if (!response->has_receipt()) continue;
    const bool of_ancestor = response->receipt().incarnation() != incarnation_.value();
    core.ApplyContact(
        {.proven_seq = of_ancestor ? 0 : response->receipt().seq(),
         .received_at = absl::FromUnixMicros(stored.received_at_micros()),
         .centre_time = absl::FromUnixMicros(response->receipt().centre_time_micros()),
         .running_at = absl::Microseconds(stored.running_micros())});
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

void EdgeStore::StageFeed(const std::vector<std::string>& forgotten,
                          const std::vector<domain::FeedItem>& items,
                          const std::map<domain::PrrId, RecordState>& records,
                          const FeedCursor& cursor) {
  for (const std::string& key : forgotten) {
    batch_.Delete(Key(storage::kFeedItemPrefix, key));
    if (const auto prr = domain::PrrOfFeedKey(key)) {
      batch_.Delete(Key(storage::kRecordPrefix, prr->value()));
    }
  }
  staged_forgotten_ = forgotten;
  for (const domain::FeedItem& item : items) {
    domain::FeedItem bare = item;
    RecordState state;
    crypto::Hash nik_key;
    if (auto* prr = std::get_if<domain::PrrItem>(&bare.body)) {
      const std::string key = Key(storage::kRecordPrefix, prr->prr.value());
      if (const auto known = records.find(prr->prr); known != records.end()) state = known->second;
      if (!prr->record.empty()) {
        batch_.Put(key, sealed_.Seal(prr->record, key));
      } else if (!state.present) {
        batch_.Delete(key);
        // Of one that is only leased elsewhere nothing has to be unreadable.
        if (prr->destroyed || prr->withdrawn) erasure_.Owe(batch_);
      }
      nik_key = NikKeyOf(*prr);
      prr->record.clear();
    }
    PutFeedItem(bare, state, nik_key);
    staged_items_.emplace_back(std::move(bare), std::move(state));
  }
  row::FeedCursor proto;
  proto.set_position(cursor.position);
  proto.set_generation(cursor.generation.value());
  proto.set_generation_order(cursor.generation_order);
  batch_.Put(storage::kFeedCursorKey, proto.SerializeAsString());
  staged_cursor_ = cursor;
}

void EdgeStore::StageRecord(const Catalogue& catalogue, const domain::PrrId& prr,
                            const std::string& record, const std::string& fault) {
  domain::PrrItem item = *catalogue.FindPrr(prr);
  item.record = record;
  const crypto::Hash nik_key = NikKeyOf(item);
  item.record.clear();
  const std::string feed_key = domain::PrrFeedKey(prr);
  const uint64_t version = catalogue.VersionOf(feed_key);
  const RecordState state{.present = !record.empty(), .fault = fault};
  if (state.present) {
    const std::string key = Key(storage::kRecordPrefix, prr.value());
    batch_.Put(key, sealed_.Seal(record, key));
  }
  PutFeedItem({.key = feed_key, .position = version, .version = version, .body = std::move(item)},
              state, nik_key);
  staged_records_.emplace_back(prr, state);
}

void EdgeStore::StageFetched(const FetchedOfDay& fetched) {
  row::FetchedOfDay stored;
  stored.set_date(base::ToEpochDays(fetched.date));
  stored.set_bytes(fetched.bytes);
  batch_.Put(storage::kFetchedKey, stored.SerializeAsString());
  fetched_ = fetched;
}

void EdgeStore::PutFeedItem(const domain::FeedItem& bare, const RecordState& state,
                            const crypto::Hash& nik_key) {
  row::StoredFeedItem stored;
  stored.set_item(wire::EncodeFeedItem(bare));
  stored.set_has_record(state.present);
  stored.set_record_fault(state.fault);
  if (!nik_key.IsZero()) {
    stored.set_nik_key(std::string(nik_key.AsBytes()));
    staged_nik_keys_.emplace_back(std::get<domain::PrrItem>(bare.body).prr, nik_key);
  }
  const std::string key = Key(storage::kFeedItemPrefix, bare.key);
  batch_.Put(key, sealed_.Seal(stored.SerializeAsString(), key));
}

void EdgeStore::StagePassword(const domain::OperatorId& person, const StoredPassword& password) {
  row::StoredPassword stored;
  stored.set_verifier(password.verifier);
  stored.set_replaces(std::string(password.replaces.AsBytes()));
  stored.set_must_change(password.must_change);
  const std::string key = Key(storage::kPasswordPrefix, person.value());
  batch_.Put(key, sealed_.Seal(stored.SerializeAsString(), key));
}

void EdgeStore::StageUnlock() {
  batch_.Delete(storage::kLockKey);
  batch_.Delete(storage::kFrozenKey);
  frozen_.reset();
  lock_reason_.clear();
}

crypto::Hash EdgeStore::NikKeyOf(const domain::PrrItem& item) const {
  // A withdrawn record comes without its record, and its resident may still ask.
  if (item.record.empty()) {
    const auto staged = std::find_if(staged_nik_keys_.rbegin(), staged_nik_keys_.rend(),
                                     [&](const auto& key) { return key.first == item.prr; });
    return staged != staged_nik_keys_.rend() ? staged->second : nik_index_.KeyOfRecord(item.prr);
  }
  national::v1::Record record;
  if (!record.ParseFromString(item.record)) return crypto::Hash();
  const auto nik = domain::Nik::Parse(record.nik());
  return nik.ok() ? nik_index_.KeyOf(*nik) : crypto::Hash();
}

void EdgeStore::StageSideRecord(const SideRecord& side) {
  const std::string key = Key(storage::kSideKeyPrefix, side.name.AsBytes());
  batch_.Put(Key(storage::kSideNamesPrefix, side.name.AsBytes()), side.ciphertext);
  batch_.Put(key, sealed_.Seal(side.key, key));
}

absl::Status EdgeStore::StagePurge(const domain::PrrId& prr) {
  const absl::StatusOr<std::string> record = Record(prr);
  if (absl::IsNotFound(record.status())) return absl::OkStatus();
  const std::string key = Key(storage::kRecordPrefix, prr.value());
  if (absl::IsDataLoss(record.status())) {
    // Nobody can read it, and its card has arrived: it must not hold up the answer that says so.
    batch_.Delete(key);
    erasure_.Owe(batch_);
    return absl::OkStatus();
  }
  KEPING_RETURN_IF_ERROR(record.status());
  batch_.Put(key, sealed_.Seal(WithoutPictures(*record), key));
  erasure_.Owe(batch_);
  return absl::OkStatus();
}

std::string WithoutPictures(const std::string& record) {
  national::v1::Record proto;
  if (!proto.ParseFromString(record)) return record;
  proto.clear_picture();
  proto.clear_signature();
  return proto.SerializeAsString();
}

void EdgeStore::StageLock(absl::string_view reason) {
  batch_.Put(storage::kLockKey, reason);
  lock_reason_ = std::string(reason);
}

void EdgeStore::StageFreeze(const Frozen& frozen, absl::string_view reason) {
  row::Frozen proto;
  proto.set_kind(static_cast<sync::v1::ProblemKind>(frozen.kind));
  proto.set_held_seq(frozen.held_seq);
  proto.set_by_centre(frozen.by_centre);
  batch_.Put(storage::kFrozenKey, proto.SerializeAsString());
  frozen_ = frozen;
  StageLock(reason);
}

absl::Status EdgeStore::VisitLog(
    absl::FunctionRef<void(const domain::Entry& entry, bool of_ancestor)> visit) const {
  const auto visit_ancestor = [&](const domain::Entry& entry) { visit(entry, true); };
  KEPING_RETURN_IF_ERROR(Ancestry::Open(*kv_, visit_ancestor).status());
  absl::Status status;
  KEPING_RETURN_IF_ERROR(
      log_.Read(1, log_.head().seq, SIZE_MAX, [&](uint64_t, absl::string_view bytes) {
        const auto entry = domain::ParseEntry(bytes);
        status = entry.status();
        if (status.ok()) visit(*entry, false);
        return status.ok();
      }));
  return status;
}

absl::Status EdgeStore::Commit(EdgeCore& core) {
  if (batch_.empty()) return absl::OkStatus();
  KEPING_RETURN_IF_ERROR(kv_->Write(batch_, storage::Durability::kSynced));
  log_.Committed();
  for (const std::string& key : staged_forgotten_) core.ForgetFeedItem(key);
  for (const auto& [item, record] : staged_items_) core.ApplyFeedItem(item, record);
  for (const auto& [prr, record] : staged_records_) core.ApplyRecord(prr, record);
  for (const auto& [event, stamp] : staged_events_) core.Apply(event, stamp);
  if (staged_cursor_) {
    feed_cursor_ = *staged_cursor_;
    core.AdvanceFeed(feed_cursor_.position);
  }
  for (const auto& [prr, nik_key] : staged_nik_keys_) nik_index_.Add(prr, nik_key);
  if (!lock_reason_.empty()) core.Lock();
  batch_.Clear();
  staged_events_.clear();
  staged_forgotten_.clear();
  staged_items_.clear();
  staged_records_.clear();
  staged_nik_keys_.clear();
  staged_cursor_.reset();
  return absl::OkStatus();
}

absl::Status EdgeStore::PutContact(const sync::Receipt& receipt, absl::Time received_at,
                                   absl::Duration running_at, EdgeCore& core) {
  sync::v1::SessionResponse response;
  wire::EncodeFrame(sync::CentreFrame(receipt), &response);
  row::StoredContact stored;
  stored.set_receipt(response.SerializeAsString());
  if (core.duty().IsFirstReceiptOfDay(receipt.head.seq)) day_receipt_ = stored.receipt();
  stored.set_day_receipt(day_receipt_);
  stored.set_received_at_micros(absl::ToUnixMicros(received_at));
  stored.set_running_micros(absl::ToInt64Microseconds(running_at));
  storage::WriteBatch batch;
  batch.Put(storage::kContactKey, stored.SerializeAsString());
  KEPING_RETURN_IF_ERROR(kv_->Write(batch, storage::Durability::kBuffered));
  last_receipt_ = receipt;
  core.ApplyContact({.proven_seq = receipt.head.seq,
                     .received_at = received_at,
                     .centre_time = receipt.centre_time,
                     .running_at = running_at});
  return absl::OkStatus();
}

absl::Status EdgeStore::PutSealedHead(uint64_t last_seq, absl::string_view signature) {
  storage::WriteBatch batch;
  batch.Put(storage::SealedHeadKey(last_seq), signature);
  return kv_->Write(batch, storage::Durability::kBuffered);
}

absl::StatusOr<std::optional<StoredPassword>> EdgeStore::Password(
    const domain::OperatorId& person) const {
  const std::string key = Key(storage::kPasswordPrefix, person.value());
  KEPING_ASSIGN_OR_RETURN(auto sealed, kv_->Get(key));
  if (!sealed) return std::optional<StoredPassword>();
  KEPING_ASSIGN_OR_RETURN(const std::string plain, sealed_.Open(*sealed, key));
  row::StoredPassword stored;
  if (!stored.ParseFromString(plain)) return Damaged("a password");
  KEPING_ASSIGN_OR_RETURN(const crypto::Hash replaces, crypto::Hash::FromBytes(stored.replaces()));
  return std::optional<StoredPassword>(StoredPassword{
      .verifier = stored.verifier(), .replaces = replaces, .must_change = stored.must_change()});
}

absl::StatusOr<std::string> EdgeStore::Record(const domain::PrrId& prr) const {
  const std::string key = Key(storage::kRecordPrefix, prr.value());
  KEPING_ASSIGN_OR_RETURN(auto sealed, kv_->Get(key));
  if (!sealed) return absl::NotFoundError(absl::StrCat("no record of ", prr.value(), " is here"));
  return sealed_.Open(*sealed, key);
}

absl::StatusOr<std::vector<std::string>> EdgeStore::ReadSideRecord(const crypto::Hash& name) const {
  const std::string key = Key(storage::kSideKeyPrefix, name.AsBytes());
  KEPING_ASSIGN_OR_RETURN(const auto ciphertext,
                          kv_->Get(Key(storage::kSideNamesPrefix, name.AsBytes())));
  KEPING_ASSIGN_OR_RETURN(const auto sealed_key, kv_->Get(key));
  if (!ciphertext || !sealed_key) {
    return absl::NotFoundError("these names are not at this node, or were destroyed");
  }
  KEPING_ASSIGN_OR_RETURN(const std::string side_key, sealed_.Open(*sealed_key, key));
  return OpenSideRecord(*ciphertext, side_key);
}

absl::Status EdgeStore::ForgetSideRecord(const crypto::Hash& name) {
  storage::WriteBatch batch;
  batch.Delete(Key(storage::kSideKeyPrefix, name.AsBytes()));
  return kv_->Write(batch, storage::Durability::kSynced);
}

}  // namespace keping::edge
