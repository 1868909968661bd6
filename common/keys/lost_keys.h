// Data keys at the start of a program, and the way out when one of them is lost for good.
//
//   KEPING_ASSIGN_OR_RETURN(DataKeys keys, LoadDataKeys(place));
//   KEPING_ASSIGN_OR_RETURN(DroppedRecords dropped, DropRecords(place, store_kind));
#ifndef KEPING_COMMON_KEYS_LOST_KEYS_H_
#define KEPING_COMMON_KEYS_LOST_KEYS_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "common/keys/data_keys.h"
#include "common/storage/kv_store.h"
#include "common/storage/sealed_rows.h"

namespace keping::keys {

struct KeyPlace {
  std::string keys_dir;
  std::string credentials_dir;  // runtime::CredentialsDirectory()
  std::string database;         // the folder of the RocksDB database
  std::string lost_key_advice;  // the end of K-210
};

// The first key is made while there is no database yet. Later a missing key is never made anew,
// since what it sealed would be lost without a word: FailedPrecondition with K-210 then. Else the
// codes of DataKeys::Load.
absl::StatusOr<DataKeys> LoadDataKeys(const KeyPlace& place);

// What a program's database looks like.
struct SealedStore {
  std::string program;  // of its format mark
  uint32_t format = 0;
  std::function<absl::StatusOr<storage::SealedRows>(storage::KvStore*, crypto::RecordCipher)> open;
  // Forgets the sealed rows; returns how many.
  std::function<absl::StatusOr<uint64_t>(storage::KvStore&)> drop;
};

struct DroppedRecords {
  uint64_t rows = 0;
  uint64_t log_entries = 0;  // kept
};

// The database forgets what was sealed, and a new key is made where none is left. The program is
// stopped. FailedPrecondition when it runs, or when no key is lost.
absl::StatusOr<DroppedRecords> DropRecords(const KeyPlace& place, const SealedStore& kind);

}  // namespace keping::keys

#endif  // KEPING_COMMON_KEYS_LOST_KEYS_H_
