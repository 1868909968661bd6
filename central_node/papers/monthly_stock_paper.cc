#include "central_node/papers/monthly_stock_paper.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/paper/serial_table.h"

namespace keping::central {
namespace {

using ledger::Account;
using paper::Align;
using paper::Cell;
using paper::Column;
using paper::Document;
using paper::Table;
using paper::Words;

template <typename Key>
int64_t At(const std::map<Key, int64_t>& counts, Key key) {
  const auto found = counts.find(key);
  return found == counts.end() ? 0 : found->second;
}

std::string PlaceWord(const Words& words, StockPlace place) {
  switch (place) {
    case StockPlace::kDistrict:
      return words("stock.atDistrict");
    case StockPlace::kTransit:
      return words("stock.inTransit");
    case StockPlace::kOffice:
      return words("stock.inOffice");
    case StockPlace::kPrinted:
      return words("stock.printed");
    case StockPlace::kSpoiled:
      return words("stock.spoiled");
    case StockPlace::kDestroyed:
      return words("stock.destroyed");
    case StockPlace::kOther:
      return words("stock.other");
  }
  return "";
}

Column NumberColumn(const Words& words) {
  return {.title = words("paper.no"), .share = 0.7, .align = Align::kRight};
}

// Sources are below zero in the ledger; what they gave stands here above.
Table AccountTable(const Words& words, const MonthlyStock& stock, bool sources) {
  Table table{
      .title = words(sources ? "stock.sources" : "stock.accounts"),
      .columns = {
          NumberColumn(words),
          {.title = words("stock.account"), .share = 4},
          {.title = words("stock.opening"), .share = 1.3, .summed = true},
          {.title = words(sources ? "stock.gave" : "stock.in"), .share = 1.3, .summed = true},
          {.title = words(sources ? "stock.tookBack" : "stock.out"), .share = 1.3, .summed = true},
          {.title = words("stock.closing"), .share = 1.3, .summed = true}}};
  int64_t number = 0;
  for (const Account account : ledger::kAllAccounts) {
    if (ledger::IsSource(account) != sources) continue;
    const auto found = stock.accounts.find(account);
    const AccountMonth month = found == stock.accounts.end() ? AccountMonth() : found->second;
    const std::string name = words(absl::StrCat("account.", ledger::AccountName(account)));
    if (sources) {
      table.rows.push_back({++number, name, -month.opening, month.out, month.in, -month.closing()});
    } else {
      table.rows.push_back({++number, name, month.opening, month.in, month.out, month.closing()});
    }
  }
  return table;
}

void AddPlaces(const Words& words, Table& table) {
  for (const StockPlace place : kStockPlaces) {
    table.columns.push_back({.title = PlaceWord(words, place), .share = 1.15, .summed = true});
  }
}

void AddCounts(const std::map<StockPlace, int64_t>& blanks, std::vector<Cell>& row) {
  for (const StockPlace place : kStockPlaces) row.emplace_back(At(blanks, place));
}

Table HolderTable(const Words& words, const MonthlyStock& stock) {
  Table table{.title = words("stock.holders"),
              .columns = {NumberColumn(words), {.title = words("stock.holder"), .share = 2.2}}};
  AddPlaces(words, table);
  table.columns.push_back({.title = words("paper.quantity"), .share = 1.1, .summed = true});
  int64_t number = 0;
  for (const MonthlyStock::Holder& holder : stock.holders) {
    std::vector<Cell> row = {++number, holder.name.empty() ? words("stock.district") : holder.name};
    AddCounts(holder.blanks, row);
    int64_t all = 0;
    for (const auto& [place, blanks] : holder.blanks) all += blanks;
    row.emplace_back(all);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table DeliveryTable(const Words& words, const MonthlyStock& stock) {
  Table table{.title = words("stock.deliveries"),
              .columns = {NumberColumn(words),
                          {.title = words("stock.delivery"), .share = 2.6},
                          {.title = words("stock.came"), .share = 1.4, .summed = true}}};
  AddPlaces(words, table);
  int64_t number = 0;
  for (const MonthlyStock::Delivery& delivery : stock.deliveries) {
    std::string name = delivery.allotment;
    if (!delivery.bast_number.empty()) absl::StrAppend(&name, "\nBAST ", delivery.bast_number);
    if (!delivery.serials.empty()) {
      absl::StrAppend(&name, "\n", paper::SerialText(words, delivery.serials));
    }
    std::vector<Cell> row = {++number, std::move(name), delivery.quantity};
    AddCounts(delivery.blanks, row);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table SpoiledTable(const Words& words, const MonthlyStock& stock) {
  Table table{.title = words("stock.causes"),
              .columns = {NumberColumn(words), {.title = words("paper.office"), .share = 2.2}}};
  for (const SpoilReason reason : kSpoilReasons) {
    table.columns.push_back({.title = CauseWord(words, reason), .share = 1.2, .summed = true});
  }
  table.columns.push_back({.title = words("paper.quantity"), .share = 1.1, .summed = true});
  int64_t number = 0;
  for (const MonthlyStock::Spoiled& office : stock.spoiled) {
    std::vector<Cell> row = {++number, office.office};
    int64_t all = 0;
    for (const SpoilReason reason : kSpoilReasons) {
      row.emplace_back(At(office.cards, reason));
      all += At(office.cards, reason);
    }
    row.emplace_back(all);
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

StockPlace PlaceOf(Account account, bool at_district) {
  switch (account) {
    case Account::kDistrictStock:
      return StockPlace::kDistrict;
    case Account::kUnidentified:
      return at_district ? StockPlace::kDistrict : StockPlace::kOffice;
    case Account::kInTransit:
      return StockPlace::kTransit;
    case Account::kNodeStock:
    case Account::kBoundToJob:
    case Account::kInDoubt:
      return StockPlace::kOffice;
    case Account::kPrintedReady:
    case Account::kHandedOver:
    case Account::kDelivered:
    case Account::kReturned:
    case Account::kWithdrawn:
      return StockPlace::kPrinted;
    case Account::kSpoiled:
      return StockPlace::kSpoiled;
    case Account::kDestroyed:
      return StockPlace::kDestroyed;
    case Account::kCentre:
    case Account::kBorrowed:
    case Account::kOpeningBalance:
    case Account::kUnknownOrigin:
    case Account::kLentOut:
    case Account::kGivenBack:
    case Account::kMissing:
    case Account::kMaybeUsed:
    case Account::kContested:
    case Account::kUnaccountedClaim:
      break;
  }
  return StockPlace::kOther;
}

Document MonthlyStockPaper(const Words& words, const MonthlyStock& stock) {
  Document document{.language = words.language(),
                    .title = words("stock.title"),
                    .subtitle = words("stock.subtitle", {{"month", words.Month(stock.month)}})};
  document.fields = {{words("stock.period"),
                      words("stock.fromTo", {{"from", words.Date(absl::CivilDay(stock.month))},
                                             {"to", words.Date(stock.upto)}})},
                     {words("paper.unit"), words("paper.card")}};
  document.tables = {AccountTable(words, stock, true), AccountTable(words, stock, false),
                     HolderTable(words, stock), DeliveryTable(words, stock),
                     SpoiledTable(words, stock)};
  document.notes = {words("stock.equation"), words("stock.dating"), words("stock.otherMeans"),
                    words("stock.causesMean")};
  document.signatures = {{words("stock.stockKeeper"), words("paper.districtOffice"), "", true},
                         {words("paper.knownBy"), words("paper.headOfOffice"), "", true}};
  return document;
}

}  // namespace keping::central
