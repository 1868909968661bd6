#include "common/paper/rendered.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/paper/csv.h"
#include "common/paper/pdf.h"
#include "common/paper/xlsx.h"

namespace keping::paper {

absl::StatusOr<RenderedPaper> Render(const Document& document, const RenderOptions& options) {
  if (options.format == Format::kCsv) {
    KEPING_ASSIGN_OR_RETURN(std::string csv, RenderCsv(document, options.table));
    return RenderedPaper{std::move(csv), "text/csv; charset=utf-8; header=present", "csv"};
  }
  if (options.format == Format::kXlsx) {
    KEPING_ASSIGN_OR_RETURN(std::string xlsx, RenderXlsx(document));
    return RenderedPaper{std::move(xlsx),
                         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                         "xlsx"};
  }
  KEPING_ASSIGN_OR_RETURN(std::string pdf, RenderPdf(document, options.size));
  return RenderedPaper{std::move(pdf), "application/pdf", "pdf"};
}

std::string FileName(absl::string_view name, const RenderedPaper& paper) {
  std::string file(name);
  for (char& letter : file) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(letter))) letter = '-';
  }
  return absl::StrCat(file, ".", paper.ending);
}

}  // namespace keping::paper
