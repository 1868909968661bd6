#include "central_node/core/judge_stream.h"

#include <algorithm>
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

// The stream goes on in its branches.
uint64_t HeldSeq(const NodeRow& node, const domain::IncarnationId& incarnation) {
  const auto stream = node.streams.find(incarnation);
  if (stream == node.streams.end()) return 0;
  uint64_t held = std::max(stream->second.seq, stream->second.claims_seq);
  for (const auto& [name, head] : node.streams) {
    if (head.branch_of == incarnation) held = std::max(held, HeldSeq(node, name));
  }
  return held;
}

}  // namespace

std::vector<Anomaly> JudgeStream(const NodeRow& node, const domain::IncarnationId& incarnation) {
  const StreamHead& stream = node.streams.at(incarnation);
  std::vector<Anomaly> anomalies;
  AddTrouble(domain::CaseKind::kLogForked, stream.forks, anomalies);
  AddTrouble(domain::CaseKind::kLogRolledBack, stream.rollbacks, anomalies);
  if (!stream.clock_jumps.empty()) {
    anomalies.push_back(
        {.kind = domain::CaseKind::kClockChanged, .evidence = stream.clock_jumps, .settled = true});
  }
  if (!stream.gaps.empty()) {
    Anomaly anomaly{.kind = domain::CaseKind::kLogGap,
                    .settled = MissingOf(node, incarnation).filled()};
    for (const auto& [fact, seq] : stream.gaps) anomaly.evidence.insert(fact);
    anomalies.push_back(std::move(anomaly));
  }
  return anomalies;
}

MissingEntries MissingOf(const NodeRow& node, const domain::IncarnationId& incarnation) {
  const auto stream = node.streams.find(incarnation);
  if (stream == node.streams.end() || stream->second.gaps.empty()) return {};
  MissingEntries missing{.held_seq = HeldSeq(node, incarnation)};
  for (const auto& [fact, seq] : stream->second.gaps) {
    missing.reached_seq = std::max(missing.reached_seq, seq);
  }
  return missing;
}

std::vector<domain::IncarnationId> OpenGaps(const NodeRow& node,
                                            const domain::IncarnationId& incarnation) {
  std::vector<domain::IncarnationId> open;
  for (auto at = node.streams.find(incarnation); at != node.streams.end();
       at = node.streams.find(at->second.branch_of)) {
    if (!MissingOf(node, at->first).filled()) open.push_back(at->first);
  }
  return open;
}

std::string StreamEntity(const domain::NodeId& node, const domain::IncarnationId& incarnation) {
  return absl::StrCat(node.value(), "\n", incarnation.value());
}

}  // namespace keping::central
