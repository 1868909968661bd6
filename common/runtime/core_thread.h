// The one thread on which a core decides: it runs posted tasks in order, and timers when they are
// due.
//
//   CoreThread core(&clock, 1024);
//   if (!core.Post([&] { node.OnScan(serial); })) return Busy();   // any thread
//   core.PostAfter(absl::Seconds(30), [&] { node.OnTick(); });
//   core.Stop(CoreThread::Waiting::kRun);
#ifndef KEPING_COMMON_RUNTIME_CORE_THREAD_H_
#define KEPING_COMMON_RUNTIME_CORE_THREAD_H_

#include <cstddef>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/runtime/mailbox.h"
#include "common/runtime/timer_queue.h"
#include "common/time/clock.h"

namespace keping::runtime {

// Thread-safe. Tasks never run at the same time, and never on the caller's thread.
class CoreThread {
 public:
  // What becomes of tasks that wait at Stop(). Armed timers are dropped either way.
  enum class Waiting { kRun, kDrop };

  // Starts at once. `clock` outlives this object; only its monotonic reading is used.
  CoreThread(const time::Clock* clock, size_t mailbox_capacity);
  // Stops, dropping what waits.
  ~CoreThread();
  CoreThread(const CoreThread&) = delete;
  CoreThread& operator=(const CoreThread&) = delete;

  // False when the mailbox is full or the thread is stopped: the task will not run.
  [[nodiscard]] bool Post(Task task);

  // Runs the task once `delay` has passed. Timers do not count towards the mailbox's capacity, so
  // that a busy core never loses one: whoever arms them bounds their number.
  TimerId PostAfter(absl::Duration delay, Task task);
  void Cancel(const TimerId& id);

  // Returns when the thread has ended. A second call does nothing. Not from the core's own thread.
  void Stop(Waiting waiting);

  // True on the core's own thread: for checks.
  bool IsCurrent() const;

 private:
  void Run();
  void RunDueTimers();
  absl::Duration UntilNextTimer();

  const time::Clock* const clock_;
  Mailbox mailbox_;
  absl::Mutex timers_mutex_;
  TimerQueue timers_ ABSL_GUARDED_BY(timers_mutex_);
  std::thread thread_;
};

}  // namespace keping::runtime

#endif  // KEPING_COMMON_RUNTIME_CORE_THREAD_H_
