#include "central_node/console/delivery_service.h"

#include "central_node/console/act_call.h"
#include "central_node/console/delivery_console.h"
#include "keping/central/v1/delivery.grpc.pb.h"

namespace keping::central {
namespace {

class DeliveryServiceImpl : public v1::DeliveryService::CallbackService {
 public:
  DeliveryServiceImpl(runtime::CoreThread* core, OfficerDoor* door, DeliveryConsole* deliveries)
      : core_(core), door_(door), deliveries_(deliveries) {}

  KEPING_DISTRICT_CALL(deliveries_, ReceiveDelivery)
  KEPING_DISTRICT_CALL(deliveries_, ListBoxes)
  KEPING_DISTRICT_CALL(deliveries_, ListDeliveries)
  KEPING_DISTRICT_CALL(deliveries_, TraceDelivery)

 private:
  runtime::CoreThread* const core_;
  OfficerDoor* const door_;
  DeliveryConsole* const deliveries_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeDeliveryService(runtime::CoreThread* core, OfficerDoor* door,
                                                   DeliveryConsole* deliveries) {
  return std::make_unique<DeliveryServiceImpl>(core, door, deliveries);
}

}  // namespace keping::central
