#include "central_node/console/planning_service.h"

#include "central_node/console/planning_console.h"
#include "common/rpc/core_call.h"
#include "keping/central/v1/planning.grpc.pb.h"

namespace keping::central {
namespace {

class PlanningServiceImpl : public v1::PlanningService::CallbackService {
 public:
  PlanningServiceImpl(runtime::CoreThread* core, PlanningConsole* planning)
      : core_(core), planning_(planning) {}

  KEPING_UNARY(planning_, GetPlan)
  KEPING_UNARY(planning_, GetForecast)
  KEPING_UNARY(planning_, GetReadiness)
  KEPING_UNARY(planning_, ListInvitations)
  KEPING_UNARY(planning_, ExplainRecord)
  KEPING_UNARY(planning_, ProposeSplit)
  KEPING_UNARY(planning_, ListLeaseMoves)

 private:
  runtime::CoreThread* const core_;
  PlanningConsole* const planning_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakePlanningService(runtime::CoreThread* core,
                                                   PlanningConsole* planning) {
  return std::make_unique<PlanningServiceImpl>(core, planning);
}

}  // namespace keping::central
