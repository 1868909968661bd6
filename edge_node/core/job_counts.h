// How many card jobs of this node stand where.
//
//   const JobCounts counts = CountJobs(core.journal());
//   counts.good;
#ifndef KEPING_EDGE_NODE_CORE_JOB_COUNTS_H_
#define KEPING_EDGE_NODE_CORE_JOB_COUNTS_H_

#include <cstdint>

#include "edge_node/core/print_journal.h"

namespace keping::edge {

struct JobCounts {
  // Each job is one of these. An answer that is set aside makes it one in doubt again.
  uint64_t good = 0;
  uint64_t spoiled = 0;
  uint64_t unused = 0;     // no card was fed
  uint64_t in_doubt = 0;   // nobody knows yet
  uint64_t under_way = 0;  // waits for the printer or for a person

  uint64_t fed = 0;  // all but the unused ones
  uint64_t fed_offline = 0;
};

JobCounts CountJobs(const PrintJournal& journal);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_JOB_COUNTS_H_
