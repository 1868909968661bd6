// When a village's cards may be printed: in the working days before a day on which the village said
// that it is ready for them, so that they neither lie about nor bring everybody at once.
//
//   VillageWindows windows(input.villages…);
//   windows.At(village, day).gate;   // Gate::kNotReady
//   VillageGate gate(windows);       // the same, with the persons that each ready day still takes
//   if (gate.LetsPass(village, day)) gate.Count(village, day);
#ifndef KEPING_CENTRAL_NODE_PLANNER_VILLAGE_WINDOWS_H_
#define KEPING_CENTRAL_NODE_PLANNER_VILLAGE_WINDOWS_H_

#include <cstdint>
#include <vector>

#include "central_node/planner/office_calendar.h"
#include "central_node/planner/plan_input.h"

namespace keping::planner {

// Immutable after construction.
class VillageWindows {
 public:
  // kFree: the village names no day ahead. kOpen: for its next ready day.
  enum class Gate : uint8_t { kFree, kOpen, kNotReady };
  struct Window {
    Gate gate = Gate::kFree;
    uint16_t ready = 0;  // which of its ready days is next; none of kFree
  };

  // Adds a village and returns its number: 0, 1, 2 … `calendar` is of the office that prints for
  // it. Of days that it names twice the larger number of persons counts.
  uint32_t Add(const std::vector<ReadyDay>& ready, const OfficeCalendar& calendar,
               absl::CivilDay first_day, const Policy& policy);

  Window At(uint32_t village, int day) const {
    const std::vector<Window>& windows = villages_[village].windows;
    return windows.empty() ? Window{} : windows[day];
  }
  // Its days within the plan and after the first, ascending, each once.
  struct Ready {
    int day = 0;
    uint32_t persons = 0;  // 0: as many as there are
  };
  const std::vector<Ready>& ReadyDays(uint32_t village) const { return villages_[village].ready; }
  uint32_t size() const { return static_cast<uint32_t>(villages_.size()); }

 private:
  struct Village {
    std::vector<Ready> ready;
    std::vector<Window> windows;  // by day; empty: always kFree
  };

  std::vector<Village> villages_;
};

// Counts what each ready day takes. Not thread-safe; `windows` outlives it.
class VillageGate {
 public:
  explicit VillageGate(const VillageWindows& windows);

  bool LetsPass(uint32_t village, int day) const;
  // A card for the village is printed on `day`.
  void Count(uint32_t village, int day);

 private:
  const VillageWindows& windows_;
  std::vector<std::vector<uint32_t>> taken_;  // by village and ready day
};

}  // namespace keping::planner

#endif  // KEPING_CENTRAL_NODE_PLANNER_VILLAGE_WINDOWS_H_
