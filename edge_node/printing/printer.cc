#include "edge_node/printing/printer.h"

#include "common/base/check.h"
#include "edge_node/printing/reasons.h"

namespace keping::edge {

std::vector<std::string> WhyNotReady(const PrinterStatus& status) {
  if (!status.reachable) return {kReasonUnreachable};
  std::vector<std::string> why;
  for (const std::string& reason : status.reasons) {
    const ReasonWords words = ExplainReason(reason);
    // What has a code is ours, found anew with each answer.
    const bool old = status.reasons_are_old && words.code.empty();
    if (words.stops_printing && !old) why.push_back(reason);
  }
  if (!why.empty()) return why;
  // It stands still and does not say why.
  if (status.activity == PrinterActivity::kStopped) return {kReasonStopped};
  if (!status.accepting) return {kReasonNotAccepting};
  return {};
}

const char* JobStateName(JobState state) {
  switch (state) {
    case JobState::kAccepted:
      return "accepted";
    case JobState::kNotAccepted:
      return "not accepted";
    case JobState::kCompleted:
      return "completed";
    case JobState::kAborted:
      return "aborted";
    case JobState::kUnknown:
      return "unknown";
  }
  KEPING_CHECK(false, "a job state has a name");
}

}  // namespace keping::edge
