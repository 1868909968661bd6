#include "central_node/papers/register_paper.h"

#include "absl/strings/str_cat.h"

namespace keping::central {

using paper::Align;
using paper::Document;
using paper::Table;
using paper::Words;

Document RegisterPaper(const Words& words, const PaperRegister& papers) {
  Document document{.language = words.language(),
                    .title = words("register.title"),
                    .subtitle = words("register.subtitle", {{"year", absl::StrCat(papers.year)}})};
  Table table{.title = "",
              .columns = {{.title = words("paper.no"), .share = 0.7, .align = Align::kRight},
                          {.title = words("paper.numberLabel"), .share = 1.8},
                          {.title = words("register.paper"), .share = 2.4},
                          {.title = words("register.subject"), .share = 1.8},
                          {.title = words("paper.dateLabel"), .share = 1.4},
                          {.title = words("register.by"), .share = 1},
                          {.title = words("register.copies"), .share = 1.15},
                          {.title = words("paper.remark"), .share = 1.8}}};
  int64_t number = 0;
  int64_t voided = 0;
  for (const PaperRegister::Entry& entry : papers.entries) {
    const bool is_void = !entry.void_reason.empty();
    voided += is_void;
    table.rows.push_back(
        {++number, entry.number, entry.title, entry.subject, words.Date(entry.day), entry.by,
         static_cast<int64_t>(entry.copies),
         is_void ? words("register.void", {{"reason", entry.void_reason}, {"by", entry.voided_by}})
                 : std::string()});
  }
  document.fields = {{words("register.count"), words.Number(number)},
                     {words("register.voided"), words.Number(voided)}};
  document.tables.push_back(std::move(table));
  document.notes = {words("register.note")};
  document.signatures = {{words("register.keeper"), words("paper.districtOffice"), "", true},
                         {words("paper.knownBy"), words("paper.headOfOffice"), "", true}};
  return document;
}

}  // namespace keping::central
