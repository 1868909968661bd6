#include "tests/sim/recovery.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "edge_node/store/frozen.h"

namespace keping::sim {

bool IsDelivered(const edge::EdgeNode& node) {
  return edge::CheckDelivered(*node.store().frozen(), node.log_reach()).ok();
}

Recovery::Recovery(World* world, const Chronicle* chronicle, Centre* centre,
                   SignerSource make_signer, std::vector<Office*> offices)
    : world_(*world),
      chronicle_(*chronicle),
      centre_(*centre),
      make_signer_(std::move(make_signer)),
      offices_(std::move(offices)),
      prng_(world->Fork()) {}

void Recovery::Start() {
  world_.queue().After(kRound, [this] { Round(); });
}

void Recovery::Round() {
  for (Office* office : offices_) LookAt(*office);
  Start();
}

void Recovery::LookAt(Office& office) {
  if (!office.frozen() || chronicle_.office(office.index()).end) return;
  const auto [at, is_new] = calls_.try_emplace(&office);
  Call& call = at->second;
  if (is_new) call.comes_at = world_.now() + prng_.Between(kHour, 30 * kHour);
  if ((world_.now() < call.comes_at && !world_.healed()) || !IsDelivered(*office.node())) return;
  if (!call.next && !Enrol(office, call)) return;
  if (!world_.healed() && prng_.Chance(1, 3)) return Interrupt(office, call);
  world_.Count("recovery");
  OfficeKeys next = *std::move(call.next);
  calls_.erase(at);
  office.Succeed(std::move(next), prng_.Between(kSecond, kHour));
}

// The administrator is called away in the middle of it, and ends it another time. Until then the
// machine starts again as it was, and meets a centre that waits for the next incarnation.
void Recovery::Interrupt(Office& office, Call& call) {
  world_.Count("recovery_interrupted");
  call.comes_at = world_.now() + prng_.Between(kHour, 12 * kHour);
  office.Kill(prng_.Between(kSecond, kMinute));
}

bool Recovery::Enrol(const Office& office, Call& call) {
  OfficeKeys next = office.keys();
  next.incarnation =
      domain::IncarnationId::Of(absl::StrCat("i-", office.index() + 1, ".r", ++incarnations_));
  next.signer = make_signer_();
  const bool enrolled = centre_.Do([&](central::CentralNode& node, const time::Moment& now) {
    return node
        .Handle(now, central::EnrolNode{.node = office.id(),
                                        .incarnation = next.incarnation,
                                        .public_key = next.signer->public_key()})
        .status();
  });
  if (!enrolled) return false;
  centre_.Certify(office.index(), next.incarnation);
  call.next = std::move(next);
  return true;
}

}  // namespace keping::sim
