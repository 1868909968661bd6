// The texts of the `keping` command, keyed as common/usage/usage.h says, as the build embeds them
// from messages/.
#ifndef KEPING_COMMON_CLI_MESSAGES_H_
#define KEPING_COMMON_CLI_MESSAGES_H_

#include "common/messages/catalogue.h"

namespace keping::cli {

const messages::Catalogues& Messages();

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_MESSAGES_H_
