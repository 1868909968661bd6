#include "central_node/core/fold.h"

#include <algorithm>

#include "central_node/core/case_policy.h"
#include "central_node/core/judge_job.h"
#include "central_node/core/lease.h"
#include "central_node/core/node_end.h"
#include "central_node/core/passing_days.h"
#include "central_node/core/prefetched.h"
#include "central_node/core/stale_prints.h"

namespace keping::central {
namespace {

using domain::BlankSerial;
using domain::SerialSet;
using ledger::Account;

std::set<domain::BoxId> BoxIds(const std::vector<domain::Box>& boxes) {
  std::set<domain::BoxId> ids;
  for (const domain::Box& box : boxes) ids.insert(box.box);
  return ids;
}

}  // namespace

void Folder::Fold(const FactRef& ref, const domain::Event& event) {
  FactRef dated = ref;
  Date(dated);
  std::visit([&](const auto& one) { On(dated, one); }, event);
}

void Folder::Date(FactRef& ref) const {
  const auto node = resident_.nodes.find(ref.node);
  if (node == resident_.nodes.end()) return;
  const auto& streams = node->second.streams;
  auto stream = streams.find(ref.incarnation);
  while (stream != streams.end() && !stream->second.branch_of.empty()) {
    ref.parted = stream->second.branch_seq;
    stream = streams.find(stream->second.branch_of);
  }
  if (stream != streams.end()) ref.era = stream->second.enrolled_seq;
}

BlankRow& Folder::TouchBlank(const BlankSerial& serial, const crypto::Hash& cause) {
  BlankRow& row = At(rows_.blanks, serial);
  if (uncounted_blanks_.insert(serial).second) AddFigures(FiguresOf(settings_, row.facts), -1);
  touched_.blanks[serial] = cause;
  for (const NameFact& name : row.facts.names) {
    for (const BlankSerial& one : {name.printed, name.uid}) touched_.blanks[one] = cause;
  }
  if (!row.exists) {
    row.exists = true;
    row.facts.issued = resident_.centre.allotted.Contains(serial);
    row.origin = row.facts.issued ? Account::kCentre : Account::kUnknownOrigin;
    row.place.account = row.facts.issued ? Account::kDistrictStock : row.origin;
    if (!row.facts.issued) {
      resident_.centre.unissued.Insert(serial);
      touched_.centre = true;
    }
  }
  return row;
}

void Folder::TouchPrr(const domain::PrrId& prr) {
  const PrrRow& row = At(rows_.prrs, prr);
  const auto [entry, is_new] = touched_.prrs.try_emplace(prr);
  if (!is_new) return;
  for (const GrantFact& grant : row.facts.grants) {
    auto item = ItemFor(prr, row.facts, grant.node);
    if (item.has_value()) entry->second.insert_or_assign(grant.node, *std::move(item));
  }
}

PrrRow& Folder::Prr(const domain::PrrId& prr) {
  TouchPrr(prr);
  return At(rows_.prrs, prr);
}

JobFacts& Folder::TouchJob(const domain::ActId& act) {
  JobFacts& job = At(rows_.jobs, act);
  if (uncounted_jobs_.insert(act).second) AddFigures(FiguresOf(settings_, job), -1);
  const auto [entry, is_new] = touched_.jobs.try_emplace(act);
  if (!is_new) return job;
  // Without its intent a job's cards could not be reported yet.
  if (job.intents.empty()) return job;
  const FirstAnswers before = ReadFirstAnswers(job);
  for (const auto& [blank, answer] : before.good) entry->second.good.insert(blank);
  for (const auto& [blank, answer] : before.spoiled) entry->second.spoiled.insert(blank);
  return job;
}

void Folder::TouchSubjects(const domain::ActId& act, const JobFacts& job,
                           const crypto::Hash& cause) {
  for (const IntentFact& intent : job.intents) {
    Prr(intent.prr).facts.jobs.insert(act);
    TouchBlank(intent.blank, cause).facts.jobs.insert(act);
  }
  for (const OutcomeFact& outcome : job.outcomes) {
    if (outcome.blank.empty()) continue;
    TouchBlank(outcome.blank, cause).facts.jobs.insert(act);
  }
  Summarise(act, job);
}

void Folder::AddOutcome(const FactRef& ref, const domain::ActId& act, OutcomeKind kind,
                        const BlankSerial& blank) {
  JobFacts& job = TouchJob(act);
  AddFact(job.outcomes, {.fact = ref, .kind = kind, .blank = blank});
  TouchSubjects(act, job, ref.id);
}

void Folder::AddScans(const FactRef& ref, const domain::TransferId& transfer,
                      const SerialSet& serials, ScanKind kind) {
  serials.ForEach([&](const BlankSerial& serial) {
    AddFact(TouchBlank(serial, ref.id).facts.scans,
            {.fact = ref, .transfer = transfer, .kind = kind});
  });
}

// -------------------------------------------------------------------------------------------
// A node's events.

void Folder::On(const FactRef&, const domain::PrintRefused&) {}

void Folder::On(const FactRef& ref, const domain::BlanksReceived& event) {
  event.received.ForEach([&](const BlankSerial& serial) {
    AddFact(TouchBlank(serial, ref.id).facts.scans,
            {.fact = ref, .transfer = event.transfer, .lent_by = event.lent_by});
  });
  AddScans(ref, event.transfer, event.missing, ScanKind::kMissing);
  AddScans(ref, event.transfer, event.unexpected, ScanKind::kUnexpected);
  TransferRow& transfer = At(rows_.transfers, event.transfer);
  AddFact(transfer.facts.receipts,
          {.fact = ref,
           .received = event.received,
           .missing = event.missing,
           .unexpected = event.unexpected,
           .lent_by = event.lent_by,
           .boxes = BoxIds(event.boxes),
           .missing_boxes = {event.missing_boxes.begin(), event.missing_boxes.end()},
           .unexpected_boxes = {event.unexpected_boxes.begin(), event.unexpected_boxes.end()}});
  touched_.transfers.insert(event.transfer);
  for (const domain::Box& one : event.boxes) {
    ScanBox(ref, event.transfer, one.box, ScanKind::kReceived);
  }
  for (const domain::BoxId& one : event.missing_boxes) {
    ScanBox(ref, event.transfer, one, ScanKind::kMissing);
  }
  for (const domain::BoxId& one : event.unexpected_boxes) {
    ScanBox(ref, event.transfer, one, ScanKind::kUnexpected);
  }
}

void Folder::On(const FactRef& ref, const domain::PrintIntended& event) {
  NodeRow& node = resident_.nodes[ref.node];
  JobFacts& job = TouchJob(event.act);
  IntentFact intent{.fact = ref,
                    .prr = event.prr,
                    .prr_version = event.prr_version,
                    .blank = event.blank,
                    .epoch = event.lease_epoch,
                    .control_position = event.control_position,
                    .printer = event.printer,
                    .operator_id = event.operator_id,
                    .application_version = event.application_version,
                    .batch = event.batch,
                    .office_day = OfficeDayOf(settings_, node, ref),
                    .beyond_duty = !event.override_act.empty()};
  const bool known = std::any_of(job.intents.begin(), job.intents.end(),
                                 [&](const IntentFact& one) { return one.fact == ref; });
  if (!known) {
    intent.stale = NumberStale(event, node.streams[ref.incarnation].stale_grants);
    AddFact(job.intents, std::move(intent));
  }
  TouchSubjects(event.act, job, ref.id);
  if (event.control_position <= node.known_position) return;
  node.known_position = event.control_position;
  touched_.nodes.insert(ref.node);
  for (const auto& [prr, position] : node.open_overlaps) {
    if (position <= node.known_position) TouchPrr(prr);
  }
}

void Folder::On(const FactRef& ref, const domain::PrintSent& event) {
  AddOutcome(ref, event.act, OutcomeKind::kSent);
}

void Folder::On(const FactRef& ref, const domain::PrintCompleted& event) {
  AddOutcome(ref, event.act, OutcomeKind::kCompleted);
}

void Folder::On(const FactRef& ref, const domain::PrintFailed& event) {
  AddOutcome(ref, event.act,
             event.failure == domain::PrintFailure::kNotAccepted ? OutcomeKind::kNotAccepted
                                                                 : OutcomeKind::kAborted);
}

void Folder::On(const FactRef& ref, const domain::PrintDoubted& event) {
  AddOutcome(ref, event.act, OutcomeKind::kDoubted);
}

void Folder::On(const FactRef& ref, const domain::PrintVerified& event) {
  AddOutcome(ref, event.act, OutcomeKind::kVerified, event.blank);
}

void Folder::On(const FactRef& ref, const domain::PrintSpoiled& event) {
  AddOutcome(ref, event.act, OutcomeKind::kSpoiled, event.blank);
}

void Folder::On(const FactRef& ref, const domain::PrintUnused& event) {
  AddOutcome(ref, event.act, OutcomeKind::kUnused);
}

void Folder::On(const FactRef& ref, const domain::BlankSpoiled& event) {
  AddSpoil(ref, event.act, event.blank);
}

// Whatever came out, the blank is no card.
void Folder::On(const FactRef& ref, const domain::TestCardPrinted& event) {
  AddSpoil(ref, event.act, event.blank);
}

void Folder::AddSpoil(const FactRef& ref, const domain::ActId& act, const BlankSerial& blank) {
  BlankRow& row = TouchBlank(blank, ref.id);
  const SpoilFact spoil{.fact = ref, .act = act};
  const bool known = std::any_of(row.facts.spoils.begin(), row.facts.spoils.end(),
                                 [&](const SpoilFact& one) { return one.act == act; });
  AddFact(row.facts.spoils, spoil);
  if (!known) touched_.new_spoils.emplace_back(blank, spoil);
}

void Folder::On(const FactRef& ref, const domain::Corrected& event) {
  const CorrectionFact correction{.fact = ref, .event = event.event};
  if (event.blank.has_value()) {
    AddFact(TouchBlank(*event.blank, ref.id).facts.corrections, correction);
    return;
  }
  JobFacts& job = TouchJob(event.subject);
  AddFact(job.corrections, correction);
  TouchSubjects(event.subject, job, ref.id);
}

void Folder::On(const FactRef& ref, const domain::LeaseReleased& event) {
  AddFact(Prr(event.prr).facts.releases, {.fact = ref, .epoch = event.epoch});
}

void Folder::On(const FactRef& ref, const domain::ActionAcknowledged& event) {
  ActionRow& action = At(rows_.actions, event.action);
  action.acknowledgements.insert(ref);
  touched_.actions.insert(event.action);
  FoldAcknowledged(action);
}

// -------------------------------------------------------------------------------------------
// The centre's own events.

void Folder::On(const FactRef& ref, const domain::GenerationOpened& event) {
  if (resident_.centre.generations.empty()) {
    resident_.centre.last_closed_day = DayOf(settings_, ref) - 1;
  }
  resident_.centre.generations[event.generation] = event.order;
  touched_.centre = true;
  if (event.order < resident_.centre.generation_order) return;
  resident_.centre.generation = event.generation;
  resident_.centre.generation_order = event.order;
  if (!event.restored) return;
  for (const auto& [node, row] : resident_.nodes) {
    if (!IsClosed(row)) resident_.centre.unheard.insert(node);
  }
}

void Folder::On(const FactRef& ref, const domain::NodeEnrolled& event) {
  NodeRow& node = resident_.nodes[event.node];
  StreamHead& stream = node.streams[event.incarnation];
  stream.public_key = event.public_key;
  if (stream.enrolled_seq == 0) stream.enrolled_seq = ref.seq;
  node.active = event.incarnation;
  if (event.reason == domain::IncarnationReason::kForgotten &&
      resident_.centre.generation_order > 1) {
    resident_.centre.unheard.insert(event.node);
    touched_.centre = true;
  }
  if (node.required_application.empty()) {
    node.required_application = resident_.centre.required_application;
    for (const RequirementFact& one : resident_.centre.requirements) {
      AddFact(node.requirements, one);
    }
  }
  touched_.nodes.insert(event.node);
}

void Folder::On(const FactRef& ref, const domain::OperatorCertified& event) {
  NodeRow& node = resident_.nodes[event.node];
  RosterEntry& entry = node.operators[event.operator_id];
  entry.certified.clear();
  if (!event.application_version.empty()) entry.certified.insert(event.application_version);
  AddFact(node.roster[event.operator_id], {.fact = ref, .certified = entry.certified});
  touched_.nodes.insert(event.node);
}

void Folder::On(const FactRef& ref, const domain::OperatorRostered& event) {
  const RosterEntry entry{.role = event.role,
                          .certified = {event.certified.begin(), event.certified.end()},
                          .active = event.active,
                          .verifier = event.verifier};
  if (event.node.empty()) {
    RosterEntry& known = resident_.centre.officers[event.operator_id];
    if (known.verifier != entry.verifier) resident_.centre.sign_ins.erase(event.operator_id);
    known = entry;
    touched_.centre = true;
    return;
  }
  NodeRow& node = resident_.nodes[event.node];
  node.operators[event.operator_id] = entry;
  AddFact(node.roster[event.operator_id],
          {.fact = ref, .certified = entry.certified, .active = entry.active});
  touched_.nodes.insert(event.node);
}

void Folder::On(const FactRef& ref, const domain::ApplicationRequired& event) {
  const RequirementFact requirement{.fact = ref, .version = event.application_version};
  const auto require = [&](const domain::NodeId& node, NodeRow& row) {
    row.required_application = event.application_version;
    AddFact(row.requirements, requirement);
    touched_.nodes.insert(node);
  };
  if (!event.node.empty()) return require(event.node, resident_.nodes[event.node]);
  resident_.centre.required_application = event.application_version;
  AddFact(resident_.centre.requirements, requirement);
  touched_.centre = true;
  for (auto& [node, row] : resident_.nodes) require(node, row);
}

void Folder::On(const FactRef& ref, const domain::AllotmentReceived& event) {
  CentreRow& centre = resident_.centre;
  touched_.centre = true;
  centre.allotments.insert(event.allotment);
  if (const auto asked = centre.requests.find(event.request); asked != centre.requests.end()) {
    asked->second.allotments.insert(event.allotment);
  }
  const SerialSet fresh = event.serials.Difference(centre.allotted);
  const SerialSet claimed = fresh.Intersect(centre.unissued);
  const SerialSet stock = fresh.Difference(claimed);
  centre.allotted = centre.allotted.Union(fresh);
  centre.district_stock = centre.district_stock.Union(stock);
  centre.unissued = centre.unissued.Difference(claimed);
  if (!stock.empty()) {
    touched_.moves.push_back({.from = {Account::kCentre, {}},
                              .to = {Account::kDistrictStock, {}},
                              .quantity = static_cast<int64_t>(stock.size()),
                              .cause = ref.id});
  }
  // These are here already: now their origin is known.
  claimed.ForEach(
      [&](const BlankSerial& serial) { TouchBlank(serial, ref.id).facts.issued = true; });
  DeclareBoxes(ref, event);
}

void Folder::On(const FactRef& ref, const domain::PrrReceived& event) {
  AddFact(Prr(event.prr).facts.versions, {.fact = ref,
                                          .version = event.version,
                                          .village = event.village,
                                          .enrolled_at = event.enrolled_at,
                                          .nik_key = event.nik_key,
                                          .record_digest = event.record_digest,
                                          .replaces = event.replaces});
  JoinPerson(ref, event);
}

// Every version of the later record says it again: the smallest fact stands for all.
void Folder::AddReplacement(const FactRef& ref, const domain::PrrId& by,
                            std::vector<ReplacementFact>& known) {
  const auto same = std::find_if(known.begin(), known.end(),
                                 [&](const ReplacementFact& one) { return one.by == by; });
  if (same != known.end()) {
    if (same->fact.id <= ref.id) return;
    known.erase(same);
  }
  AddFact(known, {.fact = ref, .by = by});
}

void Folder::JoinPerson(const FactRef& ref, const domain::PrrReceived& event) {
  if (!event.replaces.empty() && event.replaces != event.prr) {
    AddReplacement(ref, event.prr, Prr(event.replaces).facts.replaced_by);
  }
  if (event.nik_key.IsZero()) return;
  PersonRow& person = At(rows_.persons, event.nik_key.Hex());
  for (const domain::PrrId& other : person.prrs) {
    if (other == event.prr) continue;
    Prr(other).facts.same_person.insert(event.prr);
    Prr(event.prr).facts.same_person.insert(other);
  }
  person.prrs.insert(event.prr);
  touched_.persons.insert(event.nik_key.Hex());
}

void Folder::On(const FactRef& ref, const domain::PrrWithdrawn& event) {
  AddFact(Prr(event.prr).facts.withdrawals,
          {.fact = ref, .version = event.version, .reason = event.reason});
}

void Folder::On(const FactRef& ref, const domain::LeaseGranted& event) {
  AddFact(Prr(event.prr).facts.grants,
          {.fact = ref, .node = event.node, .epoch = event.epoch, .forced = event.forced});
}

void Folder::On(const FactRef& ref, const domain::LeaseReleaseRequested& event) {
  AddFact(
      Prr(event.prr).facts.requests,
      {.fact = ref, .node = event.node, .epoch = event.epoch, .next_holder = event.next_holder});
}

void Folder::On(const FactRef& ref, const domain::BlanksDispatched& event) {
  AddDispatch({.fact = ref, .transfer = event.transfer, .node = event.node}, event.serials,
              BoxIds(event.boxes));
  DispatchBoxes(ref, event);
}

void Folder::On(const FactRef& ref, const domain::BlanksLent& event) {
  AddDispatch({.fact = ref, .transfer = event.transfer, .node = event.to, .from = ref.node},
              event.blanks);
}

void Folder::AddDispatch(const DispatchFact& dispatch, const SerialSet& serials,
                         const std::set<domain::BoxId>& boxes) {
  serials.ForEach([&](const BlankSerial& serial) {
    AddFact(TouchBlank(serial, dispatch.fact.id).facts.dispatches, dispatch);
  });
  AddFact(At(rows_.transfers, dispatch.transfer).facts.dispatches,
          {.fact = dispatch.fact, .node = dispatch.node, .serials = serials, .boxes = boxes});
  touched_.transfers.insert(dispatch.transfer);
}

void Folder::On(const FactRef& ref, const domain::CaseChanged& event) {
  CaseRow& row = rows_.cases[event.case_id];
  touched_.cases.insert(event.case_id);
  const size_t known = row.evidence.size();
  row.evidence.insert(event.evidence.begin(), event.evidence.end());
  // What was decided was decided on what was known.
  if (row.revision > 0 && row.evidence.size() > known) row.decided = false;
  if (row.opened_micros == 0) row.opened_micros = ref.wall_micros;
  if (event.state == domain::CaseState::kClosed) row.closed_micros = ref.wall_micros;
  if (event.revision > row.revision) {
    row.kind = event.kind;
    row.state = event.state;
    row.revision = event.revision;
    row.prr = event.prr;
    row.blank = event.blank;
    row.node = event.node;
    row.entity = event.entity;
  }
  if (const auto act = JobOf(event)) {
    TouchJob(*act).cases.insert(event.kind);
    return;
  }
  // These are found by their own rows.
  if (event.kind == domain::CaseKind::kTwoCardsOnePerson ||
      event.kind == domain::CaseKind::kNameClash) {
    return;
  }
  if (!event.prr.empty()) Prr(event.prr).cases.insert(event.kind);
  // The case of a transfer names a blank as an example; it is found by its transfer.
  if (event.blank.has_value() && !IsOfTransfer(event.kind)) {
    // The case came from a fact, which stays the cause of what the blank does in this step.
    const auto touched = touched_.blanks.find(*event.blank);
    const crypto::Hash cause = touched == touched_.blanks.end() ? ref.id : touched->second;
    TouchBlank(*event.blank, cause).cases.insert(event.kind);
  }
}

void Folder::On(const FactRef&, const domain::ActionOrdered& event) {
  ActionRow& action = rows_.actions[event.action];
  action.ordered = true;
  action.kind = event.kind;
  action.node = event.node;
  action.case_id = event.case_id;
  action.prr = event.prr;
  action.blank = event.blank;
  rows_.cases[event.case_id].actions.insert(event.action);
  touched_.actions.insert(event.action);
  touched_.cases.insert(event.case_id);
  if (!action.acknowledgements.empty()) FoldAcknowledged(action);
}

void Folder::On(const FactRef& ref, const domain::ReportAnswered& event) {
  ReportRow& report = At(rows_.reports, event.item);
  report.kind = event.kind;
  report.state = event.accepted ? ReportState::kAccepted : ReportState::kRejected;
  report.reason = event.reason;
  report.answers.insert(ref.id);
  touched_.reports.insert(event.item);
  touched_.answered.push_back(event.item);
}

// -------------------------------------------------------------------------------------------
// Telephone grants, of both sides.

void Folder::On(const FactRef& ref, const domain::GrantTried& event) {
  NodeRow& node = resident_.nodes[ref.node];
  touched_.nodes.insert(ref.node);
  if (!event.accepted) {
    ++node.grants_refused;
    return;
  }
  AddFact(node.grants[event.tag].uses,
          {.fact = ref,
           .terms = {.kind = event.kind, .subject = event.subject, .day = event.day},
           .by = event.operator_id,
           .act = event.act});
  touched_.grants.insert({ref.node, event.tag});
}

void Folder::On(const FactRef& ref, const domain::GrantIssued& event) {
  AddFact(resident_.nodes[event.node].grants[event.tag].issues,
          {.fact = ref,
           .terms = {.kind = event.kind, .subject = event.subject, .day = event.day},
           .by = event.operator_id});
  touched_.nodes.insert(event.node);
  touched_.grants.insert({event.node, event.tag});
}

// -------------------------------------------------------------------------------------------
// An office's events that move no blank and decide no record.

void Folder::On(const FactRef&, const domain::BatchOpened&) {}

void Folder::On(const FactRef&, const domain::BatchClosed&) {}

void Folder::On(const FactRef&, const domain::CancelAsked&) {}

void Folder::On(const FactRef&, const domain::PrinterMaintained&) {}

void Folder::On(const FactRef& ref, const domain::OverrideGranted& event) {
  AddStaleGrant(event, ref.seq, resident_.nodes[ref.node].streams[ref.incarnation].stale_grants);
  touched_.nodes.insert(ref.node);
}

void Folder::On(const FactRef&, const domain::PrinterReleased&) {}

void Folder::On(const FactRef&, const domain::PrinterAdopted&) {}

void Folder::On(const FactRef&, const domain::DayReported&) {}

void Folder::On(const FactRef&, const domain::NodeUnlocked&) {}

void Folder::On(const FactRef& ref, const domain::PersonalDataRead& event) {
  if (event.purpose == domain::ReadPurpose::kVerification) {
    touched_.reads.emplace_back(domain::PrrId(), ref);
  } else if (!event.prr.empty()) {
    touched_.reads.emplace_back(event.prr, ref);
  }
}

}  // namespace keping::central
