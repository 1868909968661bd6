#include "central_node/core/needs.h"

#include <utility>
#include <variant>

#include "central_node/core/case_cards.h"
#include "central_node/core/case_policy.h"
#include "central_node/core/input_keys.h"
#include "central_node/core/judge_count.h"
#include "central_node/core/judge_job.h"
#include "central_node/core/passing_days.h"

namespace keping::central {
namespace {

using domain::BlankSerial;
using domain::PrrId;

// Notes `key` as missing unless it was noted before.
template <typename Key>
void Want(const Key& key, std::set<Key>& known, std::set<Key>& missing) {
  if (known.insert(key).second) missing.insert(key);
}

template <typename Key>
void WantAll(const std::set<Key>& keys, std::set<Key>& known, std::set<Key>& missing) {
  for (const Key& key : keys) Want(key, known, missing);
}

}  // namespace

Needs::Needs(const Settings& settings, const Input& input, const Resident& resident)
    : resident_(resident),
      destroys_(std::holds_alternative<DestroyPictures>(input)),
      known_(KeysOf(settings, input, resident)) {
  unread_blanks_ = known_.blanks;
  own_blanks_ = known_.blanks;
  if (const auto* resolve = std::get_if<ResolveCase>(&input)) {
    resolved_ = resolve->case_id;
    concerned_.insert(resolved_);
  }
  missing_ = known_;
}

Keys Needs::Next(const Rows& rows) {
  // Of the input's own jobs only: the other jobs of a record are read, not judged anew.
  if (++rounds_ == 2) AddSubjects(rows);
  AddRecordsOnBlanks(rows);
  AddContext(rows);
  given_ = std::exchange(missing_, {});
  return given_;
}

// Outcomes and acknowledgements name their job or action only; its row names the rest.
void Needs::AddSubjects(const Rows& rows) {
  for (const domain::ActId& act : given_.jobs) {
    const JobFacts& job = rows.jobs.at(act);
    for (const IntentFact& intent : job.intents) {
      Want(intent.prr, known_.prrs, missing_.prrs);
      Want(intent.blank, known_.blanks, missing_.blanks);
      if (!intent.batch.empty()) Want(intent.batch, known_.batches, missing_.batches);
      if (intent.printer.empty()) continue;
      Want(PrinterDayKey(intent.fact.node, intent.printer, intent.office_day), known_.printer_days,
           missing_.printer_days);
    }
    for (const OutcomeFact& outcome : job.outcomes) {
      if (outcome.blank.empty()) continue;
      Want(outcome.blank, known_.blanks, missing_.blanks);
      Want(outcome.fact.id.Hex(), known_.reports, missing_.reports);
    }
  }
  for (const domain::ActionId& action : given_.actions) {
    const ActionRow& row = rows.actions.at(action);
    if (!row.case_id.empty()) {
      concerned_.insert(row.case_id);
      Want(row.case_id, known_.cases, missing_.cases);
    }
    if (!row.prr.empty()) Want(row.prr, known_.prrs, missing_.prrs);
    if (row.blank.has_value()) Want(*row.blank, known_.blanks, missing_.blanks);
  }
}

// The records of the cards on the input's own blanks, under whichever of their names.
void Needs::AddRecordsOnBlanks(const Rows& rows) {
  ReadOwnBlanks(rows);
  std::erase_if(on_blanks_, [&](const domain::ActId& act) {
    const auto job = rows.jobs.find(act);
    if (job == rows.jobs.end()) return false;
    for (const IntentFact& intent : job->second.intents) {
      Want(intent.prr, known_.prrs, missing_.prrs);
    }
    return true;
  });
}

void Needs::ReadOwnBlanks(const Rows& rows) {
  std::set<BlankSerial> not_here;
  while (!unread_blanks_.empty()) {
    const BlankSerial serial = *unread_blanks_.begin();
    unread_blanks_.erase(serial);
    const auto row = rows.blanks.find(serial);
    if (row == rows.blanks.end()) {
      not_here.insert(serial);
      continue;
    }
    on_blanks_.insert(row->second.facts.jobs.begin(), row->second.facts.jobs.end());
    for (const NameFact& name : row->second.facts.names) {
      Want(name.printed, own_blanks_, unread_blanks_);
      Want(name.uid, own_blanks_, unread_blanks_);
    }
  }
  unread_blanks_ = std::move(not_here);
}

void Needs::AddCases(const std::set<domain::CaseKind>& kinds, absl::string_view entity) {
  for (domain::CaseKind kind : kinds) {
    Want(CaseIdFor(kind, entity), known_.cases, missing_.cases);
  }
}

// What the judges look at beside the touched entities.
void Needs::AddContext(const Rows& rows) {
  for (const PrrId& prr : given_.prrs) {
    const PrrRow& row = rows.prrs.at(prr);
    WantAll(row.facts.jobs, known_.jobs, missing_.jobs);
    WantAll(row.facts.same_person, known_.prrs, missing_.prrs);
    if (row.facts.same_person.empty()) continue;
    for (const VersionFact& version : row.facts.versions) {
      if (version.nik_key.IsZero()) continue;
      Want(version.nik_key.Hex(), known_.persons, missing_.persons);
    }
  }
  for (const std::string& person : given_.persons) {
    WantAll(rows.persons.at(person).prrs, known_.prrs, missing_.prrs);
    AddCases({domain::CaseKind::kTwoCardsOnePerson}, person);
  }
  for (const domain::ActId& act : given_.jobs) AddCases(rows.jobs.at(act).cases, act.value());
  for (const std::string& day : given_.printer_days) {
    AddCases({domain::CaseKind::kOverDuty}, day);
  }
  for (const BlankSerial& name : given_.names) {
    AddCases({domain::CaseKind::kNameClash}, name.text());
  }
  for (const domain::ActId& batch : given_.batches) {
    AddCases({domain::CaseKind::kBindingsShifted}, batch.value());
  }
  for (const PrrId& prr : given_.prrs) {
    const PrrRow& row = rows.prrs.at(prr);
    AddCases(row.cases, prr.value());
    for (const auto& loss : row.facts.losses) {
      AddCases({domain::CaseKind::kLostTail}, loss.node.value());
    }
  }
  AddContextOfBlanks(rows);
  for (const domain::BoxId& box : given_.boxes) {
    AddCases({domain::CaseKind::kBoxDifference}, box.value());
    for (const LossFact& loss : rows.boxes.at(box).facts.losses) {
      AddCases({domain::CaseKind::kLostTail}, loss.node.value());
    }
  }
  AddCounts(rows);
  for (const domain::ActId& act : given_.figures) {
    AddCases({domain::CaseKind::kReportContradiction}, act.value());
  }
  AddEarlyAnswers(rows);
  if (destroys_) AddKeepers(rows);
  for (const domain::TransferId& transfer : given_.transfers) {
    AddCases({domain::CaseKind::kTransferDifference, domain::CaseKind::kTransferSilent},
             transfer.value());
  }
  for (const domain::CaseId& id : given_.cases) {
    WantAll(rows.cases.at(id).actions, known_.actions, missing_.actions);
  }
  AddDecided(rows);
}

void Needs::AddContextOfBlanks(const Rows& rows) {
  for (const BlankSerial& serial : given_.blanks) {
    const BlankRow& row = rows.blanks.at(serial);
    WantAll(row.facts.jobs, known_.jobs, missing_.jobs);
    for (const NameFact& name : row.facts.names) {
      Want(name.printed, known_.blanks, missing_.blanks);
      Want(name.uid, known_.blanks, missing_.blanks);
    }
    AddCases(row.cases, serial.text());
    for (const BirthFact& birth : row.facts.births) Want(birth.box, known_.boxes, missing_.boxes);
    for (const auto& loss : row.facts.losses) {
      AddCases({domain::CaseKind::kLostTail}, loss.node.value());
    }
  }
}

// The cases that keep the pictures of a record, beside those of its jobs and of its cards' blanks.
void Needs::AddKeepers(const Rows& rows) {
  for (const domain::ActId& act : given_.jobs) {
    const JobFacts& job = rows.jobs.at(act);
    for (const IntentFact& intent : job.intents) {
      if (intent.batch.empty()) continue;
      AddCases({domain::CaseKind::kBindingsShifted}, intent.batch.value());
    }
    for (const OutcomeFact& outcome : job.outcomes) {
      AddCases({domain::CaseKind::kReportRejected}, outcome.fact.id.Hex());
    }
  }
  for (const BlankSerial& serial : given_.blanks) {
    AddCases({domain::CaseKind::kNameClash}, serial.text());
  }
}

// What a count names is judged with the count, and the count with what it names.
void Needs::AddCounts(const Rows& rows) {
  for (const BlankSerial& serial : given_.blanks) {
    for (const domain::NodeId& node : resident_.centre.differing) {
      if (!resident_.nodes.at(node).differing.Contains(serial)) continue;
      Want(node, known_.counts, missing_.counts);
    }
  }
  for (const domain::NodeId& node : given_.counts) {
    for (const domain::Pile pile : kPiles) {
      Want(CaseIdFor(domain::CaseKind::kCountVariance, CountEntity(node, pile)), known_.cases,
           missing_.cases);
      const CountFact* latest = LatestCount(rows.counts.at(node), pile);
      if (latest == nullptr) continue;
      LookedInto(*latest).ForEach(
          [this](const BlankSerial& serial) { Want(serial, known_.blanks, missing_.blanks); });
    }
  }
}

// A decision on a case, and the answer to what it ordered, look at whom it is about.
void Needs::AddDecided(const Rows& rows) {
  for (const domain::CaseId& id : given_.cases) {
    const CaseRow& row = rows.cases.at(id);
    if (row.kind == domain::CaseKind::kReportRejected && !row.entity.empty()) {
      Want(row.entity, known_.reports, missing_.reports);
    }
    if (!concerned_.contains(id)) continue;
    if (!row.prr.empty()) Want(row.prr, known_.prrs, missing_.prrs);
    if (row.blank.has_value()) Want(*row.blank, known_.blanks, missing_.blanks);
    AddEntity(row);
  }
  const auto resolved = rows.cases.find(resolved_);
  if (resolved == rows.cases.end()) return;
  // What a centre that was set back orders again may have been answered before.
  for (const auto& [card, prr] : CardsOf(resolved->second, rows)) {
    Want(ActionIdFor(resolved_, card), known_.actions, missing_.actions);
    Want(prr, known_.prrs, missing_.prrs);
    Want(card.blank, known_.blanks, missing_.blanks);
  }
}

void Needs::AddEntity(const CaseRow& row) {
  if (row.kind == domain::CaseKind::kTwoCardsOnePerson) {
    Want(row.entity, known_.persons, missing_.persons);
  } else if (row.kind == domain::CaseKind::kNameClash && row.blank.has_value()) {
    Want(*row.blank, known_.names, missing_.names);
  } else if (IsOfTransfer(row.kind)) {
    if (const auto id = domain::TransferId::Parse(row.entity); id.ok()) {
      Want(*id, known_.transfers, missing_.transfers);
    }
  } else if (IsOfJob(row.kind)) {
    if (const auto act = domain::ActId::Parse(row.entity); act.ok()) {
      Want(*act, known_.jobs, missing_.jobs);
    }
  }
}

// A centre that was set back orders again what it forgot, and the office may have said already that
// it is done.
void Needs::AddEarlyAnswers(const Rows& rows) {
  for (const domain::ActId& act : given_.jobs) {
    const JobVerdict verdict = JudgeJob(rows.jobs.at(act));
    if (verdict.state != JobState::kGood || verdict.intent == nullptr) continue;
    const PrrId& prr = verdict.intent->prr;
    if (!known_.prrs.contains(prr)) continue;
    for (const auto& [blank, verified] : verdict.good) {
      for (const PolicyRow& policy : PolicyRows()) {
        if (!policy.action.has_value() || policy.kind == domain::CaseKind::kTwoCardsOnePerson) {
          continue;
        }
        Want(ActionIdFor(CaseIdFor(policy.kind, prr.value()), {verdict.node, act, blank}),
             known_.actions, missing_.actions);
      }
      Want(blank, known_.blanks, missing_.blanks);
    }
  }
  for (const auto& [person, row] : rows.persons) AddAnswersOfPerson(person, row, rows);
}

// The same of cards of several records.
void Needs::AddAnswersOfPerson(const std::string& person, const PersonRow& row, const Rows& rows) {
  if (row.prrs.size() < 2) return;
  const domain::CaseId id = CaseIdFor(domain::CaseKind::kTwoCardsOnePerson, person);
  for (const PrrId& prr : row.prrs) {
    const auto record = rows.prrs.find(prr);
    if (record == rows.prrs.end()) continue;
    for (const domain::ActId& act : record->second.facts.jobs) {
      const auto job = rows.jobs.find(act);
      if (job == rows.jobs.end()) continue;
      const JobVerdict verdict = JudgeJob(job->second);
      for (const auto& [blank, verified] : verdict.good) {
        Want(ActionIdFor(id, {verdict.node, act, blank}), known_.actions, missing_.actions);
      }
    }
  }
}

}  // namespace keping::central
