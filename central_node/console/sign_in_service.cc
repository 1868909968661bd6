#include "central_node/console/sign_in_service.h"

#include "central_node/console/officer_desk.h"
#include "common/rpc/core_call.h"
#include "keping/central/v1/sign_in.grpc.pb.h"

namespace keping::central {
namespace {

class SignInServiceImpl : public v1::SignInService::CallbackService {
 public:
  SignInServiceImpl(runtime::CoreThread* core, OfficerDesk* desk) : core_(core), desk_(desk) {}

  KEPING_UNARY_LATER(desk_, SignIn)
  KEPING_UNARY_LATER(desk_, ChangePassword)
  KEPING_UNARY_LATER(desk_, ConfirmSecond)
  KEPING_UNARY(desk_, SignOut)

 private:
  runtime::CoreThread* const core_;
  OfficerDesk* const desk_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeSignInService(runtime::CoreThread* core, OfficerDesk* desk) {
  return std::make_unique<SignInServiceImpl>(core, desk);
}

}  // namespace keping::central
