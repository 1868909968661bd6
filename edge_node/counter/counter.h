// The counter: answers the operator API (keping.edge.v1) from the node, on the core thread.
//
//   Counter counter(&node, {.printer_states = …, .bytes_sent = …});
//   absl::StatusOr<v1::PrintResponse> answer = counter.Print(request);
//
// Knows protos and the node, not gRPC: counter_service.h carries it over the wire.
#ifndef KEPING_EDGE_NODE_COUNTER_COUNTER_H_
#define KEPING_EDGE_NODE_COUNTER_COUNTER_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "edge_node/node/edge_node.h"
#include "keping/edge/v1/edge.pb.h"

namespace keping::edge {

// What the counter shows that the node itself does not know.
struct CounterView {
  // "ready", "busy", "stopped", "unreachable", with the printer's reasons as it
  // says them.
  struct PrinterView {
    std::string state;
    std::vector<std::string> reasons;
  };
  std::function<PrinterView(const domain::PrinterId&)> printer;
  std::function<uint64_t()> bytes_sent;
  std::function<uint64_t()> bytes_received;
  // Of the second copy of the log; empty where none is configured.
  std::function<v1::MirrorState()> mirror = nullptr;
  std::function<v1::CertificateState()> certificate = nullptr;
  // On the disk of the database; both in MB.
  std::function<uint64_t()> disk_free_mb = [] { return uint64_t{0}; };
  uint64_t disk_reserve_mb = 0;
};

// Lives on the core thread.
class Counter {
 public:
  Counter(EdgeNode* node, CounterView view) : node_(node), view_(std::move(view)) {}

  absl::StatusOr<v1::GetStatusResponse> GetStatus(const v1::GetStatusRequest& request);
  absl::StatusOr<v1::ListQueueResponse> ListQueue(const v1::ListQueueRequest& request);
  absl::StatusOr<v1::PrintResponse> Print(const v1::PrintRequest& request);
  absl::StatusOr<v1::ListJobsResponse> ListJobs(const v1::ListJobsRequest& request);
  absl::StatusOr<v1::VerifyCardResponse> VerifyCard(const v1::VerifyCardRequest& request);
  absl::StatusOr<v1::SpoilCardResponse> SpoilCard(const v1::SpoilCardRequest& request);
  absl::StatusOr<v1::ReleaseJobResponse> ReleaseJob(const v1::ReleaseJobRequest& request);
  absl::StatusOr<v1::SpoilBlankResponse> SpoilBlank(const v1::SpoilBlankRequest& request);
  absl::StatusOr<v1::ListTransfersResponse> ListTransfers(const v1::ListTransfersRequest& request);
  absl::StatusOr<v1::ReceiveTransferResponse> ReceiveTransfer(
      const v1::ReceiveTransferRequest& request);
  absl::StatusOr<v1::ListActionsResponse> ListActions(const v1::ListActionsRequest& request);
  absl::StatusOr<v1::AcknowledgeActionResponse> AcknowledgeAction(
      const v1::AcknowledgeActionRequest& request);

  // Calls `done` once the job's printer has finished or given up; at once when it already has.
  void WhenFinished(const domain::ActId& act, std::function<void(const Job& job)> done);
  // The node handled something: answers those who wait.
  void OnHandled();
  // The program stops: answers all who wait with how their job stands.
  void StopWaiting();

 private:
  void FillPrinters(v1::GetStatusResponse& response) const;
  void FillCounts(v1::GetStatusResponse& response) const;
  void FillDataKey(v1::DataKeyState& proto) const;
  void FillAutonomy(v1::Autonomy& proto) const;
  void FillFetching(v1::GetStatusResponse& response) const;
  void FillProof(v1::GetStatusResponse& response);
  // Handles a command of which only success matters.
  absl::StatusOr<Decision> Command(const Input& input);

  EdgeNode* const node_;
  const CounterView view_;
  v1::QrCode proof_qr_;  // of the head that was proven last
  std::multimap<domain::ActId, std::function<void(const Job& job)>> waiting_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_COUNTER_COUNTER_H_
