#include "central_node/core/rows.h"

#include "central_node/core/joined_names.h"

namespace keping::central {

StepsOf StepsIn(const Rows& rows) {
  return [&rows](const domain::BlankSerial& serial) { return StepsOfBlank(serial, rows.blanks); };
}

}  // namespace keping::central
