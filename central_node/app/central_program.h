// The central node's program: builds the graph from the config, runs until it is told to stop.
//
//   KEPING_ASSIGN_OR_RETURN(auto program, CentralProgram::Make(config, &clock, on_failure));
//   KEPING_RETURN_IF_ERROR(program->Start());
//   …
//   program->Stop();
#ifndef KEPING_CENTRAL_NODE_APP_CENTRAL_PROGRAM_H_
#define KEPING_CENTRAL_NODE_APP_CENTRAL_PROGRAM_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "central_node/app/console_site.h"
#include "central_node/app/officer_room.h"
#include "central_node/console/backup_console.h"
#include "central_node/console/bundle_console.h"
#include "central_node/console/console.h"
#include "central_node/console/delivery_console.h"
#include "central_node/console/desk_console.h"
#include "central_node/console/district_stock_console.h"
#include "central_node/console/district_watch.h"
#include "central_node/console/end_console.h"
#include "central_node/console/evidence_console.h"
#include "central_node/console/paper_console.h"
#include "central_node/console/people_console.h"
#include "central_node/console/planning_console.h"
#include "central_node/console/watch_service.h"
#include "central_node/national/national_link.h"
#include "central_node/national/national_registry.h"
#include "central_node/store/central_node.h"
#include "central_node/sync_service/district_keys.h"
#include "central_node/sync_service/enrolment_desk.h"
#include "central_node/sync_service/enrolment_service.h"
#include "central_node/sync_service/session_hub.h"
#include "central_node/sync_service/sync_service.h"
#include "common/backup/last_backup.h"
#include "common/crypto/signer.h"
#include "common/keys/key_rotation.h"
#include "common/keys/machine_witness.h"
#include "common/metrics/metrics_server.h"
#include "common/rpc/bundle_desk.h"
#include "common/runtime/core_thread.h"
#include "common/storage/kv_store.h"
#include "common/time/clock.h"
#include "keping/config/v1/central.pb.h"

namespace grpc {
class Service;
}

namespace keping::rpc {
class RunningServer;
}

namespace keping::central {

// Owns everything; made, started and stopped on the main thread.
class CentralProgram {
 public:
  using OnFailure = std::function<void(const absl::Status&)>;

  // Opens keys and store. `on_failure` is called on the core thread when the store fails while
  // running, perhaps more than once. FailedPrecondition: the district is not initialised.
  static absl::StatusOr<std::unique_ptr<CentralProgram>> Make(
      const config::v1::CentralConfig& config, const time::Clock* clock, OnFailure on_failure);
  ~CentralProgram();

  // Serves nodes and the district API, and opens the national link.
  absl::Status Start();
  void Stop();

  // host:port with the ports that were bound; empty before Start.
  std::string sync_address() const;
  std::string enrolment_address() const;
  // URLs; none where the config has no console.
  std::vector<std::string> console_addresses() const { return site_.addresses(); }
  // Where Prometheus finds the figures; empty when the config names no address.
  std::string metrics_url() const { return metrics_ == nullptr ? "" : metrics_->url(); }

 private:
  CentralProgram(const config::v1::CentralConfig& config, const time::Clock* clock,
                 DistrictKeys keys, OnFailure on_failure);

  absl::Status OpenStore();
  absl::Status OpenNationalLink();
  absl::StatusOr<std::unique_ptr<NationalRegistry>> OpenRegistry();
  void MakeServices();
  void MakeDistrictStock();
  void MakeDeliveries();
  void MakeConsoles();
  void MakeGrpcServices();
  void MakeWatch();
  void MakeMaintenance();
  // On any thread.
  void NoteBackup(absl::Time made_at);
  absl::Status MakeBundles();
  // Passes a failure of the store on.
  absl::Status Failing(absl::Status status);
  // On the core thread.
  void AnswerAtDesk(std::function<absl::Status()> judge, const EnrolmentAnswer& answer);
  absl::Status Admit(const EnrolmentClaim& claim);
  absl::Status AdmitRenewal(const RenewalClaim& claim);
  void KeepServerCertificate();
  // Says beside the keys how far the own log has come, so that a database that is set back shows.
  void WriteWitness();
  void EverySecond();
  void EraseDestroyed();
  // Pictures whose time is over: all that the database knows of, before anybody asks for one; and a
  // little of the walk that follows the end of a day.
  absl::Status DestroyBeforeServing();
  void Destroy();

  const config::v1::CentralConfig config_;
  const time::Clock* const clock_;
  const DistrictKeys keys_;
  const OnFailure on_failure_;
  const std::unique_ptr<crypto::Verifier> verifier_;
  std::unique_ptr<keys::DataKeys> data_keys_;  // until the rotation has them
  std::unique_ptr<keys::MachineWitness> witness_;
  uint64_t witnessed_seq_ = 0;
  std::unique_ptr<storage::KvStore> store_;
  std::unique_ptr<CentralNode> node_;
  std::unique_ptr<SessionHub> hub_;
  std::unique_ptr<EnrolmentDesk> desk_;
  std::unique_ptr<Console> console_;
  std::unique_ptr<PeopleConsole> people_;
  std::unique_ptr<EndConsole> ends_;
  std::unique_ptr<DeskConsole> desk_console_;
  std::unique_ptr<DeliveryConsole> deliveries_;
  std::unique_ptr<DistrictStockConsole> district_stock_;
  std::unique_ptr<EvidenceConsole> evidence_;
  std::unique_ptr<PlanningConsole> planning_;
  std::unique_ptr<PaperConsole> papers_;
  std::unique_ptr<BundleConsole> bundles_;
  std::unique_ptr<backup::LastBackup> last_backup_;
  std::unique_ptr<BackupConsole> backups_;
  std::unique_ptr<DistrictWatch> watch_;
  std::unique_ptr<DistrictFeed> district_feed_;
  std::unique_ptr<rpc::BundleDesk> bundle_desk_;
  std::unique_ptr<keys::KeyRotation> key_rotation_;
  std::unique_ptr<storage::Eraser> eraser_;
  bool destroyed_some_ = false;  // by the walk that goes on
  std::unique_ptr<NationalLink> national_;
  std::unique_ptr<runtime::CoreThread> core_;
  std::unique_ptr<OfficerRoom> officers_;
  std::unique_ptr<runtime::CoreThread> archivist_;  // reads backups out of the store
  // After the thread that they report to.
  std::unique_ptr<NationalRegistry> registry_;
  std::unique_ptr<runtime::CoreThread> exchanger_;  // reads files for the registry, if it wants it
  std::unique_ptr<SyncService> sync_;
  std::unique_ptr<EnrolmentService> enrolment_;
  std::unique_ptr<grpc::Service> console_service_;
  std::unique_ptr<grpc::Service> people_service_;
  std::unique_ptr<grpc::Service> end_service_;
  std::unique_ptr<grpc::Service> desk_service_;
  std::unique_ptr<grpc::Service> delivery_service_;
  std::unique_ptr<grpc::Service> district_stock_service_;
  std::unique_ptr<grpc::Service> evidence_service_;
  std::unique_ptr<grpc::Service> paper_service_;
  std::unique_ptr<grpc::Service> planning_service_;
  std::unique_ptr<grpc::Service> watch_service_;
  std::unique_ptr<grpc::Service> maintenance_service_;
  std::unique_ptr<grpc::Service> bundle_service_;
  std::unique_ptr<grpc::Service> backup_service_;
  std::unique_ptr<rpc::RunningServer> sync_server_;
  std::unique_ptr<rpc::RunningServer> enrolment_server_;
  std::unique_ptr<rpc::RunningServer> api_server_;
  ConsoleSite site_;  // before what it answers for
  std::unique_ptr<metrics::MetricsServer> metrics_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_APP_CENTRAL_PROGRAM_H_
