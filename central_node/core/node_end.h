// How nodes end: revoked, retired, declared lost; what that asks for, which events it makes, and
// which cases it opens.
//
//   if (const auto why = WhyNotClose(command, resident); why != CommandOutcome::kDone) …
//   for (const domain::Event& event : ClosingEvents(command, resident, rows.prrs)) Append(event);
//
// An end is one of an incarnation: the same office comes back under a later one, by a new code.
#ifndef KEPING_CENTRAL_NODE_CORE_NODE_END_H_
#define KEPING_CENTRAL_NODE_CORE_NODE_END_H_

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "central_node/core/anomaly.h"
#include "central_node/core/input.h"
#include "central_node/core/posting.h"
#include "central_node/core/rows.h"
#include "common/domain/event.h"

namespace keping::central {

// "revoked", "retired" or "declared lost".
const char* EndWord(domain::NodeEnd end);

// It was enrolled, and its active incarnation has ended.
bool IsClosed(const NodeRow& node);
// The incarnation is not believed after its end: what comes then are claims.
bool IsQuarantined(const StreamHead& stream);

// Two different persons and a document.
bool NamesTwoPersons(const domain::OperatorId& by, const domain::OperatorId& second,
                     const domain::DocumentNumber& document);

// kDone when it may be closed; also when it is closed in this way already, and nothing is to do.
CommandOutcome WhyNotClose(const CloseNode& command, const Resident& resident);
// In their order. Empty when the node has this end already. `prrs` holds the command's.
std::vector<domain::Event> ClosingEvents(const CloseNode& command, const Resident& resident,
                                         const std::map<domain::PrrId, PrrRow>& prrs);

// kDone when the claims up to that entry may be accepted.
CommandOutcome WhyNotAccept(const AcceptClaims& command, const Resident& resident);

// Open until nothing that the lost node held is unsettled. Nullopt: it was never lost.
std::optional<Anomaly> LostTail(const NodeRow& node);
// Brings the counts of what lost nodes held and nobody settled up to date with verdicts that the
// rows do not show yet. Returns the nodes whose count was touched.
std::set<domain::NodeId> CountUnsettled(const Verdicts& verdicts, const Rows& rows,
                                        Resident& resident);
// Open until two officers believe all that came. Nullopt: nothing came after the end.
std::optional<Anomaly> UnbelievedClaims(const StreamHead& stream);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_NODE_END_H_
