#include "central_node/planner/plan_input.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"

namespace keping::planner {
namespace {

absl::Status Invalid(absl::string_view what, const std::string& which, absl::string_view want) {
  return absl::InvalidArgumentError(absl::StrCat("plan input: ", what, " ", which, ", ", want));
}

// `id_of` gives the id of an element.
template <typename List, typename IdOf>
absl::Status EachOnce(const List& list, absl::string_view what, IdOf id_of) {
  std::vector<absl::string_view> ids;
  ids.reserve(list.size());
  for (const auto& one : list) {
    if (id_of(one).empty()) return Invalid(what, "without an id", "want one");
    ids.push_back(id_of(one).value());
  }
  if (!std::is_sorted(ids.begin(), ids.end())) std::sort(ids.begin(), ids.end());
  const auto twice = std::adjacent_find(ids.begin(), ids.end());
  if (twice == ids.end()) return absl::OkStatus();
  return Invalid(what, std::string(*twice), "got it twice, want it once");
}

absl::Status AtMost(uint64_t got, uint64_t limit, absl::string_view what) {
  if (got <= limit) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("plan input: ", what, ": got ", got, ", want at most ", limit));
}

absl::Status CheckIds(const PlanInput& input) {
  KEPING_RETURN_IF_ERROR(EachOnce(
      input.offices, "office", [](const Office& one) -> auto& { return one.node; }));
  KEPING_RETURN_IF_ERROR(EachOnce(
      input.printers, "printer", [](const Printer& one) -> auto& { return one.printer; }));
  KEPING_RETURN_IF_ERROR(EachOnce(
      input.operators, "operator", [](const Operator& one) -> auto& { return one.operator_id; }));
  KEPING_RETURN_IF_ERROR(EachOnce(
      input.allotments, "allotment", [](const Allotment& one) -> auto& { return one.allotment; }));
  KEPING_RETURN_IF_ERROR(EachOnce(
      input.villages, "village", [](const Village& one) -> auto& { return one.village; }));
  return EachOnce(
      input.records, "record", [](const Record& one) -> auto& { return one.prr; });
}

absl::Status CheckPlaces(const PlanInput& input) {
  if (input.offices.empty()) {
    return absl::InvalidArgumentError("plan input: got no office, want at least one office");
  }
  std::set<domain::NodeId> nodes;
  for (const Office& office : input.offices) nodes.insert(office.node);
  const auto known = [&](const domain::NodeId& node, absl::string_view what,
                         const std::string& which) {
    if (nodes.contains(node)) return absl::OkStatus();
    return Invalid(what, which, absl::StrCat("got node \"", node.value(), "\", want an office"));
  };
  for (const Printer& one : input.printers) {
    KEPING_RETURN_IF_ERROR(known(one.node, "printer", one.printer.value()));
  }
  for (const Operator& one : input.operators) {
    for (const domain::NodeId& node : one.nodes) {
      KEPING_RETURN_IF_ERROR(known(node, "operator", one.operator_id.value()));
    }
  }
  for (const Parcel& one : input.parcels) {
    KEPING_RETURN_IF_ERROR(known(one.node, "parcel", absl::FormatCivilTime(one.arrives_on)));
  }
  for (const Record& one : input.records) {
    if (one.village.empty()) return Invalid("record", one.prr.value(), "want its village");
  }
  return absl::OkStatus();
}

absl::Status CheckNumbers(const PlanInput& input) {
  KEPING_RETURN_IF_ERROR(AtMost(input.records.size(), kMaxBlanks, "records"));
  KEPING_RETURN_IF_ERROR(AtMost(input.district_blanks, kMaxBlanks, "blanks of the district"));
  for (const Office& one : input.offices) {
    KEPING_RETURN_IF_ERROR(AtMost(one.blanks, kMaxBlanks, "blanks of an office"));
    KEPING_RETURN_IF_ERROR(AtMost(one.lead_days, kMaxHorizonDays, "lead days of an office"));
  }
  for (const Parcel& one : input.parcels) {
    KEPING_RETURN_IF_ERROR(AtMost(one.blanks, kMaxBlanks, "blanks of a parcel"));
  }
  for (const Allotment& one : input.allotments) {
    KEPING_RETURN_IF_ERROR(AtMost(one.blanks, kMaxBlanks, "blanks of an allotment"));
  }
  for (const Printer& one : input.printers) {
    KEPING_RETURN_IF_ERROR(AtMost(one.cards_per_day, kMaxCardsPerDay, "cards per day"));
  }
  return absl::OkStatus();
}

absl::Status CheckPolicy(const Policy& policy) {
  const std::set<PriorityClass> classes(policy.class_order.begin(), policy.class_order.end());
  if (classes.size() != kPriorityClassCount ||
      policy.class_order.size() != static_cast<size_t>(kPriorityClassCount)) {
    return absl::InvalidArgumentError(
        absl::StrCat("plan input: class_order: got ", policy.class_order.size(),
                     " classes, want each of the ", kPriorityClassCount, " once"));
  }
  if (policy.printers_per_operator == 0 || policy.horizon_days == 0 ||
      policy.print_ahead_days == 0 || policy.persons_per_hour == 0 ||
      policy.invitation_hours.empty()) {
    return absl::InvalidArgumentError(
        "plan input: got a policy without a printer per operator, a horizon, a day to print ahead, "
        "an invitation hour or a person per hour, want at least one of each");
  }
  for (const uint32_t hour : policy.invitation_hours) {
    KEPING_RETURN_IF_ERROR(AtMost(hour, 23, "invitation hour"));
  }
  KEPING_RETURN_IF_ERROR(AtMost(policy.persons_per_hour, kMaxCardsPerDay, "persons per hour"));
  KEPING_RETURN_IF_ERROR(AtMost(policy.safety_days, kMaxHorizonDays, "safety days"));
  KEPING_RETURN_IF_ERROR(AtMost(policy.request_lead_days, kMaxHorizonDays, "request lead days"));
  return AtMost(policy.horizon_days, kMaxHorizonDays, "horizon days");
}

}  // namespace

absl::Status CheckInput(const PlanInput& input) {
  KEPING_RETURN_IF_ERROR(CheckPolicy(input.policy));
  KEPING_RETURN_IF_ERROR(CheckNumbers(input));
  KEPING_RETURN_IF_ERROR(CheckIds(input));
  return CheckPlaces(input);
}

}  // namespace keping::planner
