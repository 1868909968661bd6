// Who is signed in at the district with this command: a token for each officer, in a file of mode
// 0600 below the user's runtime folder, which is gone when the user logs out of the machine.
//
//   KeptSessions sessions(runtime::UserRuntimeDirectory(), "/run/keping/central.sock");
//   KEPING_RETURN_IF_ERROR(sessions.Keep({.officer = "rai", .token = token}));
//   KEPING_ASSIGN_OR_RETURN(KeptSession session, sessions.Find("rai"));
#ifndef KEPING_COMMON_CLI_KEPT_SESSIONS_H_
#define KEPING_COMMON_CLI_KEPT_SESSIONS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace keping::cli {

struct KeptSession {
  std::string officer;
  std::string token;

  bool empty() const { return token.empty(); }
};

// A value. Sessions of one centre, named by its socket.
class KeptSessions {
 public:
  // `runtime_folder` may be empty: then nothing is kept.
  KeptSessions(const std::string& runtime_folder, const std::string& socket);

  // FailedPrecondition where there is no runtime folder.
  absl::Status CanKeep() const;
  absl::Status Keep(const KeptSession& session) const;
  // Of this officer; of whoever is signed in when `officer` is empty. An empty one when there is
  // none; InvalidArgument when several officers are signed in and none is named.
  absl::StatusOr<KeptSession> Find(const std::string& officer) const;
  void Forget(const std::string& officer) const;

 private:
  std::string PathOf(const std::string& officer) const;

  std::string folder_;
};

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_KEPT_SESSIONS_H_
