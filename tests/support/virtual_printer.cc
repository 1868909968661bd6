#include "tests/support/virtual_printer.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "common/base/check.h"
#include "common/crypto/random.h"

namespace keping::tests {
namespace {

constexpr int kStartMilliseconds = 30'000;

// Reads until a line ends; empty when the writer ended or took too long.
std::string ReadLine(int fd) {
  std::string line;
  char c;
  pollfd waiting{.fd = fd, .events = POLLIN, .revents = 0};
  while (poll(&waiting, 1, kStartMilliseconds) == 1 && read(fd, &c, 1) == 1) {
    if (c == '\n') return line;
    line += c;
  }
  return "";
}

}  // namespace

// Below the ports that the kernel gives out: what is switched off for a while keeps its port.
int FreePort() {
  constexpr int kFirst = 10'000;
  constexpr int kLast = 32'000;
  for (int attempt = 0; attempt < 100; ++attempt) {
    const std::string drawn = crypto::RandomBytes(2);
    const int number = static_cast<uint8_t>(drawn[0]) << 8 | static_cast<uint8_t>(drawn[1]);
    const int port = kFirst + number % (kLast - kFirst);
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool is_free = bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
    close(fd);
    if (is_free) return port;
  }
  KEPING_CHECK(false, "loopback has a free port");
}

VirtualPrinter::VirtualPrinter(std::string folder, std::string attributes)
    : folder_(std::move(folder)), attributes_(std::move(attributes)) {
  std::filesystem::create_directories(folder_ + "/control");
  SetMode("ok");
  // Somebody may take the port before the printer does.
  for (int attempt = 0; attempt < 3; ++attempt) {
    port_ = FreePort();
    if (Launch()) return;
  }
  KEPING_CHECK(false, "the virtual printer starts: are cups-ipp-utils and dbus installed?");
}

VirtualPrinter::~VirtualPrinter() { SwitchOff(); }

std::string VirtualPrinter::uri() const {
  return "ipp://localhost:" + std::to_string(port_) + "/ipp/print";
}

void VirtualPrinter::SetMode(const std::string& mode) {
  const std::string file = folder_ + "/control/mode";
  std::ofstream(file + ".new") << mode << "\n";
  std::filesystem::rename(file + ".new", file);
}

void VirtualPrinter::Tell(const std::string& words) {
  const std::string command = std::string("'" KEPING_VIRTUAL_PRINTER "/tell_virtual_printer' ") +
                              "--spool '" + folder_ + "' " + words;
  KEPING_CHECK(std::system(command.c_str()) == 0, "the virtual printer takes what it is told");
}

void VirtualPrinter::CutPower() { Stop(SIGUSR1); }

void VirtualPrinter::SwitchOff() { Stop(SIGTERM); }

void VirtualPrinter::SwitchOn() {
  KEPING_CHECK(child_ < 0 && Launch(), "a printer that is off can be switched on again");
}

bool VirtualPrinter::HasCard(const std::string& job_name) const {
  return std::filesystem::exists(folder_ + "/control/cards/" + job_name + ".pdf");
}

std::string VirtualPrinter::Card(const std::string& job_name) const {
  std::ifstream file(folder_ + "/control/cards/" + job_name + ".pdf", std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

int VirtualPrinter::TimesBegun(const std::string& job_name) const {
  std::ifstream journal(folder_ + "/control/journal");
  int times = 0;
  std::string job, name;
  while (journal >> job >> name) times += name == job_name ? 1 : 0;
  return times;
}

bool VirtualPrinter::Launch() {
  int pipe_ends[2];
  KEPING_CHECK(pipe2(pipe_ends, O_CLOEXEC) == 0, "a test can make a pipe");
  const std::string port = std::to_string(port_);
  const char* const arguments[] = {KEPING_VIRTUAL_PRINTER "/run_virtual_printer",
                                   "--name",
                                   "test-printer",
                                   "--port",
                                   port.c_str(),
                                   "--spool",
                                   folder_.c_str(),
                                   "--attributes",
                                   attributes_.c_str(),
                                   nullptr};
  child_ = fork();
  if (child_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGTERM);  // a test that crashes leaves no printer behind
    dup2(pipe_ends[1], STDOUT_FILENO);
    execv(arguments[0], const_cast<char* const*>(arguments));
    _exit(127);
  }
  close(pipe_ends[1]);
  const bool ready = ReadLine(pipe_ends[0]) == "ready " + uri();
  close(pipe_ends[0]);
  if (!ready) SwitchOff();
  return ready;
}

void VirtualPrinter::Stop(int signal) {
  if (child_ < 0) return;
  kill(child_, signal);
  waitpid(child_, nullptr, 0);
  child_ = -1;
}

}  // namespace keping::tests
