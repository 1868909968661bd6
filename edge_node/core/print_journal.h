// The print journal: every card job of this node with its stage, a projection of the log.
//
//   intended -> sent -> completed -> good
//   failed   -> spoiled | unused | good        (the printer gave up; a person says what came out)
//   doubt    -> good | good on another blank | spoiled | unused
//   an answer that two persons set aside -> doubt
//
// Each open job holds one blank, at first the intended one. A card that is scanned on the blank of
// another open job takes that blank, and the other job holds what this one held, until its own card
// is scanned: in a tray that was shifted by one, every scan moves the question on by one.
//
//   PrintJournal journal;
//   journal.Apply(PrintIntended{…}, day);
//   journal.OpenJobsAt(printer);      // the jobs that this printer waits for
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
  // The blank that the card is on, or that the open job holds. Empty when the blank of an unused
  // job went to another one before its answer was set aside.
  domain::BlankSerial final_blank;
  uint64_t office_day = 0;  // number of the office day whose duty the job counts for
  bool was_doubted = false;
  bool cancel_asked = false;
  bool reopened = false;    // its answer was set aside: no card is in a printer
  uint64_t answer_seq = 0;  // of the entry that answered it last

  // Not yet answered: blank and PRR wait for it.
  bool open() const { return stage <= JobStage::kDoubt; }
  // The printer waits for it too.
  bool at_printer() const { return open() && !reopened; }
  // Counts for the printer's duty: a card was fed, or nobody knows yet.
  bool fed() const { return stage != JobStage::kUnused; }
};

// Not thread-safe; changed only while events are applied.
class PrintJournal {
 public:
  void Apply(const domain::PrintIntended& event, uint64_t office_day);
  void Apply(const domain::PrintSent& event);
  void Apply(const domain::PrintCompleted& event);
  void Apply(const domain::PrintFailed& event);
  void Apply(const domain::PrintDoubted& event);
  void Apply(const domain::CancelAsked& event);
  // `seq` is that of the entry.
  void Apply(const domain::PrintVerified& event, uint64_t seq);
  void Apply(const domain::PrintSpoiled& event, uint64_t seq);
  void Apply(const domain::PrintUnused& event, uint64_t seq);
  // The subject's answer is set aside.
  void Apply(const domain::Corrected& event);
  // The open job holds `blank` from now on.
  void Hold(const domain::ActId& act, const domain::BlankSerial& blank);
  // The unused job's blank went elsewhere meanwhile.
  void Forget(const domain::ActId& act) { jobs_.at(act).final_blank = {}; }

  // nullptr when there is no such job.
  const Job* Find(const domain::ActId& act) const;
  const Job* FindOpen(const domain::ActId& act) const;
  // The first job that the printer waits for, or nullptr.
  const Job* OpenJobAt(const domain::PrinterId& printer) const;
  std::vector<const Job*> OpenJobsAt(const domain::PrinterId& printer) const;
  // The open job that holds the blank, or nullptr.
  const Job* OpenJobWith(const domain::BlankSerial& blank) const;
  // The latest job of a PRR, or nullptr.
  const Job* LatestOf(const domain::PrrId& prr) const;
  // Whether some job of the PRR is open or has a good card.
  bool Holds(const domain::PrrId& prr) const;
  // The same, but for this job.
  bool HoldsBeside(const Job& job) const;
  // Jobs not yet answered, in the order of their intents.
  std::vector<const Job*> OpenJobs() const;

  // All acts in the order of their intents.
  const std::vector<domain::ActId>& order() const { return order_; }
  uint64_t doubts_opened() const { return doubts_opened_; }
  uint64_t doubts_resolved() const { return doubts_resolved_; }

 private:
  Job* FindOpenJob(const domain::ActId& act);
  bool HoldsBeside(const domain::PrrId& prr, const domain::ActId& except) const;
  void Settle(const domain::ActId& act, JobStage stage,
              const std::optional<domain::BlankSerial>& blank, uint64_t seq);

  std::map<domain::ActId, Job> jobs_;
  std::vector<domain::ActId> order_;
  std::map<domain::PrrId, std::vector<domain::ActId>> jobs_of_;
  std::vector<domain::ActId> open_;
  uint64_t doubts_opened_ = 0;
  uint64_t doubts_resolved_ = 0;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_PRINT_JOURNAL_H_
