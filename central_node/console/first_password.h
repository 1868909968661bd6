// A call of the district API that makes a password for somebody: made on a thread of its own, then
// answered on the core thread behind the officers' door.
//
//   return AnswerWithPassword(core_, door_, passwords_, "AddOperator", context, request, response,
//                             [this](const auto& entered, const FirstPassword& password) { … });
//
// Include it only where services are defined: it pulls in gRPC.
#ifndef KEPING_CENTRAL_NODE_CONSOLE_FIRST_PASSWORD_H_
#define KEPING_CENTRAL_NODE_CONSOLE_FIRST_PASSWORD_H_

#include <utility>

#include "central_node/console/act_call.h"
#include "central_node/console/people_console.h"
#include "common/crypto/random.h"
#include "common/people/password_thread.h"

namespace keping::central {

template <typename Request, typename Response, typename Make>
grpc::ServerUnaryReactor* AnswerWithPassword(runtime::CoreThread* core, OfficerDoor* door,
                                             people::PasswordThread* passwords, const char* method,
                                             grpc::CallbackServerContext* context,
                                             const Request* request, Response* response,
                                             Make make) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  const auto enter = [door, method, request, caller = CallerOf(*context), make = std::move(make)](
                         const FirstPassword& password) -> absl::StatusOr<Response> {
    Request entered = *request;
    KEPING_RETURN_IF_ERROR(door->Enter(caller, method, entered));
    return make(entered, password);
  };
  const auto answer = [core, reactor, response, enter](FirstPassword password) {
    const bool posted = core->Post([reactor, response, enter, password = std::move(password)] {
      absl::StatusOr<Response> made = enter(password);
      if (made.ok()) *response = *std::move(made);
      reactor->Finish(rpc::ToGrpcStatus(made.status()));
    });
    if (!posted) reactor->Finish(rpc::CoreIsBusy());
  };
  const bool posted = passwords->Post([reactor, answer] {
    absl::StatusOr<FirstPassword> password = MakeFirstPassword(crypto::RandomBytes);
    if (!password.ok()) return reactor->Finish(rpc::ToGrpcStatus(password.status()));
    answer(*std::move(password));
  });
  if (!posted) reactor->Finish(rpc::CoreIsBusy());
  return reactor;
}

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_FIRST_PASSWORD_H_
