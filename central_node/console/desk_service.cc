#include "central_node/console/desk_service.h"

#include "central_node/console/desk_console.h"
#include "common/rpc/core_call.h"
#include "keping/central/v1/desk.grpc.pb.h"

namespace keping::central {
namespace {

class DeskServiceImpl : public v1::DeskService::CallbackService {
 public:
  DeskServiceImpl(runtime::CoreThread* core, DeskConsole* desk) : core_(core), desk_(desk) {}

  KEPING_UNARY(desk_, GetCase)
  KEPING_UNARY(desk_, ResolveCase)
  KEPING_UNARY(desk_, TraceBlank)
  KEPING_UNARY(desk_, TraceRecord)
  KEPING_UNARY(desk_, ReportSubject)
  KEPING_UNARY(desk_, SetOfficer)
  KEPING_UNARY(desk_, ListOfficers)
  KEPING_UNARY(desk_, GetPolicy)
  KEPING_UNARY(desk_, SetPolicy)
  KEPING_UNARY(desk_, EnterReadiness)
  KEPING_UNARY(desk_, EnterAbsence)
  KEPING_UNARY(desk_, StatePrinter)
  KEPING_UNARY(desk_, ReportFigures)
  KEPING_UNARY(desk_, IdentifyBlank)
  KEPING_UNARY(desk_, CloseDays)

 private:
  runtime::CoreThread* const core_;
  DeskConsole* const desk_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeDeskService(runtime::CoreThread* core, DeskConsole* desk) {
  return std::make_unique<DeskServiceImpl>(core, desk);
}

}  // namespace keping::central
