// Deliveries that come to the district, and what is sent to the offices.

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "central_node/core/input_keys.h"
#include "central_node/core/node_end.h"
#include "central_node/core/officers.h"
#include "central_node/core/step_run.h"

namespace keping::central {
namespace {

using domain::Box;
using domain::BoxId;

// In all boxes of a dispatch. Longer lists are compared at the centre: an office hears of them over
// a thin line.
constexpr size_t kMostItemsTold = 1000;

// Whoever did not hear the answer asks again.
bool IsRepeated(const Dispatch& dispatch, const TransferDispatchFact& sent) {
  if (dispatch.node != sent.node || dispatch.boxes != sent.boxes) return false;
  return dispatch.serials.empty() ? dispatch.quantity == sent.serials.size()
                                  : dispatch.serials == sent.serials;
}

// A NIK has 16 digits, and the number of a civil servant 18.
bool HoldsPersonalNumber(const std::string& text) {
  size_t digits = 0;
  for (const char c : text) {
    digits = absl::ascii_isdigit(static_cast<unsigned char>(c)) ? digits + 1 : 0;
    if (digits >= 16) return true;
  }
  return false;
}

CommandResult Unfit(CommandOutcome outcome, const domain::SerialSet& serials) {
  return {
      .outcome = outcome, .got = serials.size(), .subject = serials.ranges().front().first.text()};
}

domain::SerialSet NotOfScheme(domain::SerialScheme scheme, const domain::SerialSet& serials) {
  domain::SerialSet unfit;
  for (const domain::SerialSet::Range& range : serials.ranges()) {
    if (!domain::FitsScheme(scheme, range.first)) unfit.Insert(range.first);
  }
  return unfit;
}

bool DeclaredElsewhere(const BoxFacts& facts, const domain::AllotmentId& allotment) {
  return std::any_of(facts.declarations.begin(), facts.declarations.end(),
                     [&](const BoxDeclarationFact& one) { return one.allotment != allotment; });
}

// What is wrong with its boxes.
CommandResult CheckBoxes(const domain::AllotmentReceived& delivery, const Rows& rows) {
  std::set<BoxId> named;
  for (const Box& box : delivery.boxes) {
    if (box.quantity == 0) return {.outcome = CommandOutcome::kEmptyDelivery};
    const bool known = DeclaredElsewhere(rows.boxes.at(box.box).facts, delivery.allotment);
    if (known || !named.insert(box.box).second) {
      return {.outcome = CommandOutcome::kBoxKnown, .subject = box.box.value()};
    }
    const domain::SerialSet unfit = NotOfScheme(box.scheme, box.serials);
    if (!unfit.empty()) return Unfit(CommandOutcome::kSchemeUnfit, unfit);
  }
  return {};
}

CommandResult CheckDelivery(const domain::AllotmentReceived& delivery, const Rows& rows,
                            const CentreRow& centre) {
  if (delivery.received_by == delivery.second || delivery.second.empty()) {
    return {.outcome = CommandOutcome::kSamePerson};
  }
  CommandResult why = WhyNotBoth(centre, delivery.received_by, delivery.second,
                                 {domain::Role::kStockKeeper, domain::Role::kReconciler,
                                  domain::Role::kSupervisor, domain::Role::kAdministrator});
  if (why.outcome != CommandOutcome::kDone) return why;
  if (HoldsPersonalNumber(delivery.handed_over_by.value()) ||
      HoldsPersonalNumber(delivery.bast_number)) {
    return {.outcome = CommandOutcome::kPersonalNumber};
  }
  if (delivery.serials.empty() && delivery.boxes.empty()) {
    return {.outcome = CommandOutcome::kEmptyDelivery};
  }
  const domain::SerialSet unfit = NotOfScheme(delivery.scheme, delivery.serials);
  if (!unfit.empty()) return Unfit(CommandOutcome::kSchemeUnfit, unfit);
  const domain::SerialSet issued = delivery.serials.Intersect(centre.allotted);
  if (!issued.empty()) return Unfit(CommandOutcome::kSerialsIssued, issued);
  return CheckBoxes(delivery, rows);
}

}  // namespace

// Whether a number that is known comes with the same delivery again the shell has seen: no row
// holds all of what was said.
void Run::On(const ReceiveDelivery& input) {
  const domain::AllotmentReceived& delivery = input.delivery;
  if (resident_.centre.allotments.contains(delivery.allotment)) {
    return Refuse(CommandOutcome::kDeliveryKnown);
  }
  CommandResult result = CheckDelivery(delivery, rows_, resident_.centre);
  if (result.outcome == CommandOutcome::kDone) return Append(delivery);
  effects_.result = std::move(result);
}

void Run::On(const Dispatch& input) {
  const uint64_t want = input.serials.empty() ? input.quantity : input.serials.size();
  if (!resident_.nodes.contains(input.node)) return Refuse(CommandOutcome::kUnknownNode);
  if (const auto& sent = rows_.transfers[input.transfer].facts.dispatches; !sent.empty()) {
    return Refuse(IsRepeated(input, sent.front()) ? CommandOutcome::kDone
                                                  : CommandOutcome::kTransferIdUsed);
  }
  if (IsClosed(resident_.nodes.at(input.node))) return Refuse(CommandOutcome::kNodeClosed);
  if (want == 0 && input.boxes.empty()) return Refuse(CommandOutcome::kNothingAsked);
  if (RefusedUnheard(Unheard())) return;
  const domain::SerialSet serials =
      FromStock(input.quantity, input.serials, resident_.centre).Union(ReceivedBefore(input));
  if (serials.size() != want) {
    const uint64_t got =
        input.serials.empty() ? resident_.centre.district_stock.size() : serials.size();
    return Refuse(CommandOutcome::kNotInStock, got, want);
  }
  const std::optional<std::vector<Box>> boxes = BoxesToDispatch(input);
  if (!boxes.has_value()) return;
  Append(domain::BlanksDispatched{.transfer = input.transfer,
                                  .node = input.node,
                                  .serials = serials,
                                  .boxes = *boxes,
                                  .by = input.by,
                                  .second = input.second});
  Tell(input.node, domain::TransferFeedKey(input.transfer),
       domain::TransferItem{.transfer = input.transfer, .serials = serials, .boxes = *boxes});
}

// Of the named blanks those that the node received under this number before the dispatch was
// recorded: they have left the district's stock already.
domain::SerialSet Run::ReceivedBefore(const Dispatch& input) {
  domain::SerialSet received;
  for (const ReceiptFact& receipt : rows_.transfers[input.transfer].facts.receipts) {
    if (receipt.fact.node == input.node) received = received.Union(receipt.received);
  }
  return received.Intersect(input.serials);
}

// A box may have come to the node under this number before, as a blank may.
std::optional<std::vector<Box>> Run::BoxesToDispatch(const Dispatch& input) {
  const ledger::Place in_stock{ledger::Account::kUnidentified, {}};
  const ledger::Place there{ledger::Account::kUnidentified, input.node};
  std::set<BoxId> received;
  for (const ReceiptFact& receipt : rows_.transfers[input.transfer].facts.receipts) {
    if (receipt.fact.node == input.node)
      received.insert(receipt.boxes.begin(), receipt.boxes.end());
  }
  std::vector<Box> boxes;
  size_t told = 0;
  for (const BoxId& id : input.boxes) {
    const BoxRow& row = rows_.boxes.at(id);
    const bool here = row.place == in_stock || (received.contains(id) && row.place == there);
    if (row.facts.declarations.empty() || !here) {
      effects_.result = {.outcome = CommandOutcome::kBoxNotInStock, .subject = id.value()};
      return std::nullopt;
    }
    Box box = row.facts.declarations.front().box;
    told += box.serials.ranges().size();
    if (told > kMostItemsTold) box.serials = {};
    boxes.push_back(std::move(box));
  }
  return boxes;
}

}  // namespace keping::central
