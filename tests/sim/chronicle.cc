#include "tests/sim/chronicle.h"

#include <algorithm>
#include <iterator>
#include <variant>

#include "absl/time/time.h"
#include "common/domain/entry.h"
#include "common/wire/event_codec.h"
#include "tests/sim/world.h"

namespace keping::sim {

bool NodeChronicle::Wrote(uint64_t seq, const std::string& bytes) const {
  const auto holds = [&](const std::vector<std::string>& log) {
    return seq >= 1 && seq <= log.size() && log[seq - 1] == bytes;
  };
  return holds(entries) || std::any_of(other_logs.begin(), other_logs.end(), holds);
}

std::optional<ReadEntry> Chronicle::ReadWhole(const std::string& bytes) {
  auto entry = domain::ParseEntry(bytes);
  if (!entry.ok()) return std::nullopt;
  auto event = wire::DecodeEvent(entry->header.type, entry->payload);
  if (!event.ok()) return std::nullopt;
  return ReadEntry{std::move(entry->header), *std::move(event)};
}

std::optional<domain::Event> Chronicle::Read(const std::string& bytes) {
  auto entry = ReadWhole(bytes);
  if (!entry) return std::nullopt;
  return std::move(entry->event);
}

int Chronicle::AddCopy(int log) {
  const int copy = static_cast<int>(nodes_.size());
  NodeChronicle& original = node(log);
  original.upset = original.ever_upset = true;
  original.copy = copy;
  nodes_.push_back(original);
  nodes_.back().copy = log;
  return copy;
}

bool Chronicle::Released(int office, const domain::PrrId& prr,
                         const domain::LeaseEpoch& epoch) const {
  return std::any_of(nodes_.begin(), nodes_.end(), [&](const NodeChronicle& node) {
    return node.office == office && node.released.contains({prr, epoch});
  });
}

bool Chronicle::Wrote(int office, uint64_t seq, const std::string& bytes) const {
  return std::any_of(nodes_.begin(), nodes_.end(), [&](const NodeChronicle& node) {
    return node.office == office && node.Wrote(seq, bytes);
  });
}

bool Chronicle::WasUpset(int office) const {
  return std::any_of(nodes_.begin(), nodes_.end(), [&](const NodeChronicle& node) {
    return node.office == office && node.ever_upset;
  });
}

int Chronicle::ClosedDaysSince(const domain::NodeId& node, int64_t wall_micros) const {
  const auto closed = closed_days.find(node);
  if (closed == closed_days.end()) return 0;
  const absl::CivilDay day = absl::ToCivilDay(absl::FromUnixMicros(wall_micros),
                                              absl::FixedTimeZone(kUtcOffsetMinutes * 60));
  return static_cast<int>(std::distance(closed->second.upper_bound(day), closed->second.end()));
}

void Chronicle::NoteStanding(const ReadEntry& entry) {
  const domain::Event& event = entry.event;
  if (const auto* one = std::get_if<domain::CaseChanged>(&event)) {
    cases[one->case_id] = {one->kind,  one->state, one->revision, one->prr,
                           one->blank, one->node,  one->entity};
    known_cases.emplace(one->kind, one->entity);
  } else if (const auto* enrolment = std::get_if<domain::NodeEnrolled>(&event)) {
    enrolled.insert(enrolment->node);
    ever_enrolled.insert(enrolment->node);
    active[enrolment->node] = enrolment->incarnation;
  } else if (const auto* closed = std::get_if<domain::NodeClosed>(&event)) {
    enrolled.erase(closed->node);
    if (closed->end == domain::NodeEnd::kRevoked) {
      facts_end[closed->node] = std::max(facts_end[closed->node], closed->seq);
    }
  } else if (const auto* accepted = std::get_if<domain::ClaimsAccepted>(&event)) {
    facts_end[accepted->node] = std::max(facts_end[accepted->node], accepted->seq);
  } else if (const auto* box = std::get_if<domain::BlanksDispatched>(&event)) {
    sent.try_emplace(box->transfer, HeardBox{box->node, entry.header.wall_micros});
  } else if (const auto* day = std::get_if<domain::DayClosed>(&event)) {
    for (const domain::NodeId& node : day->working) closed_days[node].insert(day->day);
  } else if (const auto* asked = std::get_if<domain::BlanksRequested>(&event)) {
    unanswered.insert(asked->request);
  } else if (const auto* answer = std::get_if<domain::BlanksRequestAnswered>(&event)) {
    unanswered.erase(answer->request);
  } else if (const auto* begun = std::get_if<domain::GenerationOpened>(&event)) {
    if (!begun->restored) return;
    asking = begun->generation;
    blind = false;
  }
}

void Chronicle::CutBackCentre(uint64_t seq, bool shown) {
  ++centre_set_back;
  told_before = ever_enrolled;
  if (seq < centre_entries.size()) centre_entries.resize(seq);
  for (auto& [prr, given] : grants) {
    for (HeardGrant& grant : given) grant.forgotten = grant.forgotten || grant.seq > seq;
  }
  cases.clear();
  known_cases.clear();
  enrolled.clear();
  active.clear();
  facts_end.clear();
  sent.clear();
  closed_days.clear();
  unanswered.clear();
  asking = {};
  for (const std::string& bytes : centre_entries) {
    if (const auto entry = ReadWhole(bytes)) NoteStanding(*entry);
  }
  blind = !shown;
}

}  // namespace keping::sim
