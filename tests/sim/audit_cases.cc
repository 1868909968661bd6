// The laws about cases: each has a cause, and what is wrong has a case.
#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "central_node/core/judge_stream.h"
#include "tests/sim/audit.h"

namespace keping::sim {
namespace {

using domain::CaseKind;

constexpr char kCauses[] = "cases have causes";
constexpr char kShown[] = "shown by a case";

}  // namespace

void Audit::CheckDiscrepancies(const KeptLogs& kept) {
  Discrepancies all = FindDiscrepancies(chronicle_, kept.held(), national_.allotted());
  at_the_desk_ = FindAtTheDesk(chronicle_);
  in_the_logs_ = FindInTheLogs(kept.entries(), chronicle_);
  all.insert(at_the_desk_.begin(), at_the_desk_.end());
  all.insert(in_the_logs_.must.begin(), in_the_logs_.must.end());
  for (const CaseOf& one : all) {
    const auto& [kind, entity] = one;
    if (!chronicle_.HasCase(one)) {
      world_.Break(kShown, absl::StrCat(entity, " has no case ", domain::CaseKindName(kind)));
    }
    if (kind == CaseKind::kDuplicatePrint &&
        laws_.ExcuseForSecondCard(domain::PrrId::Of(entity)).empty()) {
      world_.Break(kCauses, absl::StrCat("record ", entity, " has two cards without a cause"));
    }
  }
}

// Whatever ended a log, the district sees it.
void Audit::CheckForks() {
  for (const Succession& one : chronicle_.successions) {
    const std::string entity = central::StreamEntity(one.node, one.parent);
    const bool shown = chronicle_.HasCase({CaseKind::kLogForked, entity}) ||
                       chronicle_.HasCase({CaseKind::kLogRolledBack, entity});
    if (shown) continue;
    world_.Break(kShown, absl::StrCat("the log ", one.parent.value(), " of ", one.node.value(),
                                      " was ended, and no case says so"));
  }
}

// What a centre that was set back forgot explains itself a moment after it shows.
bool Audit::Forgotten(const HeardCase& one) const {
  return chronicle_.centre_set_back > 0 && one.state == domain::CaseState::kClosed;
}

void Audit::CheckCases() {
  for (const auto& [id, one] : chronicle_.cases) {
    if (IsCaused(one)) continue;
    world_.Break(kCauses, absl::StrCat("case ", domain::CaseKindName(one.kind), " ", id.value(),
                                       " has no cause"));
  }
}

// Of the kinds whose cause a log tells by itself; nullopt of the others.
std::optional<bool> Audit::IsShown(const HeardCase& one) const {
  if (IsOfTheDesk(one.kind)) return at_the_desk_.contains({one.kind, one.entity});
  switch (one.kind) {
    case CaseKind::kCountVariance:
      return std::any_of(
          chronicle_.counts.begin(), chronicle_.counts.end(), [&](const HeardCount& count) {
            return count.differs() && CaseOfCount(chronicle_, count).second == one.entity;
          });
    case CaseKind::kLogGap:
    case CaseKind::kRevokedClaims:
    case CaseKind::kClockChanged:
    case CaseKind::kBindingsShifted:
      return in_the_logs_.may.contains({one.kind, one.entity});
    case CaseKind::kUntrainedPrint:
      // A centre that was set back forgot who had been trained, and was told again.
      return in_the_logs_.may.contains({one.kind, one.entity}) || chronicle_.centre_set_back > 0;
    case CaseKind::kDoubtUnresolved: {
      const auto intent = chronicle_.intents.find(one.entity);
      return intent != chronicle_.intents.end() &&
             chronicle_.doubts.contains(domain::ActId::Of(one.entity)) &&
             chronicle_.ClosedDaysSince(OfficeId(chronicle_.node(intent->second.log).office),
                                        intent->second.wall_micros) >= kDoubtDays;
    }
    case CaseKind::kBeyondStaleness: {
      const auto intent = chronicle_.intents.find(one.entity);
      return intent != chronicle_.intents.end() && !intent->second.event.stale_override.empty();
    }
    case CaseKind::kTransferSilent: {
      // What a centre that was set back is told again was sent before it says so.
      if (chronicle_.centre_set_back > 0) return true;
      const auto box = chronicle_.sent.find(domain::TransferId::Of(one.entity));
      return box != chronicle_.sent.end() &&
             chronicle_.ClosedDaysSince(box->second.node, box->second.wall_micros) >=
                 kSilentBoxDays;
    }
    case CaseKind::kTwoCardsOnePerson:
      return causes_.Has(one.kind, one.prr.value());
    case CaseKind::kOverDuty:
      return world_.faults().contains("low_duty");
    default:
      return std::nullopt;
  }
}

bool Audit::IsCaused(const HeardCase& one) {
  if (const std::optional<bool> shown = IsShown(one)) return *shown;
  if (one.kind == CaseKind::kLogForked || one.kind == CaseKind::kLogRolledBack) {
    return chronicle_.WasUpset(OfficeIndex(one.node));
  }
  if (one.kind == CaseKind::kLostTail) {
    const int office = OfficeIndex(one.node);
    return office >= 0 && chronicle_.office(office).end.has_value();
  }
  // What a revoked node said last may be missing in the books of any other.
  if (!AllBelieved()) return true;
  const Disturbed& disturbed = chronicle_.disturbed;
  if (causes_.Has(one.kind, one.entity) || disturbed.cases.contains({one.kind, one.entity}) ||
      disturbed.prrs.contains(one.prr)) {
    return true;
  }
  std::string entity = one.prr.value();
  if (one.blank) {
    entity = one.blank->text();
    const int blank = matter_.Find(*one.blank);
    if (disturbed.blanks.contains(*one.blank)) return true;
    if (blank >= 0 && matter_.blank(blank).misreported) return true;
  }
  if (one.kind == CaseKind::kDuplicatePrint) return !laws_.ExcuseForSecondCard(one.prr).empty();
  if (one.kind == CaseKind::kOverlapRisk || one.kind == CaseKind::kLeaseBreach) {
    const std::vector<HeardGrant>& grants = chronicle_.grants[entity];
    return std::any_of(grants.begin(), grants.end(), [&](const HeardGrant& grant) {
      return grant.forced || (grant.forgotten && Forgotten(one));
    });
  }
  const bool of_box =
      one.kind == CaseKind::kTransferDifference || one.kind == CaseKind::kNeverIssued;
  return of_box && Forgotten(one);
}

}  // namespace keping::sim
