#include "central_node/core/judge_stream.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace keping::central {
namespace {

void AddTrouble(domain::CaseKind kind, const std::map<crypto::Hash, crypto::Hash>& troubles,
                std::vector<Anomaly>& anomalies) {
  if (troubles.empty()) return;
  Anomaly anomaly{.kind = kind};
  for (const auto& [shown, fact] : troubles) anomaly.evidence.insert(fact);
  anomalies.push_back(std::move(anomaly));
}

}  // namespace

std::vector<Anomaly> JudgeStream(const StreamHead& stream) {
  std::vector<Anomaly> anomalies;
  AddTrouble(domain::CaseKind::kLogForked, stream.forks, anomalies);
  AddTrouble(domain::CaseKind::kLogRolledBack, stream.rollbacks, anomalies);
  if (!stream.clock_jumps.empty()) {
    anomalies.push_back(
        {.kind = domain::CaseKind::kClockChanged, .evidence = stream.clock_jumps, .settled = true});
  }
  return anomalies;
}

std::string StreamEntity(const domain::NodeId& node, const domain::IncarnationId& incarnation) {
  return absl::StrCat(node.value(), "\n", incarnation.value());
}

}  // namespace keping::central
