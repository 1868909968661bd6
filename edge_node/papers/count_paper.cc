#include "edge_node/papers/count_paper.h"

#include <utility>

#include "common/paper/serial_table.h"

namespace keping::edge {
namespace {

using paper::Align;
using paper::Document;
using paper::Table;
using paper::Words;

std::string PileWord(const Words& words, domain::Pile pile) {
  switch (pile) {
    case domain::Pile::kTray:
      return words("count.pile.tray");
    case domain::Pile::kSpoiled:
      return words("count.pile.spoiled");
    case domain::Pile::kPrinted:
      return words("count.pile.printed");
  }
  return "";
}

void AddList(const Words& words, const char* title, const domain::SerialSet& serials,
             Document& document) {
  Table table = paper::SerialTable(words, serials);
  table.title = words(title);
  document.tables.push_back(std::move(table));
}

}  // namespace

Document CountPaper(const Words& words, const CountSheet& sheet) {
  const domain::StockCounted& count = sheet.count;
  Document document{.language = words.language(), .title = words("count.title"), .date = sheet.day};
  document.fields = {
      {words("paper.office"), sheet.office},
      {words("destruction.day"), words.Weekday(sheet.day) + ", " + words.Date(sheet.day)},
      {words("count.pile"), PileWord(words, count.pile)},
      {words("count.by"), count.operator_id.value()},
      {words("count.second"), count.second.value()}};
  document.opening = {words("count.opening")};
  const auto counted = static_cast<int64_t>(count.counted.size());
  const auto missing = static_cast<int64_t>(count.missing.size());
  const auto surplus = static_cast<int64_t>(count.surplus.size());
  document.tables.push_back(
      {.title = words("count.summary"),
       .columns = {{.title = words("count.item"), .share = 4},
                   {.title = words("paper.quantity"), .share = 1, .align = Align::kRight}},
       .rows = {{words("count.book"), counted - surplus + missing},
                {words("count.counted"), counted},
                {words("count.missing"), missing},
                {words("count.surplus"), surplus}}});
  AddList(words, "count.missingList", count.missing, document);
  AddList(words, "count.surplusList", count.surplus, document);
  document.notes = {words("count.equation")};
  document.signatures = {{words("count.other"), sheet.office, "", true},
                         {words("count.first"), sheet.office, "", true}};
  document.qr = count.act.value();
  return document;
}

}  // namespace keping::edge
