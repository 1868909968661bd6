// People who carry sticks between the offices and the district while there is no link: logs there,
// answers back. A stick comes hours or days late, twice, after a later one, with a part missing, or
// never. What it brings goes through the same doors as in the programs (central_node's
// carried_log.h and node_answer.h, edge_node's carried_answer.h).
//
//   a repeated stick   changes nothing at either end
//   a stick is taken   one that goes on from what is held is never refused
//   no fresh contact   an answer makes contact no fresher than the moment when the centre signed it
//
//   Courier courier(&world, &laws, &chronicle, &centre, offices);
//   courier.Round(kRound);
#ifndef KEPING_TESTS_SIM_COURIER_H_
#define KEPING_TESTS_SIM_COURIER_H_

#include <map>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/sync/frames.h"
#include "edge_node/node/carried_answer.h"
#include "tests/sim/centre.h"
#include "tests/sim/chronicle.h"
#include "tests/sim/laws.h"
#include "tests/sim/link.h"
#include "tests/sim/office.h"
#include "tests/sim/world.h"

namespace keping::sim {

// Not thread-safe. Everything that it points to outlives it.
class Courier {
 public:
  struct Way {
    Office* office = nullptr;
    Link* link = nullptr;
  };

  Courier(World* world, Laws* laws, Chronicle* chronicle, Centre* centre, std::vector<Way> ways)
      : world_(*world),
        laws_(*laws),
        chronicle_(*chronicle),
        centre_(*centre),
        ways_(std::move(ways)),
        prng_(world->Fork()) {}

  // What happens within the next `span`.
  void Round(Micros span);

 private:
  struct LogStick {
    Office* office = nullptr;
    sync::Hello hello;
    std::vector<sync::Segment> segments;
    absl::Time made_at = absl::UnixEpoch();  // by the office's clock
  };
  struct AnswerStick {
    Office* office = nullptr;
    domain::IncarnationId incarnation;  // that it is for
    edge::AnswerOrigin origin;
    std::vector<sync::CentreFrame> frames;
    absl::Time made_at = absl::UnixEpoch();  // truly
  };

  LogStick Pack(Office& office);
  // On its way: lost, once, or twice.
  template <typename Stick>
  void Send(const Stick& stick);
  void Arrive(const LogStick& stick);
  void Arrive(const AnswerStick& stick);
  absl::Status TakeAtCentre(const LogStick& stick);
  // Whether something is missing before a part of it, at a centre that holds so much of the log.
  static bool LeavesHole(const LogStick& stick, uint64_t held);
  void CheckHole(const LogStick& stick);
  void Answer(Office& office);
  template <typename Stick>
  void Later(const Stick& stick, Micros delay) {
    world_.queue().After(delay, [this, stick] { Arrive(stick); });
  }

  World& world_;
  Laws& laws_;
  Chronicle& chronicle_;
  Centre& centre_;
  const std::vector<Way> ways_;
  base::Prng prng_;
  std::map<domain::IncarnationId, uint64_t> packed_up_to_;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_COURIER_H_
