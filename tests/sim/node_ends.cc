#include "tests/sim/node_ends.h"

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"

namespace keping::sim {
namespace {

using central::CommandOutcome;
using domain::NodeEnd;

constexpr int kLeasesMoved = 20;

domain::OperatorId Officer(int number) {
  return domain::OperatorId::Of(absl::StrCat("officer-", number));
}

domain::DocumentNumber Paper() { return domain::DocumentNumber::Of("470/12/2026"); }

}  // namespace

void NodeEnds::Start() {
  world_.queue().After(kRound, [this] {
    Round();
    Start();
  });
}

void NodeEnds::Round() {
  for (Office* office : offices_) {
    if (!centre_.listening()) return;
    const std::optional<NodeEnd> end = chronicle_.office(office->index()).end;
    if (!end.has_value()) {
      MaybeEnd(*office);
      continue;
    }
    Close(*office, *end);
    if (chronicle_.office(office->index()).believed) PostClaims(*office);
  }
}

void NodeEnds::MaybeEnd(Office& office) {
  if (!chronicle_.enrolled.contains(office.id()) || district_.has_sent_ahead_to(office.id())) {
    return;
  }
  if (!world_.plan().node_end.Strikes(prng_, kRound)) return;
  Decide(office, prng_.Chance(1, 3) ? NodeEnd::kLost : NodeEnd::kRevoked);
}

void NodeEnds::Decide(Office& office, NodeEnd end) {
  world_.Count(end == NodeEnd::kLost ? "node_lost" : "node_revoked");
  OfficeChronicle& facts = chronicle_.office(office.index());
  facts.end = end;
  facts.believed = end == NodeEnd::kLost || prng_.Chance(1, 2);
  Close(office, end);
  MoveLeasesAway(office);
}

void NodeEnds::Close(const Office& office, NodeEnd end) {
  const auto row = centre_.node()->resident().nodes.find(office.id());
  if (row == centre_.node()->resident().nodes.end()) return;
  const auto stream = row->second.streams.find(office.keys().incarnation);
  if (stream == row->second.streams.end() || stream->second.ends.contains(end)) return;
  const bool done = centre_.Do([&](central::CentralNode& node, const time::Moment& now) {
    return node
        .Handle(now, central::CloseNode{.node = office.id(),
                                        .end = end,
                                        .by = Officer(1),
                                        .second = Officer(2),
                                        .document = Paper()})
        .status();
  });
  if (done) centre_.Close(office.id());
}

void NodeEnds::MoveLeasesAway(const Office& office) {
  int moved = 0;
  for (const domain::PrrId& prr : chronicle_.granted) {
    if (moved == kLeasesMoved || !centre_.listening()) return;
    if (chronicle_.grants[prr.value()].back().node != office.id() || prng_.Chance(9, 10)) continue;
    const size_t to = prng_.Below(offices_.size());
    ++moved;
    centre_.Do([&](central::CentralNode& node, const time::Moment& now) {
      return node
          .Handle(now, central::MoveLease{.prr = prr,
                                          .to = offices_[to]->id(),
                                          .forced = true,
                                          .although_maybe_printed = true})
          .status();
    });
  }
}

void NodeEnds::PostClaims(const Office& office) {
  const auto row = centre_.node()->resident().nodes.find(office.id());
  if (row == centre_.node()->resident().nodes.end()) return;
  const auto stream = row->second.streams.find(office.keys().incarnation);
  if (stream == row->second.streams.end()) return;
  const uint64_t claimed = stream->second.claims_seq;
  if (claimed <= stream->second.accepted_seq) return;
  CommandOutcome outcome = CommandOutcome::kDone;
  const bool alone = prng_.Chance(1, 3);
  const bool done = centre_.Do([&](central::CentralNode& node, const time::Moment& now) {
    const auto result =
        node.Handle(now, central::AcceptClaims{.node = office.id(),
                                               .incarnation = office.keys().incarnation,
                                               .seq = claimed,
                                               .by = Officer(1),
                                               .second = Officer(alone ? 1 : 2),
                                               .document = Paper()});
    if (result.ok()) outcome = result->outcome;
    return result.status();
  });
  if (!done) return;
  const CommandOutcome right = alone ? CommandOutcome::kNotTwoPersons : CommandOutcome::kDone;
  if (outcome != right) {
    return world_.Break("two officers", std::string(central::Sentence({.outcome = outcome})));
  }
  if (!alone) world_.Count("claims_posted");
}

}  // namespace keping::sim
