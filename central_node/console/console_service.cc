#include "central_node/console/console_service.h"

#include "central_node/console/act_call.h"
#include "central_node/console/console.h"
#include "keping/central/v1/central.grpc.pb.h"

namespace keping::central {
namespace {

class ConsoleServiceImpl : public v1::DistrictService::CallbackService {
 public:
  ConsoleServiceImpl(runtime::CoreThread* core, OfficerDoor* door, Console* console)
      : core_(core), door_(door), console_(console) {}

  KEPING_DISTRICT_CALL(console_, GetDistrict)
  KEPING_DISTRICT_CALL(console_, GetStatus)
  KEPING_DISTRICT_CALL(console_, GetStock)
  KEPING_DISTRICT_CALL(console_, ListNodes)
  KEPING_DISTRICT_CALL(console_, CompareHead)
  KEPING_DISTRICT_CALL(console_, ListCases)
  KEPING_DISTRICT_CALL(console_, CreateEnrolmentCode)
  KEPING_DISTRICT_CALL(console_, DispatchBlanks)
  KEPING_DISTRICT_CALL(console_, MoveLease)

 private:
  runtime::CoreThread* const core_;
  OfficerDoor* const door_;
  Console* const console_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeConsoleService(runtime::CoreThread* core, OfficerDoor* door,
                                                  Console* console) {
  return std::make_unique<ConsoleServiceImpl>(core, door, console);
}

}  // namespace keping::central
