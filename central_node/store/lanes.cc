#include "central_node/store/lanes.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "central_node/store/records.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"
#include "common/wire/feed_codec.h"

namespace keping::central {
namespace {

constexpr absl::string_view kSeparator("\0", 1);

std::string LanePrefix(const domain::NodeId& node) {
  return absl::StrCat(storage::kLaneItemPrefix, node.value(), kSeparator);
}

std::string ItemKey(const domain::NodeId& node, uint64_t position) {
  std::string key = LanePrefix(node);
  storage::AppendBigEndian64(&key, position);
  return key;
}

std::string PositionKey(const domain::NodeId& node, absl::string_view key) {
  return absl::StrCat(storage::kLanePositionPrefix, node.value(), kSeparator, key);
}

std::string BigEndian(uint64_t value) {
  std::string out;
  storage::AppendBigEndian64(&out, value);
  return out;
}

}  // namespace

absl::Status Lanes::Open() {
  absl::Status bad;
  KEPING_RETURN_IF_ERROR(store_->Scan(
      storage::kLaneStatePrefix, storage::PrefixEnd(storage::kLaneStatePrefix),
      [&](absl::string_view key, absl::string_view value) {
        const auto node = domain::NodeId::Parse(key.substr(storage::kLaneStatePrefix.size()));
        const auto hash = crypto::Hash::FromBytes(value);
        if (!node.ok() || !hash.ok()) {
          bad = absl::DataLossError("bad stored state of a feed: restore the database");
          return false;
        }
        states_[*node] = domain::FeedState(*hash);
        return true;
      }));
  return bad;
}

absl::Status Lanes::Stage(const std::vector<FeedChange>& changes, storage::WriteBatch& batch) {
  // Positions given within this batch, which the store does not show yet.
  std::map<std::string, uint64_t> given;
  for (const FeedChange& change : changes) {
    const std::string position_key = PositionKey(change.node, change.key);
    uint64_t old = 0;
    if (const auto found = given.find(position_key); found != given.end()) {
      old = found->second;
    } else {
      KEPING_ASSIGN_OR_RETURN(std::optional<std::string> stored, store_->Get(position_key));
      if (stored.has_value()) {
        KEPING_ASSIGN_OR_RETURN(old, storage::ReadBigEndian64(*stored));
      }
    }
    if (old != 0) batch.Delete(ItemKey(change.node, old));
    const domain::FeedItem item{.key = change.key,
                                .position = change.position,
                                .version = change.position,
                                .body = change.body};
    batch.Put(ItemKey(change.node, change.position), wire::EncodeFeedItem(item));
    batch.Put(position_key, BigEndian(change.position));
    given[position_key] = change.position;
    domain::FeedState& state = states_[change.node];
    state.Apply(change.key, old, change.position);
    batch.Put(absl::StrCat(storage::kLaneStatePrefix, change.node.value()), state.hash().AsBytes());
  }
  return absl::OkStatus();
}

const crypto::Hash& Lanes::state(const domain::NodeId& node) const {
  static const crypto::Hash empty;
  const auto found = states_.find(node);
  return found == states_.end() ? empty : found->second.hash();
}

absl::StatusOr<std::vector<domain::FeedItem>> Lanes::ReadItems(const domain::NodeId& node,
                                                               uint64_t from,
                                                               size_t max_items) const {
  std::vector<domain::FeedItem> items;
  absl::Status bad;
  KEPING_RETURN_IF_ERROR(store_->Scan(ItemKey(node, from + 1), storage::PrefixEnd(LanePrefix(node)),
                                      [&](absl::string_view, absl::string_view value) {
                                        auto item = wire::DecodeFeedItem(value);
                                        if (!item.ok()) {
                                          bad = absl::DataLossError(item.status().message());
                                          return false;
                                        }
                                        items.push_back(*std::move(item));
                                        return items.size() < max_items;
                                      }));
  if (!bad.ok()) return bad;
  return items;
}

absl::Status Lanes::PutSecretsIn(const domain::NodeId& node, bool with_records,
                                 domain::FeedItem& item) const {
  if (auto* prr = std::get_if<domain::PrrItem>(&item.body)) {
    if (prr->withdrawn || prr->lease_holder != node) return absl::OkStatus();
    absl::StatusOr<OpenedRecord> record =
        OpenSideRecord(*store_, *sealed_, prr->prr, prr->prr_version);
    if (!record.ok()) return absl::OkStatus();
    prr->nik_tail = std::move(record->nik_tail);
    if (with_records) {
      prr->record = std::move(record->bytes);
    } else {
      prr->record_digest = crypto::Sha256({record->bytes});
      prr->record_size = static_cast<uint32_t>(record->bytes.size());
    }
  } else if (auto* person = std::get_if<domain::OperatorItem>(&item.body)) {
    // A damaged one does not hold the feed up: the office then has none, which opens nothing there.
    person->verifier = OpenFirstPassword(*store_, *sealed_, node, person->operator_id).value_or("");
  } else if (auto* grants = std::get_if<domain::GrantKeyItem>(&item.body)) {
    grants->key = NodeGrantKey(grant_key_, node);
  }
  return absl::OkStatus();
}

absl::StatusOr<sync::FeedBatch> Lanes::Read(const domain::NodeId& node, uint64_t head,
                                            uint64_t from, const FeedLimits& limits) const {
  KEPING_ASSIGN_OR_RETURN(std::vector<domain::FeedItem> items, ReadItems(node, from, limits.items));
  sync::FeedBatch batch{.from = from, .to = from, .items = {}, .state = {}, .signature = {}};
  size_t bytes = 0;
  bool all = items.size() < limits.items;
  for (domain::FeedItem& item : items) {
    KEPING_RETURN_IF_ERROR(PutSecretsIn(node, limits.with_records, item));
    std::string encoded = wire::EncodeFeedItem(item);
    if (!batch.items.empty() && bytes + encoded.size() > limits.bytes) {
      all = false;
      break;
    }
    bytes += encoded.size();
    batch.items.push_back(std::move(encoded));
    batch.to = item.position;
  }
  // After the last item there is nothing but positions that were replaced.
  if (all) batch.to = std::max(head, from);
  batch.at_head = batch.to == head;
  if (batch.at_head) batch.state = state(node);
  return batch;
}

absl::StatusOr<std::string> Lanes::ReadRecord(const domain::NodeId& node, const domain::PrrId& prr,
                                              const crypto::Hash& digest) const {
  const absl::Status none = absl::NotFoundError(
      absl::StrCat("record ", prr.value(), " is not for ", node.value(), " in this version"));
  KEPING_ASSIGN_OR_RETURN(const std::optional<std::string> position,
                          store_->Get(PositionKey(node, domain::PrrFeedKey(prr))));
  if (!position.has_value()) return none;
  KEPING_ASSIGN_OR_RETURN(const uint64_t at, storage::ReadBigEndian64(*position));
  KEPING_ASSIGN_OR_RETURN(const std::optional<std::string> stored, store_->Get(ItemKey(node, at)));
  if (!stored.has_value()) return none;
  KEPING_ASSIGN_OR_RETURN(domain::FeedItem item, wire::DecodeFeedItem(*stored));
  KEPING_RETURN_IF_ERROR(PutSecretsIn(node, /*with_records=*/true, item));
  auto* record = std::get_if<domain::PrrItem>(&item.body);
  if (record == nullptr || record->record.empty() || crypto::Sha256({record->record}) != digest) {
    return none;
  }
  return std::move(record->record);
}

}  // namespace keping::central
