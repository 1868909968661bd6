#include "common/keys/lost_keys.h"

#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/storage/event_log.h"
#include "common/storage/format_version.h"
#include "common/storage/rocksdb_store.h"

namespace keping::keys {
namespace {

// OK when the rows of the store name a key that is lost.
absl::Status CheckKeyIsLost(storage::KvStore& store, const DataKeys& keys,
                            const SealedStore& kind) {
  if (keys.empty()) return absl::OkStatus();
  KEPING_ASSIGN_OR_RETURN(crypto::RecordCipher cipher,
                          crypto::RecordCipher::FromKeys(keys.secrets()));
  const absl::Status status = kind.open(&store, std::move(cipher)).status();
  if (storage::IsDataKeyLost(status)) return absl::OkStatus();
  KEPING_RETURN_IF_ERROR(status);
  return absl::FailedPreconditionError(
      "got a database whose data keys are all here, want one with a lost key: nothing was dropped");
}

}  // namespace

absl::StatusOr<DataKeys> LoadDataKeys(const KeyPlace& place) {
  KEPING_ASSIGN_OR_RETURN(DataKeys keys, DataKeys::Load(place.keys_dir, place.credentials_dir));
  if (!keys.empty()) return keys;
  std::error_code ignored;
  if (std::filesystem::exists(place.database + "/CURRENT", ignored)) {
    return storage::DataKeyLost(absl::StrCat("the data key in ", place.keys_dir),
                                place.lost_key_advice);
  }
  KEPING_RETURN_IF_ERROR(keys.MakeNext().status());
  return keys;
}

absl::StatusOr<DroppedRecords> DropRecords(const KeyPlace& place, const SealedStore& kind) {
  KEPING_ASSIGN_OR_RETURN(DataKeys keys, DataKeys::Load(place.keys_dir, place.credentials_dir));
  storage::RocksDbOptions options;
  options.create_if_missing = false;
  KEPING_ASSIGN_OR_RETURN(auto store, storage::OpenRocksDbStore(place.database, options));
  KEPING_RETURN_IF_ERROR(storage::CheckFormatVersion(*store, kind.format, kind.program));
  KEPING_RETURN_IF_ERROR(CheckKeyIsLost(*store, keys, kind));
  if (keys.empty()) KEPING_RETURN_IF_ERROR(keys.MakeNext().status());
  DroppedRecords dropped;
  KEPING_ASSIGN_OR_RETURN(const storage::EventLog log, storage::EventLog::Open(store.get()));
  dropped.log_entries = log.head().seq;
  KEPING_ASSIGN_OR_RETURN(dropped.rows, kind.drop(*store));
  return dropped;
}

}  // namespace keping::keys
