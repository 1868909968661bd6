#include "central_node/core/case_decision.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "central_node/core/case_cards.h"
#include "central_node/core/case_policy.h"
#include "central_node/core/officers.h"

namespace keping::central {
namespace {

using domain::NodeId;
using domain::PrrId;
using domain::Resolution;

// Orders of a later decision on the case are others than those of the one before.
CardAt ToScan(const NodeId& node, const CaseRow& row) {
  return {.node = node,
          .act = domain::ActId::Of(absl::StrCat("decision-", row.decisions.size() + 1)),
          .blank = *row.blank};
}

// Of a recall: the card that stays is one of the case's, and nobody was told to destroy it.
bool KeepFits(const ResolveCase& input, const CaseRow& row, const Rows& rows) {
  const bool one_of_two = row.kind == domain::CaseKind::kDuplicatePrint ||
                          row.kind == domain::CaseKind::kTwoCardsOnePerson;
  if (!input.keep.has_value()) return !one_of_two || input.resolution != Resolution::kRecall;
  if (input.resolution != Resolution::kRecall) return false;
  const auto cards = CardsOf(row, rows);
  return std::any_of(cards.begin(), cards.end(), [&](const auto& card) {
    return card.first.blank == *input.keep &&
           !row.actions.contains(ActionIdFor(input.case_id, card.first));
  });
}

// An office is asked again only when it answered before.
bool AwaitsRescan(const NodeId& node, const CaseRow& row, const Rows& rows) {
  return std::any_of(row.actions.begin(), row.actions.end(), [&](const domain::ActionId& id) {
    const ActionRow& action = rows.actions.at(id);
    return action.node == node && action.kind == domain::ActionKind::kRescanBlank &&
           action.acknowledgements.empty();
  });
}

std::vector<domain::ActionOrdered> OrdersFor(const ResolveCase& input, const CaseRow& row,
                                             const Rows& rows, const Resident& resident) {
  std::vector<domain::ActionOrdered> orders;
  const auto order = [&](domain::ActionKind kind, const CardAt& card, const PrrId& prr) {
    const domain::ActionId action = ActionIdFor(input.case_id, card);
    if (row.actions.contains(action) || !resident.nodes.contains(card.node)) return;
    orders.push_back({.action = action,
                      .kind = kind,
                      .node = card.node,
                      .case_id = input.case_id,
                      .prr = prr,
                      .blank = card.blank});
  };
  if (input.resolution == Resolution::kRecall) {
    for (const auto& [card, prr] : CardsOf(row, rows)) {
      if (card.blank != input.keep) order(domain::ActionKind::kRecallCard, card, prr);
    }
  } else if (input.resolution == Resolution::kRescan) {
    for (const NodeId& node : OfficesThatSaw(row, rows)) {
      if (AwaitsRescan(node, row, rows)) continue;
      order(domain::ActionKind::kRescanBlank, ToScan(node, row), {});
    }
  }
  return orders;
}

// An office may have answered an order before it was given: to a centre that was set back since.
bool IsAwaited(const domain::ActionId& action, const Rows& rows) {
  const auto row = rows.actions.find(action);
  return row == rows.actions.end() || row->second.acknowledgements.empty();
}

}  // namespace

DecisionOutcome DecisionOn(const ResolveCase& input, const CaseRow& row, const Rows& rows,
                           const Resident& resident, bool trial) {
  const CommandResult why = WhyNotResolve(resident.centre, row, input, trial);
  if (why.outcome != CommandOutcome::kDone) return {.why = why};
  if (!KeepFits(input, row, rows)) return {.why = {.outcome = CommandOutcome::kResolutionUnfit}};
  DecisionOutcome decision{.why = why, .orders = OrdersFor(input, row, rows, resident)};
  const bool orders_something =
      input.resolution == Resolution::kRecall || input.resolution == Resolution::kRescan;
  if (orders_something && decision.orders.empty()) {
    decision.why.outcome = CommandOutcome::kNothingToOrder;
  }
  const bool awaited =
      std::any_of(row.actions.begin(), row.actions.end(),
                  [&](const domain::ActionId& action) { return IsAwaited(action, rows); }) ||
      std::any_of(decision.orders.begin(), decision.orders.end(),
                  [&](const auto& order) { return IsAwaited(order.action, rows); });
  decision.acting = awaited && input.resolution != Resolution::kExplained;
  return decision;
}

}  // namespace keping::central
