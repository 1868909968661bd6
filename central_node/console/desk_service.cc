#include "central_node/console/desk_service.h"

#include "central_node/console/desk_console.h"
#include "central_node/console/first_password.h"
#include "keping/central/v1/desk.grpc.pb.h"

namespace keping::central {
namespace {

class DeskServiceImpl : public v1::DeskService::CallbackService {
 public:
  DeskServiceImpl(runtime::CoreThread* core, OfficerDoor* door, people::PasswordThread* passwords,
                  DeskConsole* desk)
      : core_(core), door_(door), passwords_(passwords), desk_(desk) {}

  KEPING_DISTRICT_CALL(desk_, GetCase)
  KEPING_DISTRICT_CALL(desk_, ResolveCase)
  KEPING_DISTRICT_CALL(desk_, TraceBlank)
  KEPING_DISTRICT_CALL(desk_, TraceRecord)
  KEPING_DISTRICT_CALL(desk_, ReportSubject)
  KEPING_DISTRICT_CALL(desk_, ListDestructions)
  KEPING_DISTRICT_CALL(desk_, ListOfficers)
  KEPING_DISTRICT_CALL(desk_, GetPolicy)
  KEPING_DISTRICT_CALL(desk_, SetPolicy)
  KEPING_DISTRICT_CALL(desk_, TryPolicy)
  KEPING_DISTRICT_CALL(desk_, EnterReadiness)
  KEPING_DISTRICT_CALL(desk_, EnterAbsence)
  KEPING_DISTRICT_CALL(desk_, StatePrinter)
  KEPING_DISTRICT_CALL(desk_, ReportFigures)
  KEPING_DISTRICT_CALL(desk_, IdentifyBlank)
  KEPING_DISTRICT_CALL(desk_, CloseDays)

  grpc::ServerUnaryReactor* SetOfficer(grpc::CallbackServerContext* context,
                                       const v1::SetOfficerRequest* request,
                                       v1::SetOfficerResponse* response) override {
    return AnswerWithPassword(
        core_, door_, passwords_, "SetOfficer", context, request, response,
        [this](const auto& entered) { return desk_->WantsPassword(entered); },
        [this](const auto& entered, const FirstPassword& password) {
          return desk_->SetOfficer(entered, password);
        });
  }

 private:
  runtime::CoreThread* const core_;
  OfficerDoor* const door_;
  people::PasswordThread* const passwords_;
  DeskConsole* const desk_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeDeskService(runtime::CoreThread* core, OfficerDoor* door,
                                               people::PasswordThread* passwords,
                                               DeskConsole* desk) {
  return std::make_unique<DeskServiceImpl>(core, door, passwords, desk);
}

}  // namespace keping::central
