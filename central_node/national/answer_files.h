// The files in in/ that answer what was carried out: read when they are not being copied any more,
// moved to done/ when the answers that were taken out of them are durable.
//
//   AnswerFiles files(&folder, &clock, FileKind::kAnswers);
//   v1::ReportAnswer row;
//   KEPING_RETURN_IF_ERROR(files.Read(&row, 500, true, [&] { return Take(row); }));
//   …the answers are stored…
//   KEPING_RETURN_IF_ERROR(files.Finish());
#ifndef KEPING_CENTRAL_NODE_NATIONAL_ANSWER_FILES_H_
#define KEPING_CENTRAL_NODE_NATIONAL_ANSWER_FILES_H_

#include <cstddef>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "central_node/national/exchange_folder.h"
#include "central_node/national/file_lane.h"
#include "common/time/clock.h"

namespace google::protobuf {
class Message;
}

namespace keping::central {

// Not thread-safe. What it points to outlives it.
class AnswerFiles {
 public:
  AnswerFiles(const ExchangeFolder* folder, const time::Clock* clock, exchange::FileKind kind)
      : folder_(*folder), kind_(kind), settled_(clock) {}

  // Reads good rows into `row` until `take` has said true `most` times. `all_asked`: whatever the
  // files do not answer now, they answer nothing; else they are read again.
  absl::Status Read(google::protobuf::Message* row, size_t most, bool all_asked,
                    absl::FunctionRef<bool()> take);
  // What was taken last is durable: the files that hold no more go to done/.
  absl::Status Finish();

 private:
  const ExchangeFolder& folder_;
  const exchange::FileKind kind_;
  SettledFiles settled_;
  std::vector<WaitingFile> read_;  // with nothing in them beyond what was taken last
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_NATIONAL_ANSWER_FILES_H_
