#include "central_node/app/central_program.h"

#include <grpcpp/impl/service_type.h>

#include <filesystem>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "central_node/app/config_parts.h"
#include "central_node/app/district_page.h"
#include "central_node/console/console_service.h"
#include "central_node/console/delivery_service.h"
#include "central_node/console/desk_service.h"
#include "central_node/console/district_stock_service.h"
#include "central_node/console/end_service.h"
#include "central_node/console/evidence_service.h"
#include "central_node/console/paper_service.h"
#include "central_node/console/people_service.h"
#include "central_node/console/planning_service.h"
#include "central_node/national/file_national_registry.h"
#include "central_node/national/grpc_national_registry.h"
#include "common/backup/restore_place.h"
#include "common/base/status_macros.h"
#include "common/crypto/key_file.h"
#include "common/crypto/random.h"
#include "common/crypto/seal.h"
#include "common/crypto/x509.h"
#include "common/domain/grant_code.h"
#include "common/keys/key_files.h"
#include "common/observability/log.h"
#include "common/rpc/channel.h"
#include "common/rpc/maintenance_service.h"
#include "common/rpc/server.h"
#include "common/rpc/tls_identity.h"
#include "common/runtime/process.h"
#include "common/storage/ballast.h"
#include "common/storage/rocksdb_store.h"

namespace keping::central {
namespace {

constexpr size_t kMailboxCapacity = 1024;
constexpr absl::Duration kSecond = absl::Seconds(1);
constexpr absl::Duration kEraseDelay = absl::Minutes(1);
constexpr size_t kRunBytes = 8;
constexpr size_t kArchivistCapacity = 2;
constexpr absl::Duration kShutdownGrace = absl::Seconds(2);
constexpr char kGrantKeyFile[] = "grant.key";  // of telephone grants
constexpr absl::Duration kLookAtCertificate = absl::Minutes(1);

}  // namespace

CentralProgram::CentralProgram(const config::v1::CentralConfig& config, const time::Clock* clock,
                               DistrictKeys keys, OnFailure on_failure)
    : config_(config),
      clock_(clock),
      keys_(std::move(keys)),
      on_failure_(std::move(on_failure)),
      verifier_(crypto::MakeEd25519Verifier()) {}

CentralProgram::~CentralProgram() { Stop(); }

absl::StatusOr<std::unique_ptr<CentralProgram>> CentralProgram::Make(
    const config::v1::CentralConfig& config, const time::Clock* clock, OnFailure on_failure) {
  KEPING_RETURN_IF_ERROR(backup::CheckNoRestoreCutOff(config.data_dir()));
  if (!std::filesystem::exists(KeyPathOf(config, rpc::kAuthorityFile))) {
    return absl::FailedPreconditionError(
        absl::StrCat("got no ", rpc::kAuthorityFile, " in ", config.keys_dir(),
                     ", want the keys of a district; run keping-central --config FILE init"));
  }
  KEPING_RETURN_IF_ERROR(LoadKeyOf(config, keys::kReceiptKeyFile).status());
  KEPING_ASSIGN_OR_RETURN(DistrictKeys keys,
                          LoadOrMakeDistrictKeys(config.keys_dir(), config.district_id(), *clock));
  std::unique_ptr<CentralProgram> program(
      new CentralProgram(config, clock, std::move(keys), std::move(on_failure)));
  KEPING_RETURN_IF_ERROR(program->OpenStore());
  program->core_ = std::make_unique<runtime::CoreThread>(clock, kMailboxCapacity);
  program->archivist_ = std::make_unique<runtime::CoreThread>(clock, kArchivistCapacity);
  program->MakeServices();
  KEPING_RETURN_IF_ERROR(program->MakeBundles());
  KEPING_RETURN_IF_ERROR(program->OpenNationalLink());
  return program;
}

absl::Status CentralProgram::OpenStore() {
  KEPING_ASSIGN_OR_RETURN(keys::DataKeys data_keys, keys::LoadDataKeys(KeyPlaceOf(config_)));
  KEPING_ASSIGN_OR_RETURN(crypto::RecordCipher cipher,
                          crypto::RecordCipher::FromKeys(data_keys.secrets()));
  data_keys_ = std::make_unique<keys::DataKeys>(std::move(data_keys));
  KEPING_ASSIGN_OR_RETURN(std::string nik_key, LoadKeyOf(config_, keys::kNikLookupKeyFile));
  // Nothing is sealed with this one: a new key reaches the nodes by their feeds.
  KEPING_ASSIGN_OR_RETURN(
      std::string grant_key,
      crypto::LoadOrCreateKeyFile(KeyPathOf(config_, kGrantKeyFile), domain::kGrantKeySize));
  KEPING_ASSIGN_OR_RETURN(keys::MachineWitness witness,
                          keys::MachineWitness::Read(config_.keys_dir()));
  KEPING_RETURN_IF_ERROR(backup::CheckDatabaseIsThere(config_.data_dir(), witness.seen()));
  witness_ = std::make_unique<keys::MachineWitness>(std::move(witness));
  std::error_code ignored;
  std::filesystem::create_directories(config_.data_dir(), ignored);
  storage::RocksDbOptions options;
  options.block_cache_bytes = CentralNode::kBlockCacheBytes;
  options.log = [](absl::string_view line) {
    observability::LogWarning("rocksdb", {{"text", line}});
  };
  const auto open = [&] {
    return storage::OpenRocksDbStore(backup::DatabaseOf(config_.data_dir()), options);
  };
  KEPING_ASSIGN_OR_RETURN(store_,
                          storage::OpenWithBallast(config_.data_dir() + "/ballast", open, [] {
                            observability::LogError("disk_full_ballast_given_up");
                          }));
  KEPING_ASSIGN_OR_RETURN(node_,
                          CentralNode::Open(store_.get(),
                                            {.centre = domain::NodeId::Of(crypto::kCentralNodeId),
                                             .settings = SettingsOf(config_),
                                             .cipher = std::move(cipher),
                                             .nik_lookup_key = std::move(nik_key),
                                             .random = crypto::RandomBytes,
                                             .grant_key = std::move(grant_key),
                                             .witness = witness_->seen()},
                                            clock_->Now()));
  KEPING_RETURN_IF_ERROR(DestroyBeforeServing());
  const CentreRow& centre = node_->resident().centre;
  if (!centre.unheard.empty()) {
    observability::LogWarning("centre_was_set_back",
                              {{"generation", centre.generation.value()},
                               {"offices_unheard", absl::StrCat(centre.unheard.size())}});
  }
  WriteWitness();
  return absl::OkStatus();
}

// The database may come from a backup of before pictures were destroyed.
absl::Status CentralProgram::DestroyBeforeServing() {
  KEPING_RETURN_IF_ERROR(node_->EndDays(clock_->Now()));
  while (true) {
    KEPING_ASSIGN_OR_RETURN(const bool more, node_->DestroyDue(clock_->Now()));
    if (!more) return absl::OkStatus();
  }
}

void CentralProgram::Destroy() {
  const uint64_t logged = node_->log_head().seq;
  const absl::StatusOr<bool> more = node_->DestroyDue(clock_->Now());
  if (!more.ok()) return on_failure_(more.status());
  if (node_->log_head().seq != logged) {
    destroyed_some_ = true;
    hub_->Pump();
  }
  // Files are written anew once for all that a walk destroyed.
  if (!*more && std::exchange(destroyed_some_, false)) eraser_->Look();
}

// What was left owed when the program ended, or when the disk could not write the files anew.
void CentralProgram::EraseDestroyed() {
  if (!destroyed_some_) eraser_->Look();
  core_->PostAfter(kEraseDelay, [this] { EraseDestroyed(); });
}

void CentralProgram::WriteWitness() {
  const storage::LogHead& head = node_->log_head();
  if (head.seq == witnessed_seq_) return;
  const absl::Status written = witness_->Write(node_->log_incarnation(), {head.seq, head.hash});
  if (!written.ok()) {
    observability::LogWarning("witness_not_written", {{"reason", written.message()}});
    return;
  }
  witnessed_seq_ = head.seq;
  const absl::Status marked = node_->NoteWitness();
  if (!marked.ok()) on_failure_(marked);
}

void CentralProgram::EverySecond() {
  WriteWitness();
  hub_->EndIdleTurns();
  if (const absl::Status closed = node_->EndDays(clock_->Now()); !closed.ok()) on_failure_(closed);
  Destroy();
  core_->PostAfter(kSecond, [this] { EverySecond(); });
}

void CentralProgram::MakeServices() {
  hub_ = std::make_unique<SessionHub>(
      SessionHub::Ports{.node = node_.get(),
                        .signer = keys_.signer.get(),
                        .verifier = verifier_.get(),
                        .clock = clock_,
                        .failed = on_failure_,
                        .after = [this](absl::Duration delay, std::function<void()> task) {
                          core_->PostAfter(delay, std::move(task));
                        }});
  desk_ = std::make_unique<EnrolmentDesk>(EnrolmentDesk::Ports{.store = store_.get(),
                                                               .node = node_.get(),
                                                               .clock = clock_,
                                                               .verifier = verifier_.get(),
                                                               .code_key = keys_.code_key,
                                                               .random = crypto::RandomBytes,
                                                               .failed = on_failure_});
  MakeConsoles();
  sync_ = std::make_unique<SyncService>(core_.get(), hub_.get());
  enrolment_ = std::make_unique<EnrolmentService>(
      &keys_, config_.district_id(), clock_,
      Admission{.enrol =
                    [this](const EnrolmentClaim& claim, const EnrolmentAnswer& answer) {
                      AnswerAtDesk([this, claim] { return Admit(claim); }, answer);
                    },
                .renew =
                    [this](const RenewalClaim& claim, const EnrolmentAnswer& answer) {
                      AnswerAtDesk([this, claim] { return AdmitRenewal(claim); }, answer);
                    }});
  MakeWatch();
  MakeGrpcServices();
  MakeMaintenance();
}

void CentralProgram::MakeConsoles() {
  console_ = std::make_unique<Console>(
      Console::Ports{.node = node_.get(),
                     .hub = hub_.get(),
                     .desk = desk_.get(),
                     .clock = clock_,
                     .district = config_.district_id(),
                     .authority_fingerprint = keys_.fingerprint,
                     .cards_per_day = static_cast<uint32_t>(config_.cards_per_day_default()),
                     .centre_key = keys_.signer->public_key(),
                     .random = crypto::RandomBytes,
                     .facts = DistrictFactsOf(config_),
                     .national_connected = [this] { return national_->connected(); },
                     .national_problem = [this] { return national_->remark(); },
                     .bytes_received = [this] { return sync_->bytes_received(); },
                     .bytes_sent = [this] { return sync_->bytes_sent(); },
                     .failed = on_failure_});
  people_ = std::make_unique<PeopleConsole>(
      PeopleConsole::Ports{.node = node_.get(),
                           .hub = hub_.get(),
                           .clock = clock_,
                           .random = crypto::RandomBytes,
                           .time_zone = absl::FixedTimeZone(config_.utc_offset_minutes() * 60),
                           .failed = on_failure_});
  officers_ = std::make_unique<OfficerRoom>(OfficerRoom::Ports{.node = node_.get(),
                                                               .hub = hub_.get(),
                                                               .core = core_.get(),
                                                               .clock = clock_,
                                                               .failed = on_failure_});
  desk_console_ = std::make_unique<DeskConsole>(DeskConsole::Ports{
      .node = node_.get(),
      .hub = hub_.get(),
      .clock = clock_,
      .random = crypto::RandomBytes,
      .signed_out = [this](const domain::OperatorId& officer) { officers_->SignOut(officer); },
      .failed = on_failure_});
  MakeDeliveries();
  MakeDistrictStock();
  planning_ = std::make_unique<PlanningConsole>(PlanningConsole::Ports{
      .node = node_.get(), .hub = hub_.get(), .clock = clock_, .failed = on_failure_});
  papers_ = std::make_unique<PaperConsole>(PaperConsole::Ports{.node = node_.get(),
                                                               .store = store_.get(),
                                                               .planning = planning_.get(),
                                                               .clock = clock_,
                                                               .frame = PaperFrameOf(config_),
                                                               .failed = on_failure_});
  evidence_ =
      std::make_unique<EvidenceConsole>(EvidenceConsole::Ports{.node = node_.get(),
                                                               .desk = desk_console_.get(),
                                                               .signer = keys_.signer.get(),
                                                               .clock = clock_,
                                                               .district = config_.district_id()});
  ends_ = std::make_unique<EndConsole>(EndConsole::Ports{
      .node = node_.get(), .hub = hub_.get(), .clock = clock_, .failed = on_failure_});
}

void CentralProgram::MakeGrpcServices() {
  OfficerDoor* const door = &officers_->door();
  people::PasswordThread* const passwords = &officers_->passwords();
  console_service_ = MakeConsoleService(core_.get(), door, console_.get());
  people_service_ = MakePeopleService(core_.get(), door, passwords, people_.get());
  end_service_ = MakeEndService(core_.get(), door, ends_.get());
  desk_service_ = MakeDeskService(core_.get(), door, passwords, desk_console_.get());
  evidence_service_ = MakeEvidenceService(core_.get(), door, evidence_.get());
  paper_service_ = MakePaperService(core_.get(), door, papers_.get());
  planning_service_ = MakePlanningService(core_.get(), door, planning_.get());
  watch_service_ = MakeWatchService(core_.get(), district_feed_.get());
}

void CentralProgram::MakeWatch() {
  watch_ = std::make_unique<DistrictWatch>(
      DistrictWatch::Ports{.node = node_.get(),
                           .hub = hub_.get(),
                           .clock = clock_,
                           .cards_per_day = static_cast<uint32_t>(config_.cards_per_day_default()),
                           .national_connected = [this] { return national_->connected(); },
                           .national_problem = [this] { return national_->problem(); },
                           .run = absl::BytesToHexString(crypto::RandomBytes(kRunBytes))});
  district_feed_ = std::make_unique<DistrictFeed>(DistrictFeed::Ports{
      .read = [this] { return watch_->Read(); },
      .now = [this] { return clock_->Now().monotonic; },
      .after = [this](absl::Duration delay,
                      std::function<void()> task) { core_->PostAfter(delay, std::move(task)); },
      .pause = kDistrictPause,
      .mark = [](const v1::WatchDistrictResponse& now) { return absl::StrCat(now.revision()); }});
}

void CentralProgram::MakeDeliveries() {
  deliveries_ = std::make_unique<DeliveryConsole>(DeliveryConsole::Ports{
      .node = node_.get(), .hub = hub_.get(), .clock = clock_, .failed = on_failure_});
  delivery_service_ = MakeDeliveryService(core_.get(), &officers_->door(), deliveries_.get());
}

void CentralProgram::MakeDistrictStock() {
  district_stock_ = std::make_unique<DistrictStockConsole>(
      DistrictStockConsole::Ports{.node = node_.get(),
                                  .hub = hub_.get(),
                                  .clock = clock_,
                                  .random = crypto::RandomBytes,
                                  .failed = on_failure_});
  district_stock_service_ =
      MakeDistrictStockService(core_.get(), &officers_->door(), district_stock_.get());
}

void CentralProgram::MakeMaintenance() {
  keys::KeyRotation::Ports ports;
  ports.rotate = [this](const std::string& key) { return Failing(node_->RotateDataKey(key)); };
  ports.reseal_some = [this]() -> absl::StatusOr<bool> {
    absl::StatusOr<bool> more = node_->ResealSome();
    KEPING_RETURN_IF_ERROR(Failing(more.status()));
    return more;
  };
  ports.named = [this]() -> const std::vector<crypto::KeyId>& {
    return node_->sealed_rows().named_keys();
  };
  ports.after = [this](absl::Duration delay, std::function<void()> task) {
    core_->PostAfter(delay, std::move(task));
  };
  key_rotation_ = std::make_unique<keys::KeyRotation>(*std::move(data_keys_), std::move(ports));
  maintenance_service_ = rpc::MakeMaintenanceService(
      core_.get(),
      {.rotate_data_key = [this]() -> absl::StatusOr<maintenance::v1::RotateDataKeyResponse> {
         KEPING_ASSIGN_OR_RETURN(const crypto::KeyId key, key_rotation_->Rotate());
         maintenance::v1::RotateDataKeyResponse response;
         response.set_key_id(key.value());
         return response;
       },
       .read_log = nullptr});
  eraser_ = std::make_unique<storage::Eraser>(storage::Eraser::Ports{
      .erasure = &node_->erasure(),
      .work =
          [this](std::function<void()> task) {
            archivist_->PostAfter(absl::ZeroDuration(), std::move(task));
          },
      .answer =
          [this](std::function<void()> task) {
            core_->PostAfter(absl::ZeroDuration(), std::move(task));
          },
      .settle = [this](uint64_t owed) { (void)Failing(node_->SettleErasure(owed)); }});
  last_backup_ = std::make_unique<backup::LastBackup>(config_.data_dir());
  backups_ = std::make_unique<BackupConsole>(
      BackupConsole::Ports{.store = store_.get(),
                           .signer = keys_.signer.get(),
                           .clock = clock_,
                           .district = config_.district_id(),
                           .keys_dir = config_.keys_dir(),
                           .credentials_dir = runtime::CredentialsDirectory(),
                           .handed_over = [this](absl::Time made_at) { NoteBackup(made_at); }});
  backup_service_ = MakeBackupService(core_.get(), archivist_.get(), backups_.get());
}

void CentralProgram::NoteBackup(absl::Time made_at) {
  const absl::Status noted = last_backup_->Note(made_at);
  if (!noted.ok()) observability::LogWarning("backup_not_noted", {{"reason", noted.message()}});
}

absl::Status CentralProgram::MakeBundles() {
  // What nodes seal to is the key that they know the centre by.
  KEPING_ASSIGN_OR_RETURN(const std::string seed, LoadKeyOf(config_, keys::kReceiptKeyFile));
  KEPING_ASSIGN_OR_RETURN(bundle::OpenKey open_key, bundle::OpenKey::FromSignerSeed(seed));
  bundles_ = std::make_unique<BundleConsole>(BundleConsole::Ports{.node = node_.get(),
                                                                  .store = store_.get(),
                                                                  .hub = hub_.get(),
                                                                  .signer = keys_.signer.get(),
                                                                  .verifier = verifier_.get(),
                                                                  .clock = clock_,
                                                                  .failed = on_failure_});
  bundle_desk_ = std::make_unique<rpc::BundleDesk>(rpc::BundleDesk::Ports{
      .signer = keys_.signer.get(),
      .verifier = verifier_.get(),
      .open_key = std::move(open_key),
      .random = crypto::RandomBytes,
      .open_export = [this](const auto& request) { return bundles_->OpenExport(request); },
      .open_import = [this](const auto& manifest) { return bundles_->OpenImport(manifest); },
      .take_log = [this](const auto& request) { return bundles_->TakeLog(request); }});
  bundle_service_ = rpc::MakeBundleService(core_.get(), bundle_desk_.get());
  return absl::OkStatus();
}

absl::Status CentralProgram::Failing(absl::Status status) {
  if (!status.ok()) on_failure_(status);
  return status;
}

absl::StatusOr<std::unique_ptr<NationalRegistry>> CentralProgram::OpenRegistry() {
  const config::v1::NationalLinkConfig& national = config_.national();
  if (!national.exchange_dir().empty()) {
    // A file of 10,000 records would keep the core from its nodes for a second.
    exchanger_ = std::make_unique<runtime::CoreThread>(clock_, kMailboxCapacity);
    const auto on = [](runtime::CoreThread* thread) {
      return [thread](std::function<void()> task) {
        thread->PostAfter(absl::ZeroDuration(), std::move(task));
      };
    };
    return FileNationalRegistry::Open(
        national.exchange_dir(),
        {.clock = clock_, .work = on(exchanger_.get()), .answer = on(core_.get())});
  }
  KEPING_ASSIGN_OR_RETURN(
      rpc::TlsIdentity identity,
      rpc::LoadTlsIdentity(national.ca_file(), national.certificate_file(), national.key_file()));
  return std::make_unique<GrpcNationalRegistry>(
      core_.get(), [this, identity = std::move(identity)] {
        return rpc::MakeTlsChannel(config_.national().address(), identity,
                                   config_.national().server_name());
      });
}

absl::Status CentralProgram::OpenNationalLink() {
  KEPING_ASSIGN_OR_RETURN(registry_, OpenRegistry());
  national_ = std::make_unique<NationalLink>(
      NationalLink::Ports{
          .registry = registry_.get(),
          .node = node_.get(),
          .clock = clock_,
          .after = [this](absl::Duration delay,
                          std::function<void()> task) { core_->PostAfter(delay, std::move(task)); },
          .arrived = [this] { hub_->Pump(); },
          .failed = on_failure_},
      absl::Seconds(config_.national().poll_seconds()),
      clock_->Now().monotonic / absl::Nanoseconds(1));
  return absl::OkStatus();
}

void CentralProgram::AnswerAtDesk(std::function<absl::Status()> judge,
                                  const EnrolmentAnswer& answer) {
  const bool posted = core_->Post([judge = std::move(judge), answer] { answer(judge()); });
  if (!posted) answer(absl::ResourceExhaustedError("the centre is busy; try again"));
}

absl::Status CentralProgram::Admit(const EnrolmentClaim& claim) {
  KEPING_RETURN_IF_ERROR(desk_->Admit(claim));
  observability::LogInfo("node_enrolled", {{"node", claim.node.value()}});
  hub_->Pump();
  return absl::OkStatus();
}

absl::Status CentralProgram::AdmitRenewal(const RenewalClaim& claim) {
  absl::Status verdict = desk_->AdmitRenewal(claim);
  observability::LogInfo("certificate_renewal",
                         {{"node", claim.node.value()}, {"answer", verdict.message()}});
  return verdict;
}

// Nobody has to restart for it: the servers look at the files.
void CentralProgram::KeepServerCertificate() {
  const absl::StatusOr<bool> renewed =
      RenewServerIdentity(config_.keys_dir(), keys_.authority, clock_->Now().wall);
  if (!renewed.ok()) {
    observability::LogWarning("certificate_not_renewed", {{"reason", renewed.status().message()}});
  } else if (*renewed) {
    observability::LogInfo("certificate_renewed");
    site_.UseIdentityOf(config_.keys_dir());
  }
  core_->PostAfter(kLookAtCertificate, [this] { KeepServerCertificate(); });
}

absl::Status CentralProgram::Start() {
  const rpc::TlsFiles files = ServedFiles(config_.keys_dir());
  KEPING_ASSIGN_OR_RETURN(sync_server_,
                          rpc::ServeMutualTls(config_.sync_listen(), files, {sync_->service()}));
  KEPING_ASSIGN_OR_RETURN(enrolment_server_, rpc::ServeOneWayTls(config_.enrolment_listen(), files,
                                                                 {enrolment_.get()}));
  KEPING_ASSIGN_OR_RETURN(
      api_server_,
      rpc::ServeUnix(config_.api_socket(),
                     {console_service_.get(), people_service_.get(), end_service_.get(),
                      desk_service_.get(), delivery_service_.get(), district_stock_service_.get(),
                      evidence_service_.get(), paper_service_.get(), planning_service_.get(),
                      officers_->service(), watch_service_.get(), maintenance_service_.get(),
                      bundle_service_.get(), backup_service_.get()}));
  KEPING_RETURN_IF_ERROR(site_.Start({.config = &config_,
                                      .gate = &officers_->gate(),
                                      .channel = api_server_->InProcessChannel()}));
  KEPING_ASSIGN_OR_RETURN(metrics_, ServeDistrictMetrics({.config = &config_,
                                                          .core = core_.get(),
                                                          .node = node_.get(),
                                                          .console = console_.get(),
                                                          .national = national_.get(),
                                                          .last_backup = last_backup_.get(),
                                                          .clock = clock_}));
  core_->PostAfter(absl::ZeroDuration(), [this] {
    key_rotation_->Resume();
    national_->Start();
    KeepServerCertificate();
    EverySecond();
    EraseDestroyed();
  });
  return absl::OkStatus();
}

void CentralProgram::Stop() {
  if (core_ == nullptr) return;
  absl::Notification closed;
  core_->PostAfter(absl::ZeroDuration(), [&] {
    if (national_ != nullptr) national_->Stop();
    if (hub_ != nullptr) hub_->CloseAll();
    if (district_feed_ != nullptr) district_feed_->Stop();
    closed.Notify();
  });
  closed.WaitForNotification();
  site_.Stop();
  metrics_.reset();
  for (auto* server : {&sync_server_, &enrolment_server_, &api_server_}) {
    if (*server != nullptr) (*server)->Shutdown(kShutdownGrace);
    server->reset();
  }
  if (exchanger_ != nullptr) exchanger_->Stop(runtime::CoreThread::Waiting::kDrop);
  registry_.reset();
  officers_->Stop();
  archivist_->Stop(runtime::CoreThread::Waiting::kDrop);
  core_->Stop(runtime::CoreThread::Waiting::kRun);
  core_.reset();
  WriteWitness();
}

std::string CentralProgram::sync_address() const {
  return sync_server_ == nullptr ? "" : sync_server_->address();
}

std::string CentralProgram::enrolment_address() const {
  return enrolment_server_ == nullptr ? "" : enrolment_server_->address();
}

}  // namespace keping::central
