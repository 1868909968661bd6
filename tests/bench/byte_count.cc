#include "tests/bench/byte_count.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <thread>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace keping::bench {
namespace {

absl::StatusOr<sockaddr_in> AddressOf(const std::string& text) {
  const size_t colon = text.rfind(':');
  sockaddr_in address{};
  address.sin_family = AF_INET;
  uint32_t port = 0;
  if (colon == std::string::npos || !absl::SimpleAtoi(text.substr(colon + 1), &port) ||
      inet_pton(AF_INET, text.substr(0, colon).c_str(), &address.sin_addr) != 1) {
    return absl::InvalidArgumentError(
        absl::StrCat("got ", text, ", want an IPv4 address and port"));
  }
  address.sin_port = htons(static_cast<uint16_t>(port));
  return address;
}

int Connect(const sockaddr_in& target) {
  const int onward = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto* address = reinterpret_cast<const sockaddr*>(&target);
  if (connect(onward, address, sizeof(target)) == 0) return onward;
  close(onward);
  return -1;
}

void SendAtOnce(int connection) {
  const int on = 1;
  setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

}  // namespace

void ByteCount::Carry(int from, int to, std::shared_ptr<Counts> counts, bool upwards) {
  std::array<char, 65536> bytes;
  for (ssize_t size = 0; (size = recv(from, bytes.data(), bytes.size(), 0)) > 0;) {
    (upwards ? counts->up : counts->down) += static_cast<uint64_t>(size);
    if (send(to, bytes.data(), static_cast<size_t>(size), MSG_NOSIGNAL) != size) break;
  }
  shutdown(to, SHUT_RDWR);
  shutdown(from, SHUT_RDWR);
}

absl::StatusOr<std::unique_ptr<ByteCount>> ByteCount::Start(const std::string& target) {
  absl::StatusOr<sockaddr_in> onward = AddressOf(target);
  if (!onward.ok()) return onward.status();
  std::unique_ptr<ByteCount> relay(new ByteCount());
  sockaddr_in own = *AddressOf("127.0.0.1:0");
  auto* address = reinterpret_cast<sockaddr*>(&own);
  socklen_t size = sizeof(own);
  relay->listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (bind(relay->listener_, address, size) != 0 || listen(relay->listener_, SOMAXCONN) != 0 ||
      getsockname(relay->listener_, address, &size) != 0) {
    return absl::UnavailableError("cannot listen on a port of this machine");
  }
  relay->address_ = absl::StrCat("127.0.0.1:", ntohs(own.sin_port));
  std::thread([listener = relay->listener_, target = *onward, counts = relay->counts_] {
    for (int near = 0; (near = accept(listener, nullptr, nullptr)) >= 0;) {
      const int far = Connect(target);
      if (far < 0) {
        close(near);
        continue;
      }
      SendAtOnce(near);
      SendAtOnce(far);
      std::thread([near, far, counts] {
        std::thread up(&ByteCount::Carry, near, far, counts, true);
        Carry(far, near, counts, false);
        up.join();
        close(near);
        close(far);
      }).detach();
    }
  }).detach();
  return relay;
}

ByteCount::~ByteCount() {
  // Wakes the thread that accepts; it ends.
  if (listener_ >= 0) shutdown(listener_, SHUT_RDWR);
}

}  // namespace keping::bench
