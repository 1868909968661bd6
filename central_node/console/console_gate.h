// Who may call the district API over HTTP: a session for everything but signing in. A TCP port can
// be reached by every user of the machine and of the network, so that over it looking wants one
// too, unlike over the socket; and what is only offered to two persons there is refused to one.
//
//   KEPING_ASSIGN_OR_RETURN(std::string officer, gate.Enter(path, token));
//   KEPING_RETURN_IF_ERROR(gate.Allow(request));
//
// Whose act it is, the roles and the second person's confirmation are matters of the officers' door
// (officer_door.h), behind which the services stand for both faces.
#ifndef KEPING_CENTRAL_NODE_CONSOLE_CONSOLE_GATE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_CONSOLE_GATE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/people/sessions.h"
#include "common/time/clock.h"

namespace google::protobuf {
class Message;
}

namespace keping::central {

// Of the methods about the session itself, "/package.Service/Method".
inline constexpr char kSignInPath[] = "/keping.central.v1.SignInService/SignIn";
inline constexpr char kSignOutPath[] = "/keping.central.v1.SignInService/SignOut";
inline constexpr char kChangePasswordPath[] = "/keping.central.v1.SignInService/ChangePassword";

// Thread-safe.
class ConsoleGate {
 public:
  // Both outlive the gate.
  ConsoleGate(people::Sessions* sessions, const time::Clock* clock)
      : sessions_(sessions), clock_(clock) {}

  // Before the request is read: who calls; empty for the one who is about to sign in. A stream does
  // not keep the session alive, every other call is something that a person did. Unauthenticated as
  // in Sessions::Find; PermissionDenied with K-178 while the officer must take a new password
  // first.
  absl::StatusOr<std::string> Enter(absl::string_view path, absl::string_view token);

  // InvalidArgument with K-303: this takes two persons, and names one.
  absl::Status Allow(const google::protobuf::Message& request) const;

 private:
  people::Sessions* const sessions_;
  const time::Clock* const clock_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_CONSOLE_GATE_H_
