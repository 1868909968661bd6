// What the logs, laid side by side, show to be wrong: each of these must be a case at the centre.
// Written without the judges, from the events alone.
//
//   for (const auto& [kind, entity] : FindDiscrepancies(chronicle, held, allotted)) …
#ifndef KEPING_TESTS_SIM_DISCREPANCIES_H_
#define KEPING_TESTS_SIM_DISCREPANCIES_H_

#include <set>
#include <string>
#include <utility>

#include "common/domain/event.h"
#include "common/domain/serial_set.h"
#include "tests/sim/chronicle.h"

namespace keping::sim {

// By the kind of the case, and the PRR, serial or transfer that it is about.
using Discrepancies = std::set<std::pair<domain::CaseKind, std::string>>;

// `held`: the entries that the centre holds; what a disk lost before they arrived shows nowhere.
// `allotted`: the serials that the district was given.
Discrepancies FindDiscrepancies(const Chronicle& chronicle, const std::set<crypto::Hash>& held,
                                const domain::SerialSet& allotted);

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_DISCREPANCIES_H_
