// Decides on what people do besides handling cards: signing in, passwords, shifts, day reports, and
// looks at personal data.
//
//   Decision decision = Decide(core, scene, PasswordChecked{operator_id, outcome});
#ifndef KEPING_EDGE_NODE_CORE_PEOPLE_DECISIONS_H_
#define KEPING_EDGE_NODE_CORE_PEOPLE_DECISIONS_H_

#include "edge_node/core/edge_core.h"
#include "edge_node/core/input.h"

namespace keping::edge {

// These two record a refused try: events beside a status that is not OK.
Decision Decide(const EdgeCore& core, const Scene& scene, const AskSignIn& ask);
Decision Decide(const EdgeCore& core, const Scene& scene, const PasswordChecked& checked);

Decision Decide(const EdgeCore& core, const Scene& scene, const ChangePassword& change);
Decision Decide(const EdgeCore& core, const Scene& scene, const OpenShift& open);
Decision Decide(const EdgeCore& core, const Scene& scene, const CloseShift& close);
Decision Decide(const EdgeCore& core, const Scene& scene, const ReportDay& report);
Decision Decide(const EdgeCore& core, const Scene& scene, const NoteRead& read);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_PEOPLE_DECISIONS_H_
