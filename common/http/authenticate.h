// Who calls over HTTP, and whether he may: asked before every call, and of a stream again before
// every message, which must not count as something that a person did. A TCP port can be reached by
// every user of the machine, and of the office's network, unlike the Unix socket.
//
//   ConnectOptions options{.authenticate = [&gate](const Request& request) {
//     return gate.Enter(request.path, BearerToken(request.headers));
//   }, …};
#ifndef KEPING_COMMON_HTTP_AUTHENTICATE_H_
#define KEPING_COMMON_HTTP_AUTHENTICATE_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/http/message.h"

namespace google::protobuf {
class Message;
}

namespace keping::http {

// Before the body is read: the caller's name, which services get as metadata (kCallerMetadata in
// connect_adapter.h), or Unauthenticated or PermissionDenied with a K-code. Thread-safe.
using Authenticate = std::function<absl::StatusOr<std::string>(const Request& request)>;

// Whether the caller may ask for just this; thread-safe. A function that is empty allows
// everything.
using Authorize = std::function<absl::Status(const std::string& caller, const Request& request,
                                             const google::protobuf::Message& message)>;

// What follows "Authorization: Bearer"; empty when there is none.
absl::string_view BearerToken(const Headers& headers);

}  // namespace keping::http

#endif  // KEPING_COMMON_HTTP_AUTHENTICATE_H_
