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
                                                         "pictures_destroyed",
                                                         "log_gap_found",
                                                         "box_opened",
                                                         "loan_moved",
                                                         "supply_moved",
                                                         "blanks_requested",
                                                         "blanks_request_answered"});
static_assert(kEventNames.size() == std::variant_size_v<Event>);

// In the order of the enum, which begins at 1.
constexpr auto kCaseKindNames = std::to_array<const char*>({"duplicate_print",
                                                            "stale_print",
                                                            "withdrawn_printed",
                                                            "blank_used_twice",
                                                            "wrong_blank_bound",
                                                            "double_dispatch",
                                                            "foreign_blank",
                                                            "never_issued",
                                                            "transfer_difference",
                                                            "lease_breach",
                                                            "overlap_risk",
                                                            "destroyed_reappears",
                                                            "log_forked",
                                                            "grant_mismatch",
                                                            "log_rolled_back",
                                                            "lost_tail",
                                                            "revoked_claims",
                                                            "card_superseded",
                                                            "printed_elsewhere",
                                                            "two_cards_one_person",
                                                            "bindings_shifted",
                                                            "name_clash",
                                                            "transfer_silent",
                                                            "count_variance",
                                                            "report_contradiction",
                                                            "over_duty",
                                                            "untrained_print",
                                                            "beyond_staleness",
                                                            "clock_changed",
                                                            "doubt_unresolved",
                                                            "report_rejected",
                                                            "node_silent",
                                                            "log_gap",
                                                            "box_difference",
                                                            "lent_blank_seen",
                                                            "loan_contradiction"});
static_assert(kCaseKindNames.size() == static_cast<size_t>(kLastCaseKind));

}  // namespace

const char* EventName(const Event& event) { return kEventNames[event.index()]; }

const char* CaseKindName(CaseKind kind) {
  const auto index = static_cast<size_t>(kind) - 1;
  KEPING_CHECK(index < kCaseKindNames.size(), "every kind of case has a name");
  return kCaseKindNames[index];
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
