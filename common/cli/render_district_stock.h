// The answers to the district's stock keeper, for people: a part of render_central.cc.
#ifndef KEPING_COMMON_CLI_RENDER_DISTRICT_STOCK_H_
#define KEPING_COMMON_CLI_RENDER_DISTRICT_STOCK_H_

#include <string>

#include "common/cli/requests.h"

namespace keping::cli {

class DistrictStockText {
 public:
  std::string operator()(const central_api::EnterLoanResponse& response) const;
  std::string operator()(const central_api::ListLoansResponse& response) const;
  std::string operator()(const central_api::EnterSupplyResponse& response) const;
  std::string operator()(const central_api::ListSuppliesResponse& response) const;
};

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_RENDER_DISTRICT_STOCK_H_
