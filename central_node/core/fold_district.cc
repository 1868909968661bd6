// What people of the district enter and decide, the days that end there, and what many jobs make
// together.

#include "central_node/core/fold.h"
#include "central_node/core/judge_job.h"
#include "central_node/core/passing_days.h"
#include "central_node/core/prefetched.h"

namespace keping::central {
namespace {

template <typename Container>
void KeepLast(Container& container, size_t kept) {
  while (container.size() > kept) container.erase(container.begin());
}

}  // namespace

void Folder::Summarise(const domain::ActId& act, const JobFacts& job) {
  const JobVerdict verdict = JudgeJob(job);
  for (const IntentFact& intent : job.intents) {
    if (!intent.printer.empty()) SummariseDay(intent, verdict);
    if (!intent.batch.empty()) SummariseBatch(act, intent, verdict);
    SummariseDoubt(act, intent, verdict);
  }
}

void Folder::SummariseDoubt(const domain::ActId& act, const IntentFact& intent,
                            const JobVerdict& verdict) {
  const auto node = resident_.nodes.find(intent.fact.node);
  if (node == resident_.nodes.end()) return;
  std::set<domain::ActId>& doubts = node->second.doubts;
  const bool waits = verdict.state == JobState::kInDoubt && verdict.node == intent.fact.node;
  const bool changed = waits ? doubts.insert(act).second : doubts.erase(act) > 0;
  if (changed) touched_.nodes.insert(intent.fact.node);
}

void Folder::SummariseDay(const IntentFact& intent, const JobVerdict& verdict) {
  const std::string key = PrinterDayKey(intent.fact.node, intent.printer, intent.office_day);
  PrinterDayRow& row = At(rows_.printer_days, key);
  const bool card = verdict.state == JobState::kGood || verdict.state == JobState::kSpoiled;
  const bool fed = &intent == verdict.intent && card && !intent.beyond_duty;
  const bool changed =
      fed ? row.fed.insert(intent.fact.id).second : row.fed.erase(intent.fact.id) > 0;
  if (changed) touched_.printer_days[key] = {intent.fact.node, intent.printer, intent.office_day};
}

void Folder::SummariseBatch(const domain::ActId& act, const IntentFact& intent,
                            const JobVerdict& verdict) {
  const bool counts = &intent == verdict.intent;
  if (!counts && intent.batch == verdict.intent->batch) return;  // told by the one that counts
  BatchRow& row = At(rows_.batches, intent.batch);
  if (counts && verdict.state == JobState::kGood && !verdict.good.contains(intent.blank)) {
    const auto& [found, verified] = *verdict.good.begin();
    row.swaps[act] = {.intended = intent.blank, .found = found, .verified = verified};
  } else if (row.swaps.erase(act) == 0) {
    return;
  }
  touched_.batches[intent.batch] = intent.fact.node;
}

// -------------------------------------------------------------------------------------------
// Days.

void Folder::On(const FactRef& ref, const domain::OfficeDayOpened& event) {
  OpenOfficeDay(ref, event.date);
}

void Folder::On(const FactRef& ref, const domain::OfficeDayCorrected& event) {
  OpenOfficeDay(ref, event.day);
}

void Folder::OpenOfficeDay(const FactRef& ref, absl::CivilDay day) {
  auto& days = resident_.nodes[ref.node].streams[ref.incarnation].office_days;
  days[ref.seq] = day;
  KeepLast(days, kOfficeDaysKept);
  touched_.nodes.insert(ref.node);
}

// Judges know time by this alone: what waits for an office is looked at again.
void Folder::On(const FactRef& ref, const domain::DayClosed& event) {
  resident_.centre.last_closed_day = std::max(resident_.centre.last_closed_day, event.day);
  touched_.centre = true;
  ForgetPlansBefore(event.day);
  for (const domain::NodeId& id : event.heard) HearFrom(ref, id);
  for (const domain::NodeId& id : event.working) {
    NodeRow& node = resident_.nodes[id];
    node.closed_days.insert(event.day);
    KeepLast(node.closed_days, kClosedDaysKept);
    node.silences[ref.seq] = ref.id;
    KeepLast(node.silences, kClosedDaysKept);
    touched_.nodes.insert(id);
    touched_.days.insert(id);
    for (const domain::TransferId& transfer : node.open_transfers) {
      if (rows_.transfers.contains(transfer)) touched_.transfers.insert(transfer);
    }
    const std::set<domain::ActId> doubts = node.doubts;
    for (const domain::ActId& act : doubts) {
      if (rows_.jobs.contains(act)) TouchJob(act);
    }
  }
}

// What was said of days that are over plans nothing.
void Folder::ForgetPlansBefore(absl::CivilDay day) {
  for (auto& [village, days] : resident_.centre.readiness) {
    days.erase(days.begin(), days.lower_bound(day));
  }
  for (auto& [person, absences] : resident_.centre.absences) {
    std::erase_if(absences, [&](const auto& one) { return one.second.last < day; });
  }
}

void Folder::On(const FactRef& ref, const domain::NodeHeard& event) { HearFrom(ref, event.node); }

void Folder::HearFrom(const FactRef& ref, const domain::NodeId& id) {
  NodeRow& node = resident_.nodes[id];
  node.heard_seq = std::max(node.heard_seq, ref.seq);
  touched_.nodes.insert(id);
  touched_.days.insert(id);
}

// -------------------------------------------------------------------------------------------
// Decisions and entries.

void Folder::On(const FactRef& ref, const domain::CaseDecided& event) {
  CaseRow& row = rows_.cases[event.case_id];
  touched_.cases.insert(event.case_id);
  const bool known = std::any_of(row.decisions.begin(), row.decisions.end(),
                                 [&](const CaseDecisionFact& one) { return one.fact == ref; });
  if (known) return;
  row.decisions.push_back({.fact = ref,
                           .revision = event.revision,
                           .resolution = event.resolution,
                           .keep = event.keep,
                           .by = event.by,
                           .second = event.second,
                           .document = event.document});
  row.decided = true;
  if (event.resolution != domain::Resolution::kRetry) return;
  // It is sent again and may be refused again: nothing is decided.
  row.decided = false;
  ReportRow& report = rows_.reports[row.entity];
  report.state = ReportState::kPending;
  touched_.reports.insert(row.entity);
  if (report.known) touched_.retried.push_back(row.entity);
}

void Folder::On(const FactRef&, const domain::PolicySet& event) {
  resident_.centre.staleness[event.policy.version] = event.policy.staleness;
  touched_.centre = true;
  if (event.policy.version < resident_.centre.policy.version) return;
  resident_.centre.policy = event.policy;
}

void Folder::On(const FactRef& ref, const domain::PrinterStated& event) {
  AddFact(
      resident_.centre.printers[event.printer],
      {.fact = ref, .node = event.node, .cards_per_day = event.cards_per_day, .from = event.from});
  touched_.centre = true;
}

void Folder::On(const FactRef& ref, const domain::BlankIdentified& event) {
  const NameFact name{.fact = ref, .printed = event.printed, .uid = event.uid};
  for (const domain::BlankSerial& one : {event.printed, event.uid}) {
    AddFact(At(rows_.names, one).names, name);
    touched_.names.insert(one);
    AddFact(TouchBlank(one, ref.id).facts.names, name);
  }
  // What they were called before the same as is looked at again, and whose cards lie on it.
  for (const domain::BlankSerial& one : {event.printed, event.uid}) {
    for (const NameFact& said : TouchBlank(one, ref.id).facts.names) {
      TouchRivals(said.printed);
      TouchRivals(said.uid);
    }
  }
}

// -------------------------------------------------------------------------------------------
// Officers who sign in. Of the people of an office it is the office that counts.

void Folder::On(const FactRef& ref, const domain::SignInTried& event) {
  if (resident_.nodes.contains(ref.node)) return;
  CentreRow& centre = resident_.centre;
  centre.sign_ins[event.operator_id].tries.Note(event.outcome, event.running);
  centre.running = std::max(centre.running, event.running);
  touched_.centre = true;
}

void Folder::On(const FactRef& ref, const domain::PasswordChanged& event) {
  if (resident_.nodes.contains(ref.node)) return;
  resident_.centre.sign_ins[event.operator_id].own_password = true;
  touched_.centre = true;
}

// What is planned by moves nothing.

void Folder::On(const FactRef& ref, const domain::VillageReadinessSet& event) {
  ReadinessFact& known = resident_.centre.readiness[event.village][event.day];
  if (known.fact.seq > ref.seq) return;
  known = {.fact = ref, .persons = event.persons, .withdrawn = event.withdrawn};
  touched_.centre = true;
}

void Folder::On(const FactRef& ref, const domain::AbsenceSet& event) {
  AbsenceFact& known = resident_.centre.absences[event.operator_id][event.first];
  if (known.fact.seq > ref.seq) return;
  known = {.fact = ref,
           .kind = event.kind,
           .last = event.last,
           .node = event.node,
           .withdrawn = event.withdrawn};
  touched_.centre = true;
}

void Folder::On(const FactRef& ref, const domain::PicturesDestroyed& event) {
  for (const domain::PrrId& prr : event.prrs) AddFact(Prr(prr).facts.destructions, {.fact = ref});
}

void Folder::On(const FactRef& ref, const domain::BlanksRequested& event) {
  RequestRow& row = resident_.centre.requests[event.request];
  touched_.centre = true;
  row.fact = ref;
  row.quantity = event.quantity;
  row.needed_by = event.needed_by;
  row.by = event.by;
  row.second = event.second;
}

void Folder::On(const FactRef& ref, const domain::BlanksRequestAnswered& event) {
  RequestRow& row = resident_.centre.requests[event.request];
  touched_.centre = true;
  if (row.answered.has_value()) return;
  row.answered = ref;
  row.accepted = event.accepted;
  row.expected = event.expected;
  row.reason = event.reason;
}

}  // namespace keping::central
