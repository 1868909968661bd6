#include "central_node/console/delivery_console.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "central_node/console/command.h"
#include "central_node/store/boxes.h"
#include "central_node/store/delivery_trace.h"
#include "common/base/epoch_days.h"
#include "common/base/status_macros.h"
#include "common/domain/entry.h"
#include "common/domain/limits.h"
#include "common/wire/event_codec.h"
#include "common/wire/field_reader.h"

namespace keping::central {
namespace {

constexpr int kMostBoxes = 10'000;
constexpr size_t kMostRuns = 100;

absl::Status CheckQuantity(const char* field, uint64_t quantity) {
  if (quantity <= domain::kMostBlanksOfABox) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(field, ": got ", quantity, " blanks, want at most ", domain::kMostBlanksOfABox));
}

// Serials beside boxes say what may be in them; the blanks themselves come by quantity.
absl::StatusOr<std::vector<domain::Box>> ReadBoxes(const v1::ReceiveDeliveryRequest& request,
                                                   const domain::SerialSet& serials,
                                                   domain::SerialScheme scheme,
                                                   wire::FieldReader& read) {
  std::vector<domain::Box> boxes;
  for (const v1::DeliveredBox& one : request.boxes()) {
    KEPING_RETURN_IF_ERROR(CheckQuantity("boxes", one.quantity()));
    boxes.push_back(
        {.box = read.Id<domain::BoxId>("boxes", one.box()),
         .quantity = one.quantity(),
         .scheme = scheme,
         .serials = one.serials().empty() ? serials : read.Serials("boxes", one.serials())});
  }
  if (request.quantity() == 0) return boxes;
  KEPING_RETURN_IF_ERROR(CheckQuantity("quantity", request.quantity()));
  boxes.push_back({.box = read.Id<domain::BoxId>("allotment", request.allotment()),
                   .quantity = request.quantity(),
                   .scheme = scheme,
                   .serials = serials});
  return boxes;
}

void FillDelivery(const domain::AllotmentReceived& delivery, v1::Delivery& proto) {
  proto.set_allotment(delivery.allotment.value());
  if (delivery.day.has_value()) proto.set_bast_days(base::ToEpochDays(*delivery.day));
  proto.set_bast_number(delivery.bast_number);
  proto.set_lot(delivery.lot.value());
  proto.set_quantity(static_cast<uint64_t>(QuantityOf(delivery)));
}

// Chips are a run each: so many are shown.
std::string FirstRuns(const domain::SerialSet& serials) {
  const std::vector<domain::SerialSet::Range> runs = serials.ranges();
  if (runs.size() <= kMostRuns) return serials.ToString();
  uint64_t blanks = 0;
  for (size_t i = 0; i < kMostRuns; ++i) blanks += runs[i].count;
  domain::SerialSet rest = serials;
  return rest.Take(blanks).ToString();
}

}  // namespace

absl::StatusOr<v1::ReceiveDeliveryResponse> DeliveryConsole::ReceiveDelivery(
    const v1::ReceiveDeliveryRequest& request) {
  wire::FieldReader read("ReceiveDeliveryRequest");
  domain::AllotmentReceived delivery{
      .allotment = read.Id<domain::AllotmentId>("allotment", request.allotment()),
      .bast_number = read.Id<domain::DocumentNumber>("bast_number", request.bast_number()).value(),
      .serials = read.Serials("serials", request.serials()),
      .boxes = {},
      .scheme = read.EnumValue("scheme", request.scheme(), domain::SerialScheme::kQuantity),
      .lot = read.OptionalId<domain::LotId>("lot", request.lot()),
      .day = base::FromEpochDays(request.bast_days()),
      .handed_over_by = read.Id<domain::OfficeCode>("handed_over_by", request.handed_over_by()),
      .received_by = read.Id<domain::OperatorId>("received_by", request.received_by()),
      .second = read.Id<domain::OperatorId>("second", request.second()),
      .request = read.OptionalId<domain::RequestId>("request", request.request())};
  KEPING_RETURN_IF_ERROR(read.status());
  const auto& requests = ports_.node->resident().centre.requests;
  const auto request_made = requests.find(delivery.request);
  if (!delivery.request.empty() &&
      (request_made == requests.end() || request_made->second.by.empty())) {
    return absl::NotFoundError(absl::StrCat(
        "K-313: got request ", delivery.request.value(),
        ", want one that this district made: keping central plan requests. Without --request the "
        "delivery answers none."));
  }
  if (request.boxes_size() > kMostBoxes) {
    return absl::InvalidArgumentError(
        absl::StrCat("boxes: got ", request.boxes_size(), ", want at most ", kMostBoxes));
  }
  KEPING_ASSIGN_OR_RETURN(delivery.boxes,
                          ReadBoxes(request, delivery.serials, delivery.scheme, read));
  KEPING_RETURN_IF_ERROR(read.status());
  if (!delivery.boxes.empty()) delivery.serials = {};
  if (const size_t bytes = wire::EncodeEvent(delivery).payload.size();
      bytes > domain::kMaxPayloadSize) {
    return absl::InvalidArgumentError(
        absl::StrCat("got a delivery of ", bytes, " bytes, want at most ", domain::kMaxPayloadSize,
                     ": enter it as several, or leave out the serials that may be in its boxes"));
  }
  v1::ReceiveDeliveryResponse response;
  response.set_listed(delivery.serials.size());
  for (const domain::Box& box : delivery.boxes) {
    response.set_unidentified(response.unidentified() + box.quantity);
  }
  KEPING_RETURN_IF_ERROR(Answer(
      ports_.node->Handle(ports_.clock->Now(), central::ReceiveDelivery{.delivery = delivery}),
      ports_.failed, *ports_.hub));
  return response;
}

absl::StatusOr<v1::ListBoxesResponse> DeliveryConsole::ListBoxes(
    const v1::ListBoxesRequest& request) {
  KEPING_ASSIGN_OR_RETURN(const std::vector<BoxView> boxes, ReadBoxes(*ports_.node));
  v1::ListBoxesResponse response;
  for (const BoxView& box : boxes) {
    if (request.unidentified_only() && box.row.unidentified == 0) continue;
    v1::BoxState& proto = *response.add_boxes();
    proto.set_box(box.box.value());
    proto.set_quantity(static_cast<uint64_t>(box.row.quantity));
    proto.set_identified(box.row.facts.born.size());
    proto.set_unidentified(static_cast<uint64_t>(box.row.unidentified));
    proto.set_account(ledger::AccountName(box.row.place.account));
    proto.set_holder(box.row.place.holder.value());
    proto.set_case_id(box.open_case.value());
    if (box.row.facts.declarations.empty()) continue;
    const BoxDeclarationFact& paper = box.row.facts.declarations.front();
    proto.set_lot(paper.lot.value());
    proto.set_allotment(paper.allotment.value());
    proto.set_scheme(static_cast<log::v1::SerialScheme>(paper.box.scheme));
  }
  return response;
}

absl::StatusOr<v1::ListDeliveriesResponse> DeliveryConsole::ListDeliveries(
    const v1::ListDeliveriesRequest&) {
  KEPING_ASSIGN_OR_RETURN(const std::vector<domain::AllotmentReceived> deliveries,
                          ReadDeliveries(*ports_.node));
  v1::ListDeliveriesResponse response;
  for (auto one = deliveries.rbegin(); one != deliveries.rend(); ++one) {
    FillDelivery(*one, *response.add_deliveries());
  }
  return response;
}

absl::StatusOr<v1::TraceDeliveryResponse> DeliveryConsole::TraceDelivery(
    const v1::TraceDeliveryRequest& request) {
  wire::FieldReader read("TraceDeliveryRequest");
  const auto allotment = read.Id<domain::AllotmentId>("allotment", request.allotment());
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_ASSIGN_OR_RETURN(const std::optional<DeliveryTrace> trace,
                          central::TraceDelivery(*ports_.node, allotment));
  if (!trace.has_value()) {
    return absl::NotFoundError(absl::StrCat("delivery: got ", allotment.value(),
                                            ", want one that came; see the list of deliveries"));
  }
  v1::TraceDeliveryResponse response;
  FillDelivery(trace->delivery, *response.mutable_delivery());
  response.set_serials(FirstRuns(trace->delivery.serials));
  for (const DeliveryTrace::Sent& sent : trace->transfers) {
    v1::TracedTransfer& proto = *response.add_transfers();
    proto.set_transfer(sent.transfer.value());
    proto.set_node(sent.node.value());
    proto.set_serials(FirstRuns(sent.serials));
    for (const auto& [place, quantity] : sent.states) {
      v1::BlankCount& state = *proto.add_states();
      state.set_account(ledger::AccountName(place.account));
      state.set_holder(place.holder.value());
      state.set_quantity(static_cast<uint64_t>(quantity));
      proto.set_quantity(proto.quantity() + state.quantity());
    }
  }
  return response;
}

}  // namespace keping::central
