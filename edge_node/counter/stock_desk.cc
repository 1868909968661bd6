#include "edge_node/counter/stock_desk.h"

#include <utility>
#include <variant>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/wire/field_reader.h"
#include "edge_node/core/office_rules.h"
#include "edge_node/counter/desk_command.h"

namespace keping::edge {
namespace {

using domain::OperatorId;
using domain::Pile;

constexpr size_t kMaxCounterBytes = 64;
constexpr size_t kLendingDigits = 8;
constexpr size_t kLendingOfficeLetters = 40;

// The first event of a decision, which says what was decided.
template <typename Event>
const Event& First(const Decision& decision) {
  return std::get<Event>(decision.events.front());
}

template <typename Request>
absl::StatusOr<Reservations::Thing> ReadThing(const Request& request, wire::FieldReader& read) {
  if (request.prr().empty() == request.blank().empty()) {
    return absl::InvalidArgumentError("got a prr and a blank, or neither, want one of the two");
  }
  if (!request.prr().empty()) return read.Id<domain::PrrId>("prr", request.prr());
  return read.Blank("blank", request.blank());
}

template <typename Request>
absl::StatusOr<Reservations::Holder> ReadHolder(const Request& request, wire::FieldReader& read) {
  if (request.counter().size() > kMaxCounterBytes) {
    return absl::InvalidArgumentError(absl::StrCat("counter: got ", request.counter().size(),
                                                   " bytes, want at most ", kMaxCounterBytes));
  }
  return Reservations::Holder{read.Id<OperatorId>("operator_id", request.operator_id()),
                              request.counter()};
}

}  // namespace

absl::StatusOr<v1::GetStockResponse> StockDesk::GetStock(const v1::GetStockRequest& request) {
  const EdgeCore& core = node_->core();
  v1::GetStockResponse response;
  for (Pile pile : {Pile::kTray, Pile::kSpoiled, Pile::kPrinted}) {
    const domain::SerialSet book = Book(core, pile);
    v1::PileState& proto = *response.add_piles();
    proto.set_pile(static_cast<log::v1::Pile>(pile));
    proto.set_quantity(book.size());
    if (request.serials()) proto.set_serials(book.ToString());
  }
  for (const auto& [id, item] : core.consumables().items()) {
    v1::Consumable& proto = *response.add_consumables();
    proto.set_consumable(id.value());
    proto.set_kind(static_cast<log::v1::ConsumableKind>(item.kind));
    proto.set_step(static_cast<log::v1::ConsumableStep>(item.step));
    proto.set_quantity(item.quantity);
    proto.set_panels(item.panels);
    proto.set_printer(item.printer.value());
  }
  uint64_t handed_over = 0, delivered = 0;
  for (const auto& [serial, card] : core.cards().cards()) {
    if (card.recalled) continue;
    handed_over += card.place == CardPlace::kHandedOver;
    delivered += card.place == CardPlace::kDelivered;
  }
  response.set_handed_over(handed_over);
  response.set_delivered(delivered);
  response.set_destroyed(core.tray().Count(BlankUse::kDestroyed));
  response.set_lent(core.tray().Count(BlankUse::kLent));
  for (const auto& [id, box] : core.boxes().items()) {
    v1::BoxState& proto = *response.add_boxes();
    proto.set_box(id.value());
    proto.set_quantity(box.paper.quantity);
    proto.set_scanned(box.born.size());
    proto.set_left(box.left());
    proto.set_emptied(box.emptied);
  }
  return response;
}

absl::StatusOr<v1::OpenStockResponse> StockDesk::OpenStock(const v1::OpenStockRequest& request) {
  wire::FieldReader read("OpenStockRequest");
  const edge::OpenStock open{
      .act = node_->NewAct(),
      .pile = read.EnumValue("pile", request.pile(), Pile::kPrinted),
      .serials = read.Serials("serials", request.serials()),
      .minutes = read.Id<domain::DocumentNumber>("minutes", request.minutes()),
      .operator_id = read.Id<OperatorId>("operator_id", request.operator_id()),
      .second = read.Id<OperatorId>("second", request.second())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(Command(*node_, open).status());
  v1::OpenStockResponse response;
  response.set_quantity(open.serials.size());
  return response;
}

absl::StatusOr<v1::RescanStockResponse> StockDesk::RescanStock(
    const v1::RescanStockRequest& request) {
  wire::FieldReader read("RescanStockRequest");
  const edge::RescanStock rescan{
      .act = node_->NewAct(),
      .scanned = read.Serials("scanned", request.scanned()),
      .operator_id = read.Id<OperatorId>("operator_id", request.operator_id()),
      .second = read.Id<OperatorId>("second", request.second())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_ASSIGN_OR_RETURN(const Decision decision, Command(*node_, rescan));
  const auto& event = First<domain::StockRescanned>(decision);
  v1::RescanStockResponse response;
  response.set_found(event.blanks.size());
  response.set_missing(event.missing.ToString());
  response.set_missing_quantity(event.missing.size());
  return response;
}

absl::StatusOr<v1::OpenBoxResponse> StockDesk::OpenBox(const v1::OpenBoxRequest& request) {
  wire::FieldReader read("OpenBoxRequest");
  const edge::OpenBox open{.act = node_->NewAct(),
                           .box = read.Id<domain::BoxId>("box", request.box()),
                           .scanned = read.Serials("scanned", request.scanned()),
                           .emptied = request.emptied(),
                           .operator_id = read.Id<OperatorId>("operator_id", request.operator_id()),
                           .second = read.OptionalId<OperatorId>("second", request.second())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(Command(*node_, open).status());
  v1::OpenBoxResponse response;
  response.set_scanned(open.scanned.size());
  const HeldBox& box = *node_->core().boxes().Find(open.box);
  response.set_left(box.left());
  if (box.emptied && box.paper.quantity > box.born.size()) {
    response.set_missing(box.paper.quantity - box.born.size());
  }
  return response;
}

absl::StatusOr<v1::LendBlanksResponse> StockDesk::LendBlanks(const v1::LendBlanksRequest& request) {
  wire::FieldReader read("LendBlanksRequest");
  edge::LendBlanks lend{.act = node_->NewAct(),
                        .transfer = {},
                        .to = read.Id<domain::NodeId>("to", request.to()),
                        .blanks = read.Serials("scanned", request.scanned()),
                        .operator_id = read.Id<OperatorId>("operator_id", request.operator_id()),
                        .second = read.Id<OperatorId>("second", request.second())};
  KEPING_RETURN_IF_ERROR(read.status());
  // Short enough for a sheet of paper and for an id, and nobody else's.
  lend.transfer = domain::TransferId::Of(
      absl::StrCat(node_->core().settings().node.value().substr(0, kLendingOfficeLetters), "-",
                   lend.act.value().substr(0, kLendingDigits)));
  KEPING_RETURN_IF_ERROR(Command(*node_, lend).status());
  v1::LendBlanksResponse response;
  response.set_transfer(lend.transfer.value());
  response.set_quantity(lend.blanks.size());
  return response;
}

absl::StatusOr<v1::ListLendingsResponse> StockDesk::ListLendings(const v1::ListLendingsRequest&) {
  const EdgeCore& core = node_->core();
  v1::ListLendingsResponse response;
  const auto add = [&response](const domain::TransferId& transfer, const domain::NodeId& office,
                               const domain::SerialSet& blanks) {
    v1::Lending& proto = *response.add_lendings();
    proto.set_transfer(transfer.value());
    proto.set_office(office.value());
    proto.set_quantity(blanks.size());
    proto.set_serials(blanks.ToString());
    return &proto;
  };
  for (const auto& [transfer, lent] : core.lendings().given()) {
    add(transfer, lent.to, lent.blanks)->set_given(true);
  }
  for (const auto& [transfer, slip] : core.lendings().slips()) {
    add(transfer, slip.from, slip.blanks)->set_received(core.Received(transfer));
  }
  return response;
}

absl::StatusOr<v1::ReceiveBlanksResponse> StockDesk::ReceiveBlanks(
    const v1::ReceiveBlanksRequest& request) {
  wire::FieldReader read("ReceiveBlanksRequest");
  ReceiveTransfer receive{.act = node_->NewAct(),
                          .transfer = read.Id<domain::TransferId>("transfer", request.transfer()),
                          .scanned = read.Serials("scanned", request.scanned()),
                          .operator_id = read.Id<OperatorId>("operator_id", request.operator_id()),
                          .before_dispatch = request.before_dispatch(),
                          .no_boxes = request.no_boxes()};
  for (const v1::ReceivedBox& box : request.boxes()) {
    receive.boxes.push_back(
        {.box = read.Id<domain::BoxId>("boxes", box.box()), .quantity = box.quantity()});
  }
  const Input input = WithForm(request, receive, read);
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_ASSIGN_OR_RETURN(const Decision decision, Command(*node_, input));
  const auto& event = First<domain::BlanksReceived>(decision);
  v1::ReceiveBlanksResponse response;
  response.set_received(event.received.size());
  response.set_missing(event.missing.ToString());
  response.set_missing_quantity(event.missing.size());
  response.set_unexpected(event.unexpected.ToString());
  response.set_unexpected_quantity(event.unexpected.size());
  response.set_boxes(static_cast<uint32_t>(event.boxes.size()));
  for (const domain::BoxId& box : event.missing_boxes) response.add_missing_boxes(box.value());
  for (const domain::BoxId& box : event.unexpected_boxes) {
    response.add_unexpected_boxes(box.value());
  }
  response.set_unmatched(event.lent_by.empty() &&
                         node_->core().catalogue().FindTransfer(receive.transfer) == nullptr);
  return response;
}

absl::StatusOr<v1::MarkSpoiledResponse> StockDesk::MarkSpoiled(
    const v1::MarkSpoiledRequest& request) {
  wire::FieldReader read("MarkSpoiledRequest");
  const SpoilBlank spoil{
      .act = node_->NewAct(),
      .blank = read.Blank("blank", request.blank()),
      .cause = read.EnumValue("cause", request.cause(), domain::SpoilCause::kWarped),
      .operator_id = read.Id<OperatorId>("operator_id", request.operator_id()),
      .step = read.OptionalEnum("step", request.step(), domain::SpoilStep::kPrinting)};
  const Input input = WithForm(request, spoil, read);
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(Command(*node_, input).status());
  return v1::MarkSpoiledResponse();
}

absl::StatusOr<v1::CountPileResponse> StockDesk::CountPile(const v1::CountPileRequest& request) {
  wire::FieldReader read("CountPileRequest");
  const edge::CountPile count{
      .act = node_->NewAct(),
      .pile = read.EnumValue("pile", request.pile(), Pile::kPrinted),
      .scanned = read.Serials("scanned", request.scanned()),
      .operator_id = read.Id<OperatorId>("operator_id", request.operator_id()),
      .second = read.OptionalId<OperatorId>("second", request.second())};
  const Input input = WithForm(request, count, read);
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_ASSIGN_OR_RETURN(const Decision decision, Command(*node_, input));
  const auto& event = First<domain::StockCounted>(decision);
  v1::CountPileResponse response;
  response.set_counted(event.counted.size());
  response.set_missing(event.missing.ToString());
  response.set_missing_quantity(event.missing.size());
  event.surplus.ForEach([&](const domain::BlankSerial& serial) {
    v1::SurplusSerial& proto = *response.add_surplus();
    proto.set_serial(serial.text());
    proto.set_book_place(WhereInBooks(node_->core(), serial));
  });
  return response;
}

absl::StatusOr<v1::DestroyCardsResponse> StockDesk::DestroyCards(
    const v1::DestroyCardsRequest& request) {
  wire::FieldReader read("DestroyCardsRequest");
  edge::DestroyCards destroy{
      .act = node_->NewAct(),
      .serials = read.Serials("serials", request.serials()),
      .minutes = read.Id<domain::DocumentNumber>("minutes", request.minutes()),
      .operator_id = read.Id<OperatorId>("operator_id", request.operator_id()),
      .second = read.Id<OperatorId>("second", request.second()),
      .witnesses = {}};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_ASSIGN_OR_RETURN(
      const std::vector<std::string> names,
      ReadPeople("witnesses", {request.witnesses().begin(), request.witnesses().end()}));
  std::vector<SideRecord> sides;
  if (!names.empty()) {
    sides.push_back(node_->SealNames(names));
    destroy.witnesses = sides.front().name;
  }
  KEPING_RETURN_IF_ERROR(Command(*node_, destroy, sides).status());
  v1::DestroyCardsResponse response;
  response.set_quantity(destroy.serials.size());
  response.set_act(destroy.act.value());
  return response;
}

absl::StatusOr<v1::ReadNamesResponse> StockDesk::ReadNames(const v1::ReadNamesRequest& request) {
  wire::FieldReader read("ReadNamesRequest");
  const auto act = read.Id<domain::ActId>("act", request.act());
  const auto operator_id = read.Id<OperatorId>("operator_id", request.operator_id());
  KEPING_RETURN_IF_ERROR(read.status());
  const crypto::Hash sealed = node_->core().NamesOf(act);
  if (sealed.IsZero()) {
    return absl::NotFoundError(
        absl::StrCat("no names were sealed with act ", act.value(), " at this office"));
  }
  // On record before anybody sees them.
  KEPING_RETURN_IF_ERROR(Command(*node_, ViewNames{operator_id}).status());
  KEPING_ASSIGN_OR_RETURN(const std::vector<std::string> people,
                          node_->store().ReadSideRecord(sealed));
  v1::ReadNamesResponse response;
  for (const std::string& name : people) response.add_names(name);
  return response;
}

absl::StatusOr<v1::ReceiveConsumableResponse> StockDesk::ReceiveConsumable(
    const v1::ReceiveConsumableRequest& request) {
  wire::FieldReader read("ReceiveConsumableRequest");
  const edge::ReceiveConsumable receive{
      .act = node_->NewAct(),
      .kind = read.EnumValue("kind", request.kind(), domain::ConsumableKind::kCleaningCard),
      .consumable = read.Id<domain::ConsumableId>("consumable", request.consumable()),
      .quantity = request.quantity() == 0 ? 1 : request.quantity(),
      .panels = request.panels(),
      .operator_id = read.Id<OperatorId>("operator_id", request.operator_id()),
      .transfer = read.OptionalId<domain::TransferId>("transfer", request.transfer())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(Command(*node_, receive).status());
  return v1::ReceiveConsumableResponse();
}

absl::StatusOr<v1::SettleConsumableResponse> StockDesk::SettleConsumable(
    const v1::SettleConsumableRequest& request) {
  wire::FieldReader read("SettleConsumableRequest");
  const edge::SettleConsumable settle{
      .act = node_->NewAct(),
      .consumable = read.Id<domain::ConsumableId>("consumable", request.consumable()),
      .step = read.EnumValue("step", request.step(), domain::kLastConsumableStep),
      .quantity = request.quantity(),
      .operator_id = read.Id<OperatorId>("operator_id", request.operator_id()),
      .second = read.OptionalId<OperatorId>("second", request.second())};
  KEPING_RETURN_IF_ERROR(read.status());
  if (settle.step < domain::ConsumableStep::kSpoiled) {
    return absl::InvalidArgumentError("step: want spoiled or counted");
  }
  KEPING_RETURN_IF_ERROR(Command(*node_, settle).status());
  v1::SettleConsumableResponse response;
  const Consumable& item = *node_->core().consumables().Find(settle.consumable);
  if (item.step == domain::ConsumableStep::kReceived) response.set_quantity(item.quantity);
  return response;
}

// ---- Reservations.

absl::StatusOr<v1::ReserveResponse> StockDesk::Reserve(const v1::ReserveRequest& request) {
  wire::FieldReader read("ReserveRequest");
  KEPING_ASSIGN_OR_RETURN(const Reservations::Thing thing, ReadThing(request, read));
  KEPING_ASSIGN_OR_RETURN(const Reservations::Holder holder, ReadHolder(request, read));
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(node_->core().CheckOperator(holder.operator_id));
  const time::Moment now = node_->Now();
  KEPING_RETURN_IF_ERROR(node_->reservations().Take(thing, holder, now.monotonic));
  v1::ReserveResponse response;
  response.set_until_micros(absl::ToUnixMicros(now.wall + Reservations::kHeldFor));
  return response;
}

absl::StatusOr<v1::ReleaseReservationResponse> StockDesk::ReleaseReservation(
    const v1::ReleaseReservationRequest& request) {
  wire::FieldReader read("ReleaseReservationRequest");
  KEPING_ASSIGN_OR_RETURN(const Reservations::Thing thing, ReadThing(request, read));
  KEPING_ASSIGN_OR_RETURN(const Reservations::Holder holder, ReadHolder(request, read));
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(node_->reservations().Release(thing, holder, node_->Now().monotonic));
  return v1::ReleaseReservationResponse();
}

absl::StatusOr<v1::ListReservationsResponse> StockDesk::ListReservations(
    const v1::ListReservationsRequest&) {
  const time::Moment now = node_->Now();
  v1::ListReservationsResponse response;
  for (const auto& [thing, held] : node_->reservations().Held(now.monotonic)) {
    v1::Reservation& proto = *response.add_reservations();
    if (const auto* prr = std::get_if<domain::PrrId>(&thing)) proto.set_prr(prr->value());
    if (const auto* blank = std::get_if<domain::BlankSerial>(&thing)) {
      proto.set_blank(blank->text());
    }
    proto.set_operator_id(held.holder.operator_id.value());
    proto.set_counter(held.holder.counter);
    proto.set_until_micros(absl::ToUnixMicros(now.wall + (held.until - now.monotonic)));
  }
  return response;
}

}  // namespace keping::edge
