// A KvStore on disk, by RocksDB: the store of both nodes.
//
//   KEPING_ASSIGN_OR_RETURN(std::unique_ptr<KvStore> store,
//   OpenRocksDbStore("/var/lib/keping/db"));
//
// After a failed write: destroy the store, make room if the disk was full, open it again. Opening
// itself writes up to twice RocksDbOptions::write_buffer_bytes.
#ifndef KEPING_COMMON_STORAGE_ROCKSDB_STORE_H_
#define KEPING_COMMON_STORAGE_ROCKSDB_STORE_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/storage/kv_store.h"

namespace keping::storage {

struct RocksDbOptions {
  // Whether a missing or empty folder becomes a new database. Its parent folder must exist.
  bool create_if_missing = true;
  // Kept small: recovery writes it out once more, which must fit on a disk that was full.
  size_t write_buffer_bytes = size_t{4} << 20;
  size_t block_cache_bytes = size_t{8} << 20;
  // Receives RocksDB's own warnings and errors, one line each; may be called from any thread.
  std::function<void(absl::string_view line)> log;
};

// Opens the folder `path` and holds its lock until the store is destroyed. Errors, one sentence
// each:
//   FailedPrecondition: another process (or this one) has it open; or the folder holds other files;
//   NotFound: no database there, or no parent folder; DataLoss: damaged, restore it;
//   ResourceExhausted: disk full; PermissionDenied; Unavailable: another failure of the disk.
//
// A torn or damaged end of the write-ahead log is cut off (point-in-time recovery): what is left is
// the store as it was after some earlier batch. Stopping instead would lock an office out of its
// good data after every power cut on a cheap disk; and skipping over the damage would leave holes.
// Whether something *synced* was cut off is told by the witness outside the database.
absl::StatusOr<std::unique_ptr<KvStore>> OpenRocksDbStore(const std::string& path,
                                                          const RocksDbOptions& options = {});

// Opens the folder to read it and changes nothing in it: a write is refused with
// FailedPrecondition. Holds the database's lock like the above, so that no program writes
// meanwhile; the same errors. `create_if_missing` counts as false.
absl::StatusOr<std::unique_ptr<KvStore>> OpenRocksDbStoreReadOnly(
    const std::string& path, const RocksDbOptions& options = {});

}  // namespace keping::storage

#endif  // KEPING_COMMON_STORAGE_ROCKSDB_STORE_H_
