// A call of the district API that may make a password for somebody. It passes the officers' door on
// the core thread, before the password is made on a thread of its own: whoever may not, or wants
// none, costs no such work. Then it passes it again, since the caller may have been struck off
// meanwhile; so it is for no act of two persons, whose confirmation is used up at the door.
//
//   return AnswerWithPassword(core_, door_, passwords_, "AddOperator", context, request, response,
//                             [](const auto& entered) { return entered.first_password(); },
//                             [this](const auto& entered, const FirstPassword& password) { … });
//
// Without a password that is wanted, an empty one is handed over.
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

template <typename Request, typename Response, typename Wanted, typename Make>
grpc::ServerUnaryReactor* AnswerWithPassword(runtime::CoreThread* core, OfficerDoor* door,
                                             people::PasswordThread* passwords, const char* method,
                                             grpc::CallbackServerContext* context,
                                             const Request* request, Response* response,
                                             Wanted wanted, Make make) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  const auto enter = [door, method, request,
                      caller = CallerOf(*context)]() -> absl::StatusOr<Request> {
    Request entered = *request;
    KEPING_RETURN_IF_ERROR(door->Enter(caller, method, entered));
    return entered;
  };
  const auto finish = [reactor, response](const absl::StatusOr<Response>& made) {
    if (made.ok()) *response = *made;
    reactor->Finish(rpc::ToGrpcStatus(made.status()));
  };
  const auto answer = [enter, finish, make](const absl::StatusOr<FirstPassword>& password) {
    finish([&]() -> absl::StatusOr<Response> {
      KEPING_RETURN_IF_ERROR(password.status());
      KEPING_ASSIGN_OR_RETURN(const Request entered, enter());
      return make(entered, *password);
    }());
  };
  const auto post_or_fail = [reactor](auto* thread, auto task) {
    if (!thread->Post(std::move(task))) reactor->Finish(rpc::CoreIsBusy());
  };
  post_or_fail(core, [core, passwords, enter, wanted, make, finish, answer, post_or_fail] {
    const absl::StatusOr<Request> entered = enter();
    if (!entered.ok()) return finish(entered.status());
    if (!wanted(*entered)) return finish(make(*entered, FirstPassword()));
    post_or_fail(passwords, [core, answer, post_or_fail] {
      post_or_fail(
          core, [answer, password = MakeFirstPassword(crypto::RandomBytes)] { answer(password); });
    });
  });
  return reactor;
}

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_FIRST_PASSWORD_H_
