// One direction of a bad line, without a clock: what enters leaves later, at the line's rate, or
// never. Order is kept, as on one radio link.
//
//   OneWayLink line({.delay = absl::Milliseconds(300), .loss = 0.05, .bytes_per_second = 3750},
//   seed); line.Enter(now, packet); while (std::optional<std::string> packet = line.Leave(later))
//   Deliver(*packet); Wait(line.UntilNext(later));
#ifndef KEPING_TESTS_NET_ONE_WAY_LINK_H_
#define KEPING_TESTS_NET_ONE_WAY_LINK_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "common/base/prng.h"

namespace keping::tests {

struct LinkQuality {
  absl::Duration delay;
  // Added to the delay of each packet, evenly between nothing and this.
  absl::Duration jitter = {};
  // Of a packet, each for itself; what is lost has used the line.
  double loss = 0;
  // 0: no limit.
  double bytes_per_second = 0;
  // What may wait for the line; more is dropped.
  size_t queue_bytes = 16384;
};

struct LinkCounts {
  uint64_t entered = 0;
  uint64_t entered_bytes = 0;
  uint64_t left = 0;
  uint64_t left_bytes = 0;
  uint64_t lost = 0;     // by chance
  uint64_t dropped = 0;  // by the queue's end or a cut
};

// Times are monotonic readings of one clock. Not thread-safe.
class OneWayLink {
 public:
  OneWayLink(const LinkQuality& quality, uint64_t seed);

  void Enter(absl::Duration now, std::string packet);
  // The next packet whose time has come.
  std::optional<std::string> Leave(absl::Duration now);
  // Infinite when nothing is under way.
  absl::Duration UntilNext(absl::Duration now) const;

  // For what enters from now on.
  void SetQuality(const LinkQuality& quality) { quality_ = quality; }
  // While it is cut, nothing enters and nothing leaves; what was under way is gone.
  void SetCut(bool cut);

  const LinkCounts& counts() const { return counts_; }

 private:
  struct Packet {
    absl::Duration at;
    std::string bytes;
  };

  // Whether something with this probability happens.
  bool Chance(double probability);

  LinkQuality quality_;
  base::Prng prng_;
  std::deque<Packet> under_way_;
  absl::Duration line_free_at_;
  bool cut_ = false;
  LinkCounts counts_;
};

}  // namespace keping::tests

#endif  // KEPING_TESTS_NET_ONE_WAY_LINK_H_
