// One table of entity rows: in the store, with the rows used last kept decoded in memory.
//
//   RowTable<PrrId, PrrRow> prrs(store, storage::kPrrRowPrefix);
//   KEPING_RETURN_IF_ERROR(prrs.Load(keys, rows.prrs));   // moves rows out of the cache
//   prrs.Stage(effects.changed.prrs, rows.prrs, batch);
//   prrs.Keep(rows.prrs);                                 // after the batch was written
#ifndef KEPING_CENTRAL_NODE_STORE_ROW_TABLE_H_
#define KEPING_CENTRAL_NODE_STORE_ROW_TABLE_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "central_node/store/row_codec.h"
#include "common/base/status_macros.h"
#include "common/storage/kv_store.h"

namespace keping::central {

// How an entity's id is written in its key.
inline const std::string& KeyText(const std::string& id) { return id; }
inline const std::string& KeyText(const domain::BlankSerial& id) { return id.text(); }
template <typename Tag>
const std::string& KeyText(const base::StrongId<Tag>& id) {
  return id.value();
}

// Not thread-safe. The store must outlive it.
template <typename Key, typename Row>
class RowTable {
 public:
  RowTable(const storage::KvStore* store, absl::string_view prefix)
      : store_(store), prefix_(prefix) {}

  std::string StoreKey(const Key& key) const { return absl::StrCat(prefix_, KeyText(key)); }

  // Adds the row of every key, the default one where there is none.
  absl::Status Load(const std::set<Key>& keys, std::map<Key, Row>& rows) {
    for (const Key& key : keys) {
      const auto cached = cache_.find(key);
      if (cached != cache_.end()) {
        rows.insert_or_assign(key, std::move(cached->second));
        cache_.erase(cached);
        continue;
      }
      KEPING_ASSIGN_OR_RETURN(std::optional<Row> row, Read(key));
      rows.insert_or_assign(key, row.has_value() ? *std::move(row) : Row());
    }
    return absl::OkStatus();
  }

  void Stage(const std::set<Key>& changed, const std::map<Key, Row>& rows,
             storage::WriteBatch& batch) const {
    for (const Key& key : changed) {
      const Row& row = rows.at(key);
      // A summary of nothing is no row: whether there was something once is not told by the logs.
      if constexpr (requires { row.empty(); }) {
        if (row.empty()) {
          batch.Delete(StoreKey(key));
          continue;
        }
      }
      batch.Put(StoreKey(key), EncodeRow(row));
    }
  }

  void Keep(std::map<Key, Row>& rows) {
    if (cache_.size() + rows.size() > kMaxCached) cache_.clear();
    for (auto& [key, row] : rows) cache_.insert_or_assign(key, std::move(row));
  }

  // Straight from the store, for queries; nullopt where there is none.
  absl::StatusOr<std::optional<Row>> Read(const Key& key) const {
    KEPING_ASSIGN_OR_RETURN(std::optional<std::string> bytes, store_->Get(StoreKey(key)));
    if (!bytes.has_value()) return std::optional<Row>();
    KEPING_ASSIGN_OR_RETURN(Row row, DecodeRow<Row>(*bytes));
    return std::optional<Row>(std::move(row));
  }

 private:
  static constexpr size_t kMaxCached = 20'000;

  const storage::KvStore* store_;
  std::string prefix_;
  // Looked up, never iterated.
  absl::flat_hash_map<Key, Row> cache_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_STORE_ROW_TABLE_H_
