// The checks before a print, in their precedence, and the intent that follows them.
//
//   PrintRefusal refusal = CheckPrint(core, scene, print, prr, new_day);
//   if (refusal == PrintRefusal::kNone) … MakeIntent(core, scene, print, prr) …
#ifndef KEPING_EDGE_NODE_CORE_PRINT_CHECKS_H_
#define KEPING_EDGE_NODE_CORE_PRINT_CHECKS_H_

#include "common/domain/event.h"
#include "common/domain/refusal.h"
#include "edge_node/core/edge_core.h"
#include "edge_node/core/input.h"

namespace keping::edge {

// `new_day`: an office day opens with this print.
domain::PrintRefusal CheckPrint(const EdgeCore& core, const Scene& scene, const Print& print,
                                const domain::PrrId& prr, bool new_day);

// Of a print that was allowed.
domain::PrintIntended MakeIntent(const EdgeCore& core, const Scene& scene, const Print& print,
                                 const domain::PrrId& prr);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_PRINT_CHECKS_H_
