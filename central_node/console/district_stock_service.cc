#include "central_node/console/district_stock_service.h"

#include "central_node/console/act_call.h"
#include "central_node/console/district_stock_console.h"
#include "keping/central/v1/district_stock.grpc.pb.h"

namespace keping::central {
namespace {

class DistrictStockServiceImpl : public v1::DistrictStockService::CallbackService {
 public:
  DistrictStockServiceImpl(runtime::CoreThread* core, OfficerDoor* door,
                           DistrictStockConsole* stock)
      : core_(core), door_(door), stock_(stock) {}

  KEPING_DISTRICT_CALL(stock_, EnterLoan)
  KEPING_DISTRICT_CALL(stock_, ListLoans)
  KEPING_DISTRICT_CALL(stock_, EnterSupply)
  KEPING_DISTRICT_CALL(stock_, ListSupplies)

 private:
  runtime::CoreThread* const core_;
  OfficerDoor* const door_;
  DistrictStockConsole* const stock_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeDistrictStockService(runtime::CoreThread* core,
                                                        OfficerDoor* door,
                                                        DistrictStockConsole* stock) {
  return std::make_unique<DistrictStockServiceImpl>(core, door, stock);
}

}  // namespace keping::central
