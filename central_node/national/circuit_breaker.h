// Whether a far server is asked at all: as often as there is something to ask while it answers, and
// with one question now and then while it does not.
//
//   CircuitBreaker breaker(poll, seed);
//   breaker.OnTry();                                 // the one question goes out
//   breaker.OnAnswer(now);                           // closed: all the others may follow
//   Wait(breaker.OnFailure(now)); breaker.state();   // open, next try at breaker.next_try()
#ifndef KEPING_CENTRAL_NODE_NATIONAL_CIRCUIT_BREAKER_H_
#define KEPING_CENTRAL_NODE_NATIONAL_CIRCUIT_BREAKER_H_

#include <cstdint>

#include "absl/time/time.h"
#include "common/runtime/backoff.h"

namespace keping::central {

// Not thread-safe.
class CircuitBreaker {
 public:
  // kHalfOpen: one question is under way that finds out; so it is before the first answer too.
  enum class State { kClosed, kOpen, kHalfOpen };

  // Between tries while the server does not answer: soon at first, so that a healed link is noticed
  // within seconds; after so many failures at most every poll.
  static constexpr absl::Duration kFirstRetry = absl::Milliseconds(500);
  static constexpr absl::Duration kMaxFirstRetries = absl::Seconds(5);
  static constexpr int kFirstRetries = 60;

  CircuitBreaker(absl::Duration poll, uint64_t seed);

  void OnTry();
  void OnAnswer(absl::Time now);
  // Returns how long to wait before the next try.
  absl::Duration OnFailure(absl::Time now);
  // Everything that there was to ask was answered: the next failure is the first one again. One
  // answer alone is not enough, or a server that fails at the second question would never be
  // spared.
  void OnAllAnswered();

  State state() const { return state_; }
  // Closed: since when it answers. Else since when it does not; infinite past before any failure.
  absl::Time since() const { return since_; }
  // When it is tried again; infinite past unless open.
  absl::Time next_try() const { return next_try_; }
  // In a row.
  int failures() const { return failures_; }

 private:
  runtime::Backoff first_backoff_;
  runtime::Backoff long_backoff_;
  State state_ = State::kHalfOpen;
  absl::Time since_ = absl::InfinitePast();
  absl::Time next_try_ = absl::InfinitePast();
  bool down_ = false;
  int failures_ = 0;
};

// "closed", "open", "half-open".
const char* StateName(CircuitBreaker::State state);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_NATIONAL_CIRCUIT_BREAKER_H_
