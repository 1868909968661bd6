// What a judge makes of something, as the API shows it.
//
//   FillRemark(remark, *response.add_remarks());
#ifndef KEPING_CENTRAL_NODE_CONSOLE_REMARK_MESSAGE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_REMARK_MESSAGE_H_

#include "central_node/core/remark.h"
#include "keping/central/v1/remark.pb.h"

namespace keping::central {

void FillRemark(const Remark& remark, v1::Remark& proto);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_REMARK_MESSAGE_H_
