// What an EdgeNode takes of its feed, and how it fetches the records that the feed names.
#include <algorithm>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "common/base/status_macros.h"
#include "edge_node/node/edge_node.h"

namespace keping::edge {

bool EdgeNode::Delivered(const domain::PrrId& prr) const {
  const Card* card = core_.cards().CardOf(prr);
  return card != nullptr && card->place == CardPlace::kDelivered;
}

void EdgeNode::DropOldPictures(std::vector<domain::FeedItem>& items) const {
  for (domain::FeedItem& item : items) {
    auto* prr = std::get_if<domain::PrrItem>(&item.body);
    if (prr != nullptr && Delivered(prr->prr)) prr->record = WithoutPictures(prr->record);
  }
}

std::string EdgeNode::FaultOf(const domain::PrrId& prr, const std::string& record) const {
  if (ports_.check_record == nullptr || Delivered(prr)) return "";
  return std::string(ports_.check_record(prr, record).message());
}

// Of the items that come with a record, and of those whose record is here already.
std::map<domain::PrrId, RecordState> EdgeNode::RecordsOf(const FeedChanges& changes) const {
  std::map<domain::PrrId, RecordState> records;
  for (const domain::FeedItem& item : changes.items) {
    const auto* prr = std::get_if<domain::PrrItem>(&item.body);
    if (prr == nullptr) continue;
    if (!prr->record.empty()) {
      records[prr->prr] = {.present = true, .fault = FaultOf(prr->prr, prr->record)};
      continue;
    }
    const auto& gone = changes.forgotten;
    if (std::find(gone.begin(), gone.end(), item.key) != gone.end()) continue;
    if (HasRecordOf(*prr)) {
      const auto& faults = core_.catalogue().faults();
      const auto fault = faults.find(prr->prr);
      records[prr->prr] = {.present = true, .fault = fault == faults.end() ? "" : fault->second};
    }
  }
  return records;
}

bool EdgeNode::HasRecordOf(const domain::PrrItem& item) const {
  const Catalogue& catalogue = core_.catalogue();
  if (item.record_digest.IsZero() || !catalogue.HasRecord(item.prr)) return false;
  const domain::PrrItem* known = catalogue.FindPrr(item.prr);
  if (known->record_digest == item.record_digest || Delivered(item.prr)) return true;
  // One that came with its item, from a centre that does not speak of digests.
  const absl::StatusOr<std::string> stored = store_->Record(item.prr);
  return stored.ok() && crypto::Sha256({*stored}) == item.record_digest;
}

absl::CivilSecond EdgeNode::OfficeTime() const {
  return absl::ToCivilSecond(ports_.clock->Now().wall, core_.settings().time_zone);
}

FetchWait EdgeNode::fetch_wait() const {
  return core_.settings().fetch_limits.WaitFor(OfficeTime(), store_->fetched());
}

bool EdgeNode::HasWorkOfDay() const {
  uint64_t duty = 0;
  for (const auto& [printer, cards] : core_.settings().cards_per_day) duty += cards;
  return core_.printable_count() >= duty;
}

void EdgeNode::FetchRecords() {
  feed_waits_ = feed_waits_ || ports_.conditions().no_room_for_records;
  if (feed_waits_ || store_->frozen().has_value()) return;
  if (HasWorkOfDay() && fetch_wait() != FetchWait::kNone) return;
  while (auto wanted = fetcher_.Next(part_size_.bytes())) {
    stirred_ = Now().monotonic;
    part_size_.OnSent(stirred_);
    ports_.send(*std::move(wanted));
  }
}

absl::Status EdgeNode::OnRecordPart(const sync::RecordPart& part) {
  part_size_.OnAnswered(ports_.clock->Now().monotonic);
  KEPING_ASSIGN_OR_RETURN(std::optional<FetchedRecord> record, fetcher_.OnPart(part));
  silences_ = 0;
  FetchedOfDay fetched = store_->fetched();
  fetched.Add(OfficeTime(), part.bytes.size());
  store_->StageFetched(fetched);
  if (record.has_value() && !store_->frozen().has_value()) {
    std::string bytes = record->fault.empty() ? std::move(record->bytes) : "";
    if (Delivered(record->prr)) bytes = WithoutPictures(bytes);
    if (record->fault.empty()) record->fault = FaultOf(record->prr, bytes);
    store_->StageRecord(core_.catalogue(), record->prr, bytes, record->fault);
    KEPING_RETURN_IF_ERROR(Fail(store_->Commit(core_)));
  }
  FetchRecords();
  return absl::OkStatus();
}

absl::Status EdgeNode::SettleErasure(uint64_t owed) {
  KEPING_RETURN_IF_ERROR(failure_);
  return Fail(store_->erasure().Settle(owed));
}

absl::Status EdgeNode::CheckSigned(const sync::FeedBatch& batch) const {
  if (identity_.verifier->Verify(identity_.centre_public_key,
                                 sync::BatchStatement(core_.settings().node, batch),
                                 batch.signature)) {
    return absl::OkStatus();
  }
  return absl::PermissionDeniedError("got a feed batch that the centre's key did not sign");
}

absl::Status EdgeNode::OnBatch(const sync::FeedBatch& batch) {
  KEPING_RETURN_IF_ERROR(CheckSigned(batch));
  if (store_->frozen().has_value()) return absl::OkStatus();
  // Not acknowledged, so that the centre stops sending; the log goes up all the same.
  feed_waits_ = feed_waits_ || ports_.conditions().no_room_for_records;
  if (feed_waits_) return absl::OkStatus();
  KEPING_RETURN_IF_ERROR(session_.OnBatch(batch));
  KEPING_RETURN_IF_ERROR(
      Absorb(
          batch, feed_reader_,
          {.position = batch.to, .generation = generation_, .generation_order = generation_order_})
          .status());
  ports_.send(sync::FeedAck{batch.to});
  FetchRecords();
  return absl::OkStatus();
}

absl::StatusOr<size_t> EdgeNode::TakeBatch(const sync::FeedBatch& batch, FeedReader& reader,
                                           const FeedCursor& to) {
  KEPING_RETURN_IF_ERROR(failure_);
  KEPING_RETURN_IF_ERROR(CheckSigned(batch));
  KEPING_ASSIGN_OR_RETURN(const size_t items, Absorb(batch, reader, to));
  if (batch.at_head) resync_feed_ = false;
  return items;
}

absl::StatusOr<size_t> EdgeNode::Absorb(const sync::FeedBatch& batch, FeedReader& reader,
                                        const FeedCursor& to) {
  KEPING_ASSIGN_OR_RETURN(FeedChanges changes, reader.Read(batch));
  DropOldPictures(changes.items);
  const std::map<domain::PrrId, RecordState> records = RecordsOf(changes);
  const FeedArrived feed{.items = std::move(changes.items), .to = to.position};
  const time::Moment now = ports_.clock->Now();
  const Decision decision = core_.Step(now, ReadConditions(), feed);
  store_->StageFeed(changes.forgotten, feed.items, records, to);
  KEPING_RETURN_IF_ERROR(Commit(decision, now).status());
  for (const domain::FeedItem& item : feed.items) {
    if (const auto* prr = std::get_if<domain::PrrItem>(&item.body)) fetcher_.OnNamed(prr->prr);
  }
  if (batch.at_head && batch.state != core_.catalogue().state()) {
    resync_feed_ = true;
    return absl::DataLossError("the feed left something out; it is asked for anew");
  }
  return feed.items.size();
}

}  // namespace keping::edge
