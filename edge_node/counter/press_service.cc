#include "edge_node/counter/press_service.h"

#include "common/rpc/core_call.h"
#include "edge_node/counter/press.h"
#include "keping/edge/v1/press.grpc.pb.h"

namespace keping::edge {
namespace {

class PressServiceImpl : public v1::PressService::CallbackService {
 public:
  PressServiceImpl(runtime::CoreThread* core, Press* press) : core_(core), press_(press) {}

  KEPING_UNARY(press_, OpenBatch)
  KEPING_UNARY(press_, GetBatch)
  KEPING_UNARY(press_, CloseBatch)
  KEPING_UNARY(press_, CancelJob)
  KEPING_UNARY(press_, CorrectAnswer)
  KEPING_UNARY(press_, GetCardHistory)
  KEPING_UNARY(press_, ListPrinters)
  KEPING_UNARY(press_, PrintTestCard)
  KEPING_UNARY(press_, MaintainPrinter)
  KEPING_UNARY(press_, MoveConsumable)
  KEPING_UNARY(press_, ReleasePrinter)
  KEPING_UNARY(press_, AdoptPrinter)
  KEPING_UNARY(press_, GrantOverride)
  KEPING_UNARY(press_, CorrectOfficeDay)
  KEPING_UNARY(press_, GetOfficeDay)

 private:
  runtime::CoreThread* const core_;
  Press* const press_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakePressService(runtime::CoreThread* core, Press* press) {
  return std::make_unique<PressServiceImpl>(core, press);
}

}  // namespace keping::edge
