#include "deploy/national_simulator/directorate.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "deploy/national_simulator/record_proto.h"

namespace keping::national_simulator {
namespace {

namespace v1 = national::v1;

constexpr uint32_t kMaxItems = 500;
// An answer stays below this many bytes unless a single record is larger.
constexpr size_t kMaxAnswerBytes = 2'000'000;
constexpr uint32_t kMaxDelayMillis = 60'000;

std::set<std::string> Prrs(size_t count) {
  std::set<std::string> prrs;
  for (size_t i = 0; i < count; ++i) prrs.insert(bangli::PrrId(i));
  return prrs;
}

absl::Status CheckCursor(uint64_t cursor, uint64_t end) {
  if (cursor <= end) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("cursor: got ", cursor, ", want 0 to ", end,
                   "; a simulator that was started anew knows no old cursors, start at 0"));
}

absl::Status CheckLimit(uint32_t limit) {
  if (limit >= 1 && limit <= kMaxItems) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("limit: got ", limit, ", want 1 to ", kMaxItems));
}

absl::Status CheckItems(const char* what, int items) {
  if (items <= static_cast<int>(kMaxItems)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(what, ": got ", items, " items, want at most ",
                                                 kMaxItems, "; send the rest in another request"));
}

}  // namespace

Directorate::Directorate(const DirectorateOptions& options)
    : Directorate(options, bangli::MakeAllotment(options.generator.seed, options.blanks)) {}

Directorate::Directorate(const DirectorateOptions& options, bangli::Allotment allotment)
    : generator_(options.generator),
      prrs_(Prrs(options.generator.count)),
      unlisted_(options.unlisted),
      allotment_(std::move(allotment)),
      ledger_(prrs_, allotment_.serials) {}

absl::StatusOr<v1::PullRecordsResponse> Directorate::PullRecords(
    const v1::PullRecordsRequest& request) {
  KEPING_RETURN_IF_ERROR(CheckLimit(request.limit()));
  KEPING_RETURN_IF_ERROR(CheckCursor(request.cursor(), generator_.count()));
  const uint64_t end = std::min<uint64_t>(request.cursor() + request.limit(), generator_.count());
  Span span = {};
  {
    absl::MutexLock lock(&mutex_);
    span = SpanLocked(request.cursor(), end);
  }
  v1::PullRecordsResponse response;
  uint64_t next = span.begin;
  size_t bytes = 0;
  while (next < span.end) {
    v1::Record record = ToProto(generator_.Make(next));
    bytes += record.ByteSizeLong() + 8;
    if (bytes > kMaxAnswerBytes && response.records_size() > 0) break;
    *response.add_records() = std::move(record);
    ++next;
  }
  response.set_cursor(next);
  response.set_complete(next == generator_.count());
  absl::MutexLock lock(&mutex_);
  records_handed_out_ = std::max(records_handed_out_, next);
  return response;
}

absl::StatusOr<v1::PullWithdrawalsResponse> Directorate::PullWithdrawals(
    const v1::PullWithdrawalsRequest& request) {
  KEPING_RETURN_IF_ERROR(CheckLimit(request.limit()));
  absl::MutexLock lock(&mutex_);
  KEPING_RETURN_IF_ERROR(CheckCursor(request.cursor(), withdrawals_.size()));
  const Span span =
      SpanLocked(request.cursor(),
                 std::min<uint64_t>(request.cursor() + request.limit(), withdrawals_.size()));
  v1::PullWithdrawalsResponse response;
  for (uint64_t i = span.begin; i < span.end; ++i) *response.add_withdrawals() = withdrawals_[i];
  response.set_cursor(span.end);
  response.set_complete(span.end == withdrawals_.size());
  return response;
}

absl::StatusOr<v1::PullAllotmentsResponse> Directorate::PullAllotments(
    const v1::PullAllotmentsRequest& request) {
  const uint64_t held = allotment_.serials.empty() ? 0 : 1;
  KEPING_RETURN_IF_ERROR(CheckCursor(request.cursor(), held));
  v1::PullAllotmentsResponse response;
  response.set_cursor(held);
  if (request.cursor() == held) return response;
  *response.add_allotments() = ToProto(allotment_);
  if (unlisted_) response.mutable_allotments(0)->clear_serials();
  absl::MutexLock lock(&mutex_);
  blanks_allotted_ = allotment_.serials.size();
  return response;
}

template <typename Answer, typename Items>
void Directorate::AnswerLocked(const Items& items,
                               google::protobuf::RepeatedPtrField<Answer>* answers,
                               Answer (*book)(Ledger& ledger,
                                              const typename Items::value_type& item)) {
  const auto asked = static_cast<uint64_t>(items.size());
  const uint64_t most = faults_.items_at_most() > 0 ? faults_.items_at_most() : asked;
  for (uint64_t i = 0; i < std::min(asked, most); ++i) {
    const auto& item = items[static_cast<int>(i)];
    ++reports_;
    const bool rejected = faults_.rejected_every() > 0 && reports_ % faults_.rejected_every() == 0;
    const Answer answer =
        rejected ? ledger_.Reject(item, faults_.rejected_reason()) : book(ledger_, item);
    *answers->Add() = answer;
    if (faults_.duplicates()) *answers->Add() = answer;
  }
}

absl::StatusOr<v1::ReportResponse> Directorate::Report(const v1::ReportRequest& request) {
  KEPING_RETURN_IF_ERROR(CheckItems("report", request.items_size()));
  v1::ReportResponse response;
  absl::MutexLock lock(&mutex_);
  AnswerLocked<v1::ReportAnswer>(
      request.items(), response.mutable_answers(),
      +[](Ledger& ledger, const v1::ReportItem& item) { return ledger.Report(item); });
  return response;
}

absl::StatusOr<v1::RequestBlanksResponse> Directorate::RequestBlanks(
    const v1::RequestBlanksRequest& request) {
  KEPING_RETURN_IF_ERROR(CheckItems("request", request.items_size()));
  v1::RequestBlanksResponse response;
  absl::MutexLock lock(&mutex_);
  AnswerLocked<v1::BlankRequestAnswer>(
      request.items(), response.mutable_answers(),
      +[](Ledger& ledger, const v1::BlankRequest& item) { return ledger.Request(item); });
  return response;
}

absl::Status Directorate::SetFaults(const v1::Faults& faults) {
  if (faults.delay_millis() > kMaxDelayMillis) {
    return absl::InvalidArgumentError(absl::StrCat("delay_millis: got ", faults.delay_millis(),
                                                   ", want at most ", kMaxDelayMillis));
  }
  absl::MutexLock lock(&mutex_);
  faults_ = faults;
  if (faults_.rejected_reason().empty()) faults_.set_rejected_reason("unknown_blank");
  calls_ = 0;
  reports_ = 0;
  return absl::OkStatus();
}

CallFate Directorate::NextFate() {
  absl::MutexLock lock(&mutex_);
  ++calls_;
  return {.outage = faults_.outage(),
          .lost = faults_.lost_every() > 0 && calls_ % faults_.lost_every() == 0,
          .delay = absl::Milliseconds(faults_.delay_millis())};
}

Directorate::Span Directorate::SpanLocked(uint64_t cursor, uint64_t end) const {
  const uint64_t most = faults_.items_at_most();
  return {.begin = faults_.duplicates() && cursor > 0 ? cursor - 1 : cursor,
          .end = most > 0 ? std::min(end, cursor + most) : end};
}

absl::StatusOr<v1::WithdrawRecordResponse> Directorate::WithdrawRecord(
    const v1::WithdrawRecordRequest& request) {
  if (prrs_.count(request.prr()) == 0) {
    return absl::NotFoundError("withdraw: the simulator has no such record; check the PRR id");
  }
  if (request.reason() == v1::WITHDRAWAL_REASON_UNSPECIFIED ||
      !v1::WithdrawalReason_IsValid(request.reason())) {
    return absl::InvalidArgumentError(
        "withdraw: got no reason, want death, move, duplicate, other");
  }
  v1::WithdrawRecordResponse response;
  response.set_version(2);
  absl::MutexLock lock(&mutex_);
  for (const v1::Withdrawal& withdrawal : withdrawals_) {
    if (withdrawal.prr() == request.prr()) return response;
  }
  v1::Withdrawal withdrawal;
  withdrawal.set_prr(request.prr());
  withdrawal.set_version(response.version());
  withdrawal.set_reason(request.reason());
  withdrawals_.push_back(std::move(withdrawal));
  ledger_.Withdraw(request.prr());
  return response;
}

v1::GetLedgerResponse Directorate::GetLedger() const {
  absl::MutexLock lock(&mutex_);
  const Ledger::Totals totals = ledger_.totals();
  v1::GetLedgerResponse response;
  response.set_records_handed_out(records_handed_out_);
  response.set_blanks_allotted(blanks_allotted_);
  response.set_printed(totals.printed);
  response.set_spoiled(totals.spoiled);
  response.set_rejected(totals.rejected);
  response.set_printed_withdrawn(totals.printed_withdrawn);
  response.set_blanks_requested(totals.blanks_requested);
  response.set_requests_rejected(totals.requests_rejected);
  return response;
}

}  // namespace keping::national_simulator
