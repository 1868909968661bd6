// A blank as the judges look at it: with the rows of every name that somebody gave it.
//
//   Rows rows;
//   KEPING_RETURN_IF_ERROR(LoadNamedBlank(centre, serial, rows));
//   JudgeNamed(serial, rows.blanks, rows.jobs)
#ifndef KEPING_CENTRAL_NODE_STORE_NAMED_BLANK_H_
#define KEPING_CENTRAL_NODE_STORE_NAMED_BLANK_H_

#include "absl/status/status.h"
#include "central_node/core/rows.h"
#include "central_node/store/central_node.h"
#include "common/domain/blank_serial.h"

namespace keping::central {

// Adds to `rows` the blank and those that its facts name, with their jobs. DataLoss: a row cannot
// be read.
absl::Status LoadNamedBlank(const CentralNode& centre, const domain::BlankSerial& serial,
                            Rows& rows);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_STORE_NAMED_BLANK_H_
