// Who is signed in at a node: at the screens of an office, or with the district's command. A
// session is a random token that only its holder knows: the node keeps its hash, in memory, so that
// a restart signs everybody out.
//
//   std::string token = sessions.Open(person, crypto::RandomBytes(kTokenBytes), false, now);
//   KEPING_ASSIGN_OR_RETURN(Session session, sessions.Use(token, Use::kAct, now));
//
// Times are readings of the monotonic clock: the wall clock neither ends nor prolongs a session.
#ifndef KEPING_COMMON_PEOPLE_SESSIONS_H_
#define KEPING_COMMON_PEOPLE_SESSIONS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/crypto/hash.h"
#include "common/domain/ids.h"

namespace keping::people {

inline constexpr size_t kTokenBytes = 32;

struct SessionLimits {
  absl::Duration idle = absl::Minutes(10);  // then the screen locks
  absl::Duration longest = absl::Hours(12);
  size_t per_person = 4;  // the oldest goes
  size_t all = 64;
};

struct Session {
  domain::OperatorId person;
  bool must_change_password = false;
};

// PermissionDenied with K-178, for whoever has a password that somebody else made; `how` tells the
// way to an own one, or is empty.
absl::Status OwnPasswordFirst(absl::string_view how = {});

// Thread-safe.
class Sessions {
 public:
  enum class Use {
    kAct,   // a person did something: the session is in use
    kLook,  // a screen refreshes itself: it does not keep the session alive
    kOwn,   // about the session itself: allowed while the screen is locked
  };

  explicit Sessions(SessionLimits limits = {}) : limits_(limits) {}
  const SessionLimits& limits() const { return limits_; }

  // `random` has kTokenBytes. Returns the token, in hex.
  std::string Open(const domain::OperatorId& person, absl::string_view random,
                   bool must_change_password, absl::Duration now);

  // Unauthenticated, in words: K-186 there is no such session, K-187 its screen is locked.
  absl::StatusOr<Session> Find(absl::string_view token, Use use, absl::Duration now);

  // The screen wants the password; false when there is no such session.
  bool Lock(absl::string_view token);
  // The password was given again, perhaps a new one.
  void Unlock(absl::string_view token, absl::Duration now);

  void Close(absl::string_view token);
  // The person has a new password: all sessions end but `except` (a token, or empty), which need
  // not change it any more.
  void CloseAllOf(const domain::OperatorId& person, absl::string_view except);
  // Of persons that may no longer be here.
  void CloseUnless(const std::function<bool(const domain::OperatorId&)>& may_stay);

  std::map<domain::OperatorId, size_t> Count() const;

 private:
  struct Entry {
    Session session;
    absl::Duration opened;
    absl::Duration used;
    uint64_t number = 0;  // in the order of opening: decides between those used at the same time
    bool locked = false;
  };
  using Entries = std::map<crypto::Hash, Entry>;

  void MakeRoom(const domain::OperatorId& person) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const SessionLimits limits_;
  mutable absl::Mutex mutex_;
  Entries entries_ ABSL_GUARDED_BY(mutex_);
  uint64_t opened_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace keping::people

#endif  // KEPING_COMMON_PEOPLE_SESSIONS_H_
