#include "edge_node/printing/ipp_printer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/check.h"
#include "common/base/status_macros.h"
#include "edge_node/printing/reasons.h"

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
               absl::IsNotFound(why) ? kReasonHistoryGone : kReasonLost);
}

// What a printer is to do when the card goes wrong, in the order in which we like it: anything but
// to try again.
std::string ErrorAction(const PrinterCapabilities& capabilities) {
  for (const char* action : {"abort-job", "cancel-job"}) {
    const std::vector<std::string>& supported = capabilities.on_error;
    if (std::find(supported.begin(), supported.end(), action) != supported.end()) return action;
  }
  return "";
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
      client_(std::move(endpoint), options_.timeouts, clock),
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
    report(Ended(Asked(act_id, 0), JobState::kNotAccepted, kReasonTooMany));
  }
}

void IppPrinter::Query(std::string act_id, int32_t printer_job, JobCallback report) {
  const JobReport asked = Asked(act_id, printer_job);
  if (!Ask([this, asked, report] { LookUp(asked, report); })) {
    report(Ended(asked, JobState::kUnknown, kReasonTooMany));
  }
}

void IppPrinter::Cancel(std::string act_id, int32_t printer_job, JobCallback report) {
  const JobReport asked = Asked(act_id, printer_job);
  if (!Ask([this, asked, report] { CallOff(asked, report); })) {
    report(Ended(asked, JobState::kUnknown, kReasonTooMany));
  }
}

void IppPrinter::AskStatus(StatusCallback answer) {
  if (!Ask([this, answer] { answer(RefreshStatus()); })) answer(PrinterStatus{});
}

PrinterStatus IppPrinter::Status() const {
  absl::MutexLock lock(&mutex_);
  return status_;
}

PrinterCapabilities IppPrinter::Capabilities() const {
  absl::MutexLock lock(&mutex_);
  return capabilities_;
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
  auto refuse = [&](std::string reason, std::string message = "") {
    report(Ended(made, JobState::kNotAccepted, std::move(reason), std::move(message)));
  };
  if (!followed_.empty()) return refuse(kReasonOtherCard);
  IppPrinterAnswer printer;
  if (const std::string why = WhyNotNow(&printer); !why.empty()) return refuse(why);
  made.counted.ever = printer.capabilities.cards_ever;
  PrintAnswer answer = client_.Print(job, {.media = CardMedia(printer.capabilities),
                                           .on_error = ErrorAction(printer.capabilities)});
  made.printer_job = answer.printer_job;
  switch (answer.verdict) {
    case PrintAnswer::Verdict::kTaken:
      return Follow(made, report);
    case PrintAnswer::Verdict::kRefused:
      return refuse(answer.reason, answer.message);
    case PrintAnswer::Verdict::kDoubt:
      return report(Ended(made, JobState::kUnknown, answer.reason, answer.message));
  }
}

std::string IppPrinter::WhyNotNow(IppPrinterAnswer* answer) {
  const absl::Duration until = Now() + options_.busy_patience;
  while (true) {
    absl::StatusOr<IppPrinterAnswer> asked = RefreshPrinter();
    if (!asked.ok()) return kReasonUnreachable;
    *answer = *std::move(asked);
    const std::vector<std::string> why = WhyNotReady(answer->status);
    if (!why.empty()) return absl::StrJoin(why, ",");
    const bool busy = answer->status.activity == PrinterActivity::kBusy || answer->jobs_waiting > 0;
    if (!busy) return "";
    // It may not have put the card before aside yet; else somebody else prints here, and a card
    // never waits behind a job that may go wrong.
    if (Now() >= until || AwaitStop(options_.poll_interval)) return kReasonOtherJob;
  }
}

bool IppPrinter::AwaitStop(absl::Duration most) {
  absl::MutexLock lock(&mutex_);
  return mutex_.AwaitWithTimeout(absl::Condition(&stopping_), most);
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
  if (job->phase == IppJobPhase::kWaiting || job->phase == IppJobPhase::kBegun) {
    return Follow(std::move(report), callback);
  }
  Followed ended{.report = report, .callbacks = {}, .cancel_at = {}, .lost_at = {}};
  if (Followed* followed = FindFollowed(report.act_id); followed != nullptr) {
    ended = std::move(*followed);
    followed_.erase(followed_.begin() + (followed - followed_.data()));
  }
  ended.callbacks.push_back(callback);
  Finish(ended, *job);
}

void IppPrinter::CallOff(const JobReport& report, const JobCallback& callback) {
  absl::StatusOr<IppJob> job = Find(report);
  if (absl::IsNotFound(job.status())) job = client_.FindJob(report.act_id);
  // Refused or lost, it changes nothing: what became of the card is asked below.
  if (job.ok()) client_.CancelJob(job->id).IgnoreError();
  MarkCancelled(report.act_id);
  LookUp(report, callback);
  // After a restart nobody may have followed it before.
  MarkCancelled(report.act_id);
}

void IppPrinter::MarkCancelled(const std::string& act_id) {
  Followed* followed = FindFollowed(act_id);
  if (followed == nullptr) return;
  followed->cancelled_for = kReasonCancelled;
  followed->lost_at = Now() + options_.lost_after;
}

IppPrinter::Followed* IppPrinter::FindFollowed(const std::string& act_id) {
  const auto found = std::find_if(followed_.begin(), followed_.end(),
                                  [&](const Followed& job) { return job.report.act_id == act_id; });
  return found == followed_.end() ? nullptr : &*found;
}

void IppPrinter::Follow(JobReport report, JobCallback callback) {
  const absl::Duration now = Now();
  report.state = JobState::kAccepted;
  callback(report);
  if (Followed* followed = FindFollowed(report.act_id); followed != nullptr) {
    followed->callbacks.push_back(std::move(callback));
    return;
  }
  followed_.push_back({.report = std::move(report),
                       .callbacks = {std::move(callback)},
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
    Tell(job, Unknown(job.report, state.status()));
    return true;
  }
  if (state->phase == IppJobPhase::kWaiting || state->phase == IppJobPhase::kBegun) {
    return CheckUnfinished(job, *state);
  }
  Finish(job, *state);
  return true;
}

// True when it was cancelled and still does not end.
bool IppPrinter::CheckUnfinished(Followed& job, const IppJob& state) {
  const absl::Duration now = Now();
  if (!job.cancelled_for.empty()) {
    if (now < job.lost_at) return false;
    Tell(job, Ended(job.report, JobState::kUnknown, job.cancelled_for));
    return true;
  }
  job.lost_at = now + options_.lost_after;
  if (WouldBeginAgain(job, state)) {
    CancelFollowed(job, kReasonCalledBack);
  } else if (now >= job.cancel_at) {
    CancelFollowed(job, kReasonJobTimeout);
  }
  return false;
}

bool IppPrinter::WouldBeginAgain(Followed& job, const IppJob& state) {
  if (state.phase == IppJobPhase::kBegun) {
    job.begun = true;
    return false;
  }
  return job.begun || RefreshStatus().activity == PrinterActivity::kStopped;
}

void IppPrinter::CancelFollowed(Followed& job, const char* why) {
  // Refused or lost, it changes nothing: the job is asked about until lost_at and is then unknown.
  client_.CancelJob(job.report.printer_job).IgnoreError();
  job.cancelled_for = why;
}

void IppPrinter::Finish(const Followed& job, const IppJob& end) {
  JobReport report = job.report;
  const PrinterStatus status = RefreshStatus();
  report.counted = {.ever = Capabilities().cards_ever, .of_job = end.cards};
  if (!status.reachable) report.counted.ever = std::nullopt;
  if (end.phase == IppJobPhase::kCompleted) {
    return Tell(job, Ended(report, JobState::kCompleted, end.reasons, end.message));
  }
  // Why a card failed is often said by the printer, not by the job.
  std::vector<std::string> reasons = status.reasons;
  if (!end.reasons.empty()) reasons.insert(reasons.begin(), end.reasons);
  if (!job.cancelled_for.empty()) reasons.insert(reasons.begin(), job.cancelled_for);
  const std::string& message = end.message.empty() ? status.message : end.message;
  Tell(job, Ended(report, JobState::kAborted, absl::StrJoin(reasons, ","), message));
}

void IppPrinter::Tell(const Followed& job, const JobReport& report) {
  for (const JobCallback& callback : job.callbacks) callback(report);
}

PrinterStatus IppPrinter::RefreshStatus() {
  absl::StatusOr<IppPrinterAnswer> answer = RefreshPrinter();
  return answer.ok() ? answer->status : PrinterStatus{};
}

absl::StatusOr<IppPrinterAnswer> IppPrinter::RefreshPrinter() {
  absl::StatusOr<IppPrinterAnswer> answer = client_.GetPrinter();
  status_at_ = Now() + options_.status_interval;
  absl::MutexLock lock(&mutex_);
  status_ = answer.ok() ? answer->status : PrinterStatus{};
  if (answer.ok()) capabilities_ = answer->capabilities;
  return answer;
}

}  // namespace keping::edge
