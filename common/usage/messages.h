// What all programs say about their use, as the build embeds it from messages/.
#ifndef KEPING_COMMON_USAGE_MESSAGES_H_
#define KEPING_COMMON_USAGE_MESSAGES_H_

#include "common/messages/catalogue.h"

namespace keping::usage {

const messages::Catalogues& Messages();

}  // namespace keping::usage

#endif  // KEPING_COMMON_USAGE_MESSAGES_H_
