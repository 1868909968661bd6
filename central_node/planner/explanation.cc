#include "central_node/planner/explanation.h"

#include <algorithm>

#include "common/base/check.h"

namespace keping::planner {
namespace {

using Gate = VillageWindows::Gate;

class Explainer {
 public:
  Explainer(const Plan& plan, uint32_t record)
      : plan_(plan),
        record_(record),
        village_(plan.basis.village_of[record]),
        line_(plan.assignment.line_of[record]),
        placement_(plan.schedule.placements[record]) {}

  Explanation Explain() const {
    const PlanInput& input = plan_.basis.input;
    Explanation why{.prr = input.records[record_].prr,
                    .line = input.offices[line_].node,
                    .print = std::nullopt,
                    .waits = {},
                    .diversion = DiversionOf(plan_, record_)};
    const int end = placement_.planned() ? placement_.day : plan_.schedule.days;
    for (int day = 0; day < end; ++day) AddDay(day, why.waits);
    if (placement_.planned()) {
      why.print = PrintDay{plan_.basis.Date(placement_.day), input.offices[placement_.office].node,
                           input.printers[placement_.printer].printer};
      why.village_not_awaited =
          plan_.basis.windows.At(village_, placement_.day).gate == Gate::kNotReady;
    }
    return why;
  }

 private:
  void AddDay(int day, std::vector<Wait>& waits) const {
    const WaitReason reason = ReasonOf(day);
    auto wait = std::find_if(waits.begin(), waits.end(),
                             [reason](const Wait& one) { return one.reason == reason; });
    if (wait == waits.end()) {
      waits.push_back({.reason = reason});
      wait = waits.end() - 1;
      if (reason == WaitReason::kEarlierRecords) wait->earlier_records = EarlierRecords(day);
    }
    ++wait->days;
    wait->until = plan_.basis.Date(day + 1);
  }

  WaitReason ReasonOf(int day) const {
    const OfficeDay& office = plan_.schedule.offices[line_][day];
    if (record_ < office.turn) return WhyPassedOver(day);
    switch (office.state) {
      case DayState::kClosed:
        return WaitReason::kOfficeClosed;
      case DayState::kOldApplication:
        return WaitReason::kOldApplication;
      case DayState::kNoContact:
        return WaitReason::kNoContact;
      case DayState::kNoPrinter:
        return WaitReason::kNoPrinter;
      case DayState::kNoOperator:
        return WaitReason::kNoOperator;
      case DayState::kNoBlanks:
        return WaitReason::kNoBlanks;
      case DayState::kPrints:
        if (LeaseIsElsewhere() && LeasesMove(day)) return WaitReason::kLeaseMoves;
        return office.dry ? WaitReason::kNoBlanks : WaitReason::kEarlierRecords;
    }
    KEPING_CHECK(false, "every state of an office is a reason");
  }

  // It was its turn, and it was not printed.
  WaitReason WhyPassedOver(int day) const {
    if (LeaseIsElsewhere() && LeasesMove(day)) return WaitReason::kLeaseMoves;
    switch (plan_.basis.windows.At(village_, day).gate) {
      case Gate::kNotReady:
        return WaitReason::kVillageNotReady;
      case Gate::kOpen:
        return ReadyDayIsFull(day) ? WaitReason::kReadyDayFull : WaitReason::kLeaseMoves;
      case Gate::kFree:
        return WaitReason::kLeaseMoves;  // one that nobody holds went to another office instead
    }
    KEPING_CHECK(false, "every gate has its reason");
  }

  bool LeaseIsElsewhere() const {
    return !plan_.basis.input.records[record_].holder.empty() &&
           plan_.basis.holder_of[record_] != line_;
  }
  bool LeasesMove(int day) const {
    return day < static_cast<int>(plan_.basis.input.policy.lease_move_days);
  }

  // In the evening.
  bool ReadyDayIsFull(int day) const {
    const VillageWindows& windows = plan_.basis.windows;
    const uint16_t ready = windows.At(village_, day).ready;
    const uint32_t persons = windows.ReadyDays(village_)[ready].persons;
    if (persons == 0) return false;
    uint32_t taken = 0;
    for (uint32_t other = 0; other < plan_.basis.village_of.size(); ++other) {
      const Placement& print = plan_.schedule.placements[other];
      if (plan_.basis.village_of[other] != village_ || !print.planned() || print.day > day) {
        continue;
      }
      const VillageWindows::Window window = windows.At(village_, print.day);
      if (window.gate == Gate::kOpen && window.ready == ready) ++taken;
    }
    return taken >= persons;
  }

  // Before it in its line on the morning of `day`.
  uint64_t EarlierRecords(int day) const {
    uint64_t earlier = 0;
    for (uint32_t other = 0; other < record_; ++other) {
      if (plan_.assignment.line_of[other] != line_) continue;
      const Placement& print = plan_.schedule.placements[other];
      if (!print.planned() || print.day >= day) ++earlier;
    }
    return earlier;
  }

  const Plan& plan_;
  const uint32_t record_;
  const uint32_t village_;
  const uint32_t line_;
  const Placement& placement_;
};

}  // namespace

std::optional<Explanation> Explain(const Plan& plan, const domain::PrrId& prr) {
  const uint32_t record = plan.basis.FindRecord(prr);
  if (record == kNone) return std::nullopt;
  return Explainer(plan, record).Explain();
}

}  // namespace keping::planner
