#include "common/cli/render_district_stock.h"

#include "absl/strings/str_cat.h"
#include "common/cli/render.h"
#include "common/cli/table.h"

namespace keping::cli {
namespace {

namespace api = central_api;

std::string KindWord(log::v1::ConsumableKind kind) {
  return PlainName(log::v1::ConsumableKind_Name(kind), "CONSUMABLE_KIND_");
}

std::string Whose(const std::string& holder) { return holder.empty() ? "district" : holder; }

}  // namespace

std::string DistrictStockText::operator()(const api::EnterLoanResponse& answer) const {
  return absl::StrCat("Entered: ", answer.quantity(), " blanks, ", answer.serials(),
                      ". Where it contradicts the books there is a case.\n");
}

std::string DistrictStockText::operator()(const api::ListLoansResponse& answer) const {
  if (answer.papers().empty()) return "No blanks passed between this district and another one.\n";
  Table sums({{"District"},
              {"Lent", Align::kRight},
              {"Came back", Align::kRight},
              {"To come back", Align::kRight},
              {"Borrowed", Align::kRight},
              {"Given back", Align::kRight},
              {"To give back", Align::kRight}});
  for (const api::DistrictLoans& one : answer.districts()) {
    sums.AddRow({one.district(), absl::StrCat(one.lent()), absl::StrCat(one.came_back()),
                 absl::StrCat(one.lent_open()), absl::StrCat(one.borrowed()),
                 absl::StrCat(one.given_back()), absl::StrCat(one.borrowed_open())});
  }
  Table papers({{"Day"},
                {"Step"},
                {"District"},
                {"Blanks", Align::kRight},
                {"Serials"},
                {"Paper"},
                {"By"},
                {"Second"}});
  for (const api::LoanPaper& one : answer.papers()) {
    papers.AddRow({FormatDay(one.day_days()),
                   PlainName(log::v1::LoanStep_Name(one.step()), "LOAN_STEP_"), one.district(),
                   absl::StrCat(one.quantity()), one.serials(), one.document(), one.by(),
                   one.second()});
  }
  return absl::StrCat(sums.ToString(), "\n", papers.ToString());
}

std::string DistrictStockText::operator()(const api::EnterSupplyResponse& answer) const {
  std::string text = absl::StrCat("Entered. The district has ", answer.in_stock(),
                                  " pieces of this lot by the book.\n");
  if (answer.transfer().empty()) return text;
  return absl::StrCat(text, "Number of the parcel: ", answer.transfer(),
                      ". The office names it with each piece that it receives.\n");
}

std::string DistrictStockText::operator()(const api::ListSuppliesResponse& answer) const {
  if (answer.balances().empty()) return "No ribbons, films or cleaning cards are entered.\n";
  Table places({{"Kind"}, {"Where"}, {"Account"}, {"Pieces", Align::kRight}});
  for (const api::SupplyBalance& one : answer.balances()) {
    places.AddRow(
        {KindWord(one.kind()), Whose(one.holder()), one.account(), absl::StrCat(one.pieces())});
  }
  std::string text = places.ToString();
  if (!answer.lots().empty()) {
    Table lots({{"Lot at the district"}, {"Kind"}, {"Pieces", Align::kRight}});
    for (const api::SupplyLot& one : answer.lots()) {
      lots.AddRow({one.lot(), KindWord(one.kind()), absl::StrCat(one.pieces())});
    }
    absl::StrAppend(&text, "\n", lots.ToString());
  }
  if (!answer.differences().empty()) {
    Table parcels(
        {{"Parcel"}, {"Office"}, {"Kind"}, {"Sent", Align::kRight}, {"Came", Align::kRight}});
    for (const api::SupplyDifference& one : answer.differences()) {
      parcels.AddRow({one.transfer(), one.node(), KindWord(one.kind()), absl::StrCat(one.sent()),
                      absl::StrCat(one.came())});
    }
    absl::StrAppend(&text, "\n", parcels.ToString());
  }
  return absl::StrCat(text, "\n", answer.unrecorded(),
                      " pieces came without a parcel, or were counted too many. The books ",
                      answer.balanced() ? "close" : "DO NOT CLOSE", ".\n");
}

}  // namespace keping::cli
