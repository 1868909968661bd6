// A bad line from this program to itself: the kernel's own TCP at both ends, and every packet
// between them on its way through tests/net. What is sent to the far address comes
// back as if the far address had sent it, so both ends may be in one program, and its clocks with
// them.
//
//   KEPING_ASSIGN_OR_RETURN(tests::TunEnd end, BadLine::MakeEnd());    // before the first thread
//   KEPING_ASSIGN_OR_RETURN(auto centre, BenchCentre::Start({…, .listen = BadLine::kListen}));
//   BadLine line(&end, {.delay = absl::Milliseconds(300), .bytes_per_second = 3750},
//                centre->address());
//   office->Connect(line.address());
//   line.Cut(); line.Heal(); line.up().payload;
#ifndef KEPING_TESTS_BENCH_BAD_LINE_H_
#define KEPING_TESTS_BENCH_BAD_LINE_H_

#include <cstdint>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "common/time/system_clock.h"
#include "tests/net/one_way_link.h"
#include "tests/net/tcp_payload.h"
#include "tests/net/tun_end.h"

namespace keping::bench {

// Thread-safe.
class BadLine {
 public:
  // Where a server listens that is to be reached by the line.
  static constexpr char kListen[] = "10.77.0.1:0";

  // Of one way.
  struct Traffic {
    uint64_t payload = 0;  // of TCP, each byte once: TLS and all that is in it
    tests::LinkCounts packets;
  };

  // Moves this thread, and all that it starts from now on, into a network namespace of its own.
  // PermissionDenied where the machine forbids that.
  static absl::StatusOr<tests::TunEnd> MakeEnd();

  // Both ways have this quality. `server` is the address that one listening at kListen got.
  BadLine(tests::TunEnd* end, const tests::LinkQuality& quality, uint64_t seed,
          const std::string& server);
  ~BadLine();
  BadLine(const BadLine&) = delete;
  BadLine& operator=(const BadLine&) = delete;

  // Of the server, by way of the line.
  const std::string& address() const { return address_; }

  // What is under way is gone, and nothing gets through until it heals.
  void Cut() { SetCut(true); }
  void Heal() { SetCut(false); }

  // From when it healed until a client asked for a connection over it; infinite before that.
  absl::Duration first_attempt();

  // Towards the server, and from it, so far.
  Traffic up();
  Traffic down();

  // How the ends steer what they send, such as "cubic".
  static std::string CongestionControl();

 private:
  struct Way {
    tests::OneWayLink link;
    tests::TcpPayload payload = {};
  };

  void SetCut(bool cut);
  void Run();
  // From the kernel into the line, and out of it; returns how long nothing more leaves.
  void Take() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Duration Deliver() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const time::SystemClock clock_;
  tests::TunEnd* const end_;
  const uint16_t port_;
  const std::string address_;
  const int stop_;  // becomes readable at the end
  absl::Mutex mutex_;
  Way up_ ABSL_GUARDED_BY(mutex_);
  Way down_ ABSL_GUARDED_BY(mutex_);
  bool cut_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Duration healed_ ABSL_GUARDED_BY(mutex_);
  absl::Duration first_attempt_ ABSL_GUARDED_BY(mutex_) = absl::InfiniteDuration();
  std::thread thread_;
};

}  // namespace keping::bench

#endif  // KEPING_TESTS_BENCH_BAD_LINE_H_
