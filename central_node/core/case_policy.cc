#include "central_node/core/case_policy.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/check.h"

namespace keping::central {
namespace {

using domain::ActionId;
using domain::ActionKind;
using domain::CaseId;
using domain::CaseKind;
using domain::CaseState;

std::string ShortName(std::initializer_list<absl::string_view> parts) {
  return crypto::Sha256(parts).Hex().substr(0, 16);
}

// An order that is out went to a card that would stay now: which one comes back is a person's word.
bool OrderedOther(const CaseId& id, const CaseRow& row, const Anomaly& anomaly) {
  return anomaly.kept.has_value() && row.actions.contains(ActionIdFor(id, anomaly.kept->card));
}

// Cards that the policy's action goes to and that it was not ordered for yet.
std::vector<domain::ActionOrdered> NewActions(const PolicyRow& policy, const CaseId& id,
                                              const CaseEntity& entity, const CaseRow& row,
                                              const Anomaly* anomaly) {
  std::vector<domain::ActionOrdered> ordered;
  if (anomaly == nullptr || anomaly->settled || !policy.action.has_value()) return ordered;
  if (OrderedOther(id, row, *anomaly)) return ordered;
  for (const CardAt& card : anomaly->cards) {
    const ActionId action = ActionIdFor(id, card);
    if (row.actions.contains(action)) continue;
    const auto record = anomaly->records.find(card.act);
    ordered.push_back({.action = action,
                       .kind = *policy.action,
                       .node = card.node,
                       .case_id = id,
                       .prr = record == anomaly->records.end() ? entity.prr : record->second,
                       .blank = card.blank});
  }
  return ordered;
}

// An event has an end, and people read the first hundreds of a case at most.
constexpr size_t kMostEvidence = 1000;

void AddEvidence(const std::set<crypto::Hash>& facts, std::set<crypto::Hash>& evidence) {
  for (const crypto::Hash& fact : facts) {
    if (evidence.size() >= kMostEvidence) return;
    evidence.insert(fact);
  }
}

// A document says why an order that was given is not carried out.
bool IsExplained(const CaseRow& row) {
  return row.decisions.back().resolution == domain::Resolution::kExplained;
}

// Of blanks, cards and logs.
std::vector<PolicyRow> RowsOfThings() {
  return {
      {CaseKind::kDuplicatePrint, "K-201", ActionKind::kRecallCard, false,
       "Keep the card that was delivered and is valid, else the one under the latest valid lease; "
       "recall, mark and destroy the other. Where neither tells them apart, an officer decides.",
       Deciders::kTwo},
      {CaseKind::kStalePrint, "K-202", std::nullopt, false,
       "If the change is material: recall and reprint first in line. Else accept."},
      {CaseKind::kWithdrawnPrinted, "K-203", ActionKind::kRecallCard, false,
       "Recall the card and destroy it.", Deciders::kTwo},
      {CaseKind::kBlankUsedTwice, "K-204", std::nullopt, false,
       "Both offices scan their cards again."},
      {CaseKind::kWrongBlankBound, "K-205", std::nullopt, true,
       "The card is bound to the scanned blank; find the intended one."},
      {CaseKind::kDoubleDispatch, "K-206", std::nullopt, false,
       "Both offices scan their stock again; custody is contested until then."},
      {CaseKind::kForeignBlank, "K-207", std::nullopt, false,
       "Look for a lending that was not recorded."},
      {CaseKind::kNeverIssued, "K-208", std::nullopt, false,
       "Hold the card and call the auditor: no allotment names this serial.",
       Deciders::kTwoAuditor},
      {CaseKind::kTransferDifference, "K-209", std::nullopt, true,
       "List what differs by serial and ask both ends."},
      {CaseKind::kLeaseBreach, "K-218", std::nullopt, true,
       "Treat as a duplicate if there is one, else review the card."},
      {CaseKind::kOverlapRisk, "K-219", std::nullopt, true,
       "Wait for the log of the office that held the lease before."},
      {CaseKind::kDestroyedReappears, "K-200", std::nullopt, false,
       "Hold the card and call the auditor: it was destroyed on record.", Deciders::kTwoAuditor},
      {CaseKind::kLentBlankSeen, "K-340", std::nullopt, false,
       "An office used or scanned a blank that the books have with another district. Enter its "
       "return, or look for the wrong serial in the paper."},
      {CaseKind::kLoanContradiction, "K-341", std::nullopt, false,
       "A paper with another district is not what the books say: the blank was elsewhere, or more "
       "came back than was lent. Compare the papers of both districts.",
       Deciders::kTwo},
      {CaseKind::kLogForked, "K-216", std::nullopt, false,
       "Printing is locked there. Keep both branches, recover one machine under a new incarnation, "
       "and scan its stock."},
      {CaseKind::kGrantMismatch, "K-214", std::nullopt, true,
       "Ask who read the code out and who typed it in; see the list of grants."},
      {CaseKind::kLogRolledBack, "K-217", std::nullopt, false,
       "Printing is locked there. Recover the machine under a new incarnation, and scan its "
       "stock."},
      {CaseKind::kLostTail, "K-224", std::nullopt, true,
       "Scan what is left of its stock; enter its day sheets and the village registers."},
      {CaseKind::kRevokedClaims, "K-225", std::nullopt, true,
       "Two officers look at what came after the revocation and accept it, or not."},
  };
}

// Of people, days, reports and figures.
std::vector<PolicyRow> RowsOfPeople() {
  return {
      {CaseKind::kCardSuperseded, "K-271", ActionKind::kRecallCard, false,
       "No conflict: take the old card back when the new one is handed over, or enter the "
       "statement "
       "that it is lost."},
      {CaseKind::kPrintedElsewhere, "K-272", std::nullopt, false,
       "Another district printed it. Hold our card, ask the national centre which one stays, then "
       "recall ours or accept it.",
       Deciders::kTwo},
      {CaseKind::kTwoCardsOnePerson, "K-273", ActionKind::kRecallCard, false,
       "Two records under one NIK have a card, and neither replaces the other. Keep the card that "
       "was delivered and is valid, else the one under the latest valid lease; recall, mark and "
       "destroy the other. Where neither tells them apart, an officer decides.",
       Deciders::kTwo},
      {CaseKind::kBindingsShifted, "K-274", std::nullopt, false,
       "The cards of this tray lie on each other's blanks. Accept the blanks that were scanned, "
       "after one look at the cards."},
      {CaseKind::kNameClash, "K-275", std::nullopt, false,
       "One printed serial belongs to two chips, or one chip to two serials. Each name "
       "counts as a blank of its own from now on. Scan the blanks again, and close this with the "
       "paper that says which entry was wrong."},
      {CaseKind::kTransferSilent, "K-276", std::nullopt, true,
       "Nobody wrote a receipt for these blanks. Ask both ends."},
      {CaseKind::kCountVariance, "K-277", std::nullopt, true,
       "The scan and the book differ. Look at the serials, shifts and persons that are named."},
      {CaseKind::kReportContradiction, "K-278", std::nullopt, false,
       "The figures do not add up, or are not what the ledger says. Ask who wrote the report."},
      {CaseKind::kOverDuty, "K-279", std::nullopt, true,
       "The printer made more cards than its duty, and no supervisor allowed it. Note it for its "
       "maintenance."},
      {CaseKind::kUntrainedPrint, "K-291", std::nullopt, false,
       "The operator was not certified on this application, or the application was too old. Look "
       "at the card before it is handed over."},
      {CaseKind::kBeyondStaleness, "K-292", std::nullopt, true,
       "A supervisor let the office print without contact for longer than the rule says. Accepted "
       "within the budget of an outage; beyond it: look at the card, and ask the supervisor."},
      {CaseKind::kClockChanged, "K-293", std::nullopt, true,
       "The office's clock was set back. Times around the named entries prove nothing."},
      {CaseKind::kDoubtUnresolved, "K-294", std::nullopt, true,
       "A job is in doubt since the day before. Scan the card, or say that there is none."},
      {CaseKind::kReportRejected, "K-295", std::nullopt, true,
       "The national centre refused this report. See its reason; mend the cause and send it "
       "again."},
      {CaseKind::kNodeSilent, "K-296", std::nullopt, true,
       "The office was not heard from. Call it, or send somebody with a stick."},
      {CaseKind::kLogGap, "K-315", std::nullopt, true,
       "A part of the office's log is missing here. Fetch it back: from the office (keping bundle "
       "export --from), or from its mirror folder."},
      {CaseKind::kBoxDifference, "K-229", std::nullopt, true,
       "What came out of this box is not what its paper says. Count what is left of it, compare "
       "the "
       "label with the handover minutes, and ask who opened it."},
  };
}

}  // namespace

const std::vector<PolicyRow>& PolicyRows() {
  static const auto& rows = *[] {
    auto* all = new std::vector<PolicyRow>(RowsOfThings());
    for (PolicyRow& row : RowsOfPeople()) all->push_back(row);
    return all;
  }();
  return rows;
}

const PolicyRow& PolicyFor(CaseKind kind) {
  const auto row = std::find_if(PolicyRows().begin(), PolicyRows().end(),
                                [kind](const PolicyRow& one) { return one.kind == kind; });
  KEPING_CHECK(row != PolicyRows().end(), "every kind of case has its row");
  return *row;
}

bool IsOfJob(CaseKind kind) {
  return kind == CaseKind::kUntrainedPrint || kind == CaseKind::kBeyondStaleness ||
         kind == CaseKind::kDoubtUnresolved;
}

std::optional<domain::ActId> JobOf(const domain::CaseChanged& event) {
  if (!IsOfJob(event.kind)) return std::nullopt;
  const absl::StatusOr<domain::ActId> act = domain::ActId::Parse(event.entity);
  return act.ok() ? std::optional<domain::ActId>(*act) : std::nullopt;
}

bool IsOfTransfer(CaseKind kind) {
  return kind == CaseKind::kTransferDifference || kind == CaseKind::kTransferSilent;
}

CaseId CaseIdFor(CaseKind kind, absl::string_view entity) {
  const char* name = domain::CaseKindName(kind);
  return CaseId::Of(absl::StrCat(name, "-", ShortName({"keping-case-v1", name, "\n", entity})));
}

ActionId ActionIdFor(const CaseId& case_id, const CardAt& card) {
  return ActionId::Of(absl::StrCat(
      "action-", ShortName({"keping-action-v1", case_id.value(), "\n", card.node.value(), "\n",
                            card.act.value(), "\n", card.blank.text()})));
}

bool WaitsForPerson(const std::vector<domain::CaseRule>& rules, CaseKind kind) {
  return std::any_of(rules.begin(), rules.end(), [kind](const domain::CaseRule& rule) {
    return rule.kind == kind && rule.wait_for_person;
  });
}

std::optional<CaseDecision> DecideCase(CaseKind kind, const CaseEntity& entity, const CaseRow& row,
                                       const Anomaly* anomaly,
                                       const std::vector<domain::CaseRule>& rules,
                                       const std::function<bool(const ActionId&)>& acknowledged) {
  const bool exists = row.revision > 0;
  if (!exists && anomaly == nullptr) return std::nullopt;
  const PolicyRow& policy = PolicyFor(kind);
  const CaseId id = CaseIdFor(kind, entity.text);
  CaseDecision decision;
  std::set<crypto::Hash> evidence = row.evidence;
  if (anomaly != nullptr) AddEvidence(anomaly->evidence, evidence);
  const bool grown = evidence.size() > row.evidence.size();
  if (!row.decided || grown) decision.ordered = NewActions(policy, id, entity, row, anomaly);
  const bool settled = anomaly == nullptr || anomaly->settled;
  const bool closes_by_itself = policy.closes_by_itself && !WaitsForPerson(rules, kind);
  const bool ask = anomaly != nullptr && (anomaly->ask || OrderedOther(id, row, *anomaly));
  // What a centre that was set back orders again may have been carried out before.
  const bool awaiting =
      !std::all_of(row.actions.begin(), row.actions.end(), acknowledged) ||
      !std::all_of(decision.ordered.begin(), decision.ordered.end(),
                   [&](const domain::ActionOrdered& one) { return acknowledged(one.action); });

  CaseState state = exists && !grown ? row.state : CaseState::kOpen;
  if (exists && row.decided && !grown) {
    // People decided on just this evidence, and it is theirs until there is more.
    state = awaiting && !IsExplained(row) ? CaseState::kActing : CaseState::kClosed;
  } else if (settled && closes_by_itself) {
    state = CaseState::kClosed;
  } else if (awaiting) {
    state = CaseState::kActing;
  } else if (ask) {
    state = CaseState::kOpen;
  } else if (!decision.ordered.empty() || (!row.actions.empty() && !grown)) {
    state = WaitsForPerson(rules, kind) ? CaseState::kOpen : CaseState::kClosed;
  } else if (closes_by_itself && state == CaseState::kClosed) {
    // The facts that had settled it no longer do.
    state = CaseState::kOpen;
  }
  if (exists && state == row.state && !grown && decision.ordered.empty()) return std::nullopt;
  decision.changed = {.case_id = id,
                      .kind = kind,
                      .state = state,
                      .revision = row.revision + 1,
                      .prr = entity.prr,
                      .blank = entity.blank,
                      .node = entity.node,
                      .evidence = {evidence.begin(), evidence.end()},
                      .entity = entity.text};
  return decision;
}

}  // namespace keping::central
