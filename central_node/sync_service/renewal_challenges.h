// The challenges under which nodes renew their certificates. None is kept: each carries its time
// and a keyed hash, so that callers without a certificate cannot fill a table.
//
//   std::string challenge = challenges.Make("susut", incarnation, clock.Now().monotonic);
//   KEPING_RETURN_IF_ERROR(challenges.Check(challenge, "susut", incarnation, now));
//
// One may be used more than once while it is fresh: the same request gets another certificate for
// the same key, which only the node has.
#ifndef KEPING_CENTRAL_NODE_SYNC_SERVICE_RENEWAL_CHALLENGES_H_
#define KEPING_CENTRAL_NODE_SYNC_SERVICE_RENEWAL_CHALLENGES_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace keping::central {

// Times are monotonic readings, so that no clock that is set moves them. Those of one object are
// not good at another: a restart of the program ends them all. Immutable.
class RenewalChallenges {
 public:
  // Long enough for two calls over a satellite link.
  static constexpr absl::Duration kValidity = absl::Minutes(5);

  RenewalChallenges();

  std::string Make(absl::string_view node, absl::string_view incarnation, absl::Duration now) const;
  // Unauthenticated unless it was made here for this incarnation within kValidity.
  absl::Status Check(absl::string_view challenge, absl::string_view node,
                     absl::string_view incarnation, absl::Duration now) const;

 private:
  std::string Sealed(absl::string_view time_and_salt, absl::string_view node,
                     absl::string_view incarnation) const;

  const std::string key_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_SYNC_SERVICE_RENEWAL_CHALLENGES_H_
