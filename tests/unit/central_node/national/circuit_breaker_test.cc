#include "central_node/national/circuit_breaker.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace keping::central {
namespace {

using State = CircuitBreaker::State;

constexpr absl::Duration kPoll = absl::Minutes(5);

TEST(CircuitBreakerTest, OneAnswerClosesIt) {
  const absl::Time now = absl::FromUnixSeconds(1'500'000'000);
  CircuitBreaker breaker(kPoll, 1);
  EXPECT_EQ(breaker.state(), State::kHalfOpen);
  EXPECT_EQ(breaker.since(), absl::InfinitePast());
  breaker.OnTry();
  breaker.OnAnswer(now);
  EXPECT_EQ(breaker.state(), State::kClosed);
  EXPECT_EQ(breaker.since(), now);
  breaker.OnAnswer(now + absl::Hours(1));
  EXPECT_EQ(breaker.since(), now);
}

TEST(CircuitBreakerTest, AnOutageIsKnownSinceItsFirstFailure) {
  const absl::Time began = absl::FromUnixSeconds(1'500'000'000);
  absl::Time now = began;
  CircuitBreaker breaker(kPoll, 1);
  for (int i = 0; i < 10; ++i) {
    const absl::Duration wait = breaker.OnFailure(now);
    EXPECT_EQ(breaker.state(), State::kOpen);
    EXPECT_EQ(breaker.next_try(), now + wait);
    now += wait;
    breaker.OnTry();
    EXPECT_EQ(breaker.state(), State::kHalfOpen);
    EXPECT_EQ(breaker.next_try(), absl::InfinitePast());
    EXPECT_EQ(breaker.since(), began);
  }
  EXPECT_EQ(breaker.failures(), 10);
  breaker.OnAnswer(now);
  EXPECT_EQ(breaker.since(), now);
}

TEST(CircuitBreakerTest, ALongOutageIsTriedLessOften) {
  CircuitBreaker breaker(kPoll, 1);
  absl::Duration longest;
  for (int i = 0; i < CircuitBreaker::kFirstRetries; ++i) {
    longest = std::max(longest, breaker.OnFailure(absl::UnixEpoch()));
  }
  EXPECT_LE(longest, CircuitBreaker::kMaxFirstRetries);
  for (int i = 0; i < 50; ++i) longest = std::max(longest, breaker.OnFailure(absl::UnixEpoch()));
  EXPECT_GT(longest, CircuitBreaker::kMaxFirstRetries);
  EXPECT_LE(longest, kPoll);
  breaker.OnAllAnswered();
  EXPECT_LE(breaker.OnFailure(absl::UnixEpoch()), CircuitBreaker::kFirstRetry);
}

TEST(CircuitBreakerTest, AServerThatFailsAtTheSecondQuestionIsSparedToo) {
  CircuitBreaker breaker(kPoll, 1);
  absl::Duration longest;
  for (int i = 0; i < CircuitBreaker::kFirstRetries + 20; ++i) {
    breaker.OnTry();
    breaker.OnAnswer(absl::UnixEpoch());
    longest = std::max(longest, breaker.OnFailure(absl::UnixEpoch()));
  }
  EXPECT_GT(longest, CircuitBreaker::kMaxFirstRetries);
}

}  // namespace
}  // namespace keping::central
