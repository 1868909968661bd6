#include "edge_node/node/record_fetcher.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace keping::edge {

void RecordFetcher::Start(bool speaks) {
  speaks_ = speaks;
  under_way_.clear();
  gone_.clear();
  for (auto& [prr, partial] : partials_) partial.asked = partial.bytes.size();
}

bool RecordFetcher::Names(const domain::PrrId& prr, const crypto::Hash& digest) const {
  const domain::PrrItem* item = catalogue_.FindPrr(prr);
  return item != nullptr && item->record_digest == digest && catalogue_.IsMissing(*item);
}

void RecordFetcher::DropStale() {
  std::erase_if(partials_,
                [this](const auto& one) { return !Names(one.first, one.second.digest); });
}

std::optional<sync::RecordWanted> RecordFetcher::Next(size_t part_bytes) {
  if (!speaks_ || under_way_.size() >= sync::kPartWindow) return std::nullopt;
  DropStale();
  for (const PlanKey& key : catalogue_.missing()) {
    const domain::PrrItem& item = *catalogue_.FindPrr(key.second);
    const auto gone = gone_.find(item.prr);
    if (gone != gone_.end() && gone->second == item.record_digest) continue;
    Partial& partial = partials_[item.prr];
    if (partial.digest != item.record_digest) partial = {.digest = item.record_digest, .bytes = {}};
    if (partial.asked >= item.record_size) continue;
    const size_t size =
        std::min({part_bytes, sync::kMaxPartBytes, item.record_size - partial.asked});
    const auto offset = static_cast<uint32_t>(partial.asked);
    partial.asked += size;
    under_way_.push_back({item.prr, item.record_digest, offset, static_cast<uint32_t>(size)});
    return under_way_.back();
  }
  return std::nullopt;
}

absl::StatusOr<std::optional<FetchedRecord>> RecordFetcher::OnPart(const sync::RecordPart& part) {
  if (under_way_.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("got a part of record ", part.prr.value(), " that nobody asked for"));
  }
  const sync::RecordWanted asked = std::move(under_way_.front());
  under_way_.pop_front();
  const bool whole = part.gone || part.bytes.size() == asked.size;
  if (part.prr != asked.prr || part.digest != asked.digest || part.offset != asked.offset ||
      !whole) {
    return absl::InvalidArgumentError(absl::StrCat(
        "got ", part.bytes.size(), " bytes of record ", part.prr.value(), " from ", part.offset,
        " on, want ", asked.size, " of record ", asked.prr.value(), " from ", asked.offset));
  }
  if (part.gone) {
    gone_[part.prr] = part.digest;
    partials_.erase(part.prr);
    return std::nullopt;
  }
  DropStale();
  const auto found = partials_.find(part.prr);
  // The feed named another one meanwhile.
  if (found == partials_.end() || found->second.digest != part.digest) return std::nullopt;
  Partial& partial = found->second;
  // It was taken away and named again since: this answer is to an earlier question.
  if (part.offset != partial.bytes.size()) return std::nullopt;
  partial.bytes += part.bytes;
  if (partial.bytes.size() < catalogue_.FindPrr(part.prr)->record_size) return std::nullopt;
  FetchedRecord record{.prr = part.prr, .bytes = std::move(partial.bytes)};
  partials_.erase(found);
  if (crypto::Sha256({record.bytes}) != part.digest) {
    record.fault = "the record that came is not the one that the feed names";
  }
  return std::optional<FetchedRecord>(std::move(record));
}

}  // namespace keping::edge
