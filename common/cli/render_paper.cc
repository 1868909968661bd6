#include "common/cli/render_paper.h"

#include "absl/strings/str_cat.h"
#include "common/cli/render.h"
#include "common/cli/table.h"

namespace keping::cli {

namespace api = central_api;

std::string PaperText::operator()(const api::MakePaperResponse& answer) const {
  std::string text = absl::StrCat("Written, ", Count(answer.content().size()), " bytes.\n");
  if (answer.number().empty()) return text;
  absl::StrAppend(&text, "Number: ", answer.number());
  if (answer.copy() > 0) absl::StrAppend(&text, ", copy no. ", answer.copy(), " (SALINAN)");
  return absl::StrCat(text, "\n");
}

std::string PaperText::operator()(const edge_api::MakePaperResponse& answer) const {
  return absl::StrCat("Written, ", Count(answer.content().size()), " bytes.\n");
}

std::string PaperText::operator()(const api::ListPapersResponse& answer) const {
  if (answer.papers().empty()) return "No paper has a number yet.\n";
  Table table(
      {{"Number"}, {"Paper"}, {"Of"}, {"Day"}, {"By"}, {"Copies", Align::kRight}, {"Void"}});
  for (const api::IssuedPaper& one : answer.papers()) {
    table.AddRow({one.number(), PlainName(api::PaperKind_Name(one.kind()), "PAPER_KIND_"),
                  OrDash(one.subject()), FormatDay(one.day_days()), OrDash(one.by()),
                  absl::StrCat(one.copies()),
                  one.void_reason().empty() ? "-"
                                            : absl::StrCat(one.void_reason(), " (", one.voided_by(),
                                                           ", ", one.voided_second(), ")")});
  }
  return table.ToString();
}

std::string PaperText::operator()(const api::VoidPaperResponse&) const {
  return "The number is void. The same content gets another number when it is made again.\n";
}

}  // namespace keping::cli
