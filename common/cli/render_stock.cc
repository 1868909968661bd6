// The answers of an edge node about stock and finished cards, for people.

#include "common/cli/render_stock.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/cli/render.h"
#include "common/cli/table.h"

namespace keping::cli {
namespace {

namespace api = edge_api;

std::string Day(int32_t days) { return days == 0 ? "-" : FormatDay(days); }

std::string PileName(log::v1::Pile pile) { return PlainName(log::v1::Pile_Name(pile), "PILE_"); }

std::string BoxTable(const api::GetStockResponse& stock) {
  if (stock.boxes().empty()) return "";
  Table boxes({{"Box"},
               {"Paper", Align::kRight},
               {"Scanned", Align::kRight},
               {"Left", Align::kRight},
               {"Is"}});
  for (const api::BoxState& box : stock.boxes()) {
    boxes.AddRow({box.box(), Count(box.quantity()), Count(box.scanned()), Count(box.left()),
                  box.emptied()       ? "empty"
                  : box.scanned() > 0 ? "open"
                                      : "sealed"});
  }
  return absl::StrCat("\n", boxes.ToString());
}

}  // namespace

std::string RenderStock(const api::GetStockResponse& stock) {
  Table piles({{"Pile"}, {"Number", Align::kRight}, {"Serials"}});
  for (const api::PileState& pile : stock.piles()) {
    piles.AddRow(
        {PileName(pile.pile()), Count(pile.quantity()), OrDash(Shortened(pile.serials()))});
  }
  piles.AddRow({"handed over", Count(stock.handed_over()), "-"});
  piles.AddRow({"delivered", Count(stock.delivered()), "-"});
  piles.AddRow({"lent", Count(stock.lent()), "-"});
  piles.AddRow({"destroyed", Count(stock.destroyed()), "-"});
  const std::string text = absl::StrCat(piles.ToString(), BoxTable(stock));
  if (stock.consumables().empty()) return text;
  Table items({{"Number"},
               {"What"},
               {"State"},
               {"Pieces", Align::kRight},
               {"Panels", Align::kRight},
               {"Printer"}});
  for (const api::Consumable& item : stock.consumables()) {
    items.AddRow({item.consumable(),
                  PlainName(log::v1::ConsumableKind_Name(item.kind()), "CONSUMABLE_KIND_"),
                  PlainName(log::v1::ConsumableStep_Name(item.step()), "CONSUMABLE_STEP_"),
                  Count(item.quantity()), Count(item.panels()), OrDash(item.printer())});
  }
  return absl::StrCat(text, "\n", items.ToString());
}

std::string RenderStock(const api::OpenStockResponse& opened) {
  return absl::StrCat(Count(opened.quantity()), " serials are in the books from now on.\n");
}

std::string RenderStock(const api::RescanStockResponse& rescanned) {
  std::string text = absl::StrCat(Count(rescanned.found()), " blanks are in the tray, ",
                                  Count(rescanned.missing_quantity()), " were not found.\n");
  if (!rescanned.missing().empty()) absl::StrAppend(&text, "Missing: ", rescanned.missing(), "\n");
  return text;
}

std::string RenderStock(const api::OpenBoxResponse& opened) {
  std::string text = absl::StrCat(Count(opened.scanned()), " blanks are in the tray, ",
                                  Count(opened.left()), " are left in the box.\n");
  if (opened.missing() > 0) {
    absl::StrAppend(&text, Count(opened.missing()), " fewer came out than its paper says.\n");
  }
  return text;
}

std::string RenderStock(const api::LendBlanksResponse& lent) {
  return absl::StrCat(
      Count(lent.quantity()), " blanks are lent under number ", lent.transfer(),
      ". Write it on the paper that goes with them; their slip: keping bundle export "
      "--slip ",
      lent.transfer(), " --request FILE --to FILE\n");
}

std::string RenderStock(const api::ListLendingsResponse& list) {
  if (list.lendings().empty()) return "Nothing was lent.\n";
  Table table({{"Number"}, {"What"}, {"Office"}, {"Blanks", Align::kRight}, {"Serials"}});
  for (const api::Lending& one : list.lendings()) {
    const char* what = one.given() ? "lent to" : one.received() ? "received from" : "to be scanned";
    table.AddRow(
        {one.transfer(), what, one.office(), Count(one.quantity()), Shortened(one.serials())});
  }
  return table.ToString();
}

std::string RenderStock(const api::ReceiveBlanksResponse& received) {
  std::string text = absl::StrCat("Received ", Count(received.received()), ", missing ",
                                  Count(received.missing_quantity()), ", unexpected ",
                                  Count(received.unexpected_quantity()), ".\n");
  if (!received.missing().empty()) absl::StrAppend(&text, "Missing: ", received.missing(), "\n");
  if (!received.unexpected().empty()) {
    absl::StrAppend(&text, "Unexpected: ", received.unexpected(), "\n");
  }
  if (received.boxes() > 0) absl::StrAppend(&text, "Boxes: ", Count(received.boxes()), ".\n");
  if (received.missing_boxes_size() > 0) {
    absl::StrAppend(&text, "Missing boxes: ", absl::StrJoin(received.missing_boxes(), ", "), "\n");
  }
  if (received.unexpected_boxes_size() > 0) {
    absl::StrAppend(&text, "Unexpected boxes: ", absl::StrJoin(received.unexpected_boxes(), ", "),
                    "\n");
  }
  if (received.unmatched()) {
    absl::StrAppend(&text, "No dispatch record is here yet; it is matched when it arrives.\n");
  }
  return text;
}

std::string RenderStock(const api::MarkSpoiledResponse&) { return "The blank is spoiled.\n"; }

std::string RenderStock(const api::CountPileResponse& count) {
  if (count.missing_quantity() == 0 && count.surplus().empty()) {
    return absl::StrCat("Counted ", Count(count.counted()), ": all as in the book.\n");
  }
  std::string text = absl::StrCat("Counted ", Count(count.counted()), ", missing ",
                                  Count(count.missing_quantity()), ", surplus ",
                                  Count(count.surplus_size()), ". Nothing was adjusted.\n");
  if (!count.missing().empty()) absl::StrAppend(&text, "Missing: ", count.missing(), "\n");
  if (count.surplus().empty()) return text;
  Table surplus({{"Surplus"}, {"By the book"}});
  for (const api::SurplusSerial& serial : count.surplus()) {
    surplus.AddRow({serial.serial(), serial.book_place()});
  }
  return absl::StrCat(text, surplus.ToString());
}

std::string RenderStock(const api::DestroyCardsResponse& destroyed) {
  return absl::StrCat(Count(destroyed.quantity()), " cards are destroyed on record. Act ",
                      destroyed.act(), ".\n");
}

std::string RenderStock(const api::ReadNamesResponse& names) {
  return absl::StrCat(absl::StrJoin(names.names(), "\n"), "\n");
}

std::string RenderStock(const api::SettleConsumableResponse& settled) {
  return absl::StrCat("The book has ", Count(settled.quantity()), " pieces of it in stock now.\n");
}

std::string RenderStock(const api::ReceiveConsumableResponse&) {
  return "It is in the stock from now on.\n";
}

std::string RenderStock(const api::ReserveResponse& reserved, const OfficeTime& time) {
  return absl::StrCat("It is yours until ", time.Format(reserved.until_micros()), ".\n");
}

std::string RenderStock(const api::ReleaseReservationResponse&) { return "It is free again.\n"; }

std::string RenderStock(const api::ListReservationsResponse& list, const OfficeTime& time) {
  if (list.reservations().empty()) return "Nothing is in anybody's hand.\n";
  Table table({{"What"}, {"Operator"}, {"Counter"}, {"Until"}});
  for (const api::Reservation& one : list.reservations()) {
    table.AddRow({one.prr().empty() ? one.blank() : one.prr(), one.operator_id(),
                  OrDash(one.counter()), time.Format(one.until_micros())});
  }
  return table.ToString();
}

// ---- Handover.

std::string RenderStock(const api::ListManifestsResponse& list) {
  Table villages({{"Village"}, {"Cards ready", Align::kRight}});
  for (const api::VillageCards& village : list.villages()) {
    villages.AddRow(
        {village.village().empty() ? "not known" : village.village(), Count(village.ready())});
  }
  Table manifests({{"Manifest"},
                   {"Village"},
                   {"Made on"},
                   {"Cards", Align::kRight},
                   {"Left on"},
                   {"Left", Align::kRight},
                   {"Still out", Align::kRight}});
  for (const api::Manifest& one : list.manifests()) {
    manifests.AddRow({one.manifest(), one.village(), Day(one.made_on_days()), Count(one.cards()),
                      Day(one.left_on_days()), Count(one.left()), Count(one.still_out())});
  }
  return absl::StrCat(
      list.villages().empty() ? "No finished card waits here.\n" : villages.ToString(), "\n",
      list.manifests().empty() ? "No manifests.\n" : manifests.ToString());
}

std::string RenderStock(const api::MakeManifestResponse& made) {
  return absl::StrCat("Manifest ", made.manifest().manifest(), " lists ",
                      Count(made.manifest().cards()), " cards for village ",
                      made.manifest().village(), ".\n");
}

std::string RenderStock(const api::GetManifestResponse& shown) {
  Table table({{"Serial"}, {"PRR"}, {"Where"}, {"Since"}, {"Not found"}});
  for (const api::ManifestCard& card : shown.cards()) {
    table.AddRow({card.serial(), OrDash(card.prr()), card.place(), Day(card.since_days()),
                  card.not_found() ? "yes" : "no"});
  }
  return table.ToString();
}

std::string RenderStock(const api::GetManifestPaperResponse& paper) { return paper.document(); }

std::string RenderStock(const api::HandOverResponse& left) {
  std::string text =
      absl::StrCat(Count(left.left()), " cards left the office. Act ", left.act(), ".\n");
  if (!left.kept_back().empty()) {
    absl::StrAppend(&text, "Keep back, do not give out: ", left.kept_back(), "\n");
  }
  return text;
}

std::string RenderStock(const api::AnswerCardsResponse& answered) {
  return absl::StrCat("Delivered ", Count(answered.delivered()), ", not found ",
                      Count(answered.not_found()), ", returned ", Count(answered.returned()),
                      "; still out ", Count(answered.still_out()), ".\n");
}

std::string RenderStock(const api::AskStatusResponse& answer) {
  return absl::StrCat(
      PlainName(api::ResidentStatus_Name(answer.status()), "RESIDENT_STATUS_"),
      answer.since_days() == 0 ? "" : absl::StrCat(" since ", Day(answer.since_days())), "\n");
}

}  // namespace keping::cli
