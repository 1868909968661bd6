// How stock, handover and destruction become facts about single blanks.

#include "central_node/core/case_policy.h"
#include "central_node/core/fold.h"
#include "central_node/core/joined_names.h"
#include "central_node/core/prefetched.h"

namespace keping::central {

using domain::BlankSerial;
using domain::SerialSet;

void Folder::AddSteps(const FactRef& ref, const SerialSet& serials, StepKind kind) {
  serials.ForEach([&](const BlankSerial& serial) {
    BlankRow& row = TouchBlank(serial, ref.id);
    if (AddFact(row.facts.steps, {.fact = ref, .kind = kind})) TouchRivals(serial);
  });
}

// Where a card is may decide which of several cards of a person stays; whoever moves it may name
// its blank otherwise than its job does.
void Folder::TouchRivals(const BlankSerial& blank) {
  for (const BlankSerial& name : AllNamesOf(blank, rows_.blanks)) {
    for (const domain::ActId& act : At(rows_.blanks, name).facts.jobs) {
      for (const IntentFact& intent : At(rows_.jobs, act).intents) {
        const PrrFacts& record = At(rows_.prrs, intent.prr).facts;
        if (record.jobs.size() > 1 || !record.same_person.empty()) TouchPrr(intent.prr);
      }
    }
  }
}

// The case that ordered it is looked at again, whatever it is about.
void Folder::TouchEntity(const domain::CaseId& id) {
  const auto found = rows_.cases.find(id);
  if (found == rows_.cases.end()) return;
  const CaseRow& row = found->second;
  if (IsOfJob(row.kind)) {
    const auto act = domain::ActId::Parse(row.entity);
    if (act.ok() && rows_.jobs.contains(*act)) TouchJob(*act);
  } else if (IsOfTransfer(row.kind)) {
    const auto transfer = domain::TransferId::Parse(row.entity);
    if (transfer.ok() && rows_.transfers.contains(*transfer)) {
      touched_.transfers.insert(*transfer);
    }
  } else if (row.kind == domain::CaseKind::kNameClash && row.blank.has_value()) {
    if (rows_.names.contains(*row.blank)) touched_.names.insert(*row.blank);
  }
}

void Folder::FoldAcknowledged(const ActionRow& action) {
  TouchEntity(action.case_id);
  if (!action.prr.empty()) TouchPrr(action.prr);
  if (!action.ordered || !action.blank.has_value()) return;
  // That somebody looked for it is no fact about it; its cases may be over.
  for (const FactRef& ref : action.acknowledgements) {
    if (rows_.blanks.at(*action.blank).exists) TouchBlank(*action.blank, ref.id);
  }
}

void Folder::On(const FactRef& ref, const domain::StockOpened& event) {
  event.serials.ForEach([&](const BlankSerial& serial) {
    AddFact(TouchBlank(serial, ref.id).facts.openings,
            {.fact = ref, .act = event.act, .pile = event.pile});
  });
}

void Folder::On(const FactRef& ref, const domain::CardsDestroyed& event) {
  AddSteps(ref, event.serials, StepKind::kDestroyed);
}

void Folder::On(const FactRef& ref, const domain::ManifestHandedOver& event) {
  AddSteps(ref, event.cards, StepKind::kHandedOver);
}

// One event says one thing of a card: the first that it is listed under.
void Folder::On(const FactRef& ref, const domain::CardsAnswered& event) {
  AddSteps(ref, event.delivered, StepKind::kDelivered);
  AddSteps(ref, event.not_found, StepKind::kNotFound);
  AddSteps(ref, event.returned, StepKind::kReturned);
}

// A card that is listed has not left yet.
void Folder::On(const FactRef&, const domain::ManifestMade&) {}

void Folder::On(const FactRef&, const domain::LateEntryMade&) {}

}  // namespace keping::central
