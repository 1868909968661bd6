#include "central_node/national/circuit_breaker.h"

#include <algorithm>

namespace keping::central {

CircuitBreaker::CircuitBreaker(absl::Duration poll, uint64_t seed)
    : first_backoff_(kFirstRetry, kMaxFirstRetries, seed),
      long_backoff_(kMaxFirstRetries, std::max(poll, kMaxFirstRetries), seed) {}

void CircuitBreaker::OnTry() {
  if (state_ != State::kOpen) return;
  state_ = State::kHalfOpen;
  next_try_ = absl::InfinitePast();
}

void CircuitBreaker::OnAnswer(absl::Time now) {
  if (state_ == State::kClosed) return;
  state_ = State::kClosed;
  since_ = now;
  next_try_ = absl::InfinitePast();
  down_ = false;
}

absl::Duration CircuitBreaker::OnFailure(absl::Time now) {
  if (!down_) since_ = now;
  down_ = true;
  state_ = State::kOpen;
  ++failures_;
  const absl::Duration wait =
      failures_ <= kFirstRetries ? first_backoff_.Next() : long_backoff_.Next();
  next_try_ = now + wait;
  return wait;
}

void CircuitBreaker::OnAllAnswered() {
  failures_ = 0;
  first_backoff_.Reset();
  long_backoff_.Reset();
}

const char* StateName(CircuitBreaker::State state) {
  switch (state) {
    case CircuitBreaker::State::kClosed:
      return "closed";
    case CircuitBreaker::State::kOpen:
      return "open";
    case CircuitBreaker::State::kHalfOpen:
      return "half-open";
  }
  return "";
}

}  // namespace keping::central
