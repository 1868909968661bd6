// Requests for blanks that people carry to the centre, and answers that they carry back:
// out/requests.csv and out/requests.json always hold what has no answer yet; the files
// request-answers*.csv in in/ take items out of them.
//
//   CarriedRequests requests(&folder, &clock);
//   KEPING_ASSIGN_OR_RETURN(auto answers, requests.Exchange(waiting));
//
// An item that is carried twice is one request: its key is its event's id.
#ifndef KEPING_CENTRAL_NODE_NATIONAL_CARRIED_REQUESTS_H_
#define KEPING_CENTRAL_NODE_NATIONAL_CARRIED_REQUESTS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "central_node/national/answer_files.h"
#include "central_node/national/exchange_folder.h"
#include "central_node/store/central_node.h"
#include "common/time/clock.h"

namespace keping::central {

// Not thread-safe. What it points to outlives it.
class CarriedRequests {
 public:
  CarriedRequests(const ExchangeFolder* folder, const time::Clock* clock)
      : folder_(*folder), answers_(folder, clock, exchange::FileKind::kRequestAnswers) {}

  // `waiting` is all that has no answer. None of the answers is to anything else.
  absl::StatusOr<std::vector<RequestAnswer>> Exchange(const std::vector<NamedRequest>& waiting);
  // See AnswerFiles::Finish.
  absl::Status FinishFiles() { return answers_.Finish(); }

 private:
  absl::Status WriteOut(const std::vector<NamedRequest>& waiting);

  const ExchangeFolder& folder_;
  AnswerFiles answers_;
  std::string written_;  // what out/ holds; empty: not known
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_NATIONAL_CARRIED_REQUESTS_H_
