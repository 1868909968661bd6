#include "central_node/console/planning_service.h"

#include "central_node/console/act_call.h"
#include "central_node/console/planning_console.h"
#include "keping/central/v1/planning.grpc.pb.h"

namespace keping::central {
namespace {

class PlanningServiceImpl : public v1::PlanningService::CallbackService {
 public:
  PlanningServiceImpl(runtime::CoreThread* core, OfficerDoor* door, PlanningConsole* planning)
      : core_(core), door_(door), planning_(planning) {}

  KEPING_DISTRICT_CALL(planning_, GetPlan)
  KEPING_DISTRICT_CALL(planning_, GetForecast)
  KEPING_DISTRICT_CALL(planning_, GetReadiness)
  KEPING_DISTRICT_CALL(planning_, ListInvitations)
  KEPING_DISTRICT_CALL(planning_, ExplainRecord)
  KEPING_DISTRICT_CALL(planning_, ProposeSplit)
  KEPING_DISTRICT_CALL(planning_, ListLeaseMoves)
  KEPING_DISTRICT_CALL(planning_, RequestBlanks)
  KEPING_DISTRICT_CALL(planning_, ListBlankRequests)

 private:
  runtime::CoreThread* const core_;
  OfficerDoor* const door_;
  PlanningConsole* const planning_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakePlanningService(runtime::CoreThread* core, OfficerDoor* door,
                                                   PlanningConsole* planning) {
  return std::make_unique<PlanningServiceImpl>(core, door, planning);
}

}  // namespace keping::central
