#include "central_node/national/answer_files.h"

#include <cstdint>
#include <utility>

#include "common/base/status_macros.h"

namespace keping::central {

absl::Status AnswerFiles::Read(google::protobuf::Message* row, size_t most, bool all_asked,
                               absl::FunctionRef<bool()> take) {
  KEPING_ASSIGN_OR_RETURN(const auto files, folder_.Waiting(kind_));
  size_t taken = 0;
  std::vector<WaitingFile> read;
  for (const WaitingFile& file : settled_.Of(files)) {
    KEPING_ASSIGN_OR_RETURN(const auto rows, folder_.Read(file));
    while (taken < most && rows->Next(row)) taken += take() ? 1 : 0;
    if (taken == most) break;
    KEPING_RETURN_IF_ERROR(folder_.WriteFindings(file, *rows));
    if (all_asked) read.push_back(file);
  }
  // Not before: after a failure nothing of what was taken is stored.
  read_.insert(read_.end(), read.begin(), read.end());
  return absl::OkStatus();
}

absl::Status AnswerFiles::Finish() {
  for (const WaitingFile& file : std::exchange(read_, {})) {
    KEPING_ASSIGN_OR_RETURN(const auto done, folder_.Done(kind_));
    const uint64_t number = done.empty() ? 1 : done.back().end + 1;
    KEPING_RETURN_IF_ERROR(folder_.Finish(file, number, number));
  }
  return absl::OkStatus();
}

}  // namespace keping::central
