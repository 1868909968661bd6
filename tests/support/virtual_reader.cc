#include "tests/support/virtual_reader.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>
#include <utility>

#include "common/base/check.h"
#include "tests/support/temp_folder.h"
#include "tests/support/virtual_printer.h"

namespace keping::tests {
namespace {

constexpr int kFirstPassedSocket = 3;  // sd_listen_fds(3)
constexpr int kConnectTries = 500;
constexpr int kTryMilliseconds = 20;
// Of a contactless chip, PC/SC part 3: MIFARE Classic 1K.
constexpr char kAtr[] =
    "\x3B\x8F\x80\x01\x80\x4F\x0C\xA0\x00\x00\x03\x06\x03\x00\x01\x00\x00\x00\x00\x6A";

// libpcsclite reads the name of the socket once in a process.
const std::string& Folder() {
  static const TempFolder folder;
  return folder.path();
}
std::string SocketPath() { return Folder() + "/pcscd.comm"; }

int Listen(const std::string& path) {
  unlink(path.c_str());
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof(address.sun_path) - 1);
  KEPING_CHECK(
      bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0 && listen(fd, 16) == 0,
      "a test can listen on a socket of its own");
  return fd;
}

void WriteConfig(int port) {
  char hex[16];
  std::snprintf(hex, sizeof(hex), "0x%X", port);
  std::filesystem::create_directories(Folder() + "/reader.conf.d");
  std::ofstream(Folder() + "/reader.conf.d/vpcd")
      << "FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:" << hex
      << "\nLIBPATH /usr/lib/pcsc/drivers/serial/libifdvpcd.so\nCHANNELID " << hex << "\n";
}

int Connect(int port) {
  for (int attempt = 0; attempt < kConnectTries; ++attempt) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0) return fd;
    close(fd);
    poll(nullptr, 0, kTryMilliseconds);
  }
  return -1;
}

}  // namespace

// The card's end of vpcd's protocol: each message is its length in two bytes and its bytes; a
// message of one byte is a signal of the reader (4 asks for the ATR, the others switch power).
class VirtualReader::Chip {
 public:
  Chip(int port, std::string answer) : fd_(Connect(port)), answer_(std::move(answer)) {
    KEPING_CHECK(fd_ >= 0, "pcscd starts: are pcscd and vsmartcard-vpcd installed?");
    thread_ = std::thread([this] { Serve(); });
  }
  ~Chip() {
    shutdown(fd_, SHUT_RDWR);
    thread_.join();
    close(fd_);
  }

 private:
  void Serve() {
    std::string message;
    while (Receive(&message)) {
      if (message.size() != 1) Send(answer_);
      if (message == "\x04") Send(std::string(kAtr, sizeof(kAtr) - 1));
    }
  }
  bool Receive(std::string* message) {
    unsigned char size[2];
    if (recv(fd_, size, 2, MSG_WAITALL) != 2) return false;
    message->resize(size[0] * 256 + size[1]);
    const auto wanted = static_cast<ssize_t>(message->size());
    return recv(fd_, message->data(), message->size(), MSG_WAITALL) == wanted;
  }
  void Send(const std::string& bytes) {
    std::string message = {static_cast<char>(bytes.size() >> 8), static_cast<char>(bytes.size())};
    message += bytes;
    send(fd_, message.data(), message.size(), MSG_NOSIGNAL);
  }

  const int fd_;
  const std::string answer_;
  std::thread thread_;
};

VirtualReader::VirtualReader() : port_(FreePort()) {
  setenv("PCSCLITE_CSOCK_NAME", SocketPath().c_str(), 1);
  PlugIn();
}

VirtualReader::~VirtualReader() { Unplug(); }

void VirtualReader::Hold(const std::string& answer) {
  Lift();
  chip_ = std::make_unique<Chip>(port_, answer);
}

void VirtualReader::Lift() { chip_.reset(); }

void VirtualReader::Unplug() {
  Lift();
  if (child_ < 0) return;
  kill(child_, SIGTERM);
  waitpid(child_, nullptr, 0);
  child_ = -1;
}

// As systemd starts it, with the socket passed: so it needs none of the machine's places.
void VirtualReader::PlugIn() {
  WriteConfig(port_);
  const int listener = Listen(SocketPath());
  const std::string conf = Folder() + "/reader.conf.d", output = Folder() + "/log";
  child_ = fork();
  if (child_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int log = open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    // Not closed at exec, also when the number is the same.
    if (listener == kFirstPassedSocket) {
      fcntl(listener, F_SETFD, 0);
    } else {
      dup2(listener, kFirstPassedSocket);
    }
    setenv("LISTEN_FDS", "1", 1);
    setenv("LISTEN_PID", std::to_string(getpid()).c_str(), 1);
    execl("/usr/sbin/pcscd", "pcscd", "--foreground", "--config", conf.c_str(), nullptr);
    _exit(127);
  }
  close(listener);
}

}  // namespace keping::tests
