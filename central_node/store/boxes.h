// The boxes of blanks that came by quantity, as the store has them.
//
//   KEPING_ASSIGN_OR_RETURN(std::vector<BoxView> boxes, ReadBoxes(centre));
#ifndef KEPING_CENTRAL_NODE_STORE_BOXES_H_
#define KEPING_CENTRAL_NODE_STORE_BOXES_H_

#include <vector>

#include "absl/status/statusor.h"
#include "central_node/core/rows.h"
#include "central_node/store/central_node.h"

namespace keping::central {

struct BoxView {
  domain::BoxId box;
  BoxRow row;
  domain::CaseId open_case;  // or empty
};

// All of them, in the order of their numbers.
absl::StatusOr<std::vector<BoxView>> ReadBoxes(const CentralNode& centre);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_STORE_BOXES_H_
