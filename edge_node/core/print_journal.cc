#include "edge_node/core/print_journal.h"

#include <algorithm>

namespace keping::edge {

const char* JobStageName(JobStage stage) {
  switch (stage) {
    case JobStage::kIntended:
      return "intended";
    case JobStage::kSent:
      return "sent";
    case JobStage::kCompleted:
      return "completed";
    case JobStage::kFailed:
      return "failed";
    case JobStage::kDoubt:
      return "doubt";
    case JobStage::kGood:
      return "good";
    case JobStage::kSpoiled:
      return "spoiled";
    case JobStage::kUnused:
      return "unused";
  }
  return "unknown";
}

void PrintJournal::Apply(const domain::PrintIntended& event, uint64_t office_day) {
  if (jobs_.contains(event.act)) return;
  Job& job = jobs_[event.act];
  job.intent = event;
  job.final_blank = event.blank;
  job.office_day = office_day;
  order_.push_back(event.act);
  jobs_of_[event.prr].push_back(event.act);
  open_.push_back(event.act);
}

void PrintJournal::Apply(const domain::PrintSent& event) {
  Job* job = FindOpenJob(event.act);
  if (job == nullptr) return;
  job->printer_job = event.printer_job;
  if (job->stage == JobStage::kIntended) job->stage = JobStage::kSent;
}

void PrintJournal::Apply(const domain::PrintCompleted& event) {
  Job* job = FindOpenJob(event.act);
  if (job == nullptr) return;
  job->printer_said_completed = true;
  // A doubt stays a doubt: "completed" proves no good card.
  if (job->stage != JobStage::kDoubt) job->stage = JobStage::kCompleted;
}

void PrintJournal::Apply(const domain::PrintFailed& event) {
  Job* job = FindOpenJob(event.act);
  if (job != nullptr && job->stage != JobStage::kDoubt) job->stage = JobStage::kFailed;
}

void PrintJournal::Apply(const domain::PrintDoubted& event) {
  Job* job = FindOpenJob(event.act);
  if (job == nullptr || job->was_doubted) return;
  job->stage = JobStage::kDoubt;
  job->was_doubted = true;
  ++doubts_opened_;
}

void PrintJournal::Apply(const domain::CancelAsked& event) {
  if (Job* job = FindOpenJob(event.act)) job->cancel_asked = true;
}

void PrintJournal::Apply(const domain::PrintVerified& event, uint64_t seq) {
  Settle(event.act, JobStage::kGood, event.blank, seq);
}

void PrintJournal::Apply(const domain::PrintSpoiled& event, uint64_t seq) {
  Settle(event.act, JobStage::kSpoiled, event.blank, seq);
}

void PrintJournal::Apply(const domain::PrintUnused& event, uint64_t seq) {
  Settle(event.act, JobStage::kUnused, std::nullopt, seq);
}

void PrintJournal::Apply(const domain::Corrected& event) {
  const auto found = jobs_.find(event.subject);
  if (found == jobs_.end() || found->second.open()) return;
  Job& job = found->second;
  job.stage = JobStage::kDoubt;
  job.was_doubted = true;
  job.reopened = true;
  ++doubts_opened_;
  open_.push_back(event.subject);
}

void PrintJournal::Hold(const domain::ActId& act, const domain::BlankSerial& blank) {
  if (Job* job = FindOpenJob(act)) job->final_blank = blank;
}

const Job* PrintJournal::Find(const domain::ActId& act) const {
  auto it = jobs_.find(act);
  return it == jobs_.end() ? nullptr : &it->second;
}

const Job* PrintJournal::FindOpen(const domain::ActId& act) const {
  const Job* job = Find(act);
  return job == nullptr || !job->open() ? nullptr : job;
}

const Job* PrintJournal::OpenJobAt(const domain::PrinterId& printer) const {
  const std::vector<const Job*> jobs = OpenJobsAt(printer);
  return jobs.empty() ? nullptr : jobs.front();
}

std::vector<const Job*> PrintJournal::OpenJobsAt(const domain::PrinterId& printer) const {
  std::vector<const Job*> jobs;
  for (const domain::ActId& act : open_) {
    const Job* job = Find(act);
    if (job->intent.printer == printer && job->at_printer()) jobs.push_back(job);
  }
  return jobs;
}

const Job* PrintJournal::OpenJobWith(const domain::BlankSerial& blank) const {
  for (const domain::ActId& act : open_) {
    const Job* job = Find(act);
    if (job->final_blank == blank) return job;
  }
  return nullptr;
}

const Job* PrintJournal::LatestOf(const domain::PrrId& prr) const {
  auto it = jobs_of_.find(prr);
  return it == jobs_of_.end() ? nullptr : Find(it->second.back());
}

bool PrintJournal::Holds(const domain::PrrId& prr) const { return HoldsBeside(prr, {}); }

bool PrintJournal::HoldsBeside(const Job& job) const {
  return HoldsBeside(job.intent.prr, job.intent.act);
}

bool PrintJournal::HoldsBeside(const domain::PrrId& prr, const domain::ActId& except) const {
  auto it = jobs_of_.find(prr);
  if (it == jobs_of_.end()) return false;
  return std::any_of(it->second.begin(), it->second.end(), [&](const domain::ActId& act) {
    const Job* job = Find(act);
    return act != except && (job->open() || job->stage == JobStage::kGood);
  });
}

std::vector<const Job*> PrintJournal::OpenJobs() const {
  std::vector<const Job*> open;
  for (const domain::ActId& act : open_) open.push_back(Find(act));
  return open;
}

Job* PrintJournal::FindOpenJob(const domain::ActId& act) {
  auto it = jobs_.find(act);
  return it == jobs_.end() || !it->second.open() ? nullptr : &it->second;
}

void PrintJournal::Settle(const domain::ActId& act, JobStage stage,
                          const std::optional<domain::BlankSerial>& blank, uint64_t seq) {
  Job* job = FindOpenJob(act);
  if (job == nullptr) return;
  if (job->stage == JobStage::kDoubt) ++doubts_resolved_;
  job->stage = stage;
  job->answer_seq = seq;
  if (blank) job->final_blank = *blank;
  std::erase(open_, act);
}

}  // namespace keping::edge
