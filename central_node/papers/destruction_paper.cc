#include "central_node/papers/destruction_paper.h"

namespace keping::central {
namespace {

using paper::Align;
using paper::Document;
using paper::Table;
using paper::Words;

constexpr size_t kAbreast = 2;

Table CauseTable(const Words& words, const Destruction& destruction) {
  Table table{.title = words("destruction.byCause"),
              .columns = {{.title = words("paper.no"), .share = 0.4, .align = Align::kRight},
                          {.title = words("destruction.cause"), .share = 4},
                          {.title = words("paper.quantity"), .share = 1, .summed = true}}};
  std::map<SpoilReason, int64_t> counts;
  for (const auto& [serial, reason] : destruction.cards) ++counts[reason];
  int64_t number = 0;
  for (const SpoilReason reason : kBurnReasons) {
    table.rows.push_back({++number, CauseWord(words, reason), counts[reason]});
  }
  return table;
}

Table CardTable(const Words& words, const Destruction& destruction) {
  Table table{.title = words("destruction.cards"),
              .columns = {{.title = words("paper.no"), .share = 0.5, .align = Align::kRight},
                          {.title = words("serials.serial"), .share = 2},
                          {.title = words("destruction.cause"), .share = 1.5}},
              .abreast = kAbreast};
  int64_t number = 0;
  for (const auto& [serial, reason] : destruction.cards) {
    table.rows.push_back({++number, serial.text(), CauseWord(words, reason)});
  }
  return table;
}

}  // namespace

Document DestructionPaper(const Words& words, const Destruction& destruction) {
  Document document{.language = words.language(),
                    .title = words("destruction.title"),
                    .subtitle = words("destruction.subtitle")};
  document.fields = {{words("destruction.day"),
                      words.Weekday(destruction.day) + ", " + words.Date(destruction.day)},
                     {words("paper.office"), destruction.office},
                     {words("destruction.minutes"), destruction.minutes},
                     {words("destruction.by"), destruction.operator_id},
                     {words("destruction.second"), destruction.second}};
  document.opening = {words("destruction.opening")};
  document.tables = {CauseTable(words, destruction), CardTable(words, destruction)};
  document.notes = {words("destruction.closing")};
  document.signatures = {{words("destruction.first"), destruction.office, "", true},
                         {words("destruction.other"), destruction.office, "", true},
                         {words("paper.knownBy"), words("paper.headOfOffice"), "", true},
                         {words("destruction.witness", {{"number", "1"}}), "", "", false},
                         {words("destruction.witness", {{"number", "2"}}), "", "", false},
                         {words("destruction.witness", {{"number", "3"}}), "", "", false}};
  document.qr = destruction.act;
  return document;
}

}  // namespace keping::central
