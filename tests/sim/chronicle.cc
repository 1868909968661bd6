#include "tests/sim/chronicle.h"

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

}  // namespace keping::sim
