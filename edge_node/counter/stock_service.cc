#include "edge_node/counter/stock_service.h"

#include "common/rpc/core_call.h"
#include "edge_node/counter/handover_desk.h"
#include "edge_node/counter/stock_desk.h"
#include "keping/edge/v1/handover.grpc.pb.h"
#include "keping/edge/v1/stock.grpc.pb.h"

namespace keping::edge {
namespace {

#define KEPING_UNARY(Method)                                                       \
  grpc::ServerUnaryReactor* Method(grpc::CallbackServerContext* context,           \
                                   const v1::Method##Request* request,             \
                                   v1::Method##Response* response) override {      \
    return rpc::AnswerOnCore(core_, context, response,                             \
                             [this, request] { return desk_->Method(*request); }); \
  }

class StockServiceImpl : public v1::StockService::CallbackService {
 public:
  StockServiceImpl(runtime::CoreThread* core, StockDesk* desk) : core_(core), desk_(desk) {}

  KEPING_UNARY(GetStock)
  KEPING_UNARY(OpenStock)
  KEPING_UNARY(ReceiveBlanks)
  KEPING_UNARY(MarkSpoiled)
  KEPING_UNARY(CountPile)
  KEPING_UNARY(DestroyCards)
  KEPING_UNARY(ReadNames)
  KEPING_UNARY(ReceiveConsumable)
  KEPING_UNARY(Reserve)
  KEPING_UNARY(ReleaseReservation)
  KEPING_UNARY(ListReservations)

 private:
  runtime::CoreThread* const core_;
  StockDesk* const desk_;
};

class HandoverServiceImpl : public v1::HandoverService::CallbackService {
 public:
  HandoverServiceImpl(runtime::CoreThread* core, HandoverDesk* desk) : core_(core), desk_(desk) {}

  KEPING_UNARY(ListManifests)
  KEPING_UNARY(MakeManifest)
  KEPING_UNARY(GetManifest)
  KEPING_UNARY(GetManifestPaper)
  KEPING_UNARY(HandOver)
  KEPING_UNARY(AnswerCards)
  KEPING_UNARY(AskStatus)

 private:
  runtime::CoreThread* const core_;
  HandoverDesk* const desk_;
};

#undef KEPING_UNARY

}  // namespace

std::unique_ptr<grpc::Service> MakeStockService(runtime::CoreThread* core, StockDesk* desk) {
  return std::make_unique<StockServiceImpl>(core, desk);
}

std::unique_ptr<grpc::Service> MakeHandoverService(runtime::CoreThread* core, HandoverDesk* desk) {
  return std::make_unique<HandoverServiceImpl>(core, desk);
}

}  // namespace keping::edge
