#include "edge_node/counter/people_service.h"

#include <utility>

#include "common/rpc/core_call.h"
#include "edge_node/counter/people_desk.h"
#include "keping/edge/v1/people.grpc.pb.h"

namespace keping::edge {
namespace {

class PeopleServiceImpl : public v1::PeopleService::CallbackService {
 public:
  PeopleServiceImpl(runtime::CoreThread* core, PeopleDesk* desk) : core_(core), desk_(desk) {}

  KEPING_UNARY_LATER(desk_, SignIn)
  KEPING_UNARY_LATER(desk_, UnlockScreen)
  KEPING_UNARY_LATER(desk_, ChangePassword)
  KEPING_UNARY_LATER(desk_, ConfirmSecond)
  KEPING_UNARY_LATER(desk_, UseGrant)
  KEPING_UNARY(desk_, SignOut)
  KEPING_UNARY(desk_, LockScreen)
  KEPING_UNARY(desk_, ListPeople)
  KEPING_UNARY(desk_, OpenShift)
  KEPING_UNARY(desk_, CloseShift)
  KEPING_UNARY(desk_, ReportDay)

 private:
  runtime::CoreThread* const core_;
  PeopleDesk* const desk_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakePeopleService(runtime::CoreThread* core, PeopleDesk* desk) {
  return std::make_unique<PeopleServiceImpl>(core, desk);
}

}  // namespace keping::edge
