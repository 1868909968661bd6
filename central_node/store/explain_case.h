// What the judge of a count, of reported figures, of cards of which one stays, of a log with a gap
// or of a print without contact makes of a case, and why the national server refused a report.
//
//   KEPING_ASSIGN_OR_RETURN(std::vector<Remark> remarks, ExplainCase(*centre, view.row));
//   // 2 blanks are missing and 1 is more than the book says. …
#ifndef KEPING_CENTRAL_NODE_STORE_EXPLAIN_CASE_H_
#define KEPING_CENTRAL_NODE_STORE_EXPLAIN_CASE_H_

#include <vector>

#include "absl/status/statusor.h"
#include "central_node/core/remark.h"
#include "central_node/core/rows.h"
#include "central_node/store/central_node.h"

namespace keping::central {

// By what the store holds now. Empty for cases of the other kinds, which their evidence explains.
absl::StatusOr<std::vector<Remark>> ExplainCase(const CentralNode& centre, const CaseRow& row);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_STORE_EXPLAIN_CASE_H_
