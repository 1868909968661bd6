#include "common/cli/secret_input.h"

#include <termios.h>
#include <unistd.h>

#include <iostream>

namespace keping::cli {
namespace {

// Restores the terminal's echo at the end.
class WithoutEcho {
 public:
  WithoutEcho() : changed_(tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!changed_) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  ~WithoutEcho() {
    if (changed_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }

 private:
  termios before_{};
  const bool changed_;
};

}  // namespace

std::string ReadSecret(const char* prompt) {
  const bool terminal = isatty(STDIN_FILENO) == 1;
  std::string secret;
  if (!terminal) {
    std::getline(std::cin, secret);
  } else {
    std::cerr << prompt << ": " << std::flush;
    const WithoutEcho silent;
    std::getline(std::cin, secret);
    std::cerr << std::endl;
  }
  if (!secret.empty() && secret.back() == '\r') secret.pop_back();
  return secret;
}

}  // namespace keping::cli
