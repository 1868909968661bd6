// How the ends, forks and restarts of nodes' logs change what is known of their streams.

#include "central_node/core/fold.h"

namespace keping::central {

// The new incarnation says itself what it goes on from, and why.
void Folder::On(const FactRef& ref, const domain::IncarnationOpened& event) {
  if (event.parent.empty()) return;
  StreamHead& parent = resident_.nodes[ref.node].streams[event.parent];
  const bool forked = event.reason == domain::IncarnationReason::kForked;
  (forked ? parent.forks : parent.rollbacks)[event.parent_head] = ref.id;
  TouchStream(ref.node, event.parent);
}

void Folder::On(const FactRef& ref, const domain::StockRescanned& event) {
  AddScans(ref, {}, event.blanks, ScanKind::kFound);
  AddScans(ref, {}, event.missing, ScanKind::kNotFound);
}

void Folder::On(const FactRef&, const domain::BlanksLent&) {}

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

void Folder::TouchStream(const domain::NodeId& node, const domain::IncarnationId& incarnation) {
  touched_.nodes.insert(node);
  touched_.streams.emplace(node, incarnation);
}

void Folder::On(const FactRef&, const domain::NodeClosed&) {}

void Folder::On(const FactRef&, const domain::ClaimsAccepted&) {}

}  // namespace keping::central
