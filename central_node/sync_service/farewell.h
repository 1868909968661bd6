// What a node is told whose incarnation was revoked, retired or declared lost, whether it is
// connected or a person carries it there.
#ifndef KEPING_CENTRAL_NODE_SYNC_SERVICE_FAREWELL_H_
#define KEPING_CENTRAL_NODE_SYNC_SERVICE_FAREWELL_H_

#include <string>

#include "central_node/store/central_node.h"

namespace keping::central {

// Stands on the screen of the office, so in its language first.
std::string FarewellText(const CentralNode::Ended& ended);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_SYNC_SERVICE_FAREWELL_H_
