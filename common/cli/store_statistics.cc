#include "common/cli/store_statistics.h"

#include <filesystem>
#include <map>
#include <system_error>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"
#include "common/base/status_macros.h"
#include "common/domain/entry.h"
#include "common/storage/key_space.h"

namespace keping::cli {
namespace {

namespace fs = std::filesystem;

struct Amount {
  uint64_t count = 0;
  uint64_t bytes = 0;
};

bool IsEntryOfALog(absl::string_view key) {
  const absl::string_view prefix = key.substr(0, 1);
  return prefix == storage::kEntryPrefix || prefix == storage::kNodeEntryPrefix;
}

std::string KindOf(const fs::path& file) {
  const std::string ending = file.extension().string();
  if (!ending.empty()) return ending.substr(1);
  const std::string name = file.filename().string();
  return name.substr(0, name.find('-'));
}

}  // namespace

v1::StoreStatistics MeasureFiles(const std::string& database) {
  std::map<std::string, Amount> kinds;
  std::error_code error;
  for (fs::directory_iterator it(database, error), end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    const uintmax_t size = it->file_size(ignored);
    Amount& amount = kinds[KindOf(it->path())];
    ++amount.count;
    amount.bytes += ignored ? 0 : size;
  }
  v1::StoreStatistics statistics;
  for (const auto& [kind, amount] : kinds) {
    v1::FilesOfKind* files = statistics.add_files();
    files->set_kind(kind);
    files->set_count(amount.count);
    files->set_bytes(amount.bytes);
  }
  return statistics;
}

absl::Status MeasureRows(const storage::KvStore& store, v1::StoreStatistics* statistics) {
  KEPING_ASSIGN_OR_RETURN(const auto format, store.Get(storage::kFormatVersionKey));
  if (format) statistics->set_format(absl::CEscape(*format));
  KEPING_ASSIGN_OR_RETURN(const auto keys, store.Get(storage::kDataKeysKey));
  if (keys) statistics->set_data_key_ids(absl::CEscape(*keys));
  std::map<std::string, Amount> kinds;
  std::map<std::pair<std::string, std::string>, v1::LogHead> heads;
  const absl::Status scanned =
      store.Scan("", "", [&](absl::string_view key, absl::string_view value) {
        Amount& amount = kinds[absl::BytesToHexString(key.substr(0, 1))];
        ++amount.count;
        amount.bytes += key.size() + value.size();
        if (!IsEntryOfALog(key)) return true;
        const auto entry = domain::ParseEntry(value);
        if (!entry.ok()) return true;
        const domain::EntryHeader& header = entry->header;
        v1::LogHead& head = heads[{header.node.value(), header.incarnation.value()}];
        head.set_node(header.node.value());
        head.set_incarnation(header.incarnation.value());
        head.set_seq(header.seq);
        head.set_hash(domain::HashEntryBytes(value).Hex());
        return true;
      });
  for (const auto& [prefix, amount] : kinds) {
    v1::RowsOfKind* rows = statistics->add_rows();
    rows->set_prefix(prefix);
    rows->set_count(amount.count);
    rows->set_bytes(amount.bytes);
  }
  for (const auto& [stream, head] : heads) *statistics->add_log_heads() = head;
  return scanned;
}

}  // namespace keping::cli
