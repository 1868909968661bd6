#include "common/runtime/process.h"

#include <pthread.h>
#include <signal.h>

#include <cstdlib>
#include <utility>

#include "absl/synchronization/mutex.h"

namespace keping::runtime {
namespace {

sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

}  // namespace

void InitializeProcess() {
  signal(SIGPIPE, SIG_IGN);
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
}

std::string CredentialsDirectory() {
  const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
  return folder == nullptr ? "" : folder;
}

std::string UserRuntimeDirectory() {
  const char* folder = std::getenv("XDG_RUNTIME_DIR");
  return folder == nullptr ? "" : folder;
}

std::string MessageLocale() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* locale = std::getenv(name);
    if (locale != nullptr && *locale != '\0') return locale;
  }
  return "";
}

StopSignal::StopSignal(std::function<void(int)> on_stop) : on_stop_(std::move(on_stop)) {
  const sigset_t signals = StopSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  thread_ = std::thread([this] { Wait(); });
}

StopSignal::~StopSignal() {
  ending_ = true;
  pthread_kill(thread_.native_handle(), SIGTERM);
  thread_.join();
  const sigset_t signals = StopSignals();
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

void StopSignal::Wait() {
  const sigset_t signals = StopSignals();
  for (bool first = true;; first = false) {
    int number = 0;
    sigwait(&signals, &number);
    if (ending_) return;
    if (!first) std::_Exit(128 + number);
    on_stop_(number);
  }
}

}  // namespace keping::runtime
