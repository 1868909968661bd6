#include "tests/net/tun_end.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"

namespace keping::tests {
namespace {

constexpr char kDevice[] = "line";
// As on links that carry their packets in packets.
constexpr int kMtu = 1400;
constexpr size_t kMaxPacket = 2048;

absl::Status Failed(const char* what) {
  const int error = errno;
  const std::string text = absl::StrCat("cannot ", what, ": got \"", strerror(error),
                                        "\", want a machine that allows network namespaces and "
                                        "TUN devices; run it as root");
  const bool forbidden = error == EPERM || error == EACCES || error == ENOENT;
  return forbidden ? absl::PermissionDeniedError(text) : absl::UnavailableError(text);
}

ifreq Request(const char* device) {
  ifreq request{};
  strncpy(request.ifr_name, device, IFNAMSIZ - 1);
  return request;
}

absl::Status SetAddress(int control, unsigned long what, const std::string& address) {
  ifreq request = Request(kDevice);
  auto* in = reinterpret_cast<sockaddr_in*>(&request.ifr_addr);
  in->sin_family = AF_INET;
  if (inet_pton(AF_INET, address.c_str(), &in->sin_addr) != 1) {
    return absl::InvalidArgumentError(absl::StrCat("got ", address, ", want an IPv4 address"));
  }
  return ioctl(control, what, &request) == 0 ? absl::OkStatus() : Failed("set an address");
}

absl::Status SetUp(int control, const char* device) {
  ifreq request = Request(device);
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  return ioctl(control, SIOCSIFFLAGS, &request) == 0 ? absl::OkStatus() : Failed("start a device");
}

absl::Status Configure(const std::string& own_address, const std::string& other_address) {
  const int control = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (control < 0) return Failed("open a socket");
  const absl::Cleanup close_control = [control] { close(control); };
  KEPING_RETURN_IF_ERROR(SetUp(control, "lo"));
  KEPING_RETURN_IF_ERROR(SetAddress(control, SIOCSIFADDR, own_address));
  KEPING_RETURN_IF_ERROR(SetAddress(control, SIOCSIFDSTADDR, other_address));
  ifreq request = Request(kDevice);
  request.ifr_mtu = kMtu;
  if (ioctl(control, SIOCSIFMTU, &request) != 0) return Failed("set the packet size");
  return SetUp(control, kDevice);
}

}  // namespace

absl::StatusOr<TunEnd> TunEnd::Create(const std::string& own_address,
                                      const std::string& other_address) {
  if (unshare(CLONE_NEWNET) != 0) return Failed("make a network namespace");
  const int name_space = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
  const int packets = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  TunEnd end(packets, name_space);
  if (packets < 0 || name_space < 0) return Failed("open /dev/net/tun");
  ifreq request = Request(kDevice);
  request.ifr_flags = IFF_TUN | IFF_NO_PI;
  if (ioctl(packets, TUNSETIFF, &request) != 0) return Failed("make a TUN device");
  KEPING_RETURN_IF_ERROR(Configure(own_address, other_address));
  return end;
}

TunEnd::TunEnd(TunEnd&& other) noexcept
    : packets_(std::exchange(other.packets_, -1)),
      namespace_(std::exchange(other.namespace_, -1)) {}

TunEnd::~TunEnd() {
  if (packets_ >= 0) close(packets_);
  if (namespace_ >= 0) close(namespace_);
}

std::optional<std::string> TunEnd::Read() {
  constexpr unsigned kIpv4 = 4;
  std::string packet(kMaxPacket, '\0');
  while (true) {
    const ssize_t size = read(packets_, packet.data(), packet.size());
    if (size <= 0) return std::nullopt;
    // The kernel's own IPv6 talk is none of the programs'.
    if (static_cast<unsigned char>(packet[0]) >> 4 != kIpv4) continue;
    packet.resize(static_cast<size_t>(size));
    return packet;
  }
}

void TunEnd::Write(const std::string& packet) {
  (void)!write(packets_, packet.data(), packet.size());
}

}  // namespace keping::tests
