#include "edge_node/printing/ipp_printer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/check.h"
#include "common/base/status_macros.h"

namespace keping::edge {
namespace {

JobReport Asked(const std::string& act_id, int32_t printer_job) {
  JobReport report;
  report.act_id = act_id;
  report.printer_job = printer_job;
  return report;
}

JobReport Ended(JobReport report, JobState state, std::string reason, std::string message = "") {
  report.state = state;
  report.reason = std::move(reason);
  report.message = std::move(message);
  return report;
}

JobReport Unknown(const JobReport& report, const absl::Status& why) {
  return Ended(report, JobState::kUnknown,
               absl::IsNotFound(why) ? "job-history-gone" : "printer-lost");
}

}  // namespace

absl::StatusOr<std::unique_ptr<IppPrinter>> IppPrinter::Create(IppPrinterOptions options,
                                                               const time::Clock* clock) {
  KEPING_ASSIGN_OR_RETURN(IppEndpoint endpoint, ParseIppUri(options.uri));
  return std::unique_ptr<IppPrinter>(
      new IppPrinter(std::move(options), std::move(endpoint), clock));
}

IppPrinter::IppPrinter(IppPrinterOptions options, IppEndpoint endpoint, const time::Clock* clock)
    : options_(std::move(options)),
      clock_(clock),
      client_(std::move(endpoint), options_.timeouts),
      poll_at_(Now()),
      status_at_(Now()),
      worker_(&IppPrinter::Work, this) {}

IppPrinter::~IppPrinter() {
  KEPING_CHECK(worker_.get_id() != std::this_thread::get_id(),
               "a report does not destroy the printer that makes it");
  client_.Stop();
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  worker_.join();
}

void IppPrinter::Submit(PrintJob job, JobCallback report) {
  const std::string act_id = job.act_id;
  if (!Ask([this, job = std::move(job), report] { Print(job, report); })) {
    report(Ended(Asked(act_id, 0), JobState::kNotAccepted, "too-many-requests"));
  }
}

void IppPrinter::Query(std::string act_id, int32_t printer_job, JobCallback report) {
  const JobReport asked = Asked(act_id, printer_job);
  if (!Ask([this, asked, report] { LookUp(asked, report); })) {
    report(Ended(asked, JobState::kUnknown, "too-many-requests"));
  }
}

void IppPrinter::AskStatus(StatusCallback answer) {
  if (!Ask([this, answer] { answer(RefreshStatus()); })) answer(PrinterStatus{});
}

PrinterStatus IppPrinter::Status() const {
  absl::MutexLock lock(&mutex_);
  return status_;
}

bool IppPrinter::Ask(std::function<void()> request) {
  absl::MutexLock lock(&mutex_);
  if (requests_.size() >= options_.most_waiting) return false;
  requests_.push_back(std::move(request));
  return true;
}

void IppPrinter::Work() {
  while (true) {
    std::function<void()> request = NextRequest();
    {
      absl::MutexLock lock(&mutex_);
      if (stopping_) return;
    }
    if (request) request();
    if (!followed_.empty() && Now() >= poll_at_) Poll();
    if (Now() >= status_at_) RefreshStatus();
  }
}

std::function<void()> IppPrinter::NextRequest() {
  const absl::Duration due = followed_.empty() ? status_at_ : std::min(status_at_, poll_at_);
  absl::MutexLock lock(&mutex_);
  auto ready = [this]()
                   ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return stopping_ || !requests_.empty(); };
  mutex_.AwaitWithTimeout(absl::Condition(&ready), due - Now());
  if (stopping_ || requests_.empty()) return nullptr;
  std::function<void()> request = std::move(requests_.front());
  requests_.pop_front();
  return request;
}

void IppPrinter::Print(const PrintJob& job, const JobCallback& report) {
  JobReport made = Asked(job.act_id, 0);
  if (!followed_.empty()) {
    return report(Ended(made, JobState::kNotAccepted, "another-card-under-way"));
  }
  PrintAnswer answer = client_.Print(job);
  made.printer_job = answer.printer_job;
  switch (answer.verdict) {
    case PrintAnswer::Verdict::kTaken:
      return Follow(made, report);
    case PrintAnswer::Verdict::kRefused:
      return report(Ended(made, JobState::kNotAccepted, answer.reason, answer.message));
    case PrintAnswer::Verdict::kDoubt:
      return report(Ended(made, JobState::kUnknown, answer.reason, answer.message));
  }
}

absl::StatusOr<IppJob> IppPrinter::Find(const JobReport& report) {
  if (report.printer_job == 0) return client_.FindJob(report.act_id);
  absl::StatusOr<IppJob> job = client_.GetJob(report.printer_job);
  // A printer that was switched off counts from one again: the number alone may be another's card.
  if (job.ok() && job->name != report.act_id) return absl::NotFoundError("the number is another's");
  return job;
}

void IppPrinter::LookUp(JobReport report, const JobCallback& callback) {
  absl::StatusOr<IppJob> job = Find(report);
  if (absl::IsNotFound(job.status())) job = client_.FindJob(report.act_id);
  if (!job.ok()) return callback(Unknown(report, job.status()));
  report.printer_job = job->id;
  if (job->phase == IppJobPhase::kUnfinished) return Follow(std::move(report), callback);
  Finish({.report = report, .callback = callback, .cancel_at = {}, .lost_at = {}}, *job);
}

void IppPrinter::Follow(JobReport report, JobCallback callback) {
  const absl::Duration now = Now();
  report.state = JobState::kAccepted;
  callback(report);
  followed_.push_back({.report = std::move(report),
                       .callback = std::move(callback),
                       .cancel_at = now + options_.job_timeout,
                       .lost_at = now + options_.lost_after});
  poll_at_ = now + options_.poll_interval;
}

void IppPrinter::Poll() {
  // Reports only ask, so nothing is added to followed_ meanwhile.
  std::erase_if(followed_, [this](Followed& job) { return PollOne(job); });
  poll_at_ = Now() + options_.poll_interval;
}

// True when the job has ended.
bool IppPrinter::PollOne(Followed& job) {
  absl::StatusOr<IppJob> state = Find(job.report);
  if (absl::IsUnavailable(state.status()) && Now() < job.lost_at) return false;
  if (!state.ok()) {
    job.callback(Unknown(job.report, state.status()));
    return true;
  }
  if (state->phase == IppJobPhase::kUnfinished) return CancelLate(job);
  Finish(job, *state);
  return true;
}

// For a job that the printer is still at. True when it was cancelled and did not end.
bool IppPrinter::CancelLate(Followed& job) {
  const absl::Duration now = Now();
  if (job.cancelled) {
    if (now < job.lost_at) return false;
    job.callback(Ended(job.report, JobState::kUnknown, "job-timeout"));
    return true;
  }
  job.lost_at = now + options_.lost_after;
  if (now >= job.cancel_at) {
    // Refused or lost, it changes nothing: the job is asked about until lost_at and is then
    // unknown.
    client_.CancelJob(job.report.printer_job).IgnoreError();
    job.cancelled = true;
  }
  return false;
}

void IppPrinter::Finish(const Followed& job, const IppJob& end) {
  if (end.phase == IppJobPhase::kCompleted) {
    return job.callback(Ended(job.report, JobState::kCompleted, end.reasons, end.message));
  }
  // Why a card failed is often said by the printer, not by the job.
  std::vector<std::string> reasons = RefreshStatus().reasons;
  if (!end.reasons.empty()) reasons.insert(reasons.begin(), end.reasons);
  job.callback(Ended(job.report, JobState::kAborted, absl::StrJoin(reasons, ","), end.message));
}

PrinterStatus IppPrinter::RefreshStatus() {
  absl::StatusOr<PrinterStatus> answer = client_.GetStatus();
  PrinterStatus status = answer.ok() ? *std::move(answer) : PrinterStatus{};
  status_at_ = Now() + options_.status_interval;
  absl::MutexLock lock(&mutex_);
  status_ = status;
  return status;
}

}  // namespace keping::edge
