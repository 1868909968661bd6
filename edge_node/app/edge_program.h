// The edge node's program: builds the graph from the config, runs until it is told to stop.
//
//   KEPING_ASSIGN_OR_RETURN(auto program, EdgeProgram::Make(config, &clock, on_failure));
//   program->Start();
//   …
//   program->Stop();
#ifndef KEPING_EDGE_NODE_APP_EDGE_PROGRAM_H_
#define KEPING_EDGE_NODE_APP_EDGE_PROGRAM_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "common/crypto/signer.h"
#include "common/metrics/metrics_server.h"
#include "common/runtime/core_thread.h"
#include "common/storage/kv_store.h"
#include "common/time/clock.h"
#include "edge_node/app/bundle_office.h"
#include "edge_node/app/counter_readers.h"
#include "edge_node/app/counter_site.h"
#include "edge_node/app/people_office.h"
#include "edge_node/app/upkeep.h"
#include "edge_node/counter/counter.h"
#include "edge_node/counter/handover_desk.h"
#include "edge_node/counter/office_view.h"
#include "edge_node/counter/paper_desk.h"
#include "edge_node/counter/press.h"
#include "edge_node/counter/status_feed.h"
#include "edge_node/counter/stock_desk.h"
#include "edge_node/node/edge_node.h"
#include "edge_node/printing/printer.h"
#include "edge_node/sync_client/certificate_keeper.h"
#include "edge_node/sync_client/node_keys.h"
#include "edge_node/sync_client/sync_client.h"
#include "keping/config/v1/edge.pb.h"

namespace grpc {
class Service;
}

namespace keping::rpc {
class RunningServer;
}

namespace keping::edge {

// Owns everything; made, started and stopped on the main thread.
class EdgeProgram {
 public:
  // Opens keys, store and printers. `on_failure` is called once, on the core thread, when the store
  // fails while running.
  static absl::StatusOr<std::unique_ptr<EdgeProgram>> Make(
      const config::v1::EdgeConfig& config, const time::Clock* clock,
      std::function<void(const absl::Status&)> on_failure);
  ~EdgeProgram();

  // Serves the operator API and opens the link.
  absl::Status Start();
  void Stop();

  // Where browsers find the counter; empty when the config gives it no port.
  std::vector<std::string> counter_addresses();
  // Where Prometheus finds the figures; empty when the config names no address.
  std::string metrics_url() const { return metrics_ == nullptr ? "" : metrics_->url(); }

 private:
  EdgeProgram(const config::v1::EdgeConfig& config, const time::Clock* clock);

  absl::Status Open(std::function<void(const absl::Status&)> on_failure);
  absl::Status OpenPrinters();
  absl::Status OnFrame(const sync::CentreFrame& frame);
  void OnDisconnected();
  void OpenCounter();
  void OpenLink();
  absl::Status OpenBundles();
  absl::Status ServeCounter();
  void StopCounter();
  absl::Status CheckRecord(const domain::PrrId& prr, const std::string& record) const;
  void WatchSession();
  void WatchHours();
  EdgePorts MakePorts(std::function<void(const absl::Status&)> on_failure);
  Conditions ReadConditions() const;
  std::function<v1::MirrorState()> MirrorView() const;
  v1::CertificateState ViewCertificate() const;
  CounterView::PrinterView ViewPrinter(const domain::PrinterId& printer) const;

  void Act(const Action& action);
  void Submit(const SubmitJob& submit);
  void Submit(const SubmitTest& test);
  Printer* FindPrinter(const domain::PrinterId& id) const;
  void Report(const JobReport& report);
  // The card never reached the printer.
  void ReportNotPrinted(const domain::ActId& act, absl::string_view reason);
  // Runs on the core thread, and never gets lost when the mailbox is full.
  void HandleOnCore(const Input& input);

  const config::v1::EdgeConfig config_;
  const time::Clock* const clock_;
  NodeKeys keys_;
  std::unique_ptr<crypto::Signer> signer_;
  std::unique_ptr<crypto::Verifier> verifier_;
  std::unique_ptr<Upkeep> upkeep_;
  std::unique_ptr<storage::KvStore> store_;
  std::unique_ptr<EdgeNode> node_;
  std::unique_ptr<Counter> counter_;
  std::unique_ptr<Press> press_;
  std::unique_ptr<OfficeView> office_view_;
  std::unique_ptr<StatusFeed> status_feed_;
  std::unique_ptr<grpc::Service> counter_service_;
  std::unique_ptr<grpc::Service> press_service_;
  std::unique_ptr<grpc::Service> screen_service_;
  std::unique_ptr<StockDesk> stock_desk_;
  std::unique_ptr<HandoverDesk> handover_desk_;
  std::unique_ptr<PaperDesk> paper_desk_;
  std::unique_ptr<grpc::Service> stock_service_;
  std::unique_ptr<grpc::Service> handover_service_;
  std::unique_ptr<grpc::Service> paper_service_;
  std::unique_ptr<BundleOffice> bundles_;
  std::unique_ptr<runtime::CoreThread> core_;
  std::unique_ptr<runtime::CoreThread> renderer_;
  std::unique_ptr<PeopleOffice> people_;
  std::unique_ptr<CounterReaders> readers_;
  // After the threads that they report to.
  std::map<domain::PrinterId, std::unique_ptr<Printer>> printers_;
  std::unique_ptr<SyncClient> sync_;
  std::unique_ptr<rpc::RunningServer> server_;
  absl::Mutex site_mutex_;  // the core thread gives the site new certificates
  std::unique_ptr<http::Site> counter_site_ ABSL_GUARDED_BY(site_mutex_);
  std::unique_ptr<CertificateKeeper> certificate_;
  std::unique_ptr<metrics::MetricsServer> metrics_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_APP_EDGE_PROGRAM_H_
