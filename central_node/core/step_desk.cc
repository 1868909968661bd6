// The district's desk: decisions on cases, the days that end, and what its people enter.

#include <algorithm>
#include <map>
#include <utility>
#include <variant>

#include "central_node/core/case_policy.h"
#include "central_node/core/judge_job.h"
#include "central_node/core/judge_prr.h"
#include "central_node/core/node_end.h"
#include "central_node/core/officers.h"
#include "central_node/core/passing_days.h"
#include "central_node/core/step_run.h"

namespace keping::central {
namespace {

using domain::NodeId;
using domain::PrrId;
using domain::Resolution;

// A card that may be called back, and under which record it was made.
using Cards = std::map<CardAt, PrrId>;

void AddCardsOf(const PrrId& prr, const Rows& rows, Cards& cards) {
  const auto row = rows.prrs.find(prr);
  if (row == rows.prrs.end()) return;
  for (const GoodCard& card : JudgePrr(row->second.facts, rows.jobs, {}).good_cards) {
    cards.emplace(card.at, prr);
  }
}

void AddCardsOn(const domain::BlankSerial& blank, const Rows& rows, Cards& cards) {
  for (const domain::ActId& act : rows.blanks.at(blank).facts.jobs) {
    const JobVerdict verdict = JudgeJob(rows.jobs.at(act));
    if (verdict.intent == nullptr || !verdict.Consumed(blank)) continue;
    cards.emplace(CardAt{.node = verdict.node, .act = act, .blank = blank}, verdict.intent->prr);
  }
}

Cards CardsOf(const CaseRow& row, const Rows& rows) {
  Cards cards;
  if (row.kind == domain::CaseKind::kTwoCardsOnePerson) {
    for (const PrrId& prr : rows.persons.at(row.entity).prrs) AddCardsOf(prr, rows, cards);
  } else if (!row.prr.empty()) {
    AddCardsOf(row.prr, rows, cards);
  } else if (row.blank.has_value()) {
    AddCardsOn(*row.blank, rows, cards);
  }
  return cards;
}

// Every office that said something of the blank.
std::set<NodeId> OfficesThatSaw(const domain::BlankSerial& blank, const Rows& rows) {
  const BlankFacts& facts = rows.blanks.at(blank).facts;
  std::set<NodeId> offices;
  for (const ScanFact& scan : facts.scans) offices.insert(scan.fact.node);
  for (const SpoilFact& spoil : facts.spoils) offices.insert(spoil.fact.node);
  for (const StepFact& step : facts.steps) offices.insert(step.fact.node);
  for (const DispatchFact& dispatch : facts.dispatches) offices.insert(dispatch.node);
  for (const domain::ActId& act : facts.jobs) {
    const JobVerdict verdict = JudgeJob(rows.jobs.at(act));
    if (!verdict.node.empty()) offices.insert(verdict.node);
  }
  return offices;
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
    for (const NodeId& node : OfficesThatSaw(*row.blank, rows_)) {
      order(domain::ActionKind::kRescanBlank, {.node = node, .act = {}, .blank = *row.blank}, {});
    }
  }
  return orders;
}

void Run::On(const ResolveCase& input) {
  const CaseRow row = rows_.cases[input.case_id];
  const CommandOutcome outcome = WhyNotResolve(resident_.centre, row, input);
  if (outcome != CommandOutcome::kDone) return Refuse(outcome, row.revision, input.revision);
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
