// The district's desk: decisions on cases, the days that end, and what its people enter.

#include <algorithm>
#include <variant>

#include "absl/strings/str_cat.h"
#include "central_node/core/case_cards.h"
#include "central_node/core/case_policy.h"
#include "central_node/core/node_end.h"
#include "central_node/core/officers.h"
#include "central_node/core/passing_days.h"
#include "central_node/core/step_run.h"

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

}  // namespace

std::vector<domain::ActionOrdered> Run::OrdersFor(const ResolveCase& input, const CaseRow& row) {
  std::vector<domain::ActionOrdered> orders;
  const auto order = [&](domain::ActionKind kind, const CardAt& card, const PrrId& prr) {
    const domain::ActionId action = ActionIdFor(input.case_id, card);
    if (row.actions.contains(action) || !resident_.nodes.contains(card.node)) return;
    orders.push_back({.action = action,
                      .kind = kind,
                      .node = card.node,
                      .case_id = input.case_id,
                      .prr = prr,
                      .blank = card.blank});
  };
  if (input.resolution == Resolution::kRecall) {
    for (const auto& [card, prr] : CardsOf(row, rows_)) {
      if (card.blank != input.keep) order(domain::ActionKind::kRecallCard, card, prr);
    }
  } else if (input.resolution == Resolution::kRescan) {
    for (const NodeId& node : OfficesThatSaw(row, rows_)) {
      if (AwaitsRescan(node, row, rows_)) continue;
      order(domain::ActionKind::kRescanBlank, ToScan(node, row), {});
    }
  }
  return orders;
}

void Run::On(const ResolveCase& input) {
  const CaseRow row = rows_.cases[input.case_id];
  const CommandOutcome outcome = WhyNotResolve(resident_.centre, row, input);
  if (outcome != CommandOutcome::kDone) return Refuse(outcome, row.revision, input.revision);
  if (!KeepFits(input, row, rows_)) return Refuse(CommandOutcome::kResolutionUnfit);
  const std::vector<domain::ActionOrdered> orders = OrdersFor(input, row);
  const bool orders_something =
      input.resolution == Resolution::kRecall || input.resolution == Resolution::kRescan;
  if (orders_something && orders.empty()) return Refuse(CommandOutcome::kNothingToOrder);
  Append(domain::CaseDecided{.case_id = input.case_id,
                             .revision = input.revision,
                             .resolution = input.resolution,
                             .keep = input.keep,
                             .by = input.by,
                             .second = input.second,
                             .document = input.document});
  if (input.resolution == Resolution::kRetry) return;
  for (const domain::ActionOrdered& one : orders) Order(one);
  const bool awaiting =
      std::any_of(rows_.cases[input.case_id].actions.begin(),
                  rows_.cases[input.case_id].actions.end(), [&](const domain::ActionId& action) {
                    return rows_.actions[action].acknowledgements.empty();
                  });
  const bool acting = awaiting && input.resolution != Resolution::kExplained;
  Append(
      domain::CaseChanged{.case_id = input.case_id,
                          .kind = row.kind,
                          .state = acting ? domain::CaseState::kActing : domain::CaseState::kClosed,
                          .revision = row.revision + 1,
                          .prr = row.prr,
                          .blank = row.blank,
                          .node = row.node,
                          .evidence = {row.evidence.begin(), row.evidence.end()},
                          .entity = row.entity});
}

void Run::On(const CloseDay& input) {
  if (input.day <= resident_.centre.last_closed_day) {
    return Refuse(CommandOutcome::kDayClosedBefore);
  }
  domain::DayClosed closed{.day = input.day, .working = {}, .heard = {}};
  for (const auto& [node, row] : resident_.nodes) {
    if (row.active.empty() || IsClosed(row)) continue;
    if (resident_.centre.policy.WorksOn(node, input.day)) closed.working.push_back(node);
    if (input.heard.contains(node)) closed.heard.push_back(node);
  }
  Append(closed);
}

void Run::On(const HearNode& input) {
  const auto node = resident_.nodes.find(input.node);
  if (node == resident_.nodes.end() || SilentDays(node->second) == 0) return;
  Append(domain::NodeHeard{.node = input.node});
}

void Run::On(const SetPolicy& input) {
  const CommandOutcome outcome = WhyNotSetPolicy(resident_.centre, input);
  if (outcome != CommandOutcome::kDone) {
    return Refuse(outcome, input.policy.version, resident_.centre.policy.version + 1);
  }
  Append(domain::PolicySet{.policy = input.policy, .by = input.by, .second = input.second});
}

void Run::On(const SetOfficer& input) {
  const CommandOutcome outcome = WhyNotSetOfficer(resident_.centre, input);
  if (outcome != CommandOutcome::kDone) return Refuse(outcome);
  Append(domain::OperatorRostered{.operator_id = input.officer,
                                  .node = {},
                                  .role = input.role,
                                  .certified = {},
                                  .active = input.active,
                                  .verifier = {}});
}

void Run::On(const Enter& input) {
  const CommandOutcome outcome =
      WhyNotOfficer(resident_.centre, input.by,
                    {domain::Role::kReconciler, domain::Role::kSupervisor,
                     domain::Role::kStockKeeper, domain::Role::kAdministrator});
  if (outcome != CommandOutcome::kDone) return Refuse(outcome);
  std::visit([this](const auto& entry) { Append(entry); }, input.entry);
}

void Run::On(const ReadSubject& input) {
  const CommandOutcome outcome =
      WhyNotOfficer(resident_.centre, input.by,
                    {domain::Role::kReconciler, domain::Role::kSupervisor, domain::Role::kAuditor});
  if (outcome != CommandOutcome::kDone) return Refuse(outcome);
  Append(domain::PersonalDataRead{.operator_id = input.by,
                                  .prr = input.prr,
                                  .nik_key = input.nik_key,
                                  .purpose = domain::ReadPurpose::kRecordView});
}

}  // namespace keping::central
