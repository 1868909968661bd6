#include "edge_node/core/shifts.h"

#include "absl/strings/ascii.h"
#include "common/domain/day_report.h"

namespace keping::edge {

void Shifts::Apply(const domain::ShiftOpened& event, uint64_t seq) {
  const ReportCode code = Compare(event.proof_code);
  if (code == ReportCode::kUnknown || code == ReportCode::kNoReport) ++unknown_codes_;
  open_[event.operator_id] = {
      .act = event.act, .operator_id = event.operator_id, .opened_seq = seq};
}

void Shifts::Apply(const domain::ShiftClosed& event) { open_.erase(event.operator_id); }

void Shifts::Apply(const domain::DayReported& event) {
  codes_.insert(domain::ReportCodeOf(event));
  last_report_ = event;
}

const Shift* Shifts::OpenOf(const domain::OperatorId& operator_id) const {
  const auto found = open_.find(operator_id);
  return found == open_.end() ? nullptr : &found->second;
}

ReportCode Shifts::Compare(const domain::CodeText& code) const {
  if (code.empty()) return ReportCode::kNotGiven;
  if (!last_report_.has_value()) return ReportCode::kNoReport;
  const auto typed = domain::CodeText::Of(absl::AsciiStrToLower(code.value()));
  if (typed == domain::ReportCodeOf(*last_report_)) return ReportCode::kLast;
  return codes_.contains(typed) ? ReportCode::kEarlier : ReportCode::kUnknown;
}

}  // namespace keping::edge
