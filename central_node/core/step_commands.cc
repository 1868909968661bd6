// The commands of people: what each asks for, when it is refused, and the events that it makes.

#include <algorithm>
#include <optional>
#include <variant>

#include "central_node/core/home_office.h"
#include "central_node/core/lease.h"
#include "central_node/core/node_end.h"
#include "central_node/core/phone_grant.h"
#include "central_node/core/roster.h"
#include "central_node/core/step_run.h"

namespace keping::central {
namespace {

// How many generations a centre may have forgotten.
constexpr uint32_t kMaxOrdersAhead = 1000;
// Beyond all positions of a feed that a generation fills.
constexpr uint64_t kGenerationGap = uint64_t{1} << 32;

}  // namespace

using domain::NodeId;
using domain::PrrId;

void Run::On(const OpenGeneration& input) {
  // A node's word alone must not use up the orders.
  const uint32_t own = resident_.centre.generation_order;
  const uint32_t known = std::max(own, std::min(input.known_order, own + kMaxOrdersAhead));
  Append(domain::GenerationOpened{.generation = input.generation,
                                  .order = known + 1,
                                  .restored = input.restored,
                                  .shown_by = input.shown_by});
  if (!input.restored) return;
  // What the nodes were told before keeps its place before all that they are told from now on.
  for (auto& [node, row] : resident_.nodes) {
    row.feed_head += kGenerationGap;
    effects_.nodes.insert(node);
  }
}

void Run::On(const EnrolNode& input) {
  const auto node = resident_.nodes.find(input.node);
  if (node != resident_.nodes.end()) {
    const auto stream = node->second.streams.find(input.incarnation);
    if (stream != node->second.streams.end()) {
      // Its code must not bring an ended incarnation a new certificate.
      if (!stream->second.ends.empty()) return Refuse(CommandOutcome::kNodeClosed);
      const bool same = stream->second.public_key == input.public_key;
      return Refuse(same ? CommandOutcome::kDone : CommandOutcome::kAlreadyEnrolled);
    }
  }
  domain::NodeEnrolled enrolled{
      .node = input.node, .incarnation = input.incarnation, .public_key = input.public_key};
  // A node that has been here before goes on after a restore, or after a fork.
  if (node != resident_.nodes.end() && !node->second.active.empty()) {
    const bool forked = !node->second.streams.at(node->second.active).forks.empty();
    enrolled.reason =
        forked ? domain::IncarnationReason::kForked : domain::IncarnationReason::kRestored;
  }
  enrolled.by = input.by;
  if (input.forgotten) enrolled.reason = domain::IncarnationReason::kForgotten;
  Append(enrolled);
  TellRequiredApplication(input.node);
  TellPolicy(input.node);
  TellGrantKey(input.node);
}

void Run::On(const AddOperator& input) { ChangeRoster(input); }

void Run::On(const RemoveOperator& input) { ChangeRoster(input); }

void Run::On(const CertifyOperator& input) { ChangeRoster(input); }

template <typename Command>
void Run::ChangeRoster(const Command& input) {
  const auto after = RosterAfter(input, resident_);
  if (const auto* why_not = std::get_if<CommandOutcome>(&after)) return Refuse(*why_not);
  Roster(input.node, input.operator_id, std::get<RosterEntry>(after), input.by);
}

void Run::On(const RequireApplication& input) {
  if (!input.node.empty() && !resident_.nodes.contains(input.node)) {
    return Refuse(CommandOutcome::kUnknownNode);
  }
  Append(domain::ApplicationRequired{
      .application_version = input.application_version, .node = input.node, .by = input.by});
  for (const auto& [node, row] : resident_.nodes) {
    if (input.node.empty() || input.node == node) TellRequiredApplication(node);
  }
}

void Run::On(const IssueGrant& input) {
  if (!resident_.nodes.contains(input.node)) return Refuse(CommandOutcome::kUnknownNode);
  if (IsClosed(resident_.nodes.at(input.node))) return Refuse(CommandOutcome::kNodeClosed);
  domain::GrantTerms terms{.node = input.node,
                           .kind = input.kind,
                           .subject = input.subject,
                           .day = input.day,
                           .application_version = {},
                           .lease_epoch = {}};
  const CommandOutcome carried_out = CarryOut(input, terms);
  if (carried_out != CommandOutcome::kDone) return Refuse(carried_out);
  // A lease granted just now has an epoch of its own, under which every number is free: so
  // nothing was carried out when there is none.
  const std::optional<uint32_t> number =
      FreeGrantNumber(resident_.nodes.at(input.node).grants, input.key, terms, input.first_number);
  if (!number) return Refuse(CommandOutcome::kTooManyGrants);
  if (input.kind == domain::GrantKind::kCertifyOperator) Certify(input);
  Append(domain::GrantIssued{.act = input.act,
                             .kind = terms.kind,
                             .node = terms.node,
                             .subject = terms.subject,
                             .day = terms.day,
                             .tag = domain::GrantTag(input.key, terms, *number),
                             .operator_id = input.by,
                             .application_version = terms.application_version,
                             .lease_epoch = terms.lease_epoch});
  effects_.result.grant_code = domain::MakeGrantCode(input.key, terms, *number);
  effects_.result.lease_epoch = terms.lease_epoch;
}

void Run::On(const TellGrantKeys&) {
  for (const auto& [node, row] : resident_.nodes) TellGrantKey(node);
}

void Run::On(const MoveLease& input) {
  const PrrRow& row = rows_.prrs[input.prr];
  const Lease lease = CurrentLease(row.facts);
  if (!resident_.nodes.contains(input.to)) return Refuse(CommandOutcome::kUnknownNode);
  if (row.facts.versions.empty()) return Refuse(CommandOutcome::kUnknownPrr);
  if (IsWithdrawn(row.facts)) return Refuse(CommandOutcome::kPrrWithdrawn);
  if (row.state == PrrState::kPrinted) return Refuse(CommandOutcome::kPrrPrinted);
  if (lease.held() && !lease.lost && lease.holder == input.to) {
    return Refuse(CommandOutcome::kAlreadyHolder);
  }
  if (IsClosed(resident_.nodes.at(input.to))) return Refuse(CommandOutcome::kNodeClosed);
  if (lease.lost && !(input.forced && input.although_maybe_printed)) {
    return Refuse(CommandOutcome::kPrrMaybePrinted);
  }
  if (!input.forced && RefusedUnheard(Unheard(input.prr, row.facts))) return;
  if (!lease.held()) {
    const bool forced = input.forced && Unheard(input.prr, row.facts) > 0;
    return Grant(input.prr, input.to, forced, input.by);
  }
  if (input.forced) return Grant(input.prr, input.to, true, input.by);
  if (IsClosed(resident_.nodes.at(lease.holder))) return Refuse(CommandOutcome::kHolderClosed);
  if (!lease.next_holder.empty()) return Refuse(CommandOutcome::kMoveInProgress);
  Append(domain::LeaseReleaseRequested{.prr = input.prr,
                                       .node = lease.holder,
                                       .epoch = lease.epoch,
                                       .next_holder = input.to,
                                       .by = input.by});
}

// It may have been given out before the centre was set back, to a node that did not say so yet.
size_t Run::Unheard() const { return resident_.centre.unheard.size(); }

size_t Run::Unheard(const PrrId& prr, const PrrFacts& facts) const {
  return Unheard() + MayBeForgotten(settings_, prr, facts, resident_);
}

bool Run::RefusedUnheard(size_t unheard) {
  if (unheard > 0) Refuse(CommandOutcome::kNodesUnheard, unheard);
  return unheard > 0;
}

void Run::On(const CloseNode& input) {
  const CommandOutcome outcome = WhyNotClose(input, resident_);
  if (outcome != CommandOutcome::kDone) {
    Refuse(outcome);
    effects_.result.holdings = input.holdings;
    return;
  }
  for (const domain::Event& event : ClosingEvents(input, resident_, rows_.prrs)) Append(event);
}

void Run::On(const ClaimsArrived& input) {
  TouchGaps(input.node, input.incarnation);
  StreamHead& stream = resident_.nodes.at(input.node).streams.at(input.incarnation);
  stream.claims_seq = input.seq;
  stream.claims_hash = input.head;
  folder_.TouchClaims(input.node, input.incarnation);
}

void Run::On(const AcceptClaims& input) {
  const CommandOutcome outcome = WhyNotAccept(input, resident_);
  if (outcome != CommandOutcome::kDone) return Refuse(outcome, input.seq, input.next_signed);
  const StreamHead& stream = resident_.nodes.at(input.node).streams.at(input.incarnation);
  if (stream.accepted_seq >= input.seq) return;
  Append(domain::ClaimsAccepted{.node = input.node,
                                .incarnation = input.incarnation,
                                .seq = input.seq,
                                .head = input.head,
                                .by = input.by,
                                .second = input.second,
                                .document = input.document});
}

void Run::On(const GrantWaiting& input) {
  for (const PrrId& prr : input.prrs) folder_.TouchPrr(prr);
}

void Run::Refuse(CommandOutcome outcome, uint64_t got, uint64_t want) {
  effects_.result = {.outcome = outcome, .got = got, .want = want};
}

bool Run::RefusedFor(CommandResult why) {
  if (why.outcome == CommandOutcome::kDone) return false;
  effects_.result = std::move(why);
  return true;
}

// The verifier of the first password is put in when the feed is read (central_node/store).
void Run::Roster(const NodeId& node, const domain::OperatorId& operator_id,
                 const RosterEntry& entry, const domain::OperatorId& by) {
  const std::vector<domain::ApplicationVersion> certified(entry.certified.begin(),
                                                          entry.certified.end());
  Append(domain::OperatorRostered{.operator_id = operator_id,
                                  .node = node,
                                  .role = entry.role,
                                  .certified = certified,
                                  .active = entry.active,
                                  .verifier = entry.verifier,
                                  .by = by});
  Tell(node, domain::OperatorFeedKey(operator_id),
       domain::OperatorItem{.operator_id = operator_id,
                            .certified = certified,
                            .role = entry.role,
                            .active = entry.active});
}

void Run::TellRequiredApplication(const NodeId& node) {
  const domain::ApplicationVersion& required = resident_.nodes.at(node).required_application;
  if (required.empty()) return;
  Tell(node, domain::ApplicationFeedKey(), domain::ApplicationItem{.required = required});
}

void Run::TellPolicy(const NodeId& node) {
  const domain::Policy& policy = resident_.centre.policy;
  if (policy.version == 0) return;
  Tell(node, domain::PolicyFeedKey(),
       domain::PolicyItem{.version = policy.version, .staleness = policy.staleness});
}

// The key itself is put in when the feed is read (central_node/store).
void Run::TellGrantKey(const NodeId& node) {
  crypto::Hash& told = resident_.nodes.at(node).grant_key_told;
  if (told == settings_.grant_key_name) return;
  told = settings_.grant_key_name;
  Tell(node, domain::GrantKeyFeedKey(), domain::GrantKeyItem{});
}

// What the centre does itself for a grant; completes its terms.
CommandOutcome Run::CarryOut(const IssueGrant& input, domain::GrantTerms& terms) {
  if (input.kind == domain::GrantKind::kUnlockNode) return CommandOutcome::kDone;
  if (input.subject.empty()) return CommandOutcome::kNoSubject;
  if (input.kind == domain::GrantKind::kForceLease) return CarryOutForcedLease(input, terms);
  const auto person = domain::OperatorId::Of(input.subject.value());
  if (ActiveOperator(resident_.nodes.at(input.node), person) == nullptr) {
    return CommandOutcome::kUnknownOperator;
  }
  if (input.kind == domain::GrantKind::kResetPassword) return CommandOutcome::kDone;
  if (input.application_version.empty()) return CommandOutcome::kNoSubject;
  terms.application_version = input.application_version;
  return CommandOutcome::kDone;
}

void Run::Certify(const IssueGrant& input) {
  const auto person = domain::OperatorId::Of(input.subject.value());
  RosterEntry entry = *ActiveOperator(resident_.nodes.at(input.node), person);
  if (entry.certified.insert(input.application_version).second) {
    Roster(input.node, person, entry, input.by);
  }
}

CommandOutcome Run::CarryOutForcedLease(const IssueGrant& input, domain::GrantTerms& terms) {
  const auto prr = domain::PrrId::Of(input.subject.value());
  const PrrRow& row = rows_.prrs[prr];
  if (row.facts.versions.empty()) return CommandOutcome::kUnknownPrr;
  if (IsWithdrawn(row.facts)) return CommandOutcome::kPrrWithdrawn;
  if (row.state == PrrState::kPrinted) return CommandOutcome::kPrrPrinted;
  const Lease lease = CurrentLease(row.facts);
  if (lease.lost) return CommandOutcome::kPrrMaybePrinted;
  // The node may hold it without knowing: then the grant only tells it.
  if (!lease.held() || lease.holder != input.node) {
    Grant(prr, input.node, lease.held() || Unheard(prr, row.facts) > 0, input.by);
  }
  terms.lease_epoch = CurrentLease(rows_.prrs[prr].facts).epoch;
  return CommandOutcome::kDone;
}

}  // namespace keping::central
