// How the ends, forks and restarts of nodes' logs change what is known of their streams.

#include <algorithm>

#include "central_node/core/fold.h"

namespace keping::central {

// The new incarnation says itself what it goes on from, and why.
void Folder::On(const FactRef& ref, const domain::IncarnationOpened& event) {
  if (event.parent.empty()) return;
  StreamHead& parent = resident_.nodes[ref.node].streams[event.parent];
  const bool forked = event.reason == domain::IncarnationReason::kForked;
  (forked ? parent.forks : parent.rollbacks)[event.parent_head] = ref.id;
  // Its machine lost more than it goes on from, and what the centre holds may end before it too.
  if (event.parent_reached_seq > event.parent_seq) parent.gaps[ref.id] = event.parent_reached_seq;
  TouchStream(ref.node, event.parent);
}

void Folder::On(const FactRef& ref, const domain::StockRescanned& event) {
  AddScans(ref, {}, event.blanks, ScanKind::kFound);
  AddScans(ref, {}, event.missing, ScanKind::kNotFound);
}

void Folder::On(const FactRef& ref, const domain::LogForked& event) {
  NodeRow& node = resident_.nodes[event.node];
  StreamHead& stream = node.streams[event.incarnation];
  stream.forks[event.other_hash] = ref.id;
  StreamHead& branch = node.streams[event.branch];
  branch.public_key = stream.public_key;
  branch.branch_of = event.incarnation;
  branch.branch_seq = event.seq;
  TouchStream(event.node, event.incarnation);
}

void Folder::On(const FactRef& ref, const domain::LogRolledBack& event) {
  resident_.nodes[event.node].streams[event.incarnation].rollbacks[event.hash] = ref.id;
  TouchStream(event.node, event.incarnation);
}

void Folder::On(const FactRef& ref, const domain::LogGapFound& event) {
  resident_.nodes[event.node].streams[event.incarnation].gaps[ref.id] = event.seq;
  TouchStream(event.node, event.incarnation);
}

void Folder::TouchStream(const domain::NodeId& node, const domain::IncarnationId& incarnation) {
  touched_.nodes.insert(node);
  touched_.streams.emplace(node, incarnation);
}

void Folder::TouchClaims(const domain::NodeId& node, const domain::IncarnationId& incarnation) {
  touched_.nodes.insert(node);
  touched_.claims.emplace(node, incarnation);
}

void Folder::On(const FactRef& ref, const domain::NodeClosed& event) {
  auto& ends = resident_.nodes[event.node].streams[event.incarnation].ends;
  const auto [end, is_new] = ends.emplace(event.end, ref.id);
  if (!is_new) end->second = std::min(end->second, ref.id);
  TouchClaims(event.node, event.incarnation);
  // Nobody waits for it any more.
  touched_.days.insert(event.node);
  Hear(event.node);
}

// A node's word about its own lease: the centre gave it, and forgot that when it was set back. It
// counts while the centre waits for it, and for no later lease.
void Folder::On(const FactRef& ref, const domain::GenerationMet& event) {
  const auto opened = resident_.centre.generations.find(event.generation);
  // Of a log that has ended the word counts all the same: it may have come before the end.
  const bool asked = resident_.centre.unheard.contains(ref.node) ||
                     !resident_.nodes[ref.node].streams[ref.incarnation].ends.empty();
  const bool known = opened != resident_.centre.generations.end() && opened->second == event.order;
  if (!asked || !known) return;
  for (const auto& [prr, epoch] : event.leases) {
    if (epoch.generation_order >= event.order) continue;
    AddFact(Prr(prr).facts.grants, {.fact = ref, .node = ref.node, .epoch = epoch});
  }
  for (const domain::GenerationMet::Transfer& told : event.transfers) {
    On(ref, domain::BlanksDispatched{.transfer = told.transfer,
                                     .node = ref.node,
                                     .serials = told.serials,
                                     .boxes = told.boxes});
    touched_.told_before[{ref.node, told.transfer}] = told;
  }
  if (event.last && event.generation == resident_.centre.generation) Hear(ref.node);
}

void Folder::Hear(const domain::NodeId& node) {
  if (resident_.centre.unheard.erase(node) > 0) touched_.centre = true;
}

void Folder::On(const FactRef&, const domain::ClaimsAccepted& event) {
  StreamHead& stream = resident_.nodes[event.node].streams[event.incarnation];
  stream.accepted_seq = std::max(stream.accepted_seq, event.seq);
  TouchClaims(event.node, event.incarnation);
}

void Folder::On(const FactRef& ref, const domain::TailLost& event) {
  resident_.nodes[event.node].losses.insert(ref.id);
  touched_.nodes.insert(event.node);
  touched_.tails.insert(event.node);
  event.blanks.ForEach([&](const domain::BlankSerial& serial) {
    AddFact(TouchBlank(serial, ref.id).facts.losses,
            {.fact = ref,
             .node = event.node,
             .incarnations = {event.incarnations.begin(), event.incarnations.end()}});
  });
  for (const domain::BoxId& box : event.boxes) {
    AddFact(TouchBox(box, ref.id).facts.losses,
            {.fact = ref,
             .node = event.node,
             .incarnations = {event.incarnations.begin(), event.incarnations.end()}});
  }
  for (const domain::HeldLease& lease : event.leases) {
    AddFact(Prr(lease.prr).facts.losses, {.fact = ref, .node = event.node, .epoch = lease.epoch});
  }
}

}  // namespace keping::central
