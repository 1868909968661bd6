#include "edge_node/app/data_key.h"

#include <utility>

#include "common/crypto/random.h"
#include "edge_node/store/edge_store.h"

namespace keping::edge {
namespace {

keys::KeyPlace PlaceOf(const config::v1::EdgeConfig& config, const std::string& credentials_dir) {
  return {.keys_dir = config.keys_dir(),
          .credentials_dir = credentials_dir,
          .database = config.data_dir() + "/db",
          .lost_key_advice = std::string(kLostDataKeyAdvice)};
}

}  // namespace

absl::StatusOr<keys::DataKeys> LoadDataKeys(const config::v1::EdgeConfig& config,
                                            const std::string& credentials_dir) {
  return keys::LoadDataKeys(PlaceOf(config, credentials_dir));
}

absl::StatusOr<keys::DroppedRecords> DropRecords(const config::v1::EdgeConfig& config,
                                                 const std::string& credentials_dir) {
  return keys::DropRecords(PlaceOf(config, credentials_dir),
                           {.program = "edge",
                            .format = EdgeStore::kFormatVersion,
                            .open =
                                [](storage::KvStore* store, crypto::RecordCipher cipher) {
                                  return EdgeStore::OpenSealedRows(store, std::move(cipher),
                                                                   crypto::RandomBytes);
                                },
                            .drop = &EdgeStore::DropSealedRows});
}

}  // namespace keping::edge
