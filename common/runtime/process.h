// What every program of Keping does first, and how it hears that it should end.
//
//   int main(int argc, char** argv) {
//     InitializeProcess();
//     StopSignal stop([&](int) { stopping.Notify(); });   // before any other thread starts
//     …
//     stopping.WaitForNotification();
//   }
#ifndef KEPING_COMMON_RUNTIME_PROCESS_H_
#define KEPING_COMMON_RUNTIME_PROCESS_H_

#include <atomic>
#include <functional>
#include <string>
#include <thread>

namespace keping::runtime {

// Writing to a closed connection is an error code, not a signal; and abseil's deadlock detection,
// which Debian's build has on and which halves the rate of gRPC calls, is off. Call it first in
// main.
void InitializeProcess();

// Where systemd put the credentials of this service (systemd.exec(5), CREDENTIALS_DIRECTORY); empty
// where there are none.
std::string CredentialsDirectory();

// Where files of this user belong that end with the login (XDG_RUNTIME_DIR); empty where there is
// no such folder.
std::string UserRuntimeDirectory();

// What this user's environment names as the language of messages (LC_ALL, LC_MESSAGES or LANG, as
// POSIX orders them), such as "id_ID.UTF-8"; empty where it names none.
std::string MessageLocale();

// SIGINT and SIGTERM as a call on a thread of its own, where everything is allowed.
//
// Make it before any other thread starts, because threads inherit the blocked signals; one per
// process. A child started by this process inherits them too and has to unblock them itself.
class StopSignal {
 public:
  // `on_stop` gets the signal's number, once, at the first signal. The second signal ends the
  // process at once with status 128 + its number: what is durable is durable, and a person who
  // presses Ctrl-C twice wants out.
  explicit StopSignal(std::function<void(int)> on_stop);
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

 private:
  void Wait();

  const std::function<void(int)> on_stop_;
  std::atomic<bool> ending_ = false;
  std::thread thread_;
};

}  // namespace keping::runtime

#endif  // KEPING_COMMON_RUNTIME_PROCESS_H_
