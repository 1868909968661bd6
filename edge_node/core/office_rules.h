// Rules that decisions about stock and handover share.
//
//   if (absl::Status status = CheckTwoPersons(core, OfficeAct::kOpenStock, …); !status.ok()) …
#ifndef KEPING_EDGE_NODE_CORE_OFFICE_RULES_H_
#define KEPING_EDGE_NODE_CORE_OFFICE_RULES_H_

#include <initializer_list>
#include <string>

#include "absl/status/status.h"
#include "common/domain/serial_set.h"
#include "edge_node/core/edge_core.h"

namespace keping::edge {

// Two different people of the roster, whose roles may do this and be its second person (roles.h).
absl::Status CheckTwoPersons(const EdgeCore& core, OfficeAct act,
                             const domain::OperatorId& operator_id,
                             const domain::OperatorId& second);

// The sets name no more blanks than one act may, of which the centre takes some in a segment; so
// many fit into one entry of the log.
absl::Status CheckFits(std::initializer_list<const domain::SerialSet*> sets);

// Every serial that the book of this office holds on a pile. Cards that were called back lie with
// the spoiled ones: both wait for the fire.
domain::SerialSet Book(const EdgeCore& core, domain::Pile pile);

// Where the books have a serial, in a word for screens: "tray", "handed_over", …, "unknown".
const char* WhereInBooks(const EdgeCore& core, const domain::BlankSerial& serial);

// The card lies in the office and may be given out; the error says why it may not.
absl::Status CheckMayLeave(const EdgeCore& core, const domain::BlankSerial& serial);

// A few serials of a set, for a sentence.
std::string Some(const domain::SerialSet& serials);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_OFFICE_RULES_H_
