// Who may call what over HTTP: a session for everything but signing in, the own name in every act,
// and the second person's confirmation where a request names one. The adapter of common/http asks
// here; the Unix socket does not: who may open it may use it.
//
//   KEPING_ASSIGN_OR_RETURN(std::string person, gate.Enter(path, token));
//   KEPING_RETURN_IF_ERROR(gate.Allow({.person = person, .token = token, …}, request));
//
// It knows no method by its meaning: a request with a field `operator_id` is an act of that person,
// one with `second` takes two, `token` names a session.
#ifndef KEPING_EDGE_NODE_COUNTER_PEOPLE_GATE_H_
#define KEPING_EDGE_NODE_COUNTER_PEOPLE_GATE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/people/confirmations.h"
#include "common/people/sessions.h"
#include "common/time/clock.h"

namespace google::protobuf {
class Message;
}

namespace keping::edge {

// Of the methods that begin and end a session.
inline constexpr char kSignInPath[] = "/keping.edge.v1.PeopleService/SignIn";
inline constexpr char kSignOutPath[] = "/keping.edge.v1.PeopleService/SignOut";

// Thread-safe.
class PeopleGate {
 public:
  struct Caller {
    std::string person;        // as Enter said
    std::string token;         // of the session
    std::string confirmation;  // of the second person; or empty
  };

  // All outlive the gate.
  PeopleGate(people::Sessions* sessions, people::Confirmations* confirmations,
             const time::Clock* clock)
      : sessions_(sessions), confirmations_(confirmations), clock_(clock) {}

  // Before the request is read: who calls; empty for the one who is about to sign in. `path` is
  // "/package.Service/Method". Unauthenticated as in Sessions::Find; PermissionDenied with K-178
  // while the person must take a new password first.
  absl::StatusOr<std::string> Enter(absl::string_view path, absl::string_view token);

  // PermissionDenied with K-188: the request is in the name of another person, or about another
  // session. FailedPrecondition with K-189: the second person did not confirm; a confirmation is
  // used up by this.
  absl::Status Allow(const Caller& caller, const google::protobuf::Message& request);

 private:
  people::Sessions* const sessions_;
  people::Confirmations* const confirmations_;
  const time::Clock* const clock_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_COUNTER_PEOPLE_GATE_H_
