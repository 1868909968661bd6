#include "edge_node/core/print_journal.h"

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
  latest_of_[event.prr] = event.act;
  open_at_[event.printer] = event.act;
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

void PrintJournal::Apply(const domain::PrintVerified& event) {
  Settle(event.act, JobStage::kGood, event.blank);
}

void PrintJournal::Apply(const domain::PrintSpoiled& event) {
  Settle(event.act, JobStage::kSpoiled, event.blank);
}

void PrintJournal::Apply(const domain::PrintUnused& event) {
  Settle(event.act, JobStage::kUnused, std::nullopt);
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
  auto it = open_at_.find(printer);
  return it == open_at_.end() ? nullptr : Find(it->second);
}

const Job* PrintJournal::OpenJobWith(const domain::BlankSerial& blank) const {
  for (const auto& [printer, act] : open_at_) {
    const Job* job = Find(act);
    if (job->intent.blank == blank) return job;
  }
  return nullptr;
}

const Job* PrintJournal::LatestOf(const domain::PrrId& prr) const {
  auto it = latest_of_.find(prr);
  return it == latest_of_.end() ? nullptr : Find(it->second);
}

std::vector<const Job*> PrintJournal::OpenJobs() const {
  std::vector<const Job*> open;
  for (const auto& [printer, act] : open_at_) open.push_back(Find(act));
  return open;
}

Job* PrintJournal::FindOpenJob(const domain::ActId& act) {
  auto it = jobs_.find(act);
  return it == jobs_.end() || !it->second.open() ? nullptr : &it->second;
}

void PrintJournal::Settle(const domain::ActId& act, JobStage stage,
                          const std::optional<domain::BlankSerial>& blank) {
  Job* job = FindOpenJob(act);
  if (job == nullptr) return;
  if (job->stage == JobStage::kDoubt) ++doubts_resolved_;
  job->stage = stage;
  if (blank) job->final_blank = *blank;
  auto open = open_at_.find(job->intent.printer);
  if (open != open_at_.end() && open->second == act) open_at_.erase(open);
}

}  // namespace keping::edge
