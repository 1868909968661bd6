#include "common/cli/conservation_boxes.h"

#include <algorithm>

#include "common/cli/conservation.h"
#include "common/domain/entry.h"

namespace keping::cli {

using domain::BlankSerial;
using domain::Box;
using domain::BoxId;
using domain::NodeId;

void BoxCensus::Add(const LoggedEvent& logged) {
  const Mark here{logged.node, logged.incarnation, {}};
  if (const auto* note = logged.As<domain::AllotmentReceived>()) {
    for (const Box& box : note->boxes) {
      trails_[box.box].quantities.try_emplace(logged.id, box.quantity);
    }
  } else if (const auto* came = logged.As<domain::BlanksReceived>()) {
    Mark mark = here;
    mark.transfer = came->transfer;
    for (const Box& box : came->boxes) {
      trails_[box.box].came[logged.id] = mark;
      trails_[box.box].receipts[logged.id] = box.quantity;
    }
    // One scan says one thing of a box.
    for (const BoxId& box : came->missing_boxes) {
      if (!trails_[box].came.contains(logged.id)) trails_[box].sought[logged.id] = mark;
    }
    for (const BoxId& box : came->unexpected_boxes) {
      Trail& trail = trails_[box];
      const bool said = trail.came.contains(logged.id) || trail.sought.contains(logged.id);
      if (!said) trail.strayed[logged.id] = mark;
    }
  } else if (const auto* opened = logged.As<domain::BoxOpened>()) {
    Trail& trail = trails_[opened->box];
    trail.opened[logged.id] = here;
    trail.emptied = trail.emptied || opened->emptied;
    trail.scanned = trail.scanned.Union(opened->serials);
    opened->serials.ForEach(
        [&](const BlankSerial& blank) { came_out_[blank].insert(opened->box); });
  } else if (const auto* lost = logged.As<domain::TailLost>()) {
    for (const BoxId& box : lost->boxes) {
      trails_[box].lost[logged.id] = {lost->node,
                                      {lost->incarnations.begin(), lost->incarnations.end()}};
    }
  }
}

void BoxCensus::AddSending(const crypto::Hash& id, const domain::TransferId& transfer,
                           const NodeId& node, const std::vector<Box>& boxes) {
  for (const Box& box : boxes) trails_[box.box].sent.try_emplace(id, Mark{node, {}, transfer});
}

void BoxCensus::Rename(const std::map<BlankSerial, BlankSerial>& aliases) {
  for (const auto& [name, alias] : aliases) {
    const auto known = came_out_.find(name);
    if (known == came_out_.end()) continue;
    const std::set<BoxId> boxes = known->second;
    came_out_.erase(known);
    came_out_[alias].insert(boxes.begin(), boxes.end());
    for (const BoxId& box : boxes) {
      trails_.at(box).scanned.Remove(name);
      trails_.at(box).scanned.Insert(alias);
    }
  }
}

const BoxId& BoxCensus::BoxOf(const BlankSerial& blank) const {
  return *came_out_.at(blank).begin();
}

bool BoxCensus::SeenAfter(const Trail& trail, const Loss& loss) {
  for (const auto* marks : {&trail.came, &trail.strayed, &trail.opened}) {
    for (const auto& [id, mark] : *marks) {
      if (mark.node == loss.node && !loss.logs.contains(mark.incarnation) &&
          !domain::IsBranch(mark.incarnation)) {
        return true;
      }
    }
  }
  return false;
}

CustodyPlace BoxCensus::PlaceOf(const Trail& trail) const {
  std::set<NodeId> keepers;
  std::set<domain::TransferId> arrived;
  for (const auto& [id, mark] : trail.came) {
    keepers.insert(mark.node);
    arrived.insert(mark.transfer);
  }
  for (const auto& [id, mark] : trail.opened) keepers.insert(mark.node);
  if (keepers.size() >= 2) return {"contested", keepers.begin()->value()};
  if (keepers.size() == 1) {
    const NodeId& keeper = *keepers.begin();
    if (trail.emptied) return {"missing", keeper.value()};
    const bool in_doubt = std::any_of(trail.lost.begin(), trail.lost.end(), [&](const auto& entry) {
      return entry.second.node == keeper && !SeenAfter(trail, entry.second);
    });
    return {in_doubt ? "maybe_used" : "unidentified", keeper.value()};
  }
  std::set<NodeId> finders;
  for (const auto& [id, mark] : trail.strayed) finders.insert(mark.node);
  if (!finders.empty()) return {"contested", finders.begin()->value()};
  // Of two dispatches under one number the greater id has the word.
  std::map<domain::TransferId, NodeId> on_the_way;
  for (const auto& [id, mark] : trail.sent) {
    if (!arrived.contains(mark.transfer)) on_the_way[mark.transfer] = mark.node;
  }
  if (on_the_way.empty()) return {"unidentified", ""};
  const auto& [transfer, node] = *on_the_way.begin();
  if (on_the_way.size() >= 2) return {"contested", node.value()};
  const bool sought = std::any_of(
      trail.sought.begin(), trail.sought.end(),
      [&, number = transfer](const auto& entry) { return entry.second.transfer == number; });
  return {sought ? "missing" : "in_transit", node.value()};
}

std::map<BoxId, BoxContents> BoxCensus::Contents(AnsweredFor answered_for) const {
  std::map<BoxId, BoxContents> contents;
  for (const auto& [box, trail] : trails_) {
    int64_t out = 0;
    trail.scanned.ForEach([&, &name = box](const BlankSerial& blank) {
      out += BoxOf(blank) == name && !answered_for(blank) ? 1 : 0;
    });
    const int64_t held =
        trail.quantities.empty() ? 0 : static_cast<int64_t>(trail.quantities.begin()->second);
    contents[box] = {.place = PlaceOf(trail),
                     .held = held,
                     .unidentified = std::max<int64_t>(0, held - out),
                     .excess = std::max<int64_t>(0, out - held)};
  }
  return contents;
}

uint64_t BoxCensus::LeftAtOffice() const {
  uint64_t left = 0;
  for (const auto& [box, trail] : trails_) {
    if (trail.emptied || trail.receipts.empty()) continue;
    const uint64_t held = trail.receipts.begin()->second;
    left += held - std::min(held, trail.scanned.size());
  }
  return left;
}

uint64_t BoxCensus::declared_quantity() const {
  uint64_t sum = 0;
  for (const auto& [box, trail] : trails_) {
    if (!trail.quantities.empty()) sum += trail.quantities.begin()->second;
  }
  return sum;
}

}  // namespace keping::cli
