// The store of a node, as a port: an ordered map of byte strings with atomic batches.
//
//   WriteBatch batch;
//   batch.Put(EntryKey(seq), entry_bytes);
//   batch.Delete(old_key);
//   KEPING_RETURN_IF_ERROR(store.Write(batch, Durability::kSynced));   // then, and only then, act
//   KEPING_ASSIGN_OR_RETURN(std::optional<std::string> value, store.Get(key));
//
// Implementations: RocksDB (rocksdb_store.h), memory (memory_store.h) and one that loses and fails
// on purpose (faulty_store.h). tests/contract/kv_store_contract_test.cc holds for all of them.
#ifndef KEPING_COMMON_STORAGE_KV_STORE_H_
#define KEPING_COMMON_STORAGE_KV_STORE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace keping::storage {

// Changes that are stored together or not at all, in the order in which they were added: of two
// changes of one key the later one counts. A value; not thread-safe.
class WriteBatch {
 public:
  struct Op {
    bool is_delete = false;
    std::string key;
    std::string value;  // empty for a delete

    friend bool operator==(const Op&, const Op&) = default;
  };

  void Put(absl::string_view key, absl::string_view value);
  // Deleting a key that is not there is no error.
  void Delete(absl::string_view key);
  // Adds the changes of `other` after those of this batch.
  void Append(const WriteBatch& other);
  void Clear();

  const std::vector<Op>& ops() const { return ops_; }
  bool empty() const { return ops_.empty(); }
  // Sum of the sizes of all keys and values.
  size_t byte_size() const { return byte_size_; }

 private:
  std::vector<Op> ops_;
  size_t byte_size_ = 0;
};

enum class Durability {
  kSynced,    // survives a power cut when Write returns, together with every write before it
  kBuffered,  // survives the end of the process; a power cut takes some of the last ones, in order
};

using KeyAndValue = std::pair<std::string, std::string>;

// Keys are compared as unsigned bytes. Ranges are half-open, [begin, end); an empty `end` means the
// end of the key space.
//
// Thread safety: any thread may read at any time; one thread at a time may write.
//
// What a store shows right after it was opened is durable, whatever was known when it was written.
class KvStore {
 public:
  virtual ~KvStore() = default;

  // The value, or nullopt where there is none. DataLoss if the stored bytes are damaged.
  virtual absl::StatusOr<std::optional<std::string>> Get(absl::string_view key) const = 0;

  // Visits the range in ascending order of keys until `visit` returns false. What it sees is the
  // store at one moment: writes made meanwhile, even by `visit` itself, do not show. The views
  // handed over are valid only within the call.
  virtual absl::Status Scan(
      absl::string_view begin, absl::string_view end,
      absl::FunctionRef<bool(absl::string_view key, absl::string_view value)> visit) const = 0;

  // The greatest key of the range with its value, or nullopt if the range holds nothing.
  virtual absl::StatusOr<std::optional<KeyAndValue>> Last(absl::string_view begin,
                                                          absl::string_view end) const = 0;

  // Stores the batch, all of it or nothing. An empty batch with kSynced makes durable what was
  // written before.
  //
  // After an error it is *unknown* whether the batch was stored (a failed sync may well have
  // reached the disk), so that memory and disk may differ: the store refuses every later write with
  // FailedPrecondition until it is closed and opened again, and the caller starts over from what it
  // then reads. ResourceExhausted: the disk is full. DataLoss: stored bytes are damaged.
  // Unavailable: another failure of the disk.
  [[nodiscard]] virtual absl::Status Write(const WriteBatch& batch, Durability durability) = 0;

  // What was deleted or replaced in the range is in no file of the store any more, when this
  // returns OK and no Scan goes on that began before. Reads and writes the whole range: slow. Any
  // thread, also while another writes. The errors of Write; nothing is wrong with what is stored.
  [[nodiscard]] virtual absl::Status Purge(absl::string_view begin, absl::string_view end) = 0;
};

// What every implementation answers to a write after a failed one.
absl::Status ReopenNeeded();

}  // namespace keping::storage

#endif  // KEPING_COMMON_STORAGE_KV_STORE_H_
