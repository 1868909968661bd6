#include "central_node/core/rows.h"

namespace keping::central {

StepsOf StepsIn(const Rows& rows) {
  return [&rows](const domain::BlankSerial& serial) -> const std::vector<StepFact>* {
    const auto row = rows.blanks.find(serial);
    return row == rows.blanks.end() ? nullptr : &row->second.facts.steps;
  };
}

}  // namespace keping::central
