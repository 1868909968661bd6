// A document's tables as a workbook (Office Open XML): a sheet with its fields, then one a table,
// whose sums are formulas that already have their value.
//
//   KEPING_ASSIGN_OR_RETURN(std::string xlsx, RenderXlsx(document));
#ifndef KEPING_COMMON_PAPER_XLSX_H_
#define KEPING_COMMON_PAPER_XLSX_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/paper/document.h"

namespace keping::paper {

// Nothing of it is written to a disk. Internal when the library or the memory file fails.
absl::StatusOr<std::string> RenderXlsx(const Document& document);

}  // namespace keping::paper

#endif  // KEPING_COMMON_PAPER_XLSX_H_
