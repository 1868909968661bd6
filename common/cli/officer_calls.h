// Calls of the district API in an officer's name. Who acts is the officer that is signed in, or
// that the request names in `by`; where the centre wants a password, it is asked for: of that
// officer, and of the second person of an act of two.
//
//   OfficerCalls calls(socket, timeout, sessions);
//   absl::StatusOr<CentralResponse> answer = calls.Call(request);
#ifndef KEPING_COMMON_CLI_OFFICER_CALLS_H_
#define KEPING_COMMON_CLI_OFFICER_CALLS_H_

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/cli/client.h"
#include "common/cli/kept_sessions.h"
#include "common/cli/requests.h"
#include "keping/central/v1/sign_in.pb.h"

namespace keping::cli {

// What `keping central sign-in`, `sign-out` and `password` are asked for.
struct OfficerCommand {
  enum class Kind { kSignIn, kSignOut, kChangePassword };
  Kind kind = Kind::kSignIn;
  std::string officer;
};

// Passwords are read as ReadSecret reads them (secret_input.h). Not thread-safe.
class OfficerCalls {
 public:
  OfficerCalls(std::string socket, absl::Duration timeout, KeptSessions sessions)
      : socket_(std::move(socket)), timeout_(timeout), sessions_(std::move(sessions)) {}

  // Without `by` in the request this is CallCentral.
  absl::StatusOr<CentralResponse> Call(const CentralRequest& request);

  // Each returns a sentence about what was done. A first password is changed on the way.
  absl::StatusOr<std::string> Do(const OfficerCommand& command);

 private:
  absl::StatusOr<CentralResponse> CallWith(const CentralRequest& request);
  // For this command alone.
  absl::Status SignInOnce(const std::string& officer);
  absl::StatusOr<central_api::SignInResponse> AskToSignIn(const std::string& officer,
                                                          const std::string& password);
  absl::Status Confirm(const std::string& second);
  absl::StatusOr<std::string> SignIn(const std::string& officer);
  absl::StatusOr<std::string> SignOut(const std::string& officer);
  absl::StatusOr<std::string> ChangePassword(const std::string& officer);
  absl::Status ChangePassword(const std::string& officer, const std::string& old_password,
                              const std::string& token);
  void EndOnce();

  const std::string socket_;
  const absl::Duration timeout_;
  const KeptSessions sessions_;
  std::string token_;
  std::string confirmation_;
  bool once_ = false;  // the session ends with this command
};

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_OFFICER_CALLS_H_
