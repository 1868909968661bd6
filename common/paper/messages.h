// The texts of papers, as the build embeds them from messages/.
#ifndef KEPING_COMMON_PAPER_MESSAGES_H_
#define KEPING_COMMON_PAPER_MESSAGES_H_

#include "common/messages/catalogue.h"

namespace keping::paper {

const messages::Catalogues& Messages();

}  // namespace keping::paper

#endif  // KEPING_COMMON_PAPER_MESSAGES_H_
