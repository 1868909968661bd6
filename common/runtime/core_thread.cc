#include "common/runtime/core_thread.h"

#include <optional>
#include <utility>

#include "common/base/check.h"

namespace keping::runtime {

CoreThread::CoreThread(const time::Clock* clock, size_t mailbox_capacity)
    : clock_(clock), mailbox_(mailbox_capacity), thread_([this] { Run(); }) {}

CoreThread::~CoreThread() { Stop(Waiting::kDrop); }

bool CoreThread::Post(Task task) { return mailbox_.TryPost(std::move(task)); }

TimerId CoreThread::PostAfter(absl::Duration delay, Task task) {
  const absl::Duration due = clock_->Now().monotonic + delay;
  TimerId id;
  {
    absl::MutexLock lock(&timers_mutex_);
    id = timers_.Add(due, std::move(task));
  }
  mailbox_.Wake();
  return id;
}

void CoreThread::Cancel(const TimerId& id) {
  absl::MutexLock lock(&timers_mutex_);
  timers_.Cancel(id);
}

void CoreThread::Stop(Waiting waiting) {
  KEPING_CHECK(!IsCurrent(), "the core cannot wait for its own end");
  mailbox_.Close();
  if (waiting == Waiting::kDrop) mailbox_.Discard();
  if (thread_.joinable()) thread_.join();
}

bool CoreThread::IsCurrent() const { return std::this_thread::get_id() == thread_.get_id(); }

void CoreThread::Run() {
  while (!mailbox_.closed_and_empty()) {
    RunDueTimers();
    if (std::optional<Task> task = mailbox_.Take(UntilNextTimer())) (*task)();
  }
}

void CoreThread::RunDueTimers() {
  const absl::Duration now = clock_->Now().monotonic;
  while (true) {
    std::optional<Task> task;
    {
      absl::MutexLock lock(&timers_mutex_);
      task = timers_.PopDue(now);
    }
    if (!task) return;
    (*task)();
  }
}

absl::Duration CoreThread::UntilNextTimer() {
  absl::MutexLock lock(&timers_mutex_);
  return timers_.UntilNext(clock_->Now().monotonic);
}

}  // namespace keping::runtime
