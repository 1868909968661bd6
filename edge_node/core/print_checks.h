// The checks before a print, in their precedence, and the intent that follows them.
//
//   PrintRefusal refusal = CheckPrint(core, scene, print, prr);
//   if (refusal == PrintRefusal::kNone) … MakeIntent(core, scene, print, prr) …
#ifndef KEPING_EDGE_NODE_CORE_PRINT_CHECKS_H_
#define KEPING_EDGE_NODE_CORE_PRINT_CHECKS_H_

#include "common/domain/event.h"
#include "common/domain/refusal.h"
#include "edge_node/core/edge_core.h"
#include "edge_node/core/input.h"

namespace keping::edge {

domain::PrintRefusal CheckPrint(const EdgeCore& core, const Scene& scene, const Print& print,
                                const domain::PrrId& prr);

// Of a test card on `blank`.
domain::PrintRefusal CheckTest(const EdgeCore& core, const Scene& scene,
                               const domain::PrinterId& printer, const domain::BlankSerial& blank);

// Of a print that was allowed.
domain::PrintIntended MakeIntent(const EdgeCore& core, const Scene& scene, const Print& print,
                                 const domain::PrrId& prr);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_PRINT_CHECKS_H_
