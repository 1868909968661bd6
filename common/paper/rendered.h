// A document as a file, in any of its formats.
//
//   KEPING_ASSIGN_OR_RETURN(RenderedPaper file, Render(document, {.format = Format::kCsv}));
//   response.set_content_type(file.content_type);
#ifndef KEPING_COMMON_PAPER_RENDERED_H_
#define KEPING_COMMON_PAPER_RENDERED_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/paper/document.h"
#include "common/paper/pages.h"

namespace keping::paper {

enum class Format { kPdf = 1, kCsv = 2, kXlsx = 3 };

struct RenderOptions {
  Format format = Format::kPdf;
  PageSize size = PageSize::kF4;
  size_t table = 1;  // of kCsv
};

struct RenderedPaper {
  std::string content;
  const char* content_type = "";
  const char* ending = "";  // of a file's name
};

// The errors of pdf.h, csv.h and xlsx.h.
absl::StatusOr<RenderedPaper> Render(const Document& document, const RenderOptions& options);

// Letters and digits of `name`, hyphens for what is neither, and the ending.
std::string FileName(absl::string_view name, const RenderedPaper& paper);

}  // namespace keping::paper

#endif  // KEPING_COMMON_PAPER_RENDERED_H_
