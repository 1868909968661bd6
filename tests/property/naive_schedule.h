// The planner's schedule, written down as its rules are told: it looks at every record anew for
// each card, keeps no lines, windows or heaps, and shares no code with the planner but its input.
//
//   NaiveSchedule naive(input, lines, arrivals);
//   naive.Run();
//   naive.cards().at(prr).day;
//
// For offices whose people serve no other one.
#ifndef KEPING_TESTS_PROPERTY_NAIVE_SCHEDULE_H_
#define KEPING_TESTS_PROPERTY_NAIVE_SCHEDULE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "central_node/planner/explanation.h"
#include "central_node/planner/plan_input.h"
#include "common/domain/ids.h"

namespace keping::tests {

class NaiveSchedule {
 public:
  struct Card {
    std::optional<absl::CivilDay> day;
    domain::NodeId node;
    std::map<planner::WaitReason, planner::Wait> waits;
  };
  using Lines = std::map<domain::PrrId, domain::NodeId>;
  using Arrivals = std::map<domain::NodeId, std::map<absl::CivilDay, uint64_t>>;

  NaiveSchedule(planner::PlanInput input, Lines lines, Arrivals arrivals);

  void Run();

  const std::map<domain::PrrId, Card>& cards() const { return cards_; }

 private:
  // One office today.
  struct Today {
    planner::WaitReason stands_by = planner::WaitReason::kEarlierRecords;  // that: it prints
    uint64_t limit = 0;  // cards of the printers with people at them
    uint64_t printed = 0;
    uint64_t blanks = 0;
    uint64_t pace = 0;
    size_t turn = 0;  // place in the order; everybody before it had his turn
    bool took = false;
    bool dry = false;
  };
  // A village today.
  struct Window {
    bool named = false;  // a day is ahead
    absl::CivilDay ready;
    uint32_t persons = 0;
    bool near = false;
  };
  enum class Taker { kOwner, kOther };

  void RunDay();
  Today Open(const planner::Office& office) const;
  void Help(const domain::NodeId& helper);
  bool MayHelp(const domain::NodeId& node) const;
  std::optional<domain::NodeId> WhomToHelp(const domain::NodeId& helper) const;
  bool LastsLonger(const domain::NodeId& a, const domain::NodeId& b) const;
  std::optional<size_t> Next(const domain::NodeId& line, Taker taker) const;
  bool MayBePrinted(size_t place, Taker taker) const;
  void Print(size_t place, const domain::NodeId& node);
  void Close(const planner::Office& office);
  planner::WaitReason ReasonOf(size_t place) const;
  void Explain(size_t place);

  const planner::Office& OfficeOf(const domain::NodeId& node) const;
  bool IsOpen(const planner::Office& office, absl::CivilDay day) const;
  uint32_t WorkingDays(const planner::Office* office, absl::CivilDay first,
                       absl::CivilDay end) const;
  Window WindowOf(const domain::VillageCode& village) const;
  uint64_t Waiting(const domain::NodeId& line) const;
  bool LeasesMoved() const;
  bool LeaseIsElsewhere(size_t place) const;

  const planner::PlanInput input_;
  const Lines lines_;
  const Arrivals arrivals_;
  std::vector<planner::Record> order_;
  std::map<domain::PrrId, Card> cards_;
  std::map<domain::PrrId, absl::CivilDay> turn_came_;
  std::map<domain::PrrId, uint64_t> ahead_;  // this morning, in its line
  std::map<std::pair<domain::VillageCode, absl::CivilDay>, uint32_t> taken_;
  std::map<domain::NodeId, uint64_t> stock_;
  std::map<domain::NodeId, Today> today_;
  absl::CivilDay day_;
};

}  // namespace keping::tests

#endif  // KEPING_TESTS_PROPERTY_NAIVE_SCHEDULE_H_
