// One real virtual card printer for a test: deploy/virtual_printer as a child process, on a free
// port.
//
//   TempFolder folder;
//   VirtualPrinter printer(folder.path());
//   printer.SetMode("fail");
//   IppPrinterOptions options{.uri = printer.uri(), …};
#ifndef KEPING_TESTS_SUPPORT_VIRTUAL_PRINTER_H_
#define KEPING_TESTS_SUPPORT_VIRTUAL_PRINTER_H_

#include <sys/types.h>

#include <string>

namespace keping::tests {

// A port on loopback that was free a moment ago.
int FreePort();

// Not thread-safe. Aborts the test when the printer does not come up.
class VirtualPrinter {
 public:
  // Switches on; the files go to `folder`. `attributes` is a conf file of deploy/virtual_printer.
  explicit VirtualPrinter(std::string folder, std::string attributes = "card.conf");
  ~VirtualPrinter();
  VirtualPrinter(const VirtualPrinter&) = delete;
  VirtualPrinter& operator=(const VirtualPrinter&) = delete;

  std::string uri() const;

  // See deploy/virtual_printer/card_command for the modes; the first is "ok".
  void SetMode(const std::string& mode);
  // Runs tell_virtual_printer with these words: "next abort ribbon broken", "resume" …
  void Tell(const std::string& words);
  // SIGKILL in mid-job; returns when everything is gone.
  void CutPower();
  void SwitchOff();
  // On the same port as before.
  void SwitchOn();

  // Whether the card of that job came out.
  bool HasCard(const std::string& job_name) const;
  // The document of the card that came out; empty when none did.
  std::string Card(const std::string& job_name) const;
  // How often a card of that job was begun.
  int TimesBegun(const std::string& job_name) const;

 private:
  bool Launch();
  void Stop(int signal);

  const std::string folder_;
  const std::string attributes_;
  int port_ = 0;
  pid_t child_ = -1;
};

}  // namespace keping::tests

#endif  // KEPING_TESTS_SUPPORT_VIRTUAL_PRINTER_H_
