#include "tests/bench/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <system_error>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "tests/bench/measure.h"

namespace keping::bench {
namespace {

constexpr double kLineSeconds = 120;
constexpr int kTermMilliseconds = 10'000;

// A line of /proc/PID/status, such as "VmRSS: 1234 kB".
double StatusMiB(pid_t pid, const std::string& name) {
  std::ifstream status(absl::StrCat("/proc/", pid, "/status"));
  for (std::string word; status >> word;) {
    double kibibytes = 0;
    if (word == name && status >> kibibytes) return kibibytes / 1024;
  }
  return 0;
}

pid_t Spawn(const std::vector<std::string>& command, int output) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
  std::vector<char*> arguments;
  for (const std::string& part : command) arguments.push_back(const_cast<char*>(part.c_str()));
  arguments.push_back(nullptr);
  pid_t pid = -1;
  if (posix_spawn(&pid, arguments[0], &files, nullptr, arguments.data(), environ) != 0) pid = -1;
  posix_spawn_file_actions_destroy(&files);
  return pid;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ChildProcess>> ChildProcess::Start(
    const std::vector<std::string>& command) {
  int output[2];
  if (pipe2(output, O_CLOEXEC) != 0) return absl::InternalError("cannot make a pipe");
  const pid_t pid = Spawn(command, output[1]);
  close(output[1]);
  if (pid < 0) {
    close(output[0]);
    return absl::NotFoundError(absl::StrCat("cannot start ", command[0], "; build it first"));
  }
  const int pid_file = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
  return std::unique_ptr<ChildProcess>(new ChildProcess(pid, pid_file, output[0]));
}

ChildProcess::~ChildProcess() {
  kill(pid_, SIGTERM);
  pollfd ended{.fd = pid_file_, .events = POLLIN, .revents = 0};
  if (poll(&ended, 1, kTermMilliseconds) <= 0) kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  close(pid_file_);
  close(output_);
}

absl::Status ChildProcess::AwaitReady() {
  KEPING_ASSIGN_OR_RETURN(const std::string line, AwaitLine());
  if (absl::StartsWith(line, "ready")) return absl::OkStatus();
  return absl::InternalError(absl::StrCat("the program said \"", line, "\", want \"ready\""));
}

absl::StatusOr<std::string> ChildProcess::AwaitLine() {
  const Stopwatch watch;
  size_t end = said_.find('\n');
  for (; end == std::string::npos; end = said_.find('\n')) {
    if (watch.Seconds() > kLineSeconds) {
      return absl::DeadlineExceededError("the program said nothing in time");
    }
    pollfd output{.fd = output_, .events = POLLIN, .revents = 0};
    if (poll(&output, 1, 1000) <= 0) continue;
    char bytes[256];
    const ssize_t size = read(output_, bytes, sizeof(bytes));
    if (size <= 0) return absl::UnavailableError("the program ended before it said what it should");
    said_.append(bytes, static_cast<size_t>(size));
  }
  std::string line = said_.substr(0, end);
  said_.erase(0, end + 1);
  return line;
}

absl::Status ChildProcess::LetRun(absl::Duration time) {
  pollfd ended{.fd = pid_file_, .events = POLLIN, .revents = 0};
  if (poll(&ended, 1, static_cast<int>(absl::ToInt64Milliseconds(time))) == 0) {
    return absl::OkStatus();
  }
  return absl::UnavailableError("the program ended");
}

double ResidentMiBOf(pid_t pid) { return StatusMiB(pid, "VmRSS:"); }

double PeakResidentMiBOf(pid_t pid) { return StatusMiB(pid, "VmHWM:"); }

double ChildProcess::ResidentMiB() const { return StatusMiB(pid_, "VmRSS:"); }

double ChildProcess::ResidentAnonymousMiB() const { return StatusMiB(pid_, "RssAnon:"); }

double ChildProcess::CpuSeconds() const {
  double nanoseconds = 0;
  std::error_code error;
  std::filesystem::directory_iterator it(absl::StrCat("/proc/", pid_, "/task"), error), end;
  for (; !error && it != end; it.increment(error)) {
    double on_cpu = 0;
    std::ifstream(it->path() / "schedstat") >> on_cpu;
    nanoseconds += on_cpu;
  }
  return nanoseconds / 1e9;
}

}  // namespace keping::bench
