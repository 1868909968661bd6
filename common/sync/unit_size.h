// How large the next unit on the wire may be: small at first, larger while answers come soon,
// smaller when they do not. What a link that drops takes away is then at most a second or two of
// it. Units that were sent before a change say nothing about it: with several under way each of
// them would change it again, and the size would swing between its ends.
//
//   UnitSize size(kFirstSegmentBytes, kMaxSegmentBytes);
//   Send(Read(size.bytes())); size.OnSent(now);
//   size.OnAnswered(now);
#ifndef KEPING_COMMON_SYNC_UNIT_SIZE_H_
#define KEPING_COMMON_SYNC_UNIT_SIZE_H_

#include <cstddef>
#include <deque>

#include "absl/time/time.h"

namespace keping::sync {

// Of one session. Times are monotonic. Not thread-safe.
class UnitSize {
 public:
  static constexpr absl::Duration kSoon = absl::Seconds(1);
  static constexpr absl::Duration kLate = absl::Seconds(4);

  UnitSize(size_t first, size_t most) : first_(first), most_(most), bytes_(first) {}

  void OnSent(absl::Duration now) { sent_.push_back(now); }
  // The oldest unit that waits was answered; nothing happens when none waits.
  void OnAnswered(absl::Duration now);
  // A new session.
  void Reset();

  size_t bytes() const { return bytes_; }
  // What the last answer took; zero before the first.
  absl::Duration took() const { return took_; }

 private:
  size_t first_;
  size_t most_;
  size_t bytes_;
  absl::Duration took_;
  absl::Duration changed_ = -absl::InfiniteDuration();
  std::deque<absl::Duration> sent_;
};

}  // namespace keping::sync

#endif  // KEPING_COMMON_SYNC_UNIT_SIZE_H_
