#include "edge_node/app/data_key.h"

#include <filesystem>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/crypto/random.h"
#include "common/storage/event_log.h"
#include "common/storage/format_version.h"
#include "common/storage/rocksdb_store.h"
#include "common/storage/sealed_rows.h"
#include "edge_node/store/edge_store.h"

namespace keping::edge {
namespace {

std::string DatabaseOf(const config::v1::EdgeConfig& config) { return config.data_dir() + "/db"; }

bool HasDatabase(const config::v1::EdgeConfig& config) {
  std::error_code ignored;
  return std::filesystem::exists(DatabaseOf(config) + "/CURRENT", ignored);
}

// OK when the rows of the store name a key that is lost.
absl::Status CheckKeyIsLost(storage::KvStore& store, const keys::DataKeys& keys) {
  if (keys.empty()) return absl::OkStatus();
  KEPING_ASSIGN_OR_RETURN(crypto::RecordCipher cipher,
                          crypto::RecordCipher::FromKeys(keys.secrets()));
  const absl::Status status =
      EdgeStore::OpenSealedRows(&store, std::move(cipher), crypto::RandomBytes).status();
  if (storage::IsDataKeyLost(status)) return absl::OkStatus();
  KEPING_RETURN_IF_ERROR(status);
  return absl::FailedPreconditionError(
      "got a database whose data keys are all here, want one with a lost key: nothing was dropped");
}

}  // namespace

absl::StatusOr<keys::DataKeys> LoadDataKeys(const config::v1::EdgeConfig& config,
                                            const std::string& credentials_dir) {
  KEPING_ASSIGN_OR_RETURN(keys::DataKeys keys,
                          keys::DataKeys::Load(config.keys_dir(), credentials_dir));
  if (!keys.empty()) return keys;
  if (HasDatabase(config)) {
    return storage::DataKeyLost(absl::StrCat("the data key in ", config.keys_dir()),
                                kLostDataKeyAdvice);
  }
  KEPING_RETURN_IF_ERROR(keys.MakeNext().status());
  return keys;
}

absl::StatusOr<DroppedRecords> DropRecords(const config::v1::EdgeConfig& config,
                                           const std::string& credentials_dir) {
  KEPING_ASSIGN_OR_RETURN(keys::DataKeys keys,
                          keys::DataKeys::Load(config.keys_dir(), credentials_dir));
  storage::RocksDbOptions options;
  options.create_if_missing = false;
  KEPING_ASSIGN_OR_RETURN(auto store, storage::OpenRocksDbStore(DatabaseOf(config), options));
  KEPING_RETURN_IF_ERROR(storage::CheckFormatVersion(*store, EdgeStore::kFormatVersion, "edge"));
  KEPING_RETURN_IF_ERROR(CheckKeyIsLost(*store, keys));
  if (keys.empty()) KEPING_RETURN_IF_ERROR(keys.MakeNext().status());
  DroppedRecords dropped;
  KEPING_ASSIGN_OR_RETURN(const storage::EventLog log, storage::EventLog::Open(store.get()));
  dropped.log_entries = log.head().seq;
  KEPING_ASSIGN_OR_RETURN(dropped.rows, EdgeStore::DropSealedRows(*store));
  return dropped;
}

}  // namespace keping::edge
