// Whose word an event is. A node's log may hold only what a node can say: what the district decides
// counts from the centre's own log alone.
//
//   if (IsOfCentre(*entry.event)) …kept, and no fact…
#ifndef KEPING_CENTRAL_NODE_CORE_EVENT_ORIGIN_H_
#define KEPING_CENTRAL_NODE_CORE_EVENT_ORIGIN_H_

#include "common/domain/event.h"

namespace keping::central {

bool IsOfCentre(const domain::Event& event);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_EVENT_ORIGIN_H_
