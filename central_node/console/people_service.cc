#include "central_node/console/people_service.h"

#include "central_node/console/first_password.h"
#include "central_node/console/people_console.h"
#include "keping/central/v1/people.grpc.pb.h"

namespace keping::central {
namespace {

class PeopleServiceImpl : public v1::PeopleService::CallbackService {
 public:
  PeopleServiceImpl(runtime::CoreThread* core, OfficerDoor* door, people::PasswordThread* passwords,
                    PeopleConsole* people)
      : core_(core), door_(door), passwords_(passwords), people_(people) {}

  KEPING_DISTRICT_CALL(people_, RemoveOperator)
  KEPING_DISTRICT_CALL(people_, CertifyOperator)
  KEPING_DISTRICT_CALL(people_, ListOperators)
  KEPING_DISTRICT_CALL(people_, RequireApplication)
  KEPING_DISTRICT_CALL(people_, IssueGrant)
  KEPING_DISTRICT_CALL(people_, ListGrants)

  grpc::ServerUnaryReactor* AddOperator(grpc::CallbackServerContext* context,
                                        const v1::AddOperatorRequest* request,
                                        v1::AddOperatorResponse* response) override {
    return AnswerWithPassword(
        core_, door_, passwords_, "AddOperator", context, request, response,
        [](const auto& entered) { return entered.first_password(); },
        [this](const auto& entered, const FirstPassword& password) {
          return people_->AddOperator(entered, password);
        });
  }

 private:
  runtime::CoreThread* const core_;
  OfficerDoor* const door_;
  people::PasswordThread* const passwords_;
  PeopleConsole* const people_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakePeopleService(runtime::CoreThread* core, OfficerDoor* door,
                                                 people::PasswordThread* passwords,
                                                 PeopleConsole* people) {
  return std::make_unique<PeopleServiceImpl>(core, door, passwords, people);
}

}  // namespace keping::central
