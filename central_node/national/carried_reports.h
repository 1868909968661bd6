// Reports that people carry to the centre, and answers that they carry back: out/reports.csv and
// out/reports.json always hold what has no answer yet, whenever somebody comes for them; the files
// answers*.csv in in/ take items out of them.
//
//   CarriedReports reports(&folder, &clock);
//   KEPING_ASSIGN_OR_RETURN(auto answers, reports.Exchange(waiting));
//
// An item that is carried twice is one report: its key is its event's id.
#ifndef KEPING_CENTRAL_NODE_NATIONAL_CARRIED_REPORTS_H_
#define KEPING_CENTRAL_NODE_NATIONAL_CARRIED_REPORTS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "central_node/national/answer_files.h"
#include "central_node/national/exchange_folder.h"
#include "central_node/store/central_node.h"
#include "common/domain/event.h"
#include "common/time/clock.h"

namespace keping::central {

// Not thread-safe. What it points to outlives it.
class CarriedReports {
 public:
  CarriedReports(const ExchangeFolder* folder, const time::Clock* clock)
      : folder_(*folder), answers_(folder, clock, exchange::FileKind::kAnswers) {}

  // `waiting` is all that has no answer, or kMaxCarriedReports of it. At most kMaxNationalItems
  // answers, and none to anything else.
  absl::StatusOr<std::vector<domain::ReportAnswered>> Exchange(
      const std::vector<NamedReport>& waiting);
  // See AnswerFiles::Finish.
  absl::Status FinishFiles() { return answers_.Finish(); }

 private:
  absl::Status WriteOut(const std::vector<NamedReport>& waiting);

  const ExchangeFolder& folder_;
  AnswerFiles answers_;
  std::string written_;  // what out/ holds; empty: not known
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_NATIONAL_CARRIED_REPORTS_H_
