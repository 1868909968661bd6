#include "edge_node/app/upkeep.h"

#include <grpcpp/impl/service_type.h>

#include <filesystem>
#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "common/observability/log.h"
#include "common/runtime/process.h"
#include "common/storage/format_version.h"
#include "common/storage/rocksdb_store.h"
#include "edge_node/app/data_key.h"
#include "edge_node/maintenance/maintenance_service.h"

namespace keping::edge {

absl::StatusOr<std::unique_ptr<Upkeep>> Upkeep::Open(const config::v1::EdgeConfig& config) {
  KEPING_ASSIGN_OR_RETURN(keys::DataKeys keys,
                          LoadDataKeys(config, runtime::CredentialsDirectory()));
  KEPING_ASSIGN_OR_RETURN(crypto::RecordCipher cipher,
                          crypto::RecordCipher::FromKeys(keys.secrets()));
  return std::unique_ptr<Upkeep>(new Upkeep(config, std::move(keys), std::move(cipher)));
}

Upkeep::Upkeep(const config::v1::EdgeConfig& config, keys::DataKeys keys,
               crypto::RecordCipher cipher)
    : config_(config), keys_(std::move(keys)), cipher_(std::move(cipher)) {}

Upkeep::~Upkeep() = default;

absl::StatusOr<std::unique_ptr<storage::KvStore>> Upkeep::OpenStore() const {
  std::error_code ignored;
  std::filesystem::create_directories(config_.data_dir(), ignored);
  storage::RocksDbOptions options;
  options.log = [](absl::string_view line) {
    observability::LogWarning("rocksdb", {{"text", line}});
  };
  KEPING_ASSIGN_OR_RETURN(auto store,
                          storage::OpenRocksDbStore(config_.data_dir() + "/db", options));
  KEPING_RETURN_IF_ERROR(storage::CheckFormatVersion(*store, EdgeStore::kFormatVersion, "edge"));
  return store;
}

void Upkeep::Attach(EdgeNode* node, runtime::CoreThread* core) {
  keys::KeyRotation::Ports ports;
  ports.rotate = [node](const std::string& key) { return node->RotateDataKey(key); };
  ports.reseal_some = [node] { return node->ResealSome(); };
  ports.named = [node]() -> const std::vector<crypto::KeyId>& {
    return node->store().sealed_rows().named_keys();
  };
  ports.after = [core](absl::Duration delay, std::function<void()> task) {
    core->PostAfter(delay, std::move(task));
  };
  rotation_ = std::make_unique<keys::KeyRotation>(std::move(keys_), std::move(ports));
  maintenance_ = std::make_unique<Maintenance>(node, rotation_.get());
  service_ = MakeMaintenanceService(core, maintenance_.get());
}

void Upkeep::Start() { rotation_->Resume(); }

}  // namespace keping::edge
