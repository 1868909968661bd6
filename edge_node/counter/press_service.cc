#include "edge_node/counter/press_service.h"

#include "common/rpc/core_call.h"
#include "edge_node/counter/press.h"
#include "keping/edge/v1/press.grpc.pb.h"

namespace keping::edge {
namespace {

#define KEPING_UNARY(Method)                                                        \
  grpc::ServerUnaryReactor* Method(grpc::CallbackServerContext* context,            \
                                   const v1::Method##Request* request,              \
                                   v1::Method##Response* response) override {       \
    return rpc::AnswerOnCore(core_, context, response,                              \
                             [this, request] { return press_->Method(*request); }); \
  }

class PressServiceImpl : public v1::PressService::CallbackService {
 public:
  PressServiceImpl(runtime::CoreThread* core, Press* press) : core_(core), press_(press) {}

  KEPING_UNARY(OpenBatch)
  KEPING_UNARY(GetBatch)
  KEPING_UNARY(CloseBatch)
  KEPING_UNARY(CancelJob)
  KEPING_UNARY(CorrectAnswer)
  KEPING_UNARY(GetCardHistory)
  KEPING_UNARY(ListPrinters)
  KEPING_UNARY(PrintTestCard)
  KEPING_UNARY(MaintainPrinter)
  KEPING_UNARY(MoveConsumable)
  KEPING_UNARY(ReleasePrinter)
  KEPING_UNARY(AdoptPrinter)
  KEPING_UNARY(GrantOverride)
  KEPING_UNARY(CorrectOfficeDay)
  KEPING_UNARY(GetOfficeDay)

 private:
  runtime::CoreThread* const core_;
  Press* const press_;
};

#undef KEPING_UNARY

}  // namespace

std::unique_ptr<grpc::Service> MakePressService(runtime::CoreThread* core, Press* press) {
  return std::make_unique<PressServiceImpl>(core, press);
}

}  // namespace keping::edge
