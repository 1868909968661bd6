// A program beside the bench: started, awaited until it says "ready", looked at, ended.
//
//   KEPING_ASSIGN_OR_RETURN(auto child, ChildProcess::Start({"bin/keping-edge", "--config",
//   path})); KEPING_RETURN_IF_ERROR(child->AwaitReady()); child->ResidentMiB();
#ifndef KEPING_TESTS_BENCH_CHILD_PROCESS_H_
#define KEPING_TESTS_BENCH_CHILD_PROCESS_H_

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace keping::bench {

// Of any process, now.
double ResidentMiBOf(pid_t pid);
// The most that it had since it started.
double PeakResidentMiBOf(pid_t pid);

// Not thread-safe. The destructor ends the process (SIGTERM, after ten seconds SIGKILL) and waits.
class ChildProcess {
 public:
  // `command` is a path and its arguments. Standard input is empty, standard error this program's.
  static absl::StatusOr<std::unique_ptr<ChildProcess>> Start(
      const std::vector<std::string>& command);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // Its next line begins with "ready". DeadlineExceeded after two minutes, Unavailable when it
  // ended before.
  absl::Status AwaitReady();
  // The next line of its standard output, without the end of the line; errors as above.
  absl::StatusOr<std::string> AwaitLine();
  // Lets it run for a while; Unavailable when it ends meanwhile.
  absl::Status LetRun(absl::Duration time);

  // Resident now: everything, and the part that no file stands behind.
  double ResidentMiB() const;
  double ResidentAnonymousMiB() const;
  // Of all its threads that are alive, since they started.
  double CpuSeconds() const;

 private:
  ChildProcess(pid_t pid, int pid_file, int output)
      : pid_(pid), pid_file_(pid_file), output_(output) {}

  const pid_t pid_;
  const int pid_file_;  // becomes readable when the process ends
  const int output_;
  std::string said_;  // and not yet asked for
};

}  // namespace keping::bench

#endif  // KEPING_TESTS_BENCH_CHILD_PROCESS_H_
