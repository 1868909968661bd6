#include "central_node/papers/recall_paper.h"

#include "absl/strings/str_cat.h"

namespace keping::central {

using paper::Align;
using paper::Document;
using paper::Table;
using paper::Words;

Document RecallPaper(const Words& words, const Recalls& recalls) {
  Document document{.language = words.language(),
                    .title = words("recall.title"),
                    .subtitle = words("recall.subtitle")};
  document.fields = {
      {words("paper.office"), recalls.office.empty() ? words("recall.all") : recalls.office},
      {words("recall.count"), words.Number(static_cast<int64_t>(recalls.cards.size()))}};
  document.opening = {words("recall.opening")};
  Table table{.title = "",
              .columns = {{.title = words("paper.no"), .share = 0.7, .align = Align::kRight},
                          {.title = words("serials.serial"), .share = 2},
                          {.title = words("paper.office"), .share = 1.5},
                          {.title = words("paper.village"), .share = 2.2},
                          {.title = words("recall.where"), .share = 1.7},
                          {.title = words("recall.case"), .share = 0.95},
                          {.title = words("recall.ordered"), .share = 1.6},
                          {.title = words("recall.found"), .share = 1.7}}};
  int64_t number = 0;
  for (const Recalls::Card& card : recalls.cards) {
    table.rows.push_back(
        {++number, card.serial, card.office, card.village,
         words(absl::StrCat("account.", ledger::AccountName(card.account))), card.case_code,
         card.ordered.has_value() ? words.Date(*card.ordered) : std::string(), std::string()});
  }
  document.tables.push_back(std::move(table));
  document.notes = {words("recall.note")};
  document.signatures = {{words("recall.fetchedBy"), "", "", false},
                         {words("recall.givenBy"), words("paper.districtOffice"), "", true}};
  return document;
}

}  // namespace keping::central
