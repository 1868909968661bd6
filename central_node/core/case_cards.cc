#include "central_node/core/case_cards.h"

#include <algorithm>

#include "central_node/core/case_policy.h"
#include "central_node/core/joined_names.h"
#include "central_node/core/judge_job.h"
#include "central_node/core/judge_prr.h"

namespace keping::central {
namespace {

using domain::ActId;
using domain::NodeId;
using domain::PrrId;

using Cards = std::map<CardAt, PrrId>;

bool AllHere(const std::set<ActId>& acts, const Jobs& jobs) {
  return std::all_of(acts.begin(), acts.end(),
                     [&](const ActId& act) { return jobs.contains(act); });
}

void AddOfRecord(const PrrId& prr, const CaseRow& row, const Rows& rows, Cards& cards) {
  const auto record = rows.prrs.find(prr);
  if (record == rows.prrs.end() || !AllHere(record->second.facts.jobs, rows.jobs)) return;
  for (const GoodCard& card : JudgePrr(record->second.facts, rows.jobs, {}).good_cards) {
    if (row.evidence.contains(card.verified)) cards.emplace(card.at, prr);
  }
}

void AddOfJob(const ActId& act, const Rows& rows, Cards& cards) {
  const auto job = rows.jobs.find(act);
  if (job == rows.jobs.end()) return;
  const JobVerdict verdict = JudgeJob(job->second);
  if (verdict.intent == nullptr) return;
  for (const auto& [blank, verified] : verdict.good) {
    cards.emplace(CardAt{.node = verdict.node, .act = act, .blank = blank}, verdict.intent->prr);
  }
}

void AddOnBlank(const domain::BlankSerial& blank, const Rows& rows, Cards& cards) {
  for (const domain::BlankSerial& name : AllNamesOf(blank, rows.blanks)) {
    const auto row = rows.blanks.find(name);
    if (row == rows.blanks.end() || !AllHere(row->second.facts.jobs, rows.jobs)) continue;
    for (const ActId& act : row->second.facts.jobs) {
      const JobVerdict verdict = JudgeJob(rows.jobs.at(act));
      if (verdict.intent == nullptr || !verdict.Consumed(name)) continue;
      cards.emplace(CardAt{.node = verdict.node, .act = act, .blank = name}, verdict.intent->prr);
    }
  }
}

void AddWhoSaw(const BlankFacts& facts, const Jobs& jobs, std::set<NodeId>& offices) {
  for (const ScanFact& scan : facts.scans) offices.insert(scan.fact.node);
  for (const SpoilFact& spoil : facts.spoils) offices.insert(spoil.fact.node);
  for (const StepFact& step : facts.steps) offices.insert(step.fact.node);
  for (const DispatchFact& dispatch : facts.dispatches) offices.insert(dispatch.node);
  for (const ActId& act : facts.jobs) {
    const auto job = jobs.find(act);
    if (job == jobs.end()) continue;
    const NodeId node = JudgeJob(job->second).node;
    if (!node.empty()) offices.insert(node);
  }
}

}  // namespace

std::map<CardAt, PrrId> CardsOf(const CaseRow& row, const Rows& rows) {
  Cards cards;
  if (IsOfJob(row.kind)) {
    if (const auto act = ActId::Parse(row.entity); act.ok()) AddOfJob(*act, rows, cards);
  } else if (row.kind == domain::CaseKind::kTwoCardsOnePerson) {
    const auto person = rows.persons.find(row.entity);
    if (person == rows.persons.end()) return cards;
    for (const PrrId& prr : person->second.prrs) AddOfRecord(prr, row, rows, cards);
  } else if (!row.prr.empty()) {
    AddOfRecord(row.prr, row, rows, cards);
  } else if (row.blank.has_value()) {
    AddOnBlank(*row.blank, rows, cards);
  }
  return cards;
}

std::set<NodeId> OfficesThatSaw(const CaseRow& row, const Rows& rows) {
  std::set<NodeId> offices;
  if (!row.blank.has_value()) return offices;
  for (const domain::BlankSerial& name : AllNamesOf(*row.blank, rows.blanks)) {
    const auto blank = rows.blanks.find(name);
    if (blank != rows.blanks.end()) AddWhoSaw(blank->second.facts, rows.jobs, offices);
  }
  return offices;
}

}  // namespace keping::central
