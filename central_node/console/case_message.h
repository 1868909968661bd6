// A case as the API shows it.
//
//   FillCase(view, *response.add_cases());
#ifndef KEPING_CENTRAL_NODE_CONSOLE_CASE_MESSAGE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_CASE_MESSAGE_H_

#include "central_node/store/queries.h"
#include "keping/central/v1/central.pb.h"

namespace keping::central {

void FillCase(const CaseView& view, v1::Case& proto);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_CASE_MESSAGE_H_
