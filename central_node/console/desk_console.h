// The desk's API over the central node: what DeskService answers, without gRPC.
//
//   DeskConsole desk({.node = node.get(), …});
//   absl::StatusOr<v1::GetCaseResponse> response = desk.GetCase(request);
#ifndef KEPING_CENTRAL_NODE_CONSOLE_DESK_CONSOLE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_DESK_CONSOLE_H_

#include <functional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "central_node/store/central_node.h"
#include "central_node/sync_service/session_hub.h"
#include "common/time/clock.h"
#include "keping/central/v1/desk.pb.h"

namespace keping::central {

struct FirstPassword;

// Lives on the core thread.
class DeskConsole {
 public:
  // All outlive the console.
  struct Ports {
    CentralNode* node = nullptr;
    SessionHub* hub = nullptr;
    const time::Clock* clock = nullptr;
    std::function<std::string(size_t)> random;
    // An officer was struck off, or has another first password: what was begun in that name ends.
    std::function<void(const domain::OperatorId&)> signed_out;
    // The store failed: the central node is finished.
    std::function<void(const absl::Status&)> failed;
  };

  explicit DeskConsole(Ports ports) : ports_(std::move(ports)) {}

  absl::StatusOr<v1::GetCaseResponse> GetCase(const v1::GetCaseRequest& request);
  absl::StatusOr<v1::ResolveCaseResponse> ResolveCase(const v1::ResolveCaseRequest& request);
  absl::StatusOr<v1::TraceBlankResponse> TraceBlank(const v1::TraceBlankRequest& request);
  absl::StatusOr<v1::TraceRecordResponse> TraceRecord(const v1::TraceRecordRequest& request);
  absl::StatusOr<v1::ReportSubjectResponse> ReportSubject(const v1::ReportSubjectRequest& request);

  absl::StatusOr<v1::ListDestructionsResponse> ListDestructions(
      const v1::ListDestructionsRequest& request);
  // Whether the officer has no password yet, or is to get another: whoever answers for nothing
  // needs none.
  bool WantsPassword(const v1::SetOfficerRequest& request) const;
  // `password` is for whoever wants one.
  absl::StatusOr<v1::SetOfficerResponse> SetOfficer(const v1::SetOfficerRequest& request,
                                                    const FirstPassword& password);
  absl::StatusOr<v1::ListOfficersResponse> ListOfficers(const v1::ListOfficersRequest& request);
  absl::StatusOr<v1::GetPolicyResponse> GetPolicy(const v1::GetPolicyRequest& request);
  absl::StatusOr<v1::SetPolicyResponse> SetPolicy(const v1::SetPolicyRequest& request);
  absl::StatusOr<v1::TryPolicyResponse> TryPolicy(const v1::TryPolicyRequest& request);
  absl::StatusOr<v1::EnterReadinessResponse> EnterReadiness(
      const v1::EnterReadinessRequest& request);
  absl::StatusOr<v1::EnterAbsenceResponse> EnterAbsence(const v1::EnterAbsenceRequest& request);
  absl::StatusOr<v1::StatePrinterResponse> StatePrinter(const v1::StatePrinterRequest& request);
  absl::StatusOr<v1::ReportFiguresResponse> ReportFigures(const v1::ReportFiguresRequest& request);
  absl::StatusOr<v1::IdentifyBlankResponse> IdentifyBlank(const v1::IdentifyBlankRequest& request);
  absl::StatusOr<v1::CloseDaysResponse> CloseDays(const v1::CloseDaysRequest& request);

 private:
  template <typename Input>
  absl::Status Command(const Input& command);
  // What it would lead to.
  absl::StatusOr<v1::ResolveCaseResponse> TryToResolve(const central::ResolveCase& command);
  absl::StatusOr<v1::TraceRecordResponse> Trace(const domain::PrrId& prr) const;

  const Ports ports_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_DESK_CONSOLE_H_
