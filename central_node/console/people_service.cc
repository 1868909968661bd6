#include "central_node/console/people_service.h"

#include <utility>

#include "central_node/console/people_console.h"
#include "common/crypto/random.h"
#include "common/rpc/core_call.h"
#include "keping/central/v1/people.grpc.pb.h"

namespace keping::central {
namespace {

class PeopleServiceImpl : public v1::PeopleService::CallbackService {
 public:
  PeopleServiceImpl(runtime::CoreThread* core, runtime::CoreThread* hasher, PeopleConsole* people)
      : core_(core), hasher_(hasher), people_(people) {}

  KEPING_UNARY(people_, RemoveOperator)
  KEPING_UNARY(people_, CertifyOperator)
  KEPING_UNARY(people_, ListOperators)
  KEPING_UNARY(people_, RequireApplication)
  KEPING_UNARY(people_, IssueGrant)
  KEPING_UNARY(people_, ListGrants)

  grpc::ServerUnaryReactor* AddOperator(grpc::CallbackServerContext* context,
                                        const v1::AddOperatorRequest* request,
                                        v1::AddOperatorResponse* response) override {
    if (!request->first_password()) {
      return rpc::AnswerOnCore(core_, context, response,
                               [this, request] { return people_->AddOperator(*request, {}); });
    }
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    const bool posted = hasher_->Post([this, reactor, request, response] {
      absl::StatusOr<FirstPassword> password = MakeFirstPassword(crypto::RandomBytes);
      if (!password.ok()) {
        reactor->Finish(rpc::ToGrpcStatus(password.status()));
        return;
      }
      AddWithPassword(reactor, request, response, *std::move(password));
    });
    if (!posted) reactor->Finish(rpc::CoreIsBusy());
    return reactor;
  }

 private:
  void AddWithPassword(grpc::ServerUnaryReactor* reactor, const v1::AddOperatorRequest* request,
                       v1::AddOperatorResponse* response, FirstPassword password) {
    const bool posted =
        core_->Post([this, reactor, request, response, password = std::move(password)] {
          absl::StatusOr<v1::AddOperatorResponse> answer = people_->AddOperator(*request, password);
          if (answer.ok()) *response = *std::move(answer);
          reactor->Finish(rpc::ToGrpcStatus(answer.status()));
        });
    if (!posted) reactor->Finish(rpc::CoreIsBusy());
  }

  runtime::CoreThread* const core_;
  runtime::CoreThread* const hasher_;
  PeopleConsole* const people_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakePeopleService(runtime::CoreThread* core,
                                                 runtime::CoreThread* hasher,
                                                 PeopleConsole* people) {
  return std::make_unique<PeopleServiceImpl>(core, hasher, people);
}

}  // namespace keping::central
