#include "central_node/planner/waiting_line.h"

#include <algorithm>
#include <functional>

namespace keping::planner {

void WaitingLine::Add(uint32_t record, uint32_t village, Lease lease) {
  const auto [known, is_new] = queue_of_.try_emplace({village, lease}, queues_.size());
  if (is_new) queues_.push_back({.village = village, .lease = lease});
  queues_[known->second].records.push_back(record);
  ++waiting_;
}

bool WaitingLine::Overdue(const Queue& queue) const {
  if (queue.next >= queue.turn_came.size()) return false;
  return calendar_.OpenDays(queue.turn_came[queue.next], day_) >=
         static_cast<int>(policy_.max_batching_days);
}

bool WaitingLine::TakesPart(const Queue& queue, const VillageGate& gate) const {
  if (queue.next == queue.records.size()) return false;
  if (queue.lease == Lease::kElsewhere && !LeasesMoved()) return false;
  return gate.LetsPass(queue.village, day_) || Overdue(queue);
}

void WaitingLine::Push(Heap& heap, size_t queue) {
  heap.emplace_back(queues_[queue].records[queues_[queue].next], queue);
  std::push_heap(heap.begin(), heap.end(), std::greater<>());
}

void WaitingLine::Pop(Heap& heap) {
  std::pop_heap(heap.begin(), heap.end(), std::greater<>());
  heap.pop_back();
}

void WaitingLine::BeginDay(int day, const VillageGate& gate) {
  day_ = day;
  ready_ = 0;
  taken_before_ = 0;
  free_.clear();
  leased_.clear();
  for (size_t i = 0; i < queues_.size(); ++i) {
    const Queue& queue = queues_[i];
    if (!TakesPart(queue, gate)) continue;
    ready_ += queue.records.size() - queue.next;
    Push(queue.lease == Lease::kNobody || LeasesMoved() ? free_ : leased_, i);
  }
}

void WaitingLine::Settle(Heap& heap, const VillageGate& gate) {
  while (!heap.empty() && !TakesPart(queues_[heap.front().second], gate)) Pop(heap);
}

WaitingLine::Candidate WaitingLine::Top(const Heap& heap) const {
  const auto& [record, queue] = heap.front();
  return {record, queues_[queue].village, &heap == &free_};
}

std::optional<WaitingLine::Candidate> WaitingLine::Next(Taker taker, const VillageGate& gate) {
  Settle(free_, gate);
  Settle(leased_, gate);
  const bool leased = taker == Taker::kOwner && !leased_.empty();
  if (!leased) return free_.empty() ? std::nullopt : std::optional(Top(free_));
  if (free_.empty() || leased_.front() < free_.front()) return Top(leased_);
  return Top(free_);
}

void WaitingLine::Take(const Candidate& candidate, VillageGate& gate) {
  gate.Count(candidate.village, day_);
  Heap& heap = candidate.needs_no_move ? free_ : leased_;
  const size_t queue = heap.front().second;
  Pop(heap);
  ++queues_[queue].next;
  --waiting_;
  taken_before_ = std::max(taken_before_, candidate.record + 1);
  if (TakesPart(queues_[queue], gate)) Push(heap, queue);
}

uint32_t WaitingLine::EndDay(bool printed, const VillageGate& gate) {
  const bool nobody_left = !Next(Taker::kOwner, gate).has_value();
  const uint32_t turn = nobody_left && (printed || taken_before_ > 0) ? kAll : taken_before_;
  for (Queue& queue : queues_) {
    if (queue.lease == Lease::kElsewhere && !LeasesMoved()) continue;
    while (queue.turn_came.size() < queue.records.size() &&
           queue.records[queue.turn_came.size()] < turn) {
      queue.turn_came.push_back(day_);
    }
  }
  return turn;
}

}  // namespace keping::planner
