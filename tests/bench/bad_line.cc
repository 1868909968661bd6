#include "tests/bench/bad_line.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <fstream>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/check.h"
#include "common/base/status_macros.h"
#include "tests/net/tcp_headers.h"

namespace keping::bench {
namespace {

constexpr char kOwnAddress[] = "10.77.0.1";
constexpr char kFarAddress[] = "10.77.0.2";
constexpr char kCongestionFile[] = "/proc/sys/net/ipv4/tcp_congestion_control";
constexpr char kLinearConnectFile[] = "/proc/sys/net/ipv4/tcp_syn_linear_timeouts";

bool Set(const char* path, const char* value) {
  std::ofstream file(path);
  return static_cast<bool>(file << value << std::flush);
}

uint16_t PortOf(const std::string& address) {
  uint32_t port = 0;
  KEPING_CHECK(absl::SimpleAtoi(address.substr(address.rfind(':') + 1), &port),
               "a server that listens has a port");
  return static_cast<uint16_t>(port);
}

}  // namespace

absl::StatusOr<tests::TunEnd> BadLine::MakeEnd() {
  KEPING_ASSIGN_OR_RETURN(tests::TunEnd end, tests::TunEnd::Create(kOwnAddress, kFarAddress));
  // What Debian sets, whatever this machine's owner has set. A kernel may keep that from a
  // namespace; on lines as thin as these it does what Reno does (RFC 9438, 4.3).
  if (!Set(kCongestionFile, "cubic")) Set(kCongestionFile, "reno");
  // The kernel of Debian 12 asks for a connection after 1, 3, 7 … seconds, later ones every second.
  Set(kLinearConnectFile, "0");
  return end;
}

std::string BadLine::CongestionControl() {
  std::ifstream file(kCongestionFile);
  std::string name;
  return file >> name ? name : "unknown";
}

BadLine::BadLine(tests::TunEnd* end, const tests::LinkQuality& quality, uint64_t seed,
                 const std::string& server)
    : end_(end),
      port_(htons(PortOf(server))),
      address_(absl::StrCat(kFarAddress, ":", PortOf(server))),
      stop_(eventfd(0, EFD_CLOEXEC)),
      up_{tests::OneWayLink(quality, seed)},
      down_{tests::OneWayLink(quality, seed + 1)},
      thread_([this] { Run(); }) {}

BadLine::~BadLine() {
  const uint64_t one = 1;
  (void)!write(stop_, &one, sizeof(one));
  thread_.join();
  close(stop_);
}

void BadLine::SetCut(bool cut) {
  absl::MutexLock lock(&mutex_);
  cut_ = cut;
  healed_ = clock_.Now().monotonic;
  first_attempt_ = absl::InfiniteDuration();
  up_.link.SetCut(cut);
  down_.link.SetCut(cut);
}

absl::Duration BadLine::first_attempt() {
  absl::MutexLock lock(&mutex_);
  return first_attempt_;
}

BadLine::Traffic BadLine::up() {
  absl::MutexLock lock(&mutex_);
  return {up_.payload.bytes(), up_.link.counts()};
}

BadLine::Traffic BadLine::down() {
  absl::MutexLock lock(&mutex_);
  return {down_.payload.bytes(), down_.link.counts()};
}

void BadLine::Run() {
  while (true) {
    absl::Duration wait;
    {
      absl::MutexLock lock(&mutex_);
      Take();
      wait = Deliver();
    }
    std::array<pollfd, 2> files = {pollfd{end_->packets_fd(), POLLIN, 0}, pollfd{stop_, POLLIN, 0}};
    const timespec timeout = absl::ToTimespec(wait);
    const bool for_ever = wait == absl::InfiniteDuration();
    if (ppoll(files.data(), files.size(), for_ever ? nullptr : &timeout, nullptr) < 0) return;
    if (files[1].revents != 0) return;
  }
}

// Every packet says that it is from the own address to the far one; what the server sends is turned
// round here, so that in the line each way has its own direction, and what the clients send when it
// leaves.
void BadLine::Take() {
  while (auto packet = end_->Read()) {
    const auto headers = tests::ReadTcpHeaders(*packet);
    if (!headers.has_value()) continue;
    const bool up = headers->tcp.dest == port_;
    if (up && headers->tcp.syn != 0 && !cut_) {
      first_attempt_ = std::min(first_attempt_, clock_.Now().monotonic - healed_);
    }
    if (!up) tests::SwapAddresses(&*packet);
    (up ? up_ : down_).link.Enter(clock_.Now().monotonic, *std::move(packet));
  }
}

absl::Duration BadLine::Deliver() {
  const absl::Duration now = clock_.Now().monotonic;
  while (auto packet = up_.link.Leave(now)) {
    up_.payload.OnPacket(*packet);
    tests::SwapAddresses(&*packet);
    end_->Write(*packet);
  }
  while (const auto packet = down_.link.Leave(now)) {
    down_.payload.OnPacket(*packet);
    end_->Write(*packet);
  }
  return std::min(up_.link.UntilNext(now), down_.link.UntilNext(now));
}

}  // namespace keping::bench
