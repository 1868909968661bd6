#include "common/storage/rocksdb_store.h"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/options.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

#include <atomic>
#include <cstdarg>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/base/attributes.h"
#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"

namespace keping::storage {
namespace {

rocksdb::Slice ToSlice(absl::string_view text) { return {text.data(), text.size()}; }

absl::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

// RocksDB's own log writer asserts when the disk is full, so it never gets a file to write.
class ForwardingLogger : public rocksdb::Logger {
 public:
  explicit ForwardingLogger(std::function<void(absl::string_view)> log)
      : rocksdb::Logger(rocksdb::InfoLogLevel::WARN_LEVEL), log_(std::move(log)) {}

  using rocksdb::Logger::Logv;
  ABSL_PRINTF_ATTRIBUTE(2, 0) void Logv(const char* format, va_list arguments) override {
    if (!log_) return;
    char line[512];
    std::vsnprintf(line, sizeof(line), format, arguments);
    log_(line);
  }

 private:
  std::function<void(absl::string_view)> log_;
};

// RocksDB tells these apart in the text of its IOError only.
bool IsLockHeld(const std::string& text) {
  return absl::StrContains(text, "lock hold by current process") ||
         (absl::StrContains(text, "lock file") &&
          absl::StrContains(text, "Resource temporarily unavailable"));
}

absl::Status ToStatus(const rocksdb::Status& status, const std::string& path) {
  if (status.ok()) return absl::OkStatus();
  const std::string text = status.ToString();
  const std::string store = absl::StrCat("database ", path);
  if (status.IsNoSpace() || absl::StrContains(text, "No space left on device")) {
    return absl::ResourceExhaustedError(
        absl::StrCat(store, ": the disk is full: free some space, then start again"));
  }
  if (status.IsCorruption()) {
    return absl::DataLossError(absl::StrCat(store, " is damaged (", text,
                                            "): keep a copy of it, then restore it from a backup"));
  }
  if (IsLockHeld(text)) {
    return absl::FailedPreconditionError(absl::StrCat(
        store, " is open in another process, want it for this one alone: stop the other first"));
  }
  if (absl::StrContains(text, "Permission denied")) {
    return absl::PermissionDeniedError(absl::StrCat(
        store, " may not be read and written by this user: correct its owner and mode"));
  }
  if (status.IsPathNotFound() || absl::StrContains(text, "No such file or directory")) {
    return absl::NotFoundError(absl::StrCat(store, ": got a missing file or folder (", text,
                                            "): check the path, or restore it from a backup"));
  }
  return absl::UnavailableError(absl::StrCat(store, ": the disk failed (", text, "): check it"));
}

bool IsLeftByUnfinishedCreation(const std::string& name) {
  return name == "LOCK" || name == "IDENTITY" || name == "lost+found" ||
         absl::StartsWith(name, "MANIFEST-") || absl::StartsWith(name, "OPTIONS-") ||
         absl::EndsWith(name, ".dbtmp");
}

// RocksDB makes a new database in any folder without a CURRENT file and then deletes what looks
// like an old file of its own; so a folder that holds anything else is refused before it sees it.
absl::Status CheckFolder(const std::string& path, bool create_if_missing) {
  std::error_code error;
  const std::filesystem::file_status folder = std::filesystem::status(path, error);
  if (!std::filesystem::exists(folder)) {
    if (create_if_missing) return absl::OkStatus();
    return absl::NotFoundError(
        absl::StrCat("no database at ", path, ": check the path, or create the node first"));
  }
  if (!std::filesystem::is_directory(folder)) {
    return absl::FailedPreconditionError(absl::StrCat(
        "database ", path, ": got a file, want the folder of a database or a new path"));
  }
  std::vector<std::string> foreign;
  bool empty = true;
  for (std::filesystem::directory_iterator it(path, error), end; !error && it != end;
       it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (name == "CURRENT") return absl::OkStatus();
    empty = false;
    if (!IsLeftByUnfinishedCreation(name)) foreign.push_back(name);
  }
  if (error) {
    return absl::PermissionDeniedError(
        absl::StrCat("database ", path, " cannot be listed (", error.message(), ")"));
  }
  if (!foreign.empty()) {
    return absl::FailedPreconditionError(
        absl::StrCat("database ", path, ": got a folder with other files (such as ", foreign[0],
                     ") and no CURRENT file, want a database or an empty folder"));
  }
  if (empty && !create_if_missing) {
    return absl::NotFoundError(absl::StrCat("no database at ", path, ": the folder is empty"));
  }
  return absl::OkStatus();
}

rocksdb::Options MakeOptions(const RocksDbOptions& ours) {
  rocksdb::Options options;
  options.create_if_missing = ours.create_if_missing;
  options.info_log = std::make_shared<ForwardingLogger>(ours.log);
  // A write error stays until the store is reopened: no retry behind the caller's back.
  options.max_bgerror_resume_count = 0;
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  // Recovery writes what it read from the log into a synced file: what an opened store shows is
  // durable, even if its first write was never synced.
  options.avoid_flush_during_recovery = false;
  options.write_buffer_size = ours.write_buffer_bytes;
  options.max_write_buffer_number = 2;
  options.max_background_jobs = 2;
  options.max_open_files = 128;
  options.compression = rocksdb::kLZ4Compression;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(ours.block_cache_bytes);
  table.cache_index_and_filter_blocks = true;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

// The range bounds live in the object, because the iterator keeps pointers to them.
class BoundedIterator {
 public:
  BoundedIterator(rocksdb::DB& db, absl::string_view begin, absl::string_view end)
      : lower_(ToSlice(begin)), upper_(ToSlice(end)) {
    rocksdb::ReadOptions options;
    // A walk over everything must not push out what is read again and again.
    options.fill_cache = !begin.empty() || !end.empty();
    if (!begin.empty()) options.iterate_lower_bound = &lower_;
    if (!end.empty()) options.iterate_upper_bound = &upper_;
    iterator_.reset(db.NewIterator(options));
  }
  rocksdb::Iterator* operator->() const { return iterator_.get(); }

 private:
  rocksdb::Slice lower_;
  rocksdb::Slice upper_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
};

class RocksDbStore : public KvStore {
 public:
  RocksDbStore(std::unique_ptr<rocksdb::DB> db, std::string path)
      : db_(std::move(db)), path_(std::move(path)) {}

  absl::StatusOr<std::optional<std::string>> Get(absl::string_view key) const override {
    std::string value;
    const rocksdb::Status status = db_->Get(rocksdb::ReadOptions(), ToSlice(key), &value);
    if (status.IsNotFound()) return std::nullopt;
    KEPING_RETURN_IF_ERROR(ToStatus(status, path_));
    return value;
  }

  absl::Status Scan(absl::string_view begin, absl::string_view end,
                    absl::FunctionRef<bool(absl::string_view key, absl::string_view value)> visit)
      const override {
    if (!end.empty() && begin >= end) return absl::OkStatus();
    const BoundedIterator it(*db_, begin, end);
    for (it->SeekToFirst(); it->Valid(); it->Next()) {
      if (!visit(ToView(it->key()), ToView(it->value()))) return absl::OkStatus();
    }
    return ToStatus(it->status(), path_);
  }

  absl::StatusOr<std::optional<KeyAndValue>> Last(absl::string_view begin,
                                                  absl::string_view end) const override {
    if (!end.empty() && begin >= end) return std::nullopt;
    const BoundedIterator it(*db_, begin, end);
    it->SeekToLast();
    if (it->Valid()) return KeyAndValue(it->key().ToString(), it->value().ToString());
    KEPING_RETURN_IF_ERROR(ToStatus(it->status(), path_));
    return std::nullopt;
  }

  absl::Status Write(const WriteBatch& batch, Durability durability) override {
    if (failed_.load()) return ReopenNeeded();
    const rocksdb::Status status = WriteToDb(batch, durability == Durability::kSynced);
    if (!status.ok()) failed_.store(true);
    return ToStatus(status, path_);
  }

  absl::Status Purge(absl::string_view begin, absl::string_view end) override {
    rocksdb::CompactRangeOptions options;
    options.exclusive_manual_compaction = false;
    // What lies at the bottom is written anew as well.
    options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
    const rocksdb::Slice first = ToSlice(begin);
    const rocksdb::Slice last = ToSlice(end);
    return ToStatus(
        db_->CompactRange(options, begin.empty() ? nullptr : &first, end.empty() ? nullptr : &last),
        path_);
  }

 private:
  rocksdb::Status WriteToDb(const WriteBatch& batch, bool sync) {
    if (batch.empty()) return sync ? db_->SyncWAL() : rocksdb::Status::OK();
    rocksdb::WriteBatch rocks_batch(batch.byte_size() + batch.ops().size() * 16);
    for (const WriteBatch::Op& op : batch.ops()) {
      const rocksdb::Status status =
          op.is_delete ? rocks_batch.Delete(op.key) : rocks_batch.Put(op.key, op.value);
      if (!status.ok()) return status;
    }
    rocksdb::WriteOptions options;
    options.sync = sync;
    return db_->Write(options, &rocks_batch);
  }

  const std::unique_ptr<rocksdb::DB> db_;
  const std::string path_;
  std::atomic<bool> failed_{false};
};

// The lock that a writer would hold: RocksDB's read-only mode takes none.
class FolderLock {
 public:
  ~FolderLock() {
    if (lock_ != nullptr) rocksdb::Env::Default()->UnlockFile(lock_);
  }
  FolderLock() = default;
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

  rocksdb::Status Take(const std::string& path) {
    return rocksdb::Env::Default()->LockFile(path + "/LOCK", &lock_);
  }

 private:
  rocksdb::FileLock* lock_ = nullptr;
};

class ReadOnlyRocksDbStore : public RocksDbStore {
 public:
  ReadOnlyRocksDbStore(std::unique_ptr<FolderLock> lock, std::unique_ptr<rocksdb::DB> db,
                       const std::string& path)
      : RocksDbStore(std::move(db), path), lock_(std::move(lock)), path_(path) {}

  absl::Status Write(const WriteBatch&, Durability) override {
    return absl::FailedPreconditionError(
        absl::StrCat("database ", path_, " was opened for reading only, got a write"));
  }

 private:
  const std::unique_ptr<FolderLock> lock_;
  const std::string path_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<KvStore>> OpenRocksDbStore(const std::string& path,
                                                          const RocksDbOptions& options) {
  KEPING_RETURN_IF_ERROR(CheckFolder(path, options.create_if_missing));
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(MakeOptions(options), path, &db);
  KEPING_RETURN_IF_ERROR(ToStatus(status, path));
  return std::make_unique<RocksDbStore>(std::unique_ptr<rocksdb::DB>(db), path);
}

absl::StatusOr<std::unique_ptr<KvStore>> OpenRocksDbStoreReadOnly(const std::string& path,
                                                                  const RocksDbOptions& options) {
  KEPING_RETURN_IF_ERROR(CheckFolder(path, false));
  auto lock = std::make_unique<FolderLock>();
  KEPING_RETURN_IF_ERROR(ToStatus(lock->Take(path), path));
  RocksDbOptions reading = options;
  reading.create_if_missing = false;
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status = rocksdb::DB::OpenForReadOnly(MakeOptions(reading), path, &db);
  KEPING_RETURN_IF_ERROR(ToStatus(status, path));
  return std::make_unique<ReadOnlyRocksDbStore>(std::move(lock), std::unique_ptr<rocksdb::DB>(db),
                                                path);
}

}  // namespace keping::storage
