#include "edge_node/node/feed_reader.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "common/base/status_macros.h"
#include "common/wire/feed_codec.h"

namespace keping::edge {

void FeedReader::Start(uint64_t from) {
  from_start_ = from == 0;
  named_.clear();
  named_state_ = {};
}

absl::StatusOr<FeedChanges> FeedReader::Read(const sync::FeedBatch& batch) {
  FeedChanges changes;
  std::map<std::string, uint64_t> versions;  // of the keys in this batch
  for (const std::string& bytes : batch.items) {
    auto item = wire::DecodeFeedItem(bytes);
    // An item of a later version is of no use to this one; the state check will tell.
    if (absl::IsUnimplemented(item.status())) continue;
    KEPING_RETURN_IF_ERROR(item.status());
    if (from_start_) {
      uint64_t& named = named_[item->key];
      named_state_.Apply(item->key, named, item->version);
      named = item->version;
    }
    ReadItem(*std::move(item), versions, changes);
  }
  if (from_start_ && batch.at_head) {
    ForgetUnnamed(batch, changes);
    Start(batch.to);
  }
  return changes;
}

// Of what is known already, nothing is written again.
void FeedReader::ReadItem(domain::FeedItem item, std::map<std::string, uint64_t>& versions,
                          FeedChanges& changes) const {
  const uint64_t held = catalogue_.VersionOf(item.key);
  const uint64_t known = std::max(versions[item.key], held);
  const bool older = from_start_ && item.version < held && versions[item.key] == 0;
  if (item.version <= known && !older) return;
  versions[item.key] = item.version;
  if (older) changes.forgotten.push_back(item.key);
  KeepSafe(item, older);
  changes.items.push_back(std::move(item));
}

void FeedReader::KeepSafe(domain::FeedItem& item, bool older) const {
  auto* prr = std::get_if<domain::PrrItem>(&item.body);
  const domain::PrrItem* known = prr == nullptr ? nullptr : catalogue_.FindPrr(prr->prr);
  if (known == nullptr) return;
  // A record that was withdrawn or moved away comes without the digits that its card, perhaps
  // printed before this node could know, is still confirmed by.
  if (prr->nik_tail.empty()) prr->nik_tail = known->nik_tail;
  if (!older) return;
  if (known->destroyed && prr->prr_version <= known->prr_version) {
    prr->destroyed = true;
    prr->record.clear();
    prr->record_digest = {};
  }
  if (known->withdrawn) {
    prr->withdrawn = true;
    prr->record.clear();
    prr->record_digest = {};
  }
  if (prr->lease_epoch < known->lease_epoch) {
    prr->lease_holder = {};
    prr->lease_epoch = known->lease_epoch;
    prr->release_requested = false;
  }
}

// Only when nothing was left out on the way: the centre signed the state of all that it named.
void FeedReader::ForgetUnnamed(const sync::FeedBatch& batch, FeedChanges& changes) const {
  if (named_state_.hash() != batch.state) return;
  for (std::string& key : catalogue_.Keys()) {
    if (!named_.contains(key)) changes.forgotten.push_back(std::move(key));
  }
}

}  // namespace keping::edge
