#include "common/domain/event.h"

#include <array>

#include "common/base/check.h"

namespace keping::domain {
namespace {

// In the order of the variant's alternatives.
constexpr auto kEventNames = std::to_array<const char*>({"incarnation_opened",
                                                         "office_day_opened",
                                                         "blanks_received",
                                                         "print_refused",
                                                         "print_intended",
                                                         "print_sent",
                                                         "print_completed",
                                                         "print_failed",
                                                         "print_doubted",
                                                         "print_verified",
                                                         "print_spoiled",
                                                         "print_unused",
                                                         "blank_spoiled",
                                                         "lease_released",
                                                         "action_acknowledged",
                                                         "generation_opened",
                                                         "node_enrolled",
                                                         "operator_certified",
                                                         "allotment_received",
                                                         "prr_received",
                                                         "prr_withdrawn",
                                                         "lease_granted",
                                                         "lease_release_requested",
                                                         "blanks_dispatched",
                                                         "case_changed",
                                                         "action_ordered",
                                                         "report_answered",
                                                         "batch_opened",
                                                         "batch_closed",
                                                         "cancel_asked",
                                                         "corrected",
                                                         "test_card_printed",
                                                         "printer_maintained",
                                                         "consumable_moved",
                                                         "override_granted",
                                                         "printer_released",
                                                         "printer_adopted",
                                                         "sign_in_tried",
                                                         "password_changed",
                                                         "grant_tried",
                                                         "shift_opened",
                                                         "shift_closed",
                                                         "day_reported",
                                                         "stock_opened",
                                                         "stock_counted",
                                                         "cards_destroyed",
                                                         "late_entry_made",
                                                         "manifest_made",
                                                         "manifest_handed_over",
                                                         "cards_answered",
                                                         "office_day_corrected",
                                                         "node_unlocked",
                                                         "personal_data_read",
                                                         "operator_rostered",
                                                         "grant_issued",
                                                         "application_required",
                                                         "stock_rescanned",
                                                         "blanks_lent",
                                                         "log_forked",
                                                         "log_rolled_back",
                                                         "node_closed",
                                                         "claims_accepted",
                                                         "tail_lost",
                                                         "generation_met",
                                                         "case_decided",
                                                         "day_closed",
                                                         "node_heard",
                                                         "policy_set",
                                                         "village_readiness_set",
                                                         "absence_set",
                                                         "printer_stated",
                                                         "figures_reported",
                                                         "blank_identified",
                                                         "pictures_destroyed"});
static_assert(kEventNames.size() == std::variant_size_v<Event>);

}  // namespace

const char* EventName(const Event& event) { return kEventNames[event.index()]; }

const char* CaseKindName(CaseKind kind) {
  switch (kind) {
    case CaseKind::kDuplicatePrint:
      return "duplicate_print";
    case CaseKind::kStalePrint:
      return "stale_print";
    case CaseKind::kWithdrawnPrinted:
      return "withdrawn_printed";
    case CaseKind::kBlankUsedTwice:
      return "blank_used_twice";
    case CaseKind::kWrongBlankBound:
      return "wrong_blank_bound";
    case CaseKind::kDoubleDispatch:
      return "double_dispatch";
    case CaseKind::kForeignBlank:
      return "foreign_blank";
    case CaseKind::kNeverIssued:
      return "never_issued";
    case CaseKind::kTransferDifference:
      return "transfer_difference";
    case CaseKind::kLeaseBreach:
      return "lease_breach";
    case CaseKind::kOverlapRisk:
      return "overlap_risk";
    case CaseKind::kDestroyedReappears:
      return "destroyed_reappears";
    case CaseKind::kLogForked:
      return "log_forked";
    case CaseKind::kGrantMismatch:
      return "grant_mismatch";
    case CaseKind::kLogRolledBack:
      return "log_rolled_back";
    case CaseKind::kLostTail:
      return "lost_tail";
    case CaseKind::kRevokedClaims:
      return "revoked_claims";
    case CaseKind::kCardSuperseded:
      return "card_superseded";
    case CaseKind::kPrintedElsewhere:
      return "printed_elsewhere";
    case CaseKind::kTwoCardsOnePerson:
      return "two_cards_one_person";
    case CaseKind::kBindingsShifted:
      return "bindings_shifted";
    case CaseKind::kNameClash:
      return "name_clash";
    case CaseKind::kTransferSilent:
      return "transfer_silent";
    case CaseKind::kCountVariance:
      return "count_variance";
    case CaseKind::kReportContradiction:
      return "report_contradiction";
    case CaseKind::kOverDuty:
      return "over_duty";
    case CaseKind::kUntrainedPrint:
      return "untrained_print";
    case CaseKind::kBeyondStaleness:
      return "beyond_staleness";
    case CaseKind::kClockChanged:
      return "clock_changed";
    case CaseKind::kDoubtUnresolved:
      return "doubt_unresolved";
    case CaseKind::kReportRejected:
      return "report_rejected";
    case CaseKind::kNodeSilent:
      return "node_silent";
  }
  KEPING_CHECK(false, "every kind of case has a name");
}

const char* CaseStateName(CaseState state) {
  switch (state) {
    case CaseState::kOpen:
      return "open";
    case CaseState::kActing:
      return "acting";
    case CaseState::kClosed:
      return "closed";
  }
  KEPING_CHECK(false, "every state of a case has a name");
}

}  // namespace keping::domain
