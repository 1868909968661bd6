// keping-lossy-link: a bad line between two network namespaces, for programs that know nothing of
// it. See ../README.md; lossy_link.py starts it for tests.
#include <poll.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <iostream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/time/system_clock.h"
#include "tests/net/one_way_link.h"
#include "tests/net/tcp_flows.h"
#include "tests/net/tun_end.h"

namespace keping::tests {
namespace {

constexpr int kUsageError = 2;
constexpr int kForbidden = 3;
constexpr char kNearAddress[] = "10.77.0.1";
constexpr char kFarAddress[] = "10.77.0.2";

constexpr char kAbout[] =
    "A line with delay, jitter, loss, rate and queue between two new network namespaces.\n\n"
    "Says \"ready near=PATH far=PATH\": a program runs at an end by nsenter --net=PATH. The ends "
    "are\n"
    "10.77.0.1 (near) and 10.77.0.2 (far). Reads commands from standard input, one a line, and\n"
    "answers each with one line: cut, heal, forget (the TCP connections there are get a reset "
    "with\n"
    "their next packet, as when a line comes up anew), counts, or flags as below, for what is "
    "sent\n"
    "from then on. Ends with its standard input.\n\n"
    "Exit codes: 0 done, 2 wrong flags, 3 the machine forbids namespaces or TUN devices.";

struct Flags {
  double delay_ms = 0;
  double jitter_ms = 0;
  double loss_percent = 0;
  double rate_kbit = 0;
  size_t queue_bytes = LinkQuality().queue_bytes;
  uint64_t seed = 1;

  LinkQuality quality() const {
    return {.delay = absl::Milliseconds(delay_ms),
            .jitter = absl::Milliseconds(jitter_ms),
            .loss = loss_percent / 100,
            .bytes_per_second = rate_kbit * 1000 / 8,
            .queue_bytes = queue_bytes};
  }
};

void AddFlags(CLI::App& app, Flags& flags) {
  app.add_option("--delay-ms", flags.delay_ms, "Of each packet, one way");
  app.add_option("--jitter-ms", flags.jitter_ms, "Added to it, from 0 to this");
  app.add_option("--loss-percent", flags.loss_percent, "Of the packets, either way");
  app.add_option("--rate-kbit", flags.rate_kbit, "A second, either way; 0: no limit");
  app.add_option("--queue-bytes", flags.queue_bytes, "What may wait for the line");
}

// Both directions of the line. Not thread-safe.
class Line {
 public:
  Line(TunEnd near, TunEnd far, const LinkQuality& quality, uint64_t seed)
      : ends_{std::move(near), std::move(far)},
        ways_{OneWayLink(quality, seed), OneWayLink(quality, seed + 1)} {}

  // Carries packets and obeys commands until standard input ends.
  void Run() {
    while (true) {
      const absl::Duration wait = Deliver();
      std::array<pollfd, 3> files = {pollfd{ends_[0].packets_fd(), POLLIN, 0},
                                     pollfd{ends_[1].packets_fd(), POLLIN, 0},
                                     pollfd{STDIN_FILENO, POLLIN, 0}};
      const timespec timeout = absl::ToTimespec(wait);
      const bool for_ever = wait == absl::InfiniteDuration();
      if (ppoll(files.data(), files.size(), for_ever ? nullptr : &timeout, nullptr) < 0) return;
      Take();
      if (files[2].revents != 0 && !Obey()) return;
    }
  }

 private:
  absl::Duration Now() const { return clock_.Now().monotonic; }

  // Hands over what is due; returns how long nothing more is.
  absl::Duration Deliver() {
    absl::Duration wait = absl::InfiniteDuration();
    for (size_t i = 0; i < ways_.size(); ++i) {
      while (const auto packet = ways_[i].Leave(Now())) ends_[1 - i].Write(*packet);
      wait = std::min(wait, ways_[i].UntilNext(Now()));
    }
    return wait;
  }

  void Take() {
    for (size_t i = 0; i < ends_.size(); ++i) {
      while (auto packet = ends_[i].Read()) {
        if (const auto reset = cut_ ? std::nullopt : flows_.OnPacket(*packet)) {
          ends_[i].Write(*reset);
        } else {
          ways_[i].Enter(Now(), *std::move(packet));
        }
      }
    }
  }

  // False at the end of the input.
  bool Obey() {
    std::array<char, 256> bytes;
    const ssize_t size = read(STDIN_FILENO, bytes.data(), bytes.size());
    if (size <= 0) return false;
    input_.append(bytes.data(), static_cast<size_t>(size));
    for (size_t end = input_.find('\n'); end != std::string::npos; end = input_.find('\n')) {
      std::cout << Answer(input_.substr(0, end)) << std::endl;
      input_.erase(0, end + 1);
    }
    return true;
  }

  std::string Answer(const std::string& command) {
    if (command == "counts") return absl::StrCat(Counts("near", 0), " ", Counts("far", 1));
    if (absl::StartsWith(command, "--")) return SetQuality(command);
    if (command == "forget") {
      flows_.Forget();
      return "ok";
    }
    if (command != "cut" && command != "heal") {
      return absl::StrCat("error: got \"", command, "\", want cut, heal, forget or counts");
    }
    cut_ = command == "cut";
    for (OneWayLink& way : ways_) way.SetCut(cut_);
    return "ok";
  }

  std::string SetQuality(const std::string& words) {
    Flags flags;
    CLI::App app;
    AddFlags(app, flags);
    try {
      app.parse(words);
    } catch (const CLI::ParseError& error) {
      return absl::StrCat("error: ", error.what());
    }
    for (OneWayLink& way : ways_) way.SetQuality(flags.quality());
    return "ok";
  }

  // Of what entered at that end.
  std::string Counts(const char* end, size_t i) const {
    const LinkCounts& counts = ways_[i].counts();
    return absl::StrCat(end, "_packets=", counts.entered, " ", end, "_bytes=", counts.entered_bytes,
                        " ", end, "_lost=", counts.lost, " ", end, "_dropped=", counts.dropped, " ",
                        end, "_carried=", counts.left_bytes);
  }

  const time::SystemClock clock_;
  std::array<TunEnd, 2> ends_;
  std::array<OneWayLink, 2> ways_;
  TcpFlows flows_;
  bool cut_ = false;
  std::string input_;
};

absl::Status Run(const Flags& flags) {
  KEPING_ASSIGN_OR_RETURN(TunEnd near, TunEnd::Create(kNearAddress, kFarAddress));
  KEPING_ASSIGN_OR_RETURN(TunEnd far, TunEnd::Create(kFarAddress, kNearAddress));
  const std::string own = absl::StrCat("/proc/", getpid(), "/fd/");
  std::cout << "ready near=" << own << near.namespace_fd() << " far=" << own << far.namespace_fd()
            << std::endl;
  Line(std::move(near), std::move(far), flags.quality(), flags.seed).Run();
  return absl::OkStatus();
}

int Main(int argc, char** argv) {
  Flags flags;
  CLI::App app(kAbout, "keping-lossy-link");
  AddFlags(app, flags);
  app.add_option("--seed", flags.seed, "Of loss and jitter");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUsageError;
  }
  const absl::Status status = Run(flags);
  if (status.ok()) return 0;
  std::cerr << "keping-lossy-link: " << status.message() << std::endl;
  return absl::IsPermissionDenied(status) ? kForbidden : 1;
}

}  // namespace
}  // namespace keping::tests

int main(int argc, char** argv) { return keping::tests::Main(argc, argv); }
