// A unary call of the district API, answered on the core thread behind the officers' door.
//
//   class DeskServiceImpl : public v1::DeskService::CallbackService {
//     KEPING_DISTRICT_CALL(desk_, ResolveCase)   // answers desk_->ResolveCase(request)
//
// The class has core_ and door_ too.
// Include it only where services are defined: it pulls in gRPC.
#ifndef KEPING_CENTRAL_NODE_CONSOLE_ACT_CALL_H_
#define KEPING_CENTRAL_NODE_CONSOLE_ACT_CALL_H_

#include <string>
#include <utility>

#include "absl/strings/strip.h"
#include "central_node/console/officer_door.h"
#include "common/base/status_macros.h"
#include "common/rpc/core_call.h"

namespace keping::central {

inline std::string MetadataOf(const grpc::CallbackServerContext& context, const char* name) {
  const auto found = context.client_metadata().find(name);
  if (found == context.client_metadata().end()) return "";
  return std::string(found->second.data(), found->second.size());
}

// As sign_in.proto says.
inline OfficerDoor::Caller CallerOf(const grpc::CallbackServerContext& context) {
  const std::string authorization = MetadataOf(context, "authorization");
  absl::string_view token = authorization;
  if (!absl::ConsumePrefix(&token, "Bearer ")) token = "";
  return {.token = std::string(token), .confirmation = MetadataOf(context, "keping-second")};
}

// `answer(request)` runs on the core thread, with a request that the door let in.
template <typename Request, typename Response, typename Answer>
grpc::ServerUnaryReactor* AnswerBehindDoor(runtime::CoreThread* core, OfficerDoor* door,
                                           const char* method, grpc::CallbackServerContext* context,
                                           const Request* request, Response* response,
                                           Answer answer) {
  return rpc::AnswerOnCore(core, context, response,
                           [door, method, request, answer = std::move(answer),
                            caller = CallerOf(*context)]() -> absl::StatusOr<Response> {
                             Request entered = *request;
                             KEPING_RETURN_IF_ERROR(door->Enter(caller, method, entered));
                             return answer(entered);
                           });
}

}  // namespace keping::central

#define KEPING_DISTRICT_CALL(target, Method)                                                  \
  grpc::ServerUnaryReactor* Method(grpc::CallbackServerContext* context,                      \
                                   const v1::Method##Request* request,                        \
                                   v1::Method##Response* response) override {                 \
    return AnswerBehindDoor(core_, door_, #Method, context, request, response,                \
                            [this](const auto& entered) { return target->Method(entered); }); \
  }

#endif  // KEPING_CENTRAL_NODE_CONSOLE_ACT_CALL_H_
