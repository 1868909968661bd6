// Decides on what was first written on paper: the same rules as for what is entered at once, and
// beside its event another that names the form and the time that stands on it.
//
//   Decision decision = Decide(core, scene, LateEntry{.form = form, .stated_at = at,
//                                                     .what = SpoilBlank{…}});
#ifndef KEPING_EDGE_NODE_CORE_LATE_ENTRY_DECISIONS_H_
#define KEPING_EDGE_NODE_CORE_LATE_ENTRY_DECISIONS_H_

#include "edge_node/core/edge_core.h"
#include "edge_node/core/input.h"

namespace keping::edge {

Decision Decide(const EdgeCore& core, const Scene& scene, const LateEntry& entry);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_LATE_ENTRY_DECISIONS_H_
