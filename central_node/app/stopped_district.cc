#include "central_node/app/stopped_district.h"

#include <memory>

#include "central_node/app/config_parts.h"
#include "central_node/store/central_node.h"
#include "central_node/store/records.h"
#include "central_node/sync_service/district_keys.h"
#include "common/backup/restore_place.h"
#include "common/base/status_macros.h"
#include "common/crypto/key_file.h"
#include "common/crypto/random.h"
#include "common/crypto/seal.h"
#include "common/keys/key_files.h"
#include "common/storage/ballast.h"
#include "common/storage/format_version.h"
#include "common/storage/rocksdb_store.h"

namespace keping::central {

absl::StatusOr<std::string> InitialiseDistrict(const config::v1::CentralConfig& config,
                                               const time::Clock& clock) {
  KEPING_RETURN_IF_ERROR(backup::CheckNoRestoreCutOff(config.data_dir()));
  KEPING_ASSIGN_OR_RETURN(const DistrictKeys keys,
                          LoadOrMakeDistrictKeys(config.keys_dir(), config.district_id(), clock));
  KEPING_RETURN_IF_ERROR(
      crypto::LoadOrCreateKeyFile(KeyPathOf(config, keys::kNikLookupKeyFile), crypto::kSealKeySize)
          .status());
  KEPING_RETURN_IF_ERROR(keys::LoadDataKeys(KeyPlaceOf(config)).status());
  return keys.fingerprint;
}

absl::StatusOr<keys::DroppedRecords> DropRecords(const config::v1::CentralConfig& config) {
  return keys::DropRecords(KeyPlaceOf(config),
                           {.program = "central",
                            .format = CentralNode::kFormatVersion,
                            .open =
                                [](storage::KvStore* store, const crypto::RecordCipher& cipher) {
                                  return CentralNode::OpenSealedRows(store, cipher,
                                                                     crypto::RandomBytes);
                                },
                            .drop = &CentralNode::DropSideRecords});
}

absl::StatusOr<uint64_t> ForgetPasswords(const config::v1::CentralConfig& config) {
  storage::RocksDbOptions options;
  options.create_if_missing = false;
  KEPING_ASSIGN_OR_RETURN(
      const std::unique_ptr<storage::KvStore> store,
      storage::OpenRocksDbStore(backup::DatabaseOf(config.data_dir()), options));
  KEPING_RETURN_IF_ERROR(
      storage::CheckFormatVersion(*store, CentralNode::kFormatVersion, "central"));
  return ForgetOfficerPasswords(*store);
}

absl::Status ExplainFailure(const config::v1::CentralConfig& config, const absl::Status& failure) {
  return storage::DiskFull(failure, config.data_dir(), "Then start the centre again.");
}

}  // namespace keping::central
