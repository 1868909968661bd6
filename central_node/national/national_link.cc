#include "central_node/national/national_link.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/observability/log.h"

namespace keping::central {
namespace {

Remark RemarkOn(const absl::Status& status, bool carried) {
  const std::string said(status.message());
  // The folder's own words say what to do.
  if (carried) return Remark(RemarkKind::kNationalFolder, {{"said", said}}, said);
  if (NotReached(status)) {
    return Remark(
        RemarkKind::kNationalNotReached, {},
        "the national server cannot be reached; reports wait here and are sent when it answers");
  }
  return Remark(RemarkKind::kNationalRefused, {{"said", said}},
                absl::StrCat("the national server refused: ", said, "; call its support"));
}

absl::Status CursorStandsStill(const char* lane) {
  return absl::InternalError(
      absl::StrCat("got more ", lane, " announced and none handed over, want progress"));
}

}  // namespace

NationalLink::NationalLink(Ports ports, absl::Duration poll, uint64_t seed)
    : ports_(std::move(ports)), poll_(poll), breaker_(poll, seed) {}

void NationalLink::Start() { BeginVisit(); }

void NationalLink::BeginVisit() {
  if (stopped_) return;
  breaker_.OnTry();
  refusal_ = absl::OkStatus();
  unanswered_ = 0;
  PullWithdrawals();
}

template <typename Answer, typename Handle>
std::function<void(absl::StatusOr<Answer>)> NationalLink::Then(void (NationalLink::*next)(),
                                                               Handle handle) {
  return [this, next, handle = std::move(handle)](const absl::StatusOr<Answer>& answer) {
    if (stopped_) return;
    if (NotReached(answer.status())) {
      OnFailure(answer.status());
    } else if (!answer.ok()) {
      GoOnAfter(answer.status(), next);
    } else {
      breaker_.OnAnswer(ports_.clock->Now().wall);
      handle(*answer);
    }
  };
}

void NationalLink::GoOnAfter(const absl::Status& refusal, void (NationalLink::*next)()) {
  refusal_.Update(refusal);
  (this->*next)();
}

bool NationalLink::Stored(const absl::Status& status) {
  if (status.ok()) {
    ports_.arrived();
    return true;
  }
  stopped_ = true;
  ports_.failed(status);
  return false;
}

void NationalLink::LogRefused(const char* lane, const std::vector<std::string>& refused) const {
  for (const std::string& sentence : refused) {
    observability::LogWarning("national_row_refused", {{"lane", lane}, {"reason", sentence}});
  }
}

void NationalLink::PullWithdrawals() {
  ports_.registry->PullWithdrawals(
      ports_.node->cursors().withdrawals,
      Then<WithdrawalsPage>(&NationalLink::Report,
                            [this](const WithdrawalsPage& page) { OnWithdrawals(page); }));
}

void NationalLink::OnWithdrawals(const WithdrawalsPage& page) {
  LogRefused("withdrawals", page.refused);
  const bool moved = page.cursor != ports_.node->cursors().withdrawals;
  if (moved && !Stored(ports_.node->ReceiveWithdrawals(ports_.clock->Now(), {page.withdrawals},
                                                       page.cursor))) {
    return;
  }
  if (page.complete) {
    Report();
  } else if (moved) {
    PullWithdrawals();
  } else {
    GoOnAfter(CursorStandsStill("withdrawals"), &NationalLink::Report);
  }
}

void NationalLink::Report() {
  const bool carried = ports_.registry->carried_by_people();
  const absl::StatusOr<std::vector<NamedReport>> waiting =
      ports_.node->PendingReports(carried ? kMaxCarriedReports : kMaxNationalItems);
  if (!waiting.ok()) {
    Stored(waiting.status());
    return;
  }
  if (waiting->empty() && !carried) {
    PullAllotments();
    return;
  }
  ports_.registry->Report(*waiting, Then<std::vector<domain::ReportAnswered>>(
                                        &NationalLink::PullAllotments,
                                        [this, asked = waiting->size()](const auto& answers) {
                                          OnAnswers(asked, answers);
                                        }));
}

void NationalLink::OnAnswers(size_t asked, const std::vector<domain::ReportAnswered>& answers) {
  for (const domain::ReportAnswered& answer : answers) {
    if (answer.accepted) continue;
    observability::LogWarning("national_report_rejected",
                              {{"item", answer.item.substr(0, 8)}, {"reason", answer.reason}});
  }
  if (!answers.empty() &&
      !Stored(ports_.node->ReceiveReportAnswers(ports_.clock->Now(), {answers}))) {
    return;
  }
  if (!answers.empty()) {
    Report();
    return;
  }
  // Reports that nobody answers do not keep records from coming in.
  unanswered_ = asked;
  PullAllotments();
}

void NationalLink::PullAllotments() {
  ports_.registry->PullAllotments(
      ports_.node->cursors().allotments,
      Then<AllotmentsPage>(&NationalLink::PullRecords,
                           [this](const AllotmentsPage& page) { OnAllotments(page); }));
}

void NationalLink::OnAllotments(const AllotmentsPage& page) {
  LogRefused("allotments", page.refused);
  if (page.cursor == ports_.node->cursors().allotments) {
    PullRecords();
    return;
  }
  if (Stored(ports_.node->ReceiveAllotments(ports_.clock->Now(), {page.allotments}, page.cursor))) {
    PullAllotments();
  }
}

void NationalLink::PullRecords() {
  ports_.registry->PullRecords(
      ports_.node->cursors().records,
      Then<RecordsPage>(&NationalLink::RequestBlanks,
                        [this](const RecordsPage& page) { OnRecords(page); }));
}

void NationalLink::OnRecords(const RecordsPage& page) {
  LogRefused("records", page.refused);
  const bool moved = page.cursor != ports_.node->cursors().records;
  if (moved &&
      !Stored(ports_.node->ReceiveRecords(ports_.clock->Now(), page.records, page.cursor))) {
    return;
  }
  if (page.complete) {
    RequestBlanks();
  } else if (moved) {
    PullRecords();
  } else {
    GoOnAfter(CursorStandsStill("records"), &NationalLink::RequestBlanks);
  }
}

void NationalLink::RequestBlanks() {
  std::vector<NamedRequest> waiting = ports_.node->PendingRequests();
  const bool carried = ports_.registry->carried_by_people();
  if (!carried && waiting.size() > kMaxNationalItems) waiting.resize(kMaxNationalItems);
  if (waiting.empty() && !carried) {
    EndVisit();
    return;
  }
  ports_.registry->RequestBlanks(
      waiting, Then<std::vector<RequestAnswer>>(
                   &NationalLink::EndVisit, [this](const auto& all) { OnRequestAnswers(all); }));
}

void NationalLink::OnRequestAnswers(const std::vector<RequestAnswer>& answers) {
  for (const RequestAnswer& answer : answers) {
    if (answer.accepted) continue;
    observability::LogWarning("national_request_rejected",
                              {{"item", answer.item.substr(0, 8)}, {"reason", answer.reason}});
  }
  if (answers.empty()) {
    EndVisit();
  } else if (Stored(ports_.node->ReceiveRequestAnswers(ports_.clock->Now(), {answers}))) {
    RequestBlanks();
  }
}

void NationalLink::EndVisit() {
  if (!refusal_.ok()) {
    OnFailure(refusal_);
    return;
  }
  problem_.reset();
  // That people take their time is no problem.
  if (unanswered_ > 0 && !ports_.registry->carried_by_people()) {
    problem_ =
        Remark(RemarkKind::kNationalLeavesUnanswered, {{"reports", absl::StrCat(unanswered_)}},
               absl::StrCat("the national server leaves ", unanswered_,
                            " reports without an answer; they wait here and are reported again"));
  }
  breaker_.OnAllAnswered();
  VisitAfter(poll_);
}

void NationalLink::OnFailure(const absl::Status& status) {
  const Remark problem = RemarkOn(status, ports_.registry->carried_by_people());
  if (problem != problem_) {
    observability::LogWarning(
        "national_link_down",
        {{"code", absl::StatusCodeToString(status.code())}, {"reason", status.message()}});
  }
  problem_ = problem;
  VisitAfter(breaker_.OnFailure(ports_.clock->Now().wall));
}

void NationalLink::VisitAfter(absl::Duration delay) {
  ports_.after(delay, [this] { BeginVisit(); });
}

}  // namespace keping::central
