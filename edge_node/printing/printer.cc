#include "edge_node/printing/printer.h"

#include "common/base/check.h"

namespace keping::edge {

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
