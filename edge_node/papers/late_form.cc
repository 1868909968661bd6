#include "edge_node/papers/late_form.h"

#include <utility>
#include <vector>

namespace keping::edge {
namespace {

using paper::Align;
using paper::Cell;
using paper::Document;
using paper::Table;
using paper::Words;

constexpr int64_t kLines = 12;  // so that a form is one sheet

struct Form {
  const char* title;
  std::vector<const char*> fields;   // beside those of every form
  std::vector<const char*> columns;  // beside the serial
};

Form FormOf(LateFormKind kind) {
  switch (kind) {
    case LateFormKind::kReceive:
      return {"form.receive", {"form.transfer"}, {"form.remark"}};
    case LateFormKind::kSpoiled:
      return {"form.spoiled", {}, {"form.cause", "form.step"}};
    case LateFormKind::kCount:
      return {"form.count", {"form.pile", "form.second"}, {"form.remark"}};
    case LateFormKind::kHandover:
      return {"form.handover", {"form.manifest", "form.receiver"}, {"form.remark"}};
    case LateFormKind::kAnswers:
      return {"form.answers", {"form.manifest"}, {"form.outcome"}};
  }
  return {};
}

Table LinesOf(const Words& words, const Form& form) {
  Table table{.title = "",
              .columns = {{.title = words("paper.no"), .share = 0.5, .align = Align::kRight},
                          {.title = words("form.serial"), .share = 3},
                          {.title = words("form.again"), .share = 1.3}}};
  for (const char* column : form.columns) {
    table.columns.push_back({.title = words(column), .share = 2});
  }
  for (int64_t line = 1; line <= kLines; ++line) {
    std::vector<Cell> row(table.columns.size());
    row[0] = line;
    // Of the height of a line that is written by hand.
    row[1] = std::string("\n");
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

Document LateFormPaper(const Words& words, LateFormKind kind, const std::string& office) {
  const Form form = FormOf(kind);
  Document document{
      .language = words.language(), .title = words(form.title), .subtitle = words("form.subtitle")};
  document.fields = {{words("paper.office"), office},
                     {words("form.number"), words("form.blank")},
                     {words("form.time"), words("form.blank")},
                     {words("form.operator"), words("form.blank")}};
  for (const char* field : form.fields) {
    document.fields.push_back({words(field), words("form.blank")});
  }
  document.tables.push_back(LinesOf(words, form));
  document.notes = {words("form.noPrinting"), words("form.enter")};
  document.signatures = {{words("dayReport.checkedBy"), office, "", true},
                         {words("dayReport.madeBy"), office, "", true}};
  return document;
}

}  // namespace keping::edge
