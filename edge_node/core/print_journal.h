// The print journal: every card job of this node with its stage, a projection of the log.
//
//   intended -> sent -> completed -> good
//   failed   -> spoiled | unused | good        (the printer gave up; a person says what came out)
//   doubt    -> good | good on another blank | spoiled | unused
//
//   PrintJournal journal;
//   journal.Apply(PrintIntended{…}, day);
//   journal.OpenJobAt(printer);      // the job that this printer waits for
#ifndef KEPING_EDGE_NODE_CORE_PRINT_JOURNAL_H_
#define KEPING_EDGE_NODE_CORE_PRINT_JOURNAL_H_

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "common/domain/event.h"
#include "common/domain/ids.h"

namespace keping::edge {

enum class JobStage { kIntended, kSent, kCompleted, kFailed, kDoubt, kGood, kSpoiled, kUnused };

const char* JobStageName(JobStage stage);

struct Job {
  domain::PrintIntended intent;
  JobStage stage = JobStage::kIntended;
  int32_t printer_job = 0;              // the printer's number, once it took the job
  bool printer_said_completed = false;  // a hint to the person who resolves a doubt
  domain::BlankSerial final_blank;      // of a good or spoiled card; else the intended one
  uint64_t office_day = 0;              // number of the office day whose duty the job counts for
  bool was_doubted = false;

  // Not yet answered: blank, PRR and printer wait for it.
  bool open() const { return stage <= JobStage::kDoubt; }
  // Counts for the printer's duty: a card was fed, or nobody knows yet.
  bool fed() const { return stage != JobStage::kUnused; }
};

// Not thread-safe; changed only by Apply.
class PrintJournal {
 public:
  void Apply(const domain::PrintIntended& event, uint64_t office_day);
  void Apply(const domain::PrintSent& event);
  void Apply(const domain::PrintCompleted& event);
  void Apply(const domain::PrintFailed& event);
  void Apply(const domain::PrintDoubted& event);
  void Apply(const domain::PrintVerified& event);
  void Apply(const domain::PrintSpoiled& event);
  void Apply(const domain::PrintUnused& event);

  // nullptr when there is no such job.
  const Job* Find(const domain::ActId& act) const;
  const Job* FindOpen(const domain::ActId& act) const;
  const Job* OpenJobAt(const domain::PrinterId& printer) const;
  const Job* OpenJobWith(const domain::BlankSerial& blank) const;
  // The latest job of a PRR, or nullptr.
  const Job* LatestOf(const domain::PrrId& prr) const;
  // Jobs not yet answered, one at most per printer, in the order of the printers.
  std::vector<const Job*> OpenJobs() const;

  // All acts in the order of their intents.
  const std::vector<domain::ActId>& order() const { return order_; }
  uint64_t doubts_opened() const { return doubts_opened_; }
  uint64_t doubts_resolved() const { return doubts_resolved_; }

 private:
  Job* FindOpenJob(const domain::ActId& act);
  void Settle(const domain::ActId& act, JobStage stage,
              const std::optional<domain::BlankSerial>& blank);

  std::map<domain::ActId, Job> jobs_;
  std::vector<domain::ActId> order_;
  std::map<domain::PrrId, domain::ActId> latest_of_;
  std::map<domain::PrinterId, domain::ActId> open_at_;
  uint64_t doubts_opened_ = 0;
  uint64_t doubts_resolved_ = 0;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_PRINT_JOURNAL_H_
