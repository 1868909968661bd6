// What the census knows of the order of things: within one log, of a log and its branches, and of
// the incarnations of one office.

#include <algorithm>

#include "common/cli/conservation.h"

namespace keping::cli {

void BlankCensus::AddIncarnation(const LoggedEvent& logged) {
  if (const auto* enrolled = logged.As<domain::NodeEnrolled>()) {
    const LogName log{enrolled->node, enrolled->incarnation};
    uint64_t& first = enrolments_.try_emplace(log, logged.seq).first->second;
    first = std::min(first, logged.seq);
  } else if (const auto* opened = logged.As<domain::IncarnationOpened>()) {
    if (!opened->parent.empty()) parents_[{logged.node, logged.incarnation}] = opened->parent;
  } else if (const auto* forked = logged.As<domain::LogForked>()) {
    branches_[{forked->node, forked->branch}] = {forked->incarnation, forked->seq};
  }
}

// The district enrolled one incarnation after the other. In an office's own logs, which hold no
// enrolment, each names the one that it goes on from.
BlankCensus::Era BlankCensus::EraOf(const Spot& spot) const {
  Era era;
  LogName log{spot.node, spot.incarnation};
  auto branch = branches_.find(log);
  for (size_t steps = 0; branch != branches_.end() && steps < branches_.size(); ++steps) {
    era.parted = branch->second.second;
    log.second = branch->second.first;
    branch = branches_.find(log);
  }
  if (!enrolments_.empty()) {
    const auto enrolled = enrolments_.find(log);
    if (enrolled != enrolments_.end()) era.number = enrolled->second;
    return era;
  }
  era.number = 1;
  for (auto parent = parents_.find(log); parent != parents_.end() && era.number <= parents_.size();
       parent = parents_.find(log)) {
    log.second = parent->second;
    ++era.number;
  }
  return era;
}

bool BlankCensus::Follows(const Spot& spot, const Spot& before) const {
  if (spot.After(before)) return true;
  if (spot.node != before.node || spot.SameLog(before)) return false;
  const Era its = EraOf(spot);
  const Era other = EraOf(before);
  const bool one_log = its.number > 0 && its.number == other.number;
  return one_log && other.parted == 0 && before.seq < its.parted;
}

bool BlankCensus::Later(const Spot& spot, const Spot& before) const {
  if (Follows(spot, before)) return true;
  return spot.node == before.node && EraOf(spot).number > EraOf(before).number;
}

}  // namespace keping::cli
