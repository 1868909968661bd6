// A CUPS server of a test's own: a real cupsd on a free port of loopback, with one queue and the
// virtual card printer behind it.
//
//   TempFolder folder;
//   CupsServer cups(folder.path(), {.error_policy = "retry-job"});
//   cups.SetMode("fail");
//   IppPrinterOptions options{.uri = cups.uri(), …};
//
// Needs root, since cupsd runs no backend otherwise.
#ifndef KEPING_TESTS_SUPPORT_CUPS_SERVER_H_
#define KEPING_TESTS_SUPPORT_CUPS_SERVER_H_

#include <sys/types.h>

#include <string>

namespace keping::tests {

struct CupsQueue {
  std::string error_policy = "stop-printer";
  // Before the URI of the virtual card printer: deploy/cups/once.
  std::string device_prefix = "once:";
  // A PPD's name and size of the loaded media, in points; empty for a raw queue without a PPD.
  std::string media = "";
  int media_width = 0;
  int media_length = 0;
};

// Not thread-safe. Aborts the test when cupsd does not come up.
class CupsServer {
 public:
  CupsServer(std::string folder, const CupsQueue& queue);
  ~CupsServer();
  CupsServer(const CupsServer&) = delete;
  CupsServer& operator=(const CupsServer&) = delete;

  std::string uri() const;

  // See deploy/virtual_printer/card_command for the modes.
  void SetMode(const std::string& mode);
  // SIGKILL to the server and what it runs.
  void CutPower();
  // As `systemctl stop cups`.
  void SwitchOff();
  void SwitchOn();
  // What a person does who has cleared a jam: the queue goes on.
  void ResumeQueue();

  bool HasCard(const std::string& job_name) const;
  int TimesBegun(const std::string& job_name) const;
  // False if a card of that job was not begun so often after half a minute.
  [[nodiscard]] bool AwaitBegun(const std::string& job_name, int times) const;

 private:
  void WriteConfig(const CupsQueue& queue);
  bool Launch();
  void Stop(int signal);

  const std::string folder_;
  int port_ = 0;
  pid_t child_ = -1;
};

}  // namespace keping::tests

#endif  // KEPING_TESTS_SUPPORT_CUPS_SERVER_H_
