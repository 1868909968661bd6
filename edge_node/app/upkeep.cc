#include "edge_node/app/upkeep.h"

#include <grpcpp/impl/service_type.h>

#include <filesystem>
#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "common/observability/log.h"
#include "common/rpc/maintenance_service.h"
#include "common/runtime/process.h"
#include "common/storage/ballast.h"
#include "common/storage/format_version.h"
#include "common/storage/rocksdb_store.h"
#include "edge_node/app/data_key.h"

namespace keping::edge {
namespace {

constexpr absl::Duration kWitnessDelay = absl::Seconds(1);
constexpr absl::Duration kEraseDelay = absl::Seconds(10);
constexpr size_t kPurgerCapacity = 4;

std::string BallastOf(const config::v1::EdgeConfig& config) {
  return config.data_dir() + "/ballast";
}

}  // namespace

absl::StatusOr<std::unique_ptr<Upkeep>> Upkeep::Open(const config::v1::EdgeConfig& config) {
  KEPING_ASSIGN_OR_RETURN(keys::DataKeys keys,
                          LoadDataKeys(config, runtime::CredentialsDirectory()));
  KEPING_ASSIGN_OR_RETURN(crypto::RecordCipher cipher,
                          crypto::RecordCipher::FromKeys(keys.secrets()));
  KEPING_ASSIGN_OR_RETURN(keys::MachineWitness witness,
                          keys::MachineWitness::Read(config.keys_dir()));
  return std::unique_ptr<Upkeep>(
      new Upkeep(config, std::move(keys), std::move(cipher), std::move(witness)));
}

Upkeep::Upkeep(const config::v1::EdgeConfig& config, keys::DataKeys keys,
               crypto::RecordCipher cipher, keys::MachineWitness witness)
    : config_(config),
      keys_(std::move(keys)),
      cipher_(std::move(cipher)),
      witness_(std::move(witness)) {}

Upkeep::~Upkeep() = default;

absl::StatusOr<std::unique_ptr<storage::KvStore>> Upkeep::OpenStore() const {
  std::error_code ignored;
  std::filesystem::create_directories(config_.data_dir(), ignored);
  storage::RocksDbOptions options;
  options.log = [](absl::string_view line) {
    observability::LogWarning("rocksdb", {{"text", line}});
  };
  const auto open = [&] { return storage::OpenRocksDbStore(config_.data_dir() + "/db", options); };
  auto store = storage::OpenWithBallast(
      BallastOf(config_), open, [] { observability::LogError("disk_full_ballast_given_up"); });
  KEPING_RETURN_IF_ERROR(store.status());
  KEPING_RETURN_IF_ERROR(storage::CheckFormatVersion(**store, EdgeStore::kFormatVersion, "edge"));
  return store;
}

uint64_t Upkeep::FreeBytes() const {
  const uint64_t free = storage::FreeBytes(config_.data_dir());
  std::error_code ignored;
  const bool kept = std::filesystem::exists(BallastOf(config_), ignored);
  const uint64_t owed = kept ? 0 : storage::kBallastBytes;
  return free < owed ? 0 : free - owed;
}

absl::Status ExplainFailure(const config::v1::EdgeConfig& config, const absl::Status& failure) {
  return storage::DiskFull(failure, config.data_dir(),
                           "The log can be exported meanwhile: keping edge export-log. Then start "
                           "the node again.");
}

void Upkeep::Attach(EdgeNode* node, const storage::KvStore* store, runtime::CoreThread* core,
                    runtime::CoreThread* background, const time::Clock* clock) {
  node_ = node;
  core_ = core;
  background_ = background;
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
  // A thread of its own: pages are drawn while files are written anew.
  purger_ = std::make_unique<runtime::CoreThread>(clock, kPurgerCapacity);
  const auto on = [](runtime::CoreThread* thread) {
    return [thread](std::function<void()> task) {
      thread->PostAfter(absl::ZeroDuration(), std::move(task));
    };
  };
  eraser_ = std::make_unique<storage::Eraser>(
      storage::Eraser::Ports{.erasure = &node->erasure(),
                             .work = on(purger_.get()),
                             .answer = on(core),
                             .settle = [node](uint64_t owed) { (void)node->SettleErasure(owed); }});
  maintenance_ = std::make_unique<Maintenance>(node, rotation_.get());
  service_ = rpc::MakeMaintenanceService(
      core, {.rotate_data_key = [this] { return maintenance_->RotateDataKey(); },
             .read_log =
                 [this](const maintenance::v1::ReadLogRequest& request) {
                   return maintenance_->ReadLog(request);
                 }});
  if (config_.mirror_dir().empty()) return;
  mirror_ = std::make_unique<LogMirror>(MirrorOptions{.folder = config_.mirror_dir(),
                                                      .database_folder = config_.data_dir(),
                                                      .node = node->core().settings().node,
                                                      .incarnation = node->identity().incarnation,
                                                      .store = store,
                                                      .signer = node->identity().signer},
                                        clock);
}

void Upkeep::Start() {
  rotation_->Resume();
  EraseDestroyed();
  // What was logged while it was away, or not configured yet.
  OnLogged(node_->store().log().head().seq);
}

// Files that are written anew want room beside the old ones.
void Upkeep::EraseDestroyed() {
  if (!node_->no_room_for_records()) eraser_->Look();
  core_->PostAfter(kEraseDelay, [this] { EraseDestroyed(); });
}

void Upkeep::Stop() {
  if (purger_ != nullptr) purger_->Stop(runtime::CoreThread::Waiting::kDrop);
  if (mirror_ != nullptr) mirror_->Stop();
  if (node_ != nullptr && !node_->store().frozen().has_value()) {
    const storage::LogHead& head = node_->store().log().head();
    (void)witness_.Write(node_->identity().incarnation, {head.seq, head.hash});
  }
}

void Upkeep::OnLogged(uint64_t head_seq) {
  if (mirror_ != nullptr) mirror_->Advance(head_seq);
  WriteWitness();
}

absl::Status Upkeep::BeginWitness() const {
  const bool begins = witness_.seen().missing && node_->store().log().head().seq == 0;
  return begins ? witness_.Write(node_->identity().incarnation, {}) : absl::OkStatus();
}

void Upkeep::WriteWitness() {
  if (std::exchange(witness_due_, true)) return;
  core_->PostAfter(kWitnessDelay, [this] {
    witness_due_ = false;
    if (node_->store().frozen().has_value()) return;
    const storage::LogHead& head = node_->store().log().head();
    const auto write = [this, head = sync::Head{head.seq, head.hash}] {
      const absl::Status status = witness_.Write(node_->identity().incarnation, head);
      if (!status.ok()) {
        observability::LogWarning("witness_not_written", {{"reason", status.message()}});
      }
    };
    // A busy one gets the next; it is a lower bound.
    if (!background_->Post(write)) WriteWitness();
  });
}

v1::MirrorState Upkeep::mirror() const {
  const MirrorState state = mirror_->state();
  v1::MirrorState proto;
  proto.set_folder(state.folder);
  proto.set_entries(state.entries);
  if (state.whole_at > absl::InfinitePast()) {
    proto.set_whole_micros(absl::ToUnixMicros(state.whole_at));
  }
  proto.set_problem(state.problem);
  proto.set_on_disk_of_database(state.on_disk_of_database);
  return proto;
}

}  // namespace keping::edge
