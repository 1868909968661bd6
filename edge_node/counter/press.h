// The press: answers what the operator API knows beyond one card (keping.edge.v1.PressService) from
// the node, on the core thread.
//
//   Press press(&node, &clock, [] { counter.OnHandled(); });
//   absl::StatusOr<v1::OpenBatchResponse> answer = press.OpenBatch(request);
#ifndef KEPING_EDGE_NODE_COUNTER_PRESS_H_
#define KEPING_EDGE_NODE_COUNTER_PRESS_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "common/time/clock.h"
#include "edge_node/node/edge_node.h"
#include "keping/edge/v1/press.pb.h"

namespace keping::edge {

// Lives on the core thread. `node` and `clock` outlive it; `on_handled` is called after each
// command that the node took.
class Press {
 public:
  Press(EdgeNode* node, const time::Clock* clock, std::function<void()> on_handled)
      : node_(node), clock_(clock), on_handled_(std::move(on_handled)) {}

  absl::StatusOr<v1::OpenBatchResponse> OpenBatch(const v1::OpenBatchRequest& request);
  absl::StatusOr<v1::GetBatchResponse> GetBatch(const v1::GetBatchRequest& request);
  absl::StatusOr<v1::CloseBatchResponse> CloseBatch(const v1::CloseBatchRequest& request);
  absl::StatusOr<v1::CancelJobResponse> CancelJob(const v1::CancelJobRequest& request);
  absl::StatusOr<v1::CorrectAnswerResponse> CorrectAnswer(const v1::CorrectAnswerRequest& request);
  absl::StatusOr<v1::GetCardHistoryResponse> GetCardHistory(
      const v1::GetCardHistoryRequest& request);

  absl::StatusOr<v1::ListPrintersResponse> ListPrinters(const v1::ListPrintersRequest& request);
  absl::StatusOr<v1::PrintTestCardResponse> PrintTestCard(const v1::PrintTestCardRequest& request);
  absl::StatusOr<v1::MaintainPrinterResponse> MaintainPrinter(
      const v1::MaintainPrinterRequest& request);
  absl::StatusOr<v1::MoveConsumableResponse> MoveConsumable(
      const v1::MoveConsumableRequest& request);
  absl::StatusOr<v1::ReleasePrinterResponse> ReleasePrinter(
      const v1::ReleasePrinterRequest& request);
  absl::StatusOr<v1::AdoptPrinterResponse> AdoptPrinter(const v1::AdoptPrinterRequest& request);

  absl::StatusOr<v1::GrantOverrideResponse> GrantOverride(const v1::GrantOverrideRequest& request);
  absl::StatusOr<v1::CorrectOfficeDayResponse> CorrectOfficeDay(
      const v1::CorrectOfficeDayRequest& request);
  absl::StatusOr<v1::GetOfficeDayResponse> GetOfficeDay(const v1::GetOfficeDayRequest& request);

 private:
  const EdgeCore& core() const { return node_->core(); }
  absl::StatusOr<Decision> Command(const Input& input);
  // Cards that the printer may still feed, as the next print will count.
  uint32_t LeftToday(const domain::PrinterId& printer, uint32_t limit) const;
  void FillMachine(const domain::PrinterId& printer, uint32_t limit,
                   v1::PrinterMachine& proto) const;

  EdgeNode* const node_;
  const time::Clock* const clock_;
  const std::function<void()> on_handled_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_COUNTER_PRESS_H_
