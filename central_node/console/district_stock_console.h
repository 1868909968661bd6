// The stock keeper's API over the central node: what DistrictStockService answers, without gRPC.
//
//   DistrictStockConsole stock({.node = node.get(), …});
//   absl::StatusOr<v1::EnterLoanResponse> response = stock.EnterLoan(request);
#ifndef KEPING_CENTRAL_NODE_CONSOLE_DISTRICT_STOCK_CONSOLE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_DISTRICT_STOCK_CONSOLE_H_

#include <functional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "central_node/store/central_node.h"
#include "central_node/sync_service/session_hub.h"
#include "common/time/clock.h"
#include "keping/central/v1/district_stock.pb.h"

namespace keping::central {

// Lives on the core thread.
class DistrictStockConsole {
 public:
  // All outlive the console.
  struct Ports {
    CentralNode* node = nullptr;
    SessionHub* hub = nullptr;
    const time::Clock* clock = nullptr;
    std::function<std::string(size_t)> random;
    // The store failed: the central node is finished.
    std::function<void(const absl::Status&)> failed;
  };

  explicit DistrictStockConsole(Ports ports) : ports_(std::move(ports)) {}

  absl::StatusOr<v1::EnterLoanResponse> EnterLoan(const v1::EnterLoanRequest& request);
  absl::StatusOr<v1::ListLoansResponse> ListLoans(const v1::ListLoansRequest& request);
  absl::StatusOr<v1::EnterSupplyResponse> EnterSupply(const v1::EnterSupplyRequest& request);
  absl::StatusOr<v1::ListSuppliesResponse> ListSupplies(const v1::ListSuppliesRequest& request);

 private:
  template <typename Input>
  absl::Status Command(const Input& command);
  std::string NewId() const;

  const Ports ports_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_DISTRICT_STOCK_CONSOLE_H_
