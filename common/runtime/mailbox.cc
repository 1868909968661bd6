#include "common/runtime/mailbox.h"

#include <utility>

#include "common/base/check.h"

namespace keping::runtime {

Mailbox::Mailbox(size_t capacity) : capacity_(capacity) {
  KEPING_CHECK(capacity > 0, "a mailbox holds at least one task");
}

bool Mailbox::TryPost(Task task) {
  absl::MutexLock lock(&mutex_);
  if (closed_ || tasks_.size() >= capacity_) return false;
  tasks_.push_back(std::move(task));
  return true;
}

std::optional<Task> Mailbox::Take(absl::Duration timeout) {
  absl::MutexLock lock(&mutex_);
  mutex_.AwaitWithTimeout(absl::Condition(this, &Mailbox::HasNews), timeout);
  woken_ = false;
  if (tasks_.empty()) return std::nullopt;
  Task task = std::move(tasks_.front());
  tasks_.pop_front();
  return task;
}

void Mailbox::Wake() {
  absl::MutexLock lock(&mutex_);
  woken_ = true;
}

void Mailbox::Close() {
  absl::MutexLock lock(&mutex_);
  closed_ = true;
}

void Mailbox::Discard() {
  // Dropped after the lock is released: a task's destructor may call back.
  std::deque<Task> dropped;
  absl::MutexLock lock(&mutex_);
  dropped.swap(tasks_);
}

bool Mailbox::closed_and_empty() const {
  absl::MutexLock lock(&mutex_);
  return closed_ && tasks_.empty();
}

}  // namespace keping::runtime
