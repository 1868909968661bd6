// What the logs, laid side by side, show to be wrong: each of these must be a case at the centre.
// Written without the judges, from the events alone.
//
//   for (const CaseOf& one : FindDiscrepancies(chronicle, held, allotted)) …
#ifndef KEPING_TESTS_SIM_DISCREPANCIES_H_
#define KEPING_TESTS_SIM_DISCREPANCIES_H_

#include <set>

#include "common/domain/serial_set.h"
#include "tests/sim/causes.h"
#include "tests/sim/chronicle.h"

namespace keping::sim {

using Discrepancies = std::set<CaseOf>;

// `held`: the entries that the centre holds; what a disk lost before they arrived shows nowhere.
// `allotted`: the serials that the district was given.
Discrepancies FindDiscrepancies(const Chronicle& chronicle, const std::set<crypto::Hash>& held,
                                const domain::SerialSet& allotted);

// What the centre's own log shows: silent offices, lost machines, refused reports, and what was
// entered at the desk.
Discrepancies FindAtTheDesk(const Chronicle& chronicle);
// Of these kinds there is a case if and only if that log shows it.
bool IsOfTheDesk(domain::CaseKind kind);

// The case of the pile that was counted.
CaseOf CaseOfCount(const Chronicle& chronicle, const HeardCount& count);

// How the numbers begin that an office writes on blanks which came without a slip.
inline constexpr char kNotePrefix[] = "note-";

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_DISCREPANCIES_H_
