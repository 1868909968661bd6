#include "edge_node/counter/stock_service.h"

#include "common/rpc/core_call.h"
#include "edge_node/counter/handover_desk.h"
#include "edge_node/counter/stock_desk.h"
#include "keping/edge/v1/handover.grpc.pb.h"
#include "keping/edge/v1/stock.grpc.pb.h"

namespace keping::edge {
namespace {

class StockServiceImpl : public v1::StockService::CallbackService {
 public:
  StockServiceImpl(runtime::CoreThread* core, StockDesk* desk) : core_(core), desk_(desk) {}

  KEPING_UNARY(desk_, GetStock)
  KEPING_UNARY(desk_, OpenStock)
  KEPING_UNARY(desk_, RescanStock)
  KEPING_UNARY(desk_, OpenBox)
  KEPING_UNARY(desk_, LendBlanks)
  KEPING_UNARY(desk_, ListLendings)
  KEPING_UNARY(desk_, ReceiveBlanks)
  KEPING_UNARY(desk_, MarkSpoiled)
  KEPING_UNARY(desk_, CountPile)
  KEPING_UNARY(desk_, DestroyCards)
  KEPING_UNARY(desk_, ReadNames)
  KEPING_UNARY(desk_, ReceiveConsumable)
  KEPING_UNARY(desk_, SettleConsumable)
  KEPING_UNARY(desk_, Reserve)
  KEPING_UNARY(desk_, ReleaseReservation)
  KEPING_UNARY(desk_, ListReservations)

 private:
  runtime::CoreThread* const core_;
  StockDesk* const desk_;
};

class HandoverServiceImpl : public v1::HandoverService::CallbackService {
 public:
  HandoverServiceImpl(runtime::CoreThread* core, HandoverDesk* desk) : core_(core), desk_(desk) {}

  KEPING_UNARY(desk_, ListManifests)
  KEPING_UNARY(desk_, MakeManifest)
  KEPING_UNARY(desk_, GetManifest)
  KEPING_UNARY(desk_, GetManifestPaper)
  KEPING_UNARY(desk_, HandOver)
  KEPING_UNARY(desk_, AnswerCards)
  KEPING_UNARY(desk_, AskStatus)

 private:
  runtime::CoreThread* const core_;
  HandoverDesk* const desk_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeStockService(runtime::CoreThread* core, StockDesk* desk) {
  return std::make_unique<StockServiceImpl>(core, desk);
}

std::unique_ptr<grpc::Service> MakeHandoverService(runtime::CoreThread* core, HandoverDesk* desk) {
  return std::make_unique<HandoverServiceImpl>(core, desk);
}

}  // namespace keping::edge
