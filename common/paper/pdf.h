// A document as PDF: letterhead, title and number, fields, tables whose heads are repeated on every
// page, sums, notes, and room for signatures and stamps; black on white, so that a copier keeps it.
//
//   KEPING_ASSIGN_OR_RETURN(std::string pdf, RenderPdf(document, PageSize::kF4));
#ifndef KEPING_COMMON_PAPER_PDF_H_
#define KEPING_COMMON_PAPER_PDF_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/paper/document.h"
#include "common/paper/pages.h"

namespace keping::paper {

// The same document gives the same bytes. InvalidArgument: K-350 one row of a table needs more than
// a page; or the QR code's text is too long for one.
absl::StatusOr<std::string> RenderPdf(const Document& document, PageSize size);

}  // namespace keping::paper

#endif  // KEPING_COMMON_PAPER_PDF_H_
