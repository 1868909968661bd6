// One table of a document as CSV: RFC 4180 in UTF-8, with a line of column titles. Sums are left
// out, since whoever reads a table by machine would add them up again. A text that a spreadsheet
// would take for a formula stands behind an apostrophe; numbers stay numbers.
//
//   KEPING_ASSIGN_OR_RETURN(std::string csv, RenderCsv(document, 1));
#ifndef KEPING_COMMON_PAPER_CSV_H_
#define KEPING_COMMON_PAPER_CSV_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "common/paper/document.h"

namespace keping::paper {

// Tables are counted from 1. InvalidArgument K-351: the document has no such table.
absl::StatusOr<std::string> RenderCsv(const Document& document, size_t table);

}  // namespace keping::paper

#endif  // KEPING_COMMON_PAPER_CSV_H_
