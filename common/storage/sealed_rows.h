// The sealed rows of a store: seals and opens them, knows which data keys they name, and brings
// them under a new key in small steps while the node works.
//
//   KEPING_ASSIGN_OR_RETURN(SealedRows rows, SealedRows::Open(kv, cipher, random,
//                                                             {{kRecordPrefix}, "run …"}));
//   batch.Put(key, rows.Seal(record, key));
//   KEPING_RETURN_IF_ERROR(rows.StartRotation(new_key));     // new rows name it at once
//   while (rows.resealing()) KEPING_RETURN_IF_ERROR(rows.ResealSome());
//   rows.named_keys();                                       // every other key can be destroyed
//
// The keys that rows name are a row themselves (kDataKeysKey, ids with a space between): it names a
// new key before the first row does, and forgets an old one after the last row did. So a lost key
// is found at open, and a rotation that was interrupted goes on at the next one.
#ifndef KEPING_COMMON_STORAGE_SEALED_ROWS_H_
#define KEPING_COMMON_STORAGE_SEALED_ROWS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/crypto/seal.h"
#include "common/storage/kv_store.h"

namespace keping::storage {

struct SealedRowsOptions {
  // Where sealed rows lie, and nothing else.
  std::vector<std::string> prefixes;
  // What a person does about a lost key, when it has no backup: ends the sentence of K-210.
  std::string lost_key_advice;
};

// Whether `status` says that a data key is lost (K-210).
bool IsDataKeyLost(const absl::Status& status);
// What it says: `which` begins "data key 1a2b3c4d" or the like.
absl::Status DataKeyLost(absl::string_view which, absl::string_view advice);

// What a second rotation gets while the first one goes on (K-211).
absl::Status RotationUnderWay();

// Owned by the single writer of the store, which must outlive it; not thread-safe.
class SealedRows {
 public:
  // Draws so many random bytes.
  using Random = std::function<std::string(size_t size)>;

  // What one step of resealing reads at most; a single larger row is read as well.
  static constexpr size_t kStepBytes = 256 * 1024;
  static constexpr size_t kStepRows = 500;

  // FailedPrecondition with K-210 when rows name a key that `cipher` does not have. DataLoss when
  // the store does not say which keys its sealed rows name. Else the errors of the store.
  static absl::StatusOr<SealedRows> Open(KvStore* kv, crypto::RecordCipher cipher, Random random,
                                         SealedRowsOptions options);

  // `key` of the row is what the record is bound to.
  std::string Seal(absl::string_view plaintext, absl::string_view key) const;
  absl::StatusOr<std::string> Open(absl::string_view sealed, absl::string_view key) const {
    return cipher_.Open(sealed, key);
  }

  // Keys that rows may name; the last is the current one. Durable.
  const std::vector<crypto::KeyId>& named_keys() const { return named_; }
  bool resealing() const { return named_.size() > 1; }
  // Rows brought under the current key since this object was opened.
  uint64_t resealed_rows() const { return resealed_rows_; }
  // Rows that no key opens: they were damaged, and do not keep an old key alive.
  uint64_t unreadable_rows() const { return unreadable_rows_; }

  // From now on rows are sealed under `key`, which must be kept from before this call on.
  // FailedPrecondition with K-211 while an earlier rotation goes on.
  absl::Status StartRotation(const std::string& key);

  // One small step; only while resealing. The last step makes everything durable and then forgets
  // the old keys. Errors are those of the store.
  absl::Status ResealSome();

 private:
  SealedRows(KvStore* kv, crypto::RecordCipher cipher, Random random, SealedRowsOptions options)
      : kv_(kv),
        cipher_(std::move(cipher)),
        random_(std::move(random)),
        options_(std::move(options)) {}

  absl::Status LoadNamedKeys();
  absl::Status NameKeys(const std::vector<crypto::KeyId>& ids);
  // Adds the row to `batch` unless it is under the current key already.
  void Reseal(absl::string_view key, absl::string_view sealed, WriteBatch& batch);
  absl::Status FinishRotation();

  KvStore* kv_;
  crypto::RecordCipher cipher_;
  Random random_;
  SealedRowsOptions options_;
  std::vector<crypto::KeyId> named_;
  size_t prefix_ = 0;   // of the next step
  std::string cursor_;  // the first key that it looks at; empty: the prefix itself
  uint64_t resealed_rows_ = 0;
  uint64_t unreadable_rows_ = 0;
};

}  // namespace keping::storage

#endif  // KEPING_COMMON_STORAGE_SEALED_ROWS_H_
