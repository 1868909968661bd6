// The thread on which a node looks at passwords and makes verifiers: each takes 100 ms and 64 MB,
// so one at a time, and never on the core thread.
//
//   PasswordThread passwords(core.get(), &clock);
//   passwords.Check(typed, verifier, [](bool right) { … });   // on the core thread
//   passwords.Stop();                                         // before the core thread
#ifndef KEPING_COMMON_PEOPLE_PASSWORD_THREAD_H_
#define KEPING_COMMON_PEOPLE_PASSWORD_THREAD_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "common/runtime/core_thread.h"
#include "common/time/clock.h"

namespace keping::people {

// Made and stopped on the main thread. The answers come on the core thread; false: too many wait,
// and no answer will come.
class PasswordThread {
 public:
  // Both outlive it.
  PasswordThread(runtime::CoreThread* core, const time::Clock* clock);
  ~PasswordThread() { Stop(); }

  bool Check(std::string password, std::string verifier, std::function<void(bool)> done);
  bool Make(std::string password, std::function<void(absl::StatusOr<std::string>)> done);
  // Anything else that takes a password's time; `task` runs on this thread.
  bool Post(std::function<void()> task);
  void Stop();

 private:
  runtime::CoreThread* const core_;
  runtime::CoreThread hasher_;
};

}  // namespace keping::people

#endif  // KEPING_COMMON_PEOPLE_PASSWORD_THREAD_H_
