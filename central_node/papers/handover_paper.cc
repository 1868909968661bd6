#include "central_node/papers/handover_paper.h"

#include "common/paper/serial_table.h"

namespace keping::central {
namespace {

using paper::Align;
using paper::Document;
using paper::Table;
using paper::Words;

Table BlanksTable(const Words& words, const HandoverOfBlanks& handover) {
  Table table{.title = words("handover.blanks"),
              .columns = {{.title = words("paper.no"), .share = 0.5, .align = Align::kRight},
                          {.title = words("handover.what"), .share = 2.4},
                          {.title = words("serials.serial"), .share = 2.8},
                          {.title = words("paper.quantity"), .share = 0.9, .summed = true},
                          {.title = words("paper.unit"), .share = 0.8},
                          {.title = words("paper.remark"), .share = 1.8}}};
  int64_t number = 0;
  for (const HandoverOfBlanks::Part& part : handover.parts) {
    const std::string from = part.allotment.empty()
                                 ? words("handover.noDelivery")
                                 : words("handover.fromDelivery", {{"allotment", part.allotment}});
    table.rows.push_back({++number, from, paper::SerialText(words, part.serials),
                          static_cast<int64_t>(part.serials.size()), words("paper.card"),
                          part.bast_number.empty()
                              ? std::string()
                              : words("handover.bast", {{"number", part.bast_number}})});
  }
  for (const domain::Box& box : handover.boxes) {
    table.rows.push_back({++number, words("handover.box", {{"box", box.box.value()}}),
                          words("handover.sealed"), static_cast<int64_t>(box.quantity),
                          words("paper.card"), words("handover.byLabel")});
  }
  return table;
}

}  // namespace

Document HandoverPaper(const Words& words, const HandoverOfBlanks& handover) {
  Document document{.language = words.language(),
                    .title = words("handover.title"),
                    .subtitle = words("handover.subtitle")};
  document.fields = {
      {words("handover.day"), words.Weekday(handover.day) + ", " + words.Date(handover.day)},
      {words("handover.transfer"), handover.transfer},
      {words("handover.to"), handover.office},
      {words("handover.by"), handover.by},
      {words("handover.second"), handover.second}};
  document.opening = {words("handover.opening")};
  document.tables.push_back(BlanksTable(words, handover));
  document.notes = {words("handover.check")};
  document.signatures = {{words("handover.received"), handover.office, "", true},
                         {words("handover.handedOver"), words("paper.districtOffice"), "", true},
                         {words("paper.knownBy"), words("paper.headOfOffice"), "", true}};
  domain::SerialSet all;
  for (const HandoverOfBlanks::Part& part : handover.parts) all = all.Union(part.serials);
  if (!all.empty()) document.tables.push_back(paper::SerialTable(words, all));
  document.qr = handover.transfer;
  return document;
}

}  // namespace keping::central
