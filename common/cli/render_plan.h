// The district's plan, for people: a part of render_central.cc.
#ifndef KEPING_COMMON_CLI_RENDER_PLAN_H_
#define KEPING_COMMON_CLI_RENDER_PLAN_H_

#include <string>

#include "common/cli/requests.h"

namespace keping::cli {

class PlanText {
 public:
  std::string operator()(const central_api::GetPlanResponse& response) const;
  std::string operator()(const central_api::GetForecastResponse& response) const;
  std::string operator()(const central_api::GetReadinessResponse& response) const;
  std::string operator()(const central_api::ListInvitationsResponse& response) const;
  std::string operator()(const central_api::ExplainRecordResponse& response) const;
  std::string operator()(const central_api::ProposeSplitResponse& response) const;
  std::string operator()(const central_api::ListLeaseMovesResponse& response) const;
  std::string operator()(const central_api::RequestBlanksResponse& response) const;
  std::string operator()(const central_api::ListBlankRequestsResponse& response) const;
};

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_RENDER_PLAN_H_
