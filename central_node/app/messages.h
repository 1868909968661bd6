// The texts of `keping-central --help`, keyed as common/usage/usage.h says, as the build embeds
// them from messages/.
#ifndef KEPING_CENTRAL_NODE_APP_MESSAGES_H_
#define KEPING_CENTRAL_NODE_APP_MESSAGES_H_

#include "common/messages/catalogue.h"

namespace keping::central {

const messages::Catalogues& Messages();

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_APP_MESSAGES_H_
