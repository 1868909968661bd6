// The records that wait at one office, in printing order, village by village.
//
//   WaitingLine line(calendar, policy);
//   line.Add(record, village, WaitingLine::Lease::kHere);      // in printing order
//   line.BeginDay(day, gate);
//   if (auto next = line.Next(WaitingLine::Taker::kOwner, gate)) line.Take(*next, gate);
//   line.EndDay(/*printed=*/true, gate);
//
// Within a village the order is never broken. A village that is not ready is passed over; whose
// turn it was then waits at most the policy's days, and is printed whatever the village says.
#ifndef KEPING_CENTRAL_NODE_PLANNER_WAITING_LINE_H_
#define KEPING_CENTRAL_NODE_PLANNER_WAITING_LINE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "central_node/planner/office_calendar.h"
#include "central_node/planner/plan_input.h"
#include "central_node/planner/village_windows.h"

namespace keping::planner {

// Not thread-safe; calendar and policy outlive it.
class WaitingLine {
 public:
  // Who holds the lease: nobody, the office of this line, another one.
  enum class Lease { kNobody, kHere, kElsewhere };
  enum class Taker { kOwner, kOther };
  // Everybody's turn came.
  static constexpr uint32_t kAll = UINT32_MAX;

  struct Candidate {
    uint32_t record = 0;
    uint32_t village = 0;
    bool needs_no_move = false;
  };

  WaitingLine(const OfficeCalendar& calendar, const Policy& policy)
      : calendar_(calendar), policy_(policy) {}

  // In printing order: `record` grows.
  void Add(uint32_t record, uint32_t village, Lease lease);

  void BeginDay(int day, const VillageGate& gate);
  // The first whom his village lets pass today and whose lease may be where it is wanted; the
  // owner's office and others differ only until leases can have moved.
  std::optional<Candidate> Next(Taker taker, const VillageGate& gate);
  // What Next gave; `gate` counts it.
  void Take(const Candidate& candidate, VillageGate& gate);
  // Returns the record before which everybody had his turn today: he was taken, or passed over for
  // his village's sake. `printed`: the office of this line did print, so that nobody who could be
  // taken means that all had it.
  uint32_t EndDay(bool printed, const VillageGate& gate);

  size_t waiting() const { return waiting_; }
  // Of the villages that take cards today, at the day's beginning.
  size_t ready() const { return ready_; }

 private:
  struct Queue {
    uint32_t village = 0;
    Lease lease = Lease::kNobody;
    std::vector<uint32_t> records = {};
    size_t next = 0;
    std::vector<int> turn_came = {};  // the day, of the first records
  };
  // Heads of the queues that take part today; the smallest is on top.
  using Heap = std::vector<std::pair<uint32_t, size_t>>;  // record, queue

  bool Overdue(const Queue& queue) const;
  bool TakesPart(const Queue& queue, const VillageGate& gate) const;
  bool LeasesMoved() const { return day_ >= static_cast<int>(policy_.lease_move_days); }
  void Push(Heap& heap, size_t queue);
  static void Pop(Heap& heap);
  // Drops heads whose ready day has become full.
  void Settle(Heap& heap, const VillageGate& gate);
  Candidate Top(const Heap& heap) const;

  const OfficeCalendar& calendar_;
  const Policy& policy_;
  std::vector<Queue> queues_;
  std::map<std::pair<uint32_t, Lease>, size_t> queue_of_;  // by village and lease
  size_t waiting_ = 0;
  // Of today.
  int day_ = 0;
  size_t ready_ = 0;
  uint32_t taken_before_ = 0;  // one beyond the last record that was taken
  Heap free_;                  // for everybody
  Heap leased_;                // for the owner only, until leases can have moved
};

}  // namespace keping::planner

#endif  // KEPING_CENTRAL_NODE_PLANNER_WAITING_LINE_H_
