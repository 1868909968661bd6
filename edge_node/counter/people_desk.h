// The people desk: answers keping.edge.v1.PeopleService from the node, on the core thread. What
// takes a password's time is done elsewhere, through the ports, and goes on here afterwards.
//
//   PeopleDesk desk({.node = node.get(), .sessions = &sessions, …});
//   desk.SignIn(request, [](absl::StatusOr<v1::SignInResponse> answer) { … });
//
// Knows protos and the node, not gRPC: people_service.h carries it over the wire.
#ifndef KEPING_EDGE_NODE_COUNTER_PEOPLE_DESK_H_
#define KEPING_EDGE_NODE_COUNTER_PEOPLE_DESK_H_

#include <functional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/people/confirmations.h"
#include "common/people/password_desk.h"
#include "common/people/sessions.h"
#include "common/time/clock.h"
#include "edge_node/node/edge_node.h"
#include "keping/edge/v1/people.pb.h"

namespace keping::edge {

using people::Reply;

// Lives on the core thread.
class PeopleDesk {
 public:
  // All outlive the desk. The slow ports answer on the core thread; false: too busy, no answer will
  // come.
  struct Ports {
    EdgeNode* node = nullptr;
    people::Sessions* sessions = nullptr;
    people::Confirmations* confirmations = nullptr;
    const time::Clock* clock = nullptr;
    std::function<std::string(size_t)> random;
    // crypto::PasswordMatches.
    decltype(people::PasswordDesk::Ports::check) check_password;
    // crypto::MakePasswordVerifier.
    decltype(people::PasswordDesk::Ports::make) make_verifier;
  };

  explicit PeopleDesk(Ports ports);

  void SignIn(const v1::SignInRequest& request, Reply<v1::SignInResponse> reply);
  void UnlockScreen(const v1::UnlockScreenRequest& request, Reply<v1::UnlockScreenResponse> reply);
  void ChangePassword(const v1::ChangePasswordRequest& request,
                      Reply<v1::ChangePasswordResponse> reply);
  void ConfirmSecond(const v1::ConfirmSecondRequest& request,
                     Reply<v1::ConfirmSecondResponse> reply);
  void UseGrant(const v1::UseGrantRequest& request, Reply<v1::UseGrantResponse> reply);

  absl::StatusOr<v1::SignOutResponse> SignOut(const v1::SignOutRequest& request);
  absl::StatusOr<v1::LockScreenResponse> LockScreen(const v1::LockScreenRequest& request);
  absl::StatusOr<v1::ListPeopleResponse> ListPeople(const v1::ListPeopleRequest& request);
  absl::StatusOr<v1::OpenShiftResponse> OpenShift(const v1::OpenShiftRequest& request);
  absl::StatusOr<v1::CloseShiftResponse> CloseShift(const v1::CloseShiftRequest& request);
  absl::StatusOr<v1::ReportDayResponse> ReportDay(const v1::ReportDayRequest& request);

  // To be called before a resident's data are shown to `person`: audited
  // (edge_node/core/read_log.h). An error means that they must not be shown.
  absl::Status NoteRead(const edge::NoteRead& read);

  // After the feed changed something: whoever was struck off is signed out.
  void OnFeed();

 private:
  void FinishGrant(edge::UseGrant use, const Reply<v1::UseGrantResponse>& reply);
  absl::StatusOr<Decision> Command(const Input& input);
  absl::Duration Now() const { return ports_.clock->Now().monotonic; }

  const Ports ports_;
  people::PasswordDesk passwords_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_COUNTER_PEOPLE_DESK_H_
