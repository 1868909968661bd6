// The second of two persons gave the own password at the first one's screen: good for one act, at
// once.
//
//   std::string token = confirmations.Make(second, crypto::RandomBytes(kTokenBytes), now);
//   KEPING_RETURN_IF_ERROR(confirmations.UseUp(token, second, now));
#ifndef KEPING_COMMON_PEOPLE_CONFIRMATIONS_H_
#define KEPING_COMMON_PEOPLE_CONFIRMATIONS_H_

#include <map>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/crypto/hash.h"
#include "common/domain/ids.h"

namespace keping::people {

// Thread-safe. Times are of the monotonic clock.
class Confirmations {
 public:
  static constexpr absl::Duration kValidity = absl::Minutes(2);

  // `random` has kTokenBytes (sessions.h). Returns the token, in hex.
  std::string Make(const domain::OperatorId& person, absl::string_view random, absl::Duration now);

  // Who confirmed, once; empty when `token` is no fresh confirmation.
  domain::OperatorId Take(absl::string_view token, absl::Duration now);
  // FailedPrecondition with K-189 when `token` is not a fresh confirmation of `person`.
  absl::Status UseUp(absl::string_view token, const domain::OperatorId& person, absl::Duration now);

  // The person has another password, or is no longer here: what was confirmed and not used is void.
  void Forget(const domain::OperatorId& person);

 private:
  struct Entry {
    domain::OperatorId person;
    absl::Duration made;
  };

  absl::Mutex mutex_;
  std::map<crypto::Hash, Entry> entries_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace keping::people

#endif  // KEPING_COMMON_PEOPLE_CONFIRMATIONS_H_
