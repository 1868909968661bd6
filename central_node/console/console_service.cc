#include "central_node/console/console_service.h"

#include "central_node/console/console.h"
#include "common/rpc/core_call.h"
#include "keping/central/v1/central.grpc.pb.h"

namespace keping::central {
namespace {

#define KEPING_UNARY(Method)                                                          \
  grpc::ServerUnaryReactor* Method(grpc::CallbackServerContext* context,              \
                                   const v1::Method##Request* request,                \
                                   v1::Method##Response* response) override {         \
    return rpc::AnswerOnCore(core_, context, response,                                \
                             [this, request] { return console_->Method(*request); }); \
  }

class ConsoleServiceImpl : public v1::DistrictService::CallbackService {
 public:
  ConsoleServiceImpl(runtime::CoreThread* core, Console* console)
      : core_(core), console_(console) {}

  KEPING_UNARY(GetStatus)
  KEPING_UNARY(GetStock)
  KEPING_UNARY(ListNodes)
  KEPING_UNARY(ListCases)
  KEPING_UNARY(CreateEnrolmentCode)
  KEPING_UNARY(DispatchBlanks)
  KEPING_UNARY(MoveLease)

 private:
  runtime::CoreThread* const core_;
  Console* const console_;
};

#undef KEPING_UNARY

}  // namespace

std::unique_ptr<grpc::Service> MakeConsoleService(runtime::CoreThread* core, Console* console) {
  return std::make_unique<ConsoleServiceImpl>(core, console);
}

}  // namespace keping::central
