// Tasks ordered by when they are due; equal times keep the order in which they were added.
//
//   TimerQueue timers;
//   TimerId id = timers.Add(now + absl::Seconds(5), [] { … });
//   while (std::optional<Task> task = timers.PopDue(now)) (*task)();
#ifndef KEPING_COMMON_RUNTIME_TIMER_QUEUE_H_
#define KEPING_COMMON_RUNTIME_TIMER_QUEUE_H_

#include <cstdint>
#include <map>
#include <optional>

#include "absl/time/time.h"
#include "common/runtime/mailbox.h"

namespace keping::runtime {

// Names one armed timer; never used twice by the same queue.
struct TimerId {
  absl::Duration due;  // monotonic
  uint64_t number = 0;
  friend bool operator<(const TimerId& a, const TimerId& b) {
    return a.due != b.due ? a.due < b.due : a.number < b.number;
  }
};

// A value that moves. Times are monotonic readings of one clock. Not thread-safe.
class TimerQueue {
 public:
  TimerId Add(absl::Duration due, Task task);
  // Nothing happens when the timer has fired or was cancelled before.
  void Cancel(const TimerId& id);
  // The next task that is due at `now`, taken out; nothing when none is.
  std::optional<Task> PopDue(absl::Duration now);
  // How long from `now` until the next task is due: zero if one is late, infinite if there is none.
  absl::Duration UntilNext(absl::Duration now) const;

 private:
  std::map<TimerId, Task> timers_;
  uint64_t next_number_ = 1;
};

}  // namespace keping::runtime

#endif  // KEPING_COMMON_RUNTIME_TIMER_QUEUE_H_
