#include "common/storage/ordered_map.h"

#include <utility>

namespace keping::storage {

std::optional<std::string> OrderedMap::Get(absl::string_view key) const {
  const auto found = map_->find(key);
  if (found == map_->end()) return std::nullopt;
  return found->second;
}

std::optional<KeyAndValue> OrderedMap::Last(absl::string_view begin, absl::string_view end) const {
  auto after = end.empty() ? map_->end() : map_->lower_bound(end);
  if (after == map_->begin()) return std::nullopt;
  const auto last = std::prev(after);
  if (last->first < begin) return std::nullopt;
  return KeyAndValue(last->first, last->second);
}

std::optional<std::string> OrderedMap::Set(absl::string_view key,
                                           std::optional<std::string> value) {
  Map& map = Writable();
  const auto found = map.find(key);
  std::optional<std::string> before;
  if (found != map.end()) {
    before = std::move(found->second);
    if (value) {
      found->second = *std::move(value);
    } else {
      map.erase(found);
    }
  } else if (value) {
    map.emplace(std::string(key), *std::move(value));
  }
  return before;
}

void OrderedMap::Apply(const WriteBatch& batch) {
  Map& map = Writable();
  for (const WriteBatch::Op& op : batch.ops()) {
    if (op.is_delete) {
      map.erase(op.key);
    } else {
      map.insert_or_assign(op.key, op.value);
    }
  }
}

OrderedMap::Map& OrderedMap::Writable() {
  if (map_.use_count() > 1) map_ = std::make_shared<Map>(*map_);
  return *map_;
}

void ScanMap(const OrderedMap::Map& map, absl::string_view begin, absl::string_view end,
             absl::FunctionRef<bool(absl::string_view key, absl::string_view value)> visit) {
  if (!end.empty() && end <= begin) return;
  const auto last = end.empty() ? map.end() : map.lower_bound(end);
  for (auto it = map.lower_bound(begin); it != last; ++it) {
    if (!visit(it->first, it->second)) return;
  }
}

}  // namespace keping::storage
