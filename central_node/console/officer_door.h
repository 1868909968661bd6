// Who acts at the district: whoever may open the socket may look, and who acts has signed in.
//
//   OfficerDoor door({.node = node.get(), .sessions = &sessions, …});
//   KEPING_RETURN_IF_ERROR(door.Enter({.token = token}, "ResolveCase", request));
//   …request.by() is the officer of the session, request.second() has confirmed…
//
// It knows requests by their fields: one with `by` or `received_by` is an act of that person, one
// whose `second` names somebody takes two. So an act that is added is behind it from its first day.
#ifndef KEPING_CENTRAL_NODE_CONSOLE_OFFICER_DOOR_H_
#define KEPING_CENTRAL_NODE_CONSOLE_OFFICER_DOOR_H_

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "central_node/core/officers.h"
#include "central_node/store/central_node.h"
#include "common/people/confirmations.h"
#include "common/people/sessions.h"
#include "common/time/clock.h"

namespace google::protobuf {
class Message;
}

namespace keping::central {

// Lives on the core thread.
class OfficerDoor {
 public:
  // All outlive the door.
  struct Ports {
    const CentralNode* node = nullptr;
    people::Sessions* sessions = nullptr;
    people::Confirmations* confirmations = nullptr;
    const time::Clock* clock = nullptr;
  };
  struct Caller {
    std::string token;         // of the session; or empty
    std::string confirmation;  // of the second person; or empty
  };

  explicit OfficerDoor(Ports ports) : ports_(std::move(ports)) {}

  // Lets a request of `method` in, and fills in who acts. While no administrator can sign in, names
  // are believed. Unauthenticated as in Sessions::Find; PermissionDenied: K-178 the officer must
  // choose a password first, K-188 the request is in another name; FailedPrecondition: K-189 the
  // second person did not confirm (a confirmation is used up by this), K-299 the officer was struck
  // off, K-300 the role forbids it, K-303 both are one person.
  absl::Status Enter(const Caller& caller, absl::string_view method,
                     google::protobuf::Message& request);

 private:
  absl::Status CheckOfficer(const domain::OperatorId& officer, absl::string_view method,
                            Person person) const;

  const Ports ports_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_OFFICER_DOOR_H_
