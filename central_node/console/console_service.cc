#include "central_node/console/console_service.h"

#include "central_node/console/console.h"
#include "common/rpc/core_call.h"
#include "keping/central/v1/central.grpc.pb.h"

namespace keping::central {
namespace {

class ConsoleServiceImpl : public v1::DistrictService::CallbackService {
 public:
  ConsoleServiceImpl(runtime::CoreThread* core, Console* console)
      : core_(core), console_(console) {}

  KEPING_UNARY(console_, GetStatus)
  KEPING_UNARY(console_, GetStock)
  KEPING_UNARY(console_, ListNodes)
  KEPING_UNARY(console_, CompareHead)
  KEPING_UNARY(console_, ListCases)
  KEPING_UNARY(console_, CreateEnrolmentCode)
  KEPING_UNARY(console_, DispatchBlanks)
  KEPING_UNARY(console_, MoveLease)

 private:
  runtime::CoreThread* const core_;
  Console* const console_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeConsoleService(runtime::CoreThread* core, Console* console) {
  return std::make_unique<ConsoleServiceImpl>(core, console);
}

}  // namespace keping::central
