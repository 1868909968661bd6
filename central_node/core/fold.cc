#include "central_node/core/fold.h"

#include <algorithm>

#include "central_node/core/judge_job.h"
#include "central_node/core/lease.h"
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
  // Whatever came of the order: the centre may have forgotten it.
  if (event.blank.has_value()) {
    AddFact(TouchBlank(*event.blank, ref.id).facts.steps,
            {.fact = ref, .kind = StepKind::kWithdrawn});
  }
  FoldAcknowledged(action);
}

// -------------------------------------------------------------------------------------------
// Blanks that are sent, by the district or from one office to another.

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
