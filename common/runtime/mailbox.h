// The bounded queue in front of a core: many threads post, one thread takes.
//
//   Mailbox mailbox(1024);
//   if (!mailbox.TryPost([=] { core->OnScan(serial); })) return Busy();   // any thread
//   if (std::optional<Task> task = mailbox.Take(absl::Seconds(1))) (*task)();   // the core's
//   thread
//
// Full means "no" at once: whoever posts slows its own source down instead of filling memory.
#ifndef KEPING_COMMON_RUNTIME_MAILBOX_H_
#define KEPING_COMMON_RUNTIME_MAILBOX_H_

#include <cstddef>
#include <deque>
#include <optional>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace keping::runtime {

using Task = absl::AnyInvocable<void()>;

// Thread-safe.
class Mailbox {
 public:
  // `capacity` is at least 1: how many tasks may wait.
  explicit Mailbox(size_t capacity);

  // False, and the task is dropped, when the mailbox is full or closed.
  [[nodiscard]] bool TryPost(Task task);

  // The oldest task; waits for one. Nothing when `timeout` has passed, when Wake() was called, or
  // when the mailbox is closed and empty.
  std::optional<Task> Take(absl::Duration timeout);

  // Makes the current or the next waiting Take() return.
  void Wake();

  // No further task is accepted; those that wait can still be taken, or are dropped by Discard().
  void Close();
  void Discard();
  bool closed_and_empty() const;

 private:
  bool HasNews() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return closed_ || woken_ || !tasks_.empty();
  }

  const size_t capacity_;
  mutable absl::Mutex mutex_;
  std::deque<Task> tasks_ ABSL_GUARDED_BY(mutex_);
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  bool woken_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace keping::runtime

#endif  // KEPING_COMMON_RUNTIME_MAILBOX_H_
