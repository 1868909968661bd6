// How the centre's own events become facts: what the nation handed over, whom the district enrolled
// and leased records to, the cases and orders that followed; and telephone grants, of both sides.

#include <algorithm>

#include "central_node/core/case_policy.h"
#include "central_node/core/fold.h"
#include "central_node/core/node_end.h"
#include "central_node/core/passing_days.h"
#include "central_node/core/prefetched.h"

namespace keping::central {

using domain::BlankSerial;
using domain::SerialSet;
using ledger::Account;

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
  if (!event.request.empty()) {
    RequestRow& request = centre.requests[event.request];
    // Nobody here asked for it: the first allotment that names it is what is known.
    if (request.allotments.empty() && request.by.empty()) request.fact = ref;
    request.allotments.insert(event.allotment);
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
    if (row.revision > 0) --touched_.case_tally[row.state];
    ++touched_.case_tally[event.state];
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

}  // namespace keping::central
