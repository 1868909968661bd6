// The input of a plan in its one order, with numbers instead of ids: what every step of planning
// starts from. Two inputs that differ only in the order of their lists have the same basis.
//
//   const Basis basis = MakeBasis(std::move(input));    // checked before: CheckInput
//   basis.input.records[0];                             // whose turn comes first
#ifndef KEPING_CENTRAL_NODE_PLANNER_BASIS_H_
#define KEPING_CENTRAL_NODE_PLANNER_BASIS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "central_node/planner/availability.h"
#include "central_node/planner/office_calendar.h"
#include "central_node/planner/plan_input.h"
#include "central_node/planner/village_windows.h"
#include "common/domain/ids.h"

namespace keping::planner {

// No office, no operator.
inline constexpr uint32_t kNone = UINT32_MAX;

struct Basis {
  // Offices by node, printers by office and id, operators, allotments and villages by id; villages
  // are those of the records too. Records in printing order: by class, then first enrolled first.
  PlanInput input;
  std::vector<OfficeCalendar> calendars;  // by office
  OfficeCalendar district_calendar;       // somebody works
  Availability availability;
  VillageWindows windows;            // by village
  std::vector<uint32_t> home_of;     // by village: the office of its kecamatan, or kNone
  std::vector<uint32_t> village_of;  // by record
  std::vector<uint32_t> holder_of;   // by record: the office, or kNone, also of another's lease
  std::vector<uint32_t> by_id;       // the records in the order of their ids

  int days() const { return district_calendar.days(); }
  absl::CivilDay Date(int day) const { return input.first_day + day; }
  // -1 before the plan, days() after it.
  int DayOf(absl::CivilDay date) const;
  // kNone if there is none.
  uint32_t FindOffice(const domain::NodeId& node) const;
  uint32_t FindVillage(const domain::VillageCode& village) const;
  uint32_t FindRecord(const domain::PrrId& prr) const;
  bool IsDistrictPrinter(uint32_t office) const {
    return input.offices[office].kecamatan_code.empty();
  }
  // By the policy, when it has nothing to print of its own line.
  bool PrintsForOthers(uint32_t office) const {
    return input.policy.overflow == Overflow::kEveryOffice ||
           (input.policy.overflow == Overflow::kDistrictPrinter && IsDistrictPrinter(office));
  }
};

Basis MakeBasis(PlanInput input);

}  // namespace keping::planner

#endif  // KEPING_CENTRAL_NODE_PLANNER_BASIS_H_
