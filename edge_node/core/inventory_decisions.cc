#include "edge_node/core/inventory_decisions.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "edge_node/core/batch_decisions.h"
#include "edge_node/core/office_rules.h"

namespace keping::edge {
namespace {

using domain::BlankSerial;
using domain::SerialSet;

absl::Status NothingNamed() {
  return absl::InvalidArgumentError("got no serial, want at least one. Scan what lies there.");
}

SerialSet KnownHere(const EdgeCore& core, const SerialSet& serials) {
  SerialSet known;
  serials.ForEach([&](const BlankSerial& serial) {
    if (core.tray().Knows(serial)) known.Insert(serial);
  });
  return known;
}

// A count may find more than the book has, and never more than one of a ribbon or a film.
absl::Status CheckInStock(const EdgeCore& core, const SettleConsumable& settle) {
  const Consumable* item = core.consumables().Find(settle.consumable);
  if (item == nullptr || item->step != domain::ConsumableStep::kReceived) {
    return absl::FailedPreconditionError(
        absl::StrCat("K-347: got ", settle.consumable.value(),
                     ", want the number of one that lies in this office's stock, by the books. See "
                     "keping edge stock show."));
  }
  const bool counts = settle.step == domain::ConsumableStep::kCounted;
  const bool box = item->kind == domain::ConsumableKind::kCleaningCard;
  const bool fits = counts ? box || settle.quantity <= 1
                           : settle.quantity >= 1 && settle.quantity <= item->quantity;
  if (fits) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("K-347: got ", settle.quantity, " pieces of ", settle.consumable.value(),
                   ", want at most the ", counts ? 1 : item->quantity,
                   counts ? " that a ribbon or a film is." : " that the book has."));
}

}  // namespace

Decision Decide(const EdgeCore& core, const Scene&, const OpenStock& open) {
  if (absl::Status status =
          CheckTwoPersons(core, OfficeAct::kOpenStock, open.operator_id, open.second);
      !status.ok())
    return Decision::Failed(status);
  if (open.serials.empty()) return Decision::Failed(NothingNamed());
  if (absl::Status status = CheckFits({&open.serials}); !status.ok())
    return Decision::Failed(status);
  if (const SerialSet known = KnownHere(core, open.serials); !known.empty()) {
    return Decision::Failed(absl::FailedPreconditionError(
        absl::StrCat("K-191: the books of this office know already ", Some(known),
                     ". Want only what no delivery and no earlier inventory brought.")));
  }
  Decision decision;
  decision.events.push_back(domain::StockOpened{.act = open.act,
                                                .pile = open.pile,
                                                .serials = open.serials,
                                                .minutes = open.minutes,
                                                .operator_id = open.operator_id,
                                                .second = open.second});
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const RescanStock& rescan) {
  if (absl::Status status =
          CheckTwoPersons(core, OfficeAct::kOpenStock, rescan.operator_id, rescan.second);
      !status.ok())
    return Decision::Failed(status);
  if (core.tray().unconfirmed().empty()) {
    return Decision::Failed(absl::FailedPreconditionError(
        "K-264: no blank of this office waits to be scanned again. To compare the tray with the "
        "book, count it."));
  }
  SerialSet elsewhere;
  rescan.scanned.ForEach([&](const BlankSerial& blank) {
    if (core.tray().UseOf(blank) != nullptr) elsewhere.Insert(blank);
  });
  if (!elsewhere.empty()) {
    const BlankSerial first = elsewhere.ranges().front().first;
    return Decision::Failed(absl::FailedPreconditionError(
        absl::StrCat("K-265: ", elsewhere.size(), " of these are no longer blanks by the books: ",
                     Some(elsewhere), ". ", first.text(), " is \"", WhereInBooks(core, first),
                     "\". Answer its job first, or put it aside and call the district office.")));
  }
  domain::StockRescanned event{.act = rescan.act,
                               .blanks = rescan.scanned,
                               .missing = core.tray().unconfirmed().Difference(rescan.scanned),
                               .operator_id = rescan.operator_id,
                               .second = rescan.second};
  if (absl::Status status = CheckFits({&event.blanks, &event.missing}); !status.ok())
    return Decision::Failed(status);
  Decision decision;
  decision.events.push_back(std::move(event));
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const LendBlanks& lend) {
  if (absl::Status status =
          CheckTwoPersons(core, OfficeAct::kLendBlanks, lend.operator_id, lend.second);
      !status.ok())
    return Decision::Failed(status);
  if (lend.to == core.settings().node) {
    return Decision::Failed(absl::InvalidArgumentError(
        absl::StrCat("got ", lend.to.value(), ", which is this office, want another one")));
  }
  if (lend.blanks.empty()) return Decision::Failed(NothingNamed());
  if (absl::Status status = CheckFits({&lend.blanks}); !status.ok())
    return Decision::Failed(status);
  absl::Status in_hopper;
  SerialSet elsewhere;
  lend.blanks.ForEach([&](const BlankSerial& blank) {
    if (!core.tray().Available(blank)) elsewhere.Insert(blank);
    in_hopper.Update(CheckNotInHopper(core, blank));
  });
  if (!elsewhere.empty()) {
    const BlankSerial first = elsewhere.ranges().front().first;
    return Decision::Failed(absl::FailedPreconditionError(absl::StrCat(
        "K-266: ", elsewhere.size(), " of these do not lie in the tray: ", Some(elsewhere),
        ". By the books ", first.text(), " is \"", WhereInBooks(core, first),
        "\". Lend only what lies in the tray; nothing was changed.")));
  }
  if (!in_hopper.ok()) return Decision::Failed(std::move(in_hopper));
  Decision decision;
  decision.events.push_back(domain::BlanksLent{.act = lend.act,
                                               .transfer = lend.transfer,
                                               .to = lend.to,
                                               .blanks = lend.blanks,
                                               .operator_id = lend.operator_id,
                                               .second = lend.second});
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const CountPile& count) {
  absl::Status status =
      count.second.empty()
          ? core.CheckMay(count.operator_id, OfficeAct::kCountStock)
          : CheckTwoPersons(core, OfficeAct::kCountStock, count.operator_id, count.second);
  const SerialSet book = Book(core, count.pile);
  domain::StockCounted event{.act = count.act,
                             .pile = count.pile,
                             .counted = count.scanned,
                             .missing = book.Difference(count.scanned),
                             .surplus = count.scanned.Difference(book),
                             .operator_id = count.operator_id,
                             .second = count.second};
  if (status.ok()) status = CheckFits({&event.counted, &event.missing, &event.surplus});
  if (!status.ok()) return Decision::Failed(status);
  Decision decision;
  decision.events.push_back(std::move(event));
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const DestroyCards& destroy) {
  if (absl::Status status =
          CheckTwoPersons(core, OfficeAct::kDestroyCards, destroy.operator_id, destroy.second);
      !status.ok())
    return Decision::Failed(status);
  if (destroy.serials.empty()) return Decision::Failed(NothingNamed());
  if (absl::Status status = CheckFits({&destroy.serials}); !status.ok())
    return Decision::Failed(status);
  const SerialSet others = destroy.serials.Difference(Book(core, domain::Pile::kSpoiled));
  if (!others.empty()) {
    const BlankSerial first = others.ranges().front().first;
    return Decision::Failed(absl::FailedPreconditionError(absl::StrCat(
        "K-197: ", others.size(), " of these are neither spoiled nor called back: ", Some(others),
        ". By the books ", first.text(), " is \"", WhereInBooks(core, first),
        "\". Take them out of the fire; record first why they are to be destroyed.")));
  }
  Decision decision;
  decision.events.push_back(domain::CardsDestroyed{.act = destroy.act,
                                                   .serials = destroy.serials,
                                                   .minutes = destroy.minutes,
                                                   .operator_id = destroy.operator_id,
                                                   .second = destroy.second,
                                                   .witnesses = destroy.witnesses});
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const ReceiveConsumable& receive) {
  if (absl::Status status = core.CheckMay(receive.operator_id, OfficeAct::kMoveConsumable);
      !status.ok())
    return Decision::Failed(status);
  const bool box = receive.kind == domain::ConsumableKind::kCleaningCard;
  if (receive.quantity == 0 || (!box && receive.quantity != 1)) {
    return Decision::Failed(absl::InvalidArgumentError(
        absl::StrCat("got a quantity of ", receive.quantity,
                     ", want 1 for a ribbon or a film, and at least 1 for a box of cards")));
  }
  if (core.consumables().Find(receive.consumable) != nullptr) {
    return Decision::Failed(absl::AlreadyExistsError(
        absl::StrCat("K-191: the books of this office know already ", receive.consumable.value(),
                     ". Want the number of one that has just come.")));
  }
  Decision decision;
  decision.events.push_back(domain::ConsumableMoved{.act = receive.act,
                                                    .kind = receive.kind,
                                                    .step = domain::ConsumableStep::kReceived,
                                                    .consumable = receive.consumable,
                                                    .quantity = receive.quantity,
                                                    .panels = receive.panels,
                                                    .printer = {},
                                                    .operator_id = receive.operator_id,
                                                    .second = {},
                                                    .transfer = receive.transfer});
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const SettleConsumable& settle) {
  const bool counts = settle.step == domain::ConsumableStep::kCounted;
  absl::Status status = core.CheckMay(settle.operator_id,
                                      counts ? OfficeAct::kCountStock : OfficeAct::kMoveConsumable);
  if (status.ok() && counts) {
    status = core.CheckSecond(OfficeAct::kCountStock, settle.operator_id, settle.second);
  }
  if (status.ok()) status = CheckInStock(core, settle);
  if (!status.ok()) return Decision::Failed(status);
  Decision decision;
  decision.events.push_back(
      domain::ConsumableMoved{.act = settle.act,
                              .kind = core.consumables().Find(settle.consumable)->kind,
                              .step = settle.step,
                              .consumable = settle.consumable,
                              .quantity = settle.quantity,
                              .panels = 0,
                              .printer = {},
                              .operator_id = settle.operator_id,
                              .second = counts ? settle.second : domain::OperatorId(),
                              .transfer = {}});
  return decision;
}

}  // namespace keping::edge
