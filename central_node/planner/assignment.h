// In which office's line a record waits: with the holder of its lease, else at home in its
// kecamatan; and where instead, when that office cannot print for long.
//
//   const Assignment assignment = AssignRecords(basis);
//   assignment.line_of[record];
#ifndef KEPING_CENTRAL_NODE_PLANNER_ASSIGNMENT_H_
#define KEPING_CENTRAL_NODE_PLANNER_ASSIGNMENT_H_

#include <cstdint>
#include <vector>

#include "central_node/planner/basis.h"

namespace keping::planner {

struct Assignment {
  std::vector<uint32_t> line_of;      // by record: an office
  std::vector<DayState> stranded_by;  // by office: why it cannot print for long; kPrints: it can
};

// A village whose records find no office that can print goes as a whole to the one with the fewest
// days of work (cards waiting by cards per day): of the district's own printers while its kecamatan
// has no office, else of all. Where nobody can print, everything stays where it is.
Assignment AssignRecords(const Basis& basis);

}  // namespace keping::planner

#endif  // KEPING_CENTRAL_NODE_PLANNER_ASSIGNMENT_H_
