#include "central_node/core/node_end.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "central_node/core/lease.h"
#include "common/base/check.h"

namespace keping::central {
namespace {

using domain::NodeEnd;

// So that no event is as large as a whole year of an office.
constexpr size_t kLeasesPerEvent = 500;

// Everything at once: the keys of an earlier incarnation may lie on the same machine.
bool IsOpenFor(const StreamHead& stream, NodeEnd end) {
  const bool own_key = !stream.public_key.empty() && stream.branch_of.empty();
  return own_key && !stream.ends.contains(end);
}

domain::TailLost TailOf(const CloseNode& command, const NodeRow& node) {
  domain::TailLost tail{
      .node = command.node, .incarnations = {}, .blanks = {}, .leases = {}, .boxes = {}};
  for (const auto& [incarnation, stream] : node.streams) tail.incarnations.push_back(incarnation);
  return tail;
}

void AddTails(const CloseNode& command, const NodeRow& node,
              const std::map<domain::PrrId, PrrRow>& prrs, std::vector<domain::Event>& events) {
  domain::TailLost tail = TailOf(command, node);
  tail.blanks = command.blanks;
  tail.boxes.assign(command.boxes.begin(), command.boxes.end());
  for (const domain::PrrId& prr : command.prrs) {
    const Lease lease = CurrentLease(prrs.at(prr).facts);
    if (!lease.held() || lease.holder != command.node || lease.lost) continue;
    if (tail.leases.size() == kLeasesPerEvent) {
      events.emplace_back(std::exchange(tail, TailOf(command, node)));
    }
    tail.leases.push_back({.prr = prr, .epoch = lease.epoch});
  }
  events.emplace_back(std::move(tail));
}

}  // namespace

const char* EndWord(NodeEnd end) {
  switch (end) {
    case NodeEnd::kLost:
      return "declared lost";
    case NodeEnd::kRevoked:
      return "revoked";
    case NodeEnd::kRetired:
      return "retired";
  }
  KEPING_CHECK(false, "every end of a node has its word");
}

bool IsClosed(const NodeRow& node) {
  const auto active = node.streams.find(node.active);
  return active != node.streams.end() && !active->second.ends.empty();
}

bool IsQuarantined(const StreamHead& stream) {
  return stream.ends.contains(NodeEnd::kRevoked) || stream.ends.contains(NodeEnd::kRetired);
}

bool NamesTwoPersons(const domain::OperatorId& by, const domain::OperatorId& second,
                     const domain::DocumentNumber& document) {
  return !by.empty() && !second.empty() && by != second && !document.empty();
}

CommandOutcome WhyNotClose(const CloseNode& command, const Resident& resident) {
  if (!resident.nodes.contains(command.node)) return CommandOutcome::kUnknownNode;
  if (command.end != NodeEnd::kRetired) {
    return NamesTwoPersons(command.by, command.second, command.document)
               ? CommandOutcome::kDone
               : CommandOutcome::kNotTwoPersons;
  }
  return command.holdings.empty() ? CommandOutcome::kDone : CommandOutcome::kStillHolds;
}

std::vector<domain::Event> ClosingEvents(const CloseNode& command, const Resident& resident,
                                         const std::map<domain::PrrId, PrrRow>& prrs) {
  const NodeRow& node = resident.nodes.at(command.node);
  std::vector<domain::Event> events;
  for (const auto& [incarnation, stream] : node.streams) {
    if (!IsOpenFor(stream, command.end)) continue;
    events.emplace_back(domain::NodeClosed{.node = command.node,
                                           .end = command.end,
                                           .incarnation = incarnation,
                                           .seq = stream.seq,
                                           .head = stream.hash,
                                           .by = command.by,
                                           .second = command.second,
                                           .document = command.document});
  }
  if (command.end == NodeEnd::kLost && !events.empty()) AddTails(command, node, prrs, events);
  return events;
}

CommandOutcome WhyNotAccept(const AcceptClaims& command, const Resident& resident) {
  const auto node = resident.nodes.find(command.node);
  if (node == resident.nodes.end()) return CommandOutcome::kUnknownNode;
  const auto stream = node->second.streams.find(command.incarnation);
  if (stream == node->second.streams.end()) return CommandOutcome::kNoSuchClaims;
  // Whoever did not hear the answer asks again.
  if (command.seq > 0 && command.seq <= stream->second.accepted_seq) return CommandOutcome::kDone;
  if (command.head.IsZero() || command.seq > stream->second.claims_seq) {
    return CommandOutcome::kNoSuchClaims;
  }
  if (!NamesTwoPersons(command.by, command.second, command.document)) {
    return CommandOutcome::kNotTwoPersons;
  }
  return CommandOutcome::kDone;
}

std::optional<Anomaly> LostTail(const NodeRow& node) {
  if (node.losses.empty()) return std::nullopt;
  return Anomaly{
      .kind = domain::CaseKind::kLostTail, .evidence = node.losses, .settled = node.unsettled == 0};
}

std::set<domain::NodeId> CountUnsettled(const Verdicts& verdicts, const Rows& rows,
                                        Resident& resident) {
  std::set<domain::NodeId> counted;
  const auto count = [&](bool unsettled, const domain::NodeId& holder, int change) {
    if (!unsettled) return;
    resident.nodes[holder].unsettled += static_cast<uint64_t>(change);
    counted.insert(holder);
  };
  for (const auto& [serial, verdict] : verdicts.blanks) {
    const ledger::Place& before = rows.blanks.at(serial).place;
    count(before.account == ledger::Account::kMaybeUsed, before.holder, -1);
    count(verdict.place.account == ledger::Account::kMaybeUsed, verdict.place.holder, 1);
  }
  for (const auto& [box, verdict] : verdicts.boxes) {
    const BoxRow& before = rows.boxes.at(box);
    count(before.place.account == ledger::Account::kMaybeUsed && before.unidentified > 0,
          before.place.holder, -1);
    count(verdict.place.account == ledger::Account::kMaybeUsed && verdict.unidentified > 0,
          verdict.place.holder, 1);
  }
  for (const auto& [prr, verdict] : verdicts.prrs) {
    const PrrRow& before = rows.prrs.at(prr);
    count(before.state == PrrState::kMaybePrinted, before.holder, -1);
    count(verdict.state == PrrState::kMaybePrinted, verdict.holder, 1);
  }
  return counted;
}

std::optional<Anomaly> UnbelievedClaims(const StreamHead& stream) {
  if (stream.claims_seq == 0 || !IsQuarantined(stream)) return std::nullopt;
  Anomaly anomaly{.kind = domain::CaseKind::kRevokedClaims,
                  .settled = stream.accepted_seq >= stream.claims_seq};
  for (const auto& [end, fact] : stream.ends) anomaly.evidence.insert(fact);
  return anomaly;
}

}  // namespace keping::central
