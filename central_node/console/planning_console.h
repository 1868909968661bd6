// The district's plan over the central node: what PlanningService answers, without gRPC.
//
//   PlanningConsole planning({.node = node.get(), …});
//   absl::StatusOr<v1::GetForecastResponse> response = planning.GetForecast(request);
#ifndef KEPING_CENTRAL_NODE_CONSOLE_PLANNING_CONSOLE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_PLANNING_CONSOLE_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "central_node/store/central_node.h"
#include "central_node/sync_service/session_hub.h"
#include "common/time/clock.h"
#include "keping/central/v1/planning.pb.h"

namespace keping::planner {
struct Plan;
}  // namespace keping::planner

namespace keping::central {

// Lives on the core thread. Keeps the last plan until something changes that it was made of.
class PlanningConsole {
 public:
  // All outlive the console.
  struct Ports {
    CentralNode* node = nullptr;
    SessionHub* hub = nullptr;
    const time::Clock* clock = nullptr;
    // The store failed: the central node is finished.
    std::function<void(const absl::Status&)> failed;
  };

  explicit PlanningConsole(Ports ports);
  ~PlanningConsole();

  absl::StatusOr<v1::GetPlanResponse> GetPlan(const v1::GetPlanRequest& request);
  absl::StatusOr<v1::GetForecastResponse> GetForecast(const v1::GetForecastRequest& request);
  absl::StatusOr<v1::GetReadinessResponse> GetReadiness(const v1::GetReadinessRequest& request);
  absl::StatusOr<v1::ListInvitationsResponse> ListInvitations(
      const v1::ListInvitationsRequest& request);
  absl::StatusOr<v1::ExplainRecordResponse> ExplainRecord(const v1::ExplainRecordRequest& request);
  absl::StatusOr<v1::ProposeSplitResponse> ProposeSplit(const v1::ProposeSplitRequest& request);
  absl::StatusOr<v1::RequestBlanksResponse> RequestBlanks(const v1::RequestBlanksRequest& request);
  absl::StatusOr<v1::ListBlankRequestsResponse> ListBlankRequests(
      const v1::ListBlankRequestsRequest& request);
  absl::StatusOr<v1::ListLeaseMovesResponse> ListLeaseMoves(
      const v1::ListLeaseMovesRequest& request);

 private:
  struct Made;

  // The plan of now; for a next page the one that the page before was of, while it is kept.
  absl::StatusOr<const Made*> Current(const std::string& page_token = "");
  // Where the next page begins. Aborted when it is a page of another plan.
  absl::StatusOr<size_t> ReadToken(const std::string& token, const Made& made) const;
  std::string MakeToken(size_t next, const Made& made) const;
  // Puts in what the request leaves out: of a known one as it was asked, else as the plan proposes.
  absl::Status Complete(const v1::RequestBlanksRequest& request, central::RequestBlanks& command);
  absl::StatusOr<std::string> MaskedNik(const domain::PrrId& prr) const;

  const Ports ports_;
  std::unique_ptr<Made> made_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_PLANNING_CONSOLE_H_
