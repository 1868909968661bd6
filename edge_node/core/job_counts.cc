#include "edge_node/core/job_counts.h"

namespace keping::edge {

JobCounts CountJobs(const PrintJournal& journal) {
  JobCounts counts;
  for (const domain::ActId& act : journal.order()) {
    const Job& job = *journal.Find(act);
    counts.good += job.stage == JobStage::kGood;
    counts.spoiled += job.stage == JobStage::kSpoiled;
    counts.unused += job.stage == JobStage::kUnused;
    counts.in_doubt += job.stage == JobStage::kDoubt;
    counts.under_way += job.open() && job.stage != JobStage::kDoubt;
    counts.fed += job.fed();
    counts.fed_offline += job.fed() && job.intent.offline;
  }
  return counts;
}

}  // namespace keping::edge
