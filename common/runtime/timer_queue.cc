#include "common/runtime/timer_queue.h"

#include <algorithm>
#include <utility>

namespace keping::runtime {

TimerId TimerQueue::Add(absl::Duration due, Task task) {
  TimerId id{due, next_number_++};
  timers_.emplace(id, std::move(task));
  return id;
}

void TimerQueue::Cancel(const TimerId& id) { timers_.erase(id); }

std::optional<Task> TimerQueue::PopDue(absl::Duration now) {
  if (timers_.empty() || timers_.begin()->first.due > now) return std::nullopt;
  Task task = std::move(timers_.begin()->second);
  timers_.erase(timers_.begin());
  return task;
}

absl::Duration TimerQueue::UntilNext(absl::Duration now) const {
  if (timers_.empty()) return absl::InfiniteDuration();
  return std::max(timers_.begin()->first.due - now, absl::ZeroDuration());
}

}  // namespace keping::runtime
