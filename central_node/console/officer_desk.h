// How the district's own people sign in (keping.central.v1.SignInService), answered from the
// central node on the core thread. What takes a password's time is done elsewhere, through the
// ports.
//
//   OfficerDesk desk({.node = node.get(), .sessions = &sessions, …});
//   desk.SignIn(request, [](absl::StatusOr<v1::SignInResponse> answer) { … });
#ifndef KEPING_CENTRAL_NODE_CONSOLE_OFFICER_DESK_H_
#define KEPING_CENTRAL_NODE_CONSOLE_OFFICER_DESK_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "central_node/store/central_node.h"
#include "central_node/sync_service/session_hub.h"
#include "common/people/confirmations.h"
#include "common/people/password_desk.h"
#include "common/people/sessions.h"
#include "common/time/clock.h"
#include "keping/central/v1/sign_in.pb.h"

namespace keping::central {

// The desk of a district is used for hours, by a person who walks away from it.
inline constexpr people::SessionLimits kOfficerSessions = {.idle = absl::Minutes(30)};

// Lives on the core thread.
class OfficerDesk {
 public:
  // All outlive the desk. The slow ports are those of people::PasswordDesk.
  struct Ports {
    CentralNode* node = nullptr;
    SessionHub* hub = nullptr;
    people::Sessions* sessions = nullptr;
    people::Confirmations* confirmations = nullptr;
    const time::Clock* clock = nullptr;
    std::function<std::string(size_t)> random;
    decltype(people::PasswordDesk::Ports::check) check_password;
    decltype(people::PasswordDesk::Ports::make) make_verifier;
    // The store failed: the central node is finished.
    std::function<void(const absl::Status&)> failed;
  };

  explicit OfficerDesk(Ports ports);

  void SignIn(const v1::SignInRequest& request, people::Reply<v1::SignInResponse> reply);
  void ChangePassword(const v1::ChangePasswordRequest& request,
                      people::Reply<v1::ChangePasswordResponse> reply);
  void ConfirmSecond(const v1::ConfirmSecondRequest& request,
                     people::Reply<v1::ConfirmSecondResponse> reply);
  absl::StatusOr<v1::SignOutResponse> SignOut(const v1::SignOutRequest& request);

 private:
  template <typename... Command>
  absl::Status Do(const Command&... command);
  absl::Status StorePassword(const domain::OperatorId& officer, const std::string& verifier,
                             const std::string& token);
  absl::Duration Now() const { return ports_.clock->Now().monotonic; }

  const Ports ports_;
  people::PasswordDesk passwords_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_OFFICER_DESK_H_
