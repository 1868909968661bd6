#include "tests/sim/event_queue.h"

#include <algorithm>
#include <utility>

namespace keping::sim {

void EventQueue::At(Micros when, std::function<void()> run) {
  heap_.push_back({std::max(when, now_), ++order_, std::move(run)});
  std::push_heap(heap_.begin(), heap_.end(), Later);
}

bool EventQueue::RunNext(Micros until) {
  if (heap_.empty() || heap_.front().when > until) {
    now_ = std::max(now_, until);
    return false;
  }
  std::pop_heap(heap_.begin(), heap_.end(), Later);
  Event event = std::move(heap_.back());
  heap_.pop_back();
  now_ = event.when;
  ++steps_;
  event.run();
  return true;
}

}  // namespace keping::sim
