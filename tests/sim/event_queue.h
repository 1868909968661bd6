// Simulated time: events run one after the other in the order of their times, and of two at the
// same time the one that was asked for first. Time moves only between events.
//
//   EventQueue queue;
//   queue.After(3 * kMinute, [&] { … });
//   while (queue.RunNext(7 * kDay)) CheckLaws();
#ifndef KEPING_TESTS_SIM_EVENT_QUEUE_H_
#define KEPING_TESTS_SIM_EVENT_QUEUE_H_

#include <cstdint>
#include <functional>
#include <vector>

namespace keping::sim {

// Microseconds since the start of the simulation.
using Micros = int64_t;
inline constexpr Micros kMillisecond = 1000;
inline constexpr Micros kSecond = 1000 * kMillisecond;
inline constexpr Micros kMinute = 60 * kSecond;
inline constexpr Micros kHour = 60 * kMinute;
inline constexpr Micros kDay = 24 * kHour;

// Not thread-safe.
class EventQueue {
 public:
  Micros now() const { return now_; }
  // Events run so far.
  uint64_t steps() const { return steps_; }

  // At once when `when` has passed.
  void At(Micros when, std::function<void()> run);
  void After(Micros delay, std::function<void()> run) { At(now_ + delay, std::move(run)); }

  // Runs the next event that is due by `until`; without one, moves time there and returns false.
  bool RunNext(Micros until);

 private:
  struct Event {
    Micros when;
    uint64_t order;
    std::function<void()> run;
  };
  static bool Later(const Event& a, const Event& b) {
    return a.when != b.when ? a.when > b.when : a.order > b.order;
  }

  std::vector<Event> heap_;
  Micros now_ = 0;
  uint64_t order_ = 0;
  uint64_t steps_ = 0;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_EVENT_QUEUE_H_
