#include "tests/sim/chronicle.h"

#include <algorithm>
#include <variant>

#include "common/domain/entry.h"
#include "common/wire/event_codec.h"

namespace keping::sim {

bool NodeChronicle::Wrote(uint64_t seq, const std::string& bytes) const {
  if (seq >= 1 && seq <= entries.size() && entries[seq - 1] == bytes) return true;
  for (const auto& [first, lost] : lost_branches) {
    if (seq >= first && seq < first + lost.size() && lost[seq - first] == bytes) return true;
  }
  return false;
}

std::optional<domain::Event> Chronicle::Read(const std::string& bytes) {
  auto entry = domain::ParseEntry(bytes);
  if (!entry.ok()) return std::nullopt;
  auto event = wire::DecodeEvent(entry->header.type, entry->payload);
  if (!event.ok()) return std::nullopt;
  return *std::move(event);
}

bool Chronicle::IntentWithin(const domain::ActId& act, int office, uint64_t seq) const {
  const auto found = intents.find(act.value());
  return found != intents.end() && found->second.office == office && found->second.seq <= seq;
}

void Chronicle::CutBack(int office, uint64_t seq) {
  NodeChronicle& node = nodes_[office];
  node.restored = true;
  if (seq >= node.entries.size()) return;
  node.lost_branches.emplace_back(
      seq + 1, std::vector<std::string>(node.entries.begin() + seq, node.entries.end()));
  node.entries.resize(seq);
}

void Chronicle::NoteStanding(const domain::Event& event) {
  if (const auto* one = std::get_if<domain::CaseChanged>(&event)) {
    cases[one->case_id] = {one->kind, one->state, one->prr, one->blank};
  } else if (const auto* enrolment = std::get_if<domain::NodeEnrolled>(&event)) {
    enrolled.insert(enrolment->node);
  } else if (const auto* closed = std::get_if<domain::NodeClosed>(&event)) {
    enrolled.erase(closed->node);
    if (closed->end == domain::NodeEnd::kRevoked) {
      facts_end[closed->node] = std::max(facts_end[closed->node], closed->seq);
    }
  } else if (const auto* accepted = std::get_if<domain::ClaimsAccepted>(&event)) {
    facts_end[accepted->node] = std::max(facts_end[accepted->node], accepted->seq);
  } else if (const auto* opened = std::get_if<domain::GenerationOpened>(&event)) {
    if (!opened->restored) return;
    asking = opened->generation;
    blind = false;
  }
}

void Chronicle::CutBackCentre(uint64_t seq, bool shown) {
  ++centre_set_back;
  if (seq < centre_entries.size()) centre_entries.resize(seq);
  for (auto& [prr, given] : grants) {
    for (HeardGrant& grant : given) grant.forgotten = grant.forgotten || grant.seq > seq;
  }
  cases.clear();
  enrolled.clear();
  facts_end.clear();
  asking = {};
  for (const std::string& bytes : centre_entries) {
    if (const auto event = Read(bytes)) NoteStanding(*event);
  }
  blind = !shown;
}

}  // namespace keping::sim
