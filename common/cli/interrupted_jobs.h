// Which print jobs a crash caught at the printer, and which of them the next start put in doubt:
// read from one office's log alone, apart from the print journal of the edge node.
//
//   InterruptedJobs jobs;
//   for (…) jobs.Add(event);            // in the order of the log
//   jobs.at_printer();                  // begun, and nobody knows how they ended
#ifndef KEPING_COMMON_CLI_INTERRUPTED_JOBS_H_
#define KEPING_COMMON_CLI_INTERRUPTED_JOBS_H_

#include <set>

#include "common/domain/event.h"
#include "common/domain/ids.h"

namespace keping::cli {

// Not thread-safe.
class InterruptedJobs {
 public:
  void Add(const domain::Event& event);

  const std::set<domain::ActId>& at_printer() const { return at_printer_; }
  const std::set<domain::ActId>& doubted_at_restart() const { return doubted_at_restart_; }

 private:
  std::set<domain::ActId> at_printer_;
  std::set<domain::ActId> doubted_at_restart_;
};

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_INTERRUPTED_JOBS_H_
