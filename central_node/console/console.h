// The console: answers the district API (keping.central.v1) from the central node, on the core
// thread.
//
//   Console console({.node = centre.get(), .hub = &hub, .desk = &desk, …});
//   absl::StatusOr<v1::DispatchBlanksResponse> answer = console.DispatchBlanks(request);
//
// Knows protos and the node, not gRPC: console_service.h carries it over the wire.
#ifndef KEPING_CENTRAL_NODE_CONSOLE_CONSOLE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_CONSOLE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "central_node/core/remark.h"
#include "central_node/store/central_node.h"
#include "central_node/sync_service/enrolment_desk.h"
#include "central_node/sync_service/session_hub.h"
#include "common/time/clock.h"
#include "keping/central/v1/central.pb.h"

namespace keping::central {

// Lives on the core thread.
class Console {
 public:
  // All outlive the console.
  struct Ports {
    CentralNode* node = nullptr;
    SessionHub* hub = nullptr;
    EnrolmentDesk* desk = nullptr;
    const time::Clock* clock = nullptr;
    std::string district;
    std::string authority_fingerprint;
    uint32_t cards_per_day = 1;   // of an office, by the config
    std::string centre_key = {};  // public, of receipts
    std::function<std::string(size_t)> random;
    v1::GetDistrictResponse facts;  // of the config
    // What the console shows that the node itself does not know.
    std::function<bool()> national_connected;
    std::function<std::optional<Remark>()> national_problem;
    std::function<uint64_t()> bytes_received;
    std::function<uint64_t()> bytes_sent;
    // The store failed: the central node is finished.
    std::function<void(const absl::Status&)> failed;
  };

  explicit Console(Ports ports) : ports_(std::move(ports)) {}

  absl::StatusOr<v1::GetDistrictResponse> GetDistrict(const v1::GetDistrictRequest& request);
  absl::StatusOr<v1::GetStatusResponse> GetStatus(const v1::GetStatusRequest& request);
  absl::StatusOr<v1::GetStockResponse> GetStock(const v1::GetStockRequest& request);
  absl::StatusOr<v1::ListNodesResponse> ListNodes(const v1::ListNodesRequest& request);
  absl::StatusOr<v1::CompareHeadResponse> CompareHead(const v1::CompareHeadRequest& request);
  absl::StatusOr<v1::ListCasesResponse> ListCases(const v1::ListCasesRequest& request);
  absl::StatusOr<v1::CreateEnrolmentCodeResponse> CreateEnrolmentCode(
      const v1::CreateEnrolmentCodeRequest& request);
  absl::StatusOr<v1::DispatchBlanksResponse> DispatchBlanks(
      const v1::DispatchBlanksRequest& request);
  absl::StatusOr<v1::MoveLeaseResponse> MoveLease(const v1::MoveLeaseRequest& request);

 private:
  void FillRecords(v1::GetStatusResponse& response) const;
  void FillDataKey(v1::DataKeyState& proto) const;
  // Handles a command of which only success matters, and lets the feeds go on.
  template <typename Input>
  absl::Status Command(const Input& command);

  const Ports ports_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_CONSOLE_H_
