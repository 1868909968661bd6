// The texts of `keping-edge --help`, keyed as common/usage/usage.h says, as the build embeds them
// from messages/.
#ifndef KEPING_EDGE_NODE_APP_MESSAGES_H_
#define KEPING_EDGE_NODE_APP_MESSAGES_H_

#include "common/messages/catalogue.h"

namespace keping::edge {

const messages::Catalogues& Messages();

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_APP_MESSAGES_H_
