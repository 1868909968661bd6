#include "edge_node/counter/people_service.h"

#include <utility>

#include "common/rpc/core_call.h"
#include "edge_node/counter/people_desk.h"
#include "keping/edge/v1/people.grpc.pb.h"

namespace keping::edge {
namespace {

// Answered when a password was looked at.
#define KEPING_LATER(Method)                                                  \
  grpc::ServerUnaryReactor* Method(grpc::CallbackServerContext* context,      \
                                   const v1::Method##Request* request,        \
                                   v1::Method##Response* response) override { \
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();            \
    const bool posted = core_->Post([this, reactor, request, response] {      \
      desk_->Method(*request, [reactor, response](auto answer) {              \
        if (answer.ok()) *response = *std::move(answer);                      \
        reactor->Finish(rpc::ToGrpcStatus(answer.status()));                  \
      });                                                                     \
    });                                                                       \
    if (!posted) reactor->Finish(rpc::CoreIsBusy());                          \
    return reactor;                                                           \
  }

class PeopleServiceImpl : public v1::PeopleService::CallbackService {
 public:
  PeopleServiceImpl(runtime::CoreThread* core, PeopleDesk* desk) : core_(core), desk_(desk) {}

  KEPING_LATER(SignIn)
  KEPING_LATER(UnlockScreen)
  KEPING_LATER(ChangePassword)
  KEPING_LATER(ConfirmSecond)
  KEPING_LATER(UseGrant)
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

#undef KEPING_LATER

}  // namespace

std::unique_ptr<grpc::Service> MakePeopleService(runtime::CoreThread* core, PeopleDesk* desk) {
  return std::make_unique<PeopleServiceImpl>(core, desk);
}

}  // namespace keping::edge
