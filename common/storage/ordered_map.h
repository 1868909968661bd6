// The in-memory table under the memory store and the faulty store: a B-tree whose scans see one
// moment. A scan borrows the map; a change that comes while it is borrowed works on a copy.
//
//   OrderedMap map;
//   map.Set("a", "1");
//   ScanMap(*map.snapshot(), "a", "", [](absl::string_view key, absl::string_view value) { … });
#ifndef KEPING_COMMON_STORAGE_ORDERED_MAP_H_
#define KEPING_COMMON_STORAGE_ORDERED_MAP_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/container/btree_map.h"
#include "absl/strings/string_view.h"
#include "common/storage/kv_store.h"

namespace keping::storage {

// Not thread-safe.
class OrderedMap {
 public:
  using Map = absl::btree_map<std::string, std::string, std::less<>>;
  using Snapshot = std::shared_ptr<const Map>;

  std::optional<std::string> Get(absl::string_view key) const;
  std::optional<KeyAndValue> Last(absl::string_view begin, absl::string_view end) const;

  // Sets the value of `key`, or removes it for nullopt; returns the value before.
  std::optional<std::string> Set(absl::string_view key, std::optional<std::string> value);
  void Apply(const WriteBatch& batch);

  // A view that no later change touches. While one is held, the next change copies the map once.
  Snapshot snapshot() const { return map_; }

 private:
  Map& Writable();

  std::shared_ptr<Map> map_ = std::make_shared<Map>();
};

// KvStore::Scan over a snapshot.
void ScanMap(const OrderedMap::Map& map, absl::string_view begin, absl::string_view end,
             absl::FunctionRef<bool(absl::string_view key, absl::string_view value)> visit);

}  // namespace keping::storage

#endif  // KEPING_COMMON_STORAGE_ORDERED_MAP_H_
