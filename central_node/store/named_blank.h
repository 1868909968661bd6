// A blank as the judges look at it: with the rows of every name that somebody gave it.
//
//   Rows rows;
//   KEPING_RETURN_IF_ERROR(LoadNamedBlank(centre, serial, rows));
//   JudgeNamed(serial, rows.blanks, rows.jobs)
#ifndef KEPING_CENTRAL_NODE_STORE_NAMED_BLANK_H_
#define KEPING_CENTRAL_NODE_STORE_NAMED_BLANK_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "central_node/core/rows.h"
#include "central_node/store/central_node.h"
#include "common/domain/blank_serial.h"
#include "common/domain/ids.h"
#include "common/ledger/balances.h"

namespace keping::central {

// Adds to `rows` the blank and those that its facts name, with their jobs. DataLoss: a row cannot
// be read.
absl::Status LoadNamedBlank(const CentralNode& centre, const domain::BlankSerial& serial,
                            Rows& rows);

// One name of a blank, as the paper counts it that brought the blank under this name.
struct CountedName {
  domain::BoxId box;    // whose quantity it is part of; empty: of none, or under the other name
  ledger::Place place;  // where the blank lies; a second name that is allotted too has no blank
  std::vector<DispatchFact> dispatches;  // of the blank, under whichever name
};

// `row` is that of `name`. DataLoss: a row cannot be read.
absl::StatusOr<CountedName> ReadCountedName(const CentralNode& centre,
                                            const domain::BlankSerial& name, const BlankRow& row);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_STORE_NAMED_BLANK_H_
