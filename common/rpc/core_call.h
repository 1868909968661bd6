// A unary gRPC call answered on a core thread: the reaction posts and returns.
//
//   class CounterServiceImpl : public v1::CounterService::CallbackService {
//     KEPING_UNARY(counter_, GetStatus)    // counter_->GetStatus(request) on core_
//     …
//
// Include it only where services are defined: it pulls in gRPC.
#ifndef KEPING_COMMON_RPC_CORE_CALL_H_
#define KEPING_COMMON_RPC_CORE_CALL_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <utility>

#include "absl/status/statusor.h"
#include "common/rpc/status.h"
#include "common/runtime/core_thread.h"

namespace keping::rpc {

inline grpc::Status CoreIsBusy() {
  return {grpc::StatusCode::RESOURCE_EXHAUSTED, "the node is busy or stopping; try again"};
}

// `answer` runs on the core thread and returns absl::StatusOr<Response>. Request and response live
// until the reactor finishes.
template <typename Response, typename Answer>
grpc::ServerUnaryReactor* AnswerOnCore(runtime::CoreThread* core,
                                       grpc::CallbackServerContext* context, Response* response,
                                       Answer answer) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  const bool posted = core->Post([reactor, response, answer = std::move(answer)]() mutable {
    absl::StatusOr<Response> result = answer();
    if (result.ok()) *response = *std::move(result);
    reactor->Finish(ToGrpcStatus(result.status()));
  });
  if (!posted) reactor->Finish(CoreIsBusy());
  return reactor;
}

}  // namespace keping::rpc

// A method of a service class with a member core_: `target->Method(request)` answers on that
// thread. The messages are v1::MethodRequest and v1::MethodResponse.
#define KEPING_UNARY(target, Method)                                                        \
  grpc::ServerUnaryReactor* Method(grpc::CallbackServerContext* context,                    \
                                   const v1::Method##Request* request,                      \
                                   v1::Method##Response* response) override {               \
    return keping::rpc::AnswerOnCore(core_, context, response,                              \
                                     [this, request] { return target->Method(*request); }); \
  }

// The same of `target->Method(request, reply)`, which answers later, through its reply.
#define KEPING_UNARY_LATER(target, Method)                                    \
  grpc::ServerUnaryReactor* Method(grpc::CallbackServerContext* context,      \
                                   const v1::Method##Request* request,        \
                                   v1::Method##Response* response) override { \
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();            \
    const bool posted = core_->Post([this, reactor, request, response] {      \
      target->Method(*request, [reactor, response](auto answer) {             \
        if (answer.ok()) *response = *std::move(answer);                      \
        reactor->Finish(keping::rpc::ToGrpcStatus(answer.status()));          \
      });                                                                     \
    });                                                                       \
    if (!posted) reactor->Finish(keping::rpc::CoreIsBusy());                  \
    return reactor;                                                           \
  }

#endif  // KEPING_COMMON_RPC_CORE_CALL_H_
