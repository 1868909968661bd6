#include "deploy/national_simulator/ledger.h"

#include <utility>

#include "common/domain/blank_serial.h"

namespace keping::national_simulator {
namespace {

namespace v1 = national::v1;
using national::v1::REPORT_KIND_PRINTED;
using national::v1::REPORT_KIND_SPOILED;
using national::v1::ReportAnswer;
using national::v1::ReportItem;

constexpr size_t kMaxKeySize = 64;

bool IsWellFormed(const ReportItem& item) {
  if (item.item().empty() || item.item().size() > kMaxKeySize) return false;
  if (item.kind() == REPORT_KIND_PRINTED) return !item.prr().empty();
  return item.kind() == REPORT_KIND_SPOILED;
}

}  // namespace

Ledger::Ledger(std::set<std::string> prrs, domain::SerialSet blanks)
    : prrs_(std::move(prrs)), blanks_(std::move(blanks)) {}

ReportAnswer Ledger::Report(const ReportItem& item) {
  ReportAnswer answer;
  answer.set_item(item.item());
  const auto blank = domain::BlankSerial::Parse(item.blank());
  if (!IsWellFormed(item) || !blank.ok()) {
    answer.set_reason("malformed");
  } else {
    Entry entry{item.kind(), item.prr(), blank->text()};
    const auto before = accepted_.find(item.item());
    if (before != accepted_.end()) {
      entry.was_withdrawn = before->second.was_withdrawn;
      if (!(entry == before->second)) answer.set_reason("item_reused");
      answer.set_accepted(answer.reason().empty());
      return answer;
    }
    answer.set_reason(Objection(entry));
    if (answer.reason().empty()) Book(item.item(), std::move(entry));
  }
  answer.set_accepted(answer.reason().empty());
  if (!answer.accepted()) rejected_.insert(item.item());
  return answer;
}

ReportAnswer Ledger::Reject(const ReportItem& item, const std::string& reason) {
  if (accepted_.count(item.item()) == 1) return Report(item);
  rejected_.insert(item.item());
  ReportAnswer answer;
  answer.set_item(item.item());
  answer.set_reason(reason);
  return answer;
}

std::string Ledger::Objection(const Entry& entry) const {
  if (!entry.prr.empty() && prrs_.count(entry.prr) == 0) return "unknown_prr";
  if (!blanks_.Contains(domain::BlankSerial::Of(entry.blank))) return "unknown_blank";
  if (used_blanks_.count(entry.blank) == 1) return "blank_already_used";
  const bool printed = entry.kind == REPORT_KIND_PRINTED;
  if (printed && printed_prrs_.count(entry.prr) == 1) return "prr_already_printed";
  return "";
}

void Ledger::Book(const std::string& item, Entry entry) {
  used_blanks_.insert(entry.blank);
  if (entry.kind == REPORT_KIND_PRINTED) {
    printed_prrs_.insert(entry.prr);
    entry.was_withdrawn = withdrawn_.count(entry.prr) == 1;
  }
  rejected_.erase(item);
  accepted_.emplace(item, std::move(entry));
}

v1::BlankRequestAnswer Ledger::Request(const v1::BlankRequest& item) {
  const Asked asked{item.request(), item.quantity(), item.needed_by_days()};
  v1::BlankRequestAnswer answer;
  answer.set_item(item.item());
  const auto before = granted_.find(item.item());
  const bool key = !item.item().empty() && item.item().size() <= kMaxKeySize;
  if (!key || item.request().empty() || item.quantity() == 0) {
    answer.set_reason("malformed");
  } else if (before != granted_.end() && !(before->second == asked)) {
    answer.set_reason("item_reused");
    return answer;
  } else if (item.quantity() > kMostBlanks) {
    answer.set_reason("too_many");
  }
  answer.set_accepted(answer.reason().empty());
  if (!answer.accepted()) {
    rejected_requests_.insert(item.item());
    return answer;
  }
  answer.set_expected_days(item.needed_by_days());
  rejected_requests_.erase(item.item());
  granted_.emplace(item.item(), asked);
  return answer;
}

v1::BlankRequestAnswer Ledger::Reject(const v1::BlankRequest& item, const std::string& reason) {
  if (granted_.count(item.item()) == 1) return Request(item);
  rejected_requests_.insert(item.item());
  v1::BlankRequestAnswer answer;
  answer.set_item(item.item());
  answer.set_reason(reason);
  return answer;
}

Ledger::Totals Ledger::totals() const {
  Totals totals;
  for (const auto& [item, asked] : granted_) totals.blanks_requested += asked.quantity;
  totals.requests_rejected = rejected_requests_.size();
  for (const auto& [item, entry] : accepted_) {
    ++(entry.kind == REPORT_KIND_PRINTED ? totals.printed : totals.spoiled);
    if (entry.was_withdrawn) ++totals.printed_withdrawn;
  }
  totals.rejected = rejected_.size();
  return totals;
}

}  // namespace keping::national_simulator
