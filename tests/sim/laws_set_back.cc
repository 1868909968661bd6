// The laws of a centre whose database was set back to an older copy. What it gave out after the
// copy was made it forgot, and the world did not: the chronicle keeps every lease that was ever
// given and every box that ever left, and marks what the centre's log does not say any more.
#include <variant>

#include "absl/strings/str_cat.h"
#include "tests/sim/laws.h"

namespace keping::sim {

void Laws::OnCentreRestored(uint64_t seq, bool shown) { chronicle_.CutBackCentre(seq, shown); }

// Everybody whom the restored log names as enrolled has met the generation that asks, but for an
// office that is new since then.
void Laws::CheckAskedFirst(const std::string& what) {
  if (chronicle_.asking.empty()) return;
  for (const domain::NodeId& node : chronicle_.enrolled) {
    if (!chronicle_.told_before.contains(node)) continue;
    if (chronicle_.office(OfficeIndex(node)).met.contains(chronicle_.asking)) continue;
    world_.Break("asks first", absl::StrCat("the centre was set back and gave out ", what,
                                            " before ", node.value(), " said what it was told"));
  }
}

bool Laws::Used(const domain::PrrId& prr, const HeardGrant& grant) const {
  for (const auto& [act, intent] : chronicle_.intents) {
    if (intent.event.prr == prr && intent.event.lease_epoch == grant.epoch &&
        IdOf(intent.log) == grant.node) {
      return true;
    }
  }
  return false;
}

// A lease that the centre forgot is good until its holder gives it back: the centre asks before it
// gives the record to anybody else.
void Laws::CheckNotGivenAnew(int log, const domain::PrintIntended& event) {
  const HeardGrant* own = nullptr;
  for (const HeardGrant& grant : chronicle_.grants[event.prr.value()]) {
    if (grant.node == IdOf(log) && grant.epoch == event.lease_epoch) {
      own = &grant;
      continue;
    }
    const bool anew = own != nullptr && own->forgotten && grant.node != own->node &&
                      grant.epoch > own->epoch && !grant.forced && !grant.blind &&
                      !grant.forgotten &&
                      !chronicle_.Released(OfficeIndex(own->node), event.prr, own->epoch);
    if (!anew) continue;
    world_.Break("lease", absl::StrCat(IdOf(log).value(), " printed ", event.prr.value(),
                                       " under a lease that the centre had forgotten, and had "
                                       "given anew to ",
                                       grant.node.value()));
  }
}

void Laws::CheckRevoked(int office, const sync::CentreFrame& frame) {
  const auto revoked = chronicle_.facts_end.find(OfficeId(office));
  if (revoked == chronicle_.facts_end.end()) return;
  const auto* receipt = std::get_if<sync::Receipt>(&frame);
  const auto* part = std::get_if<sync::RecordPart>(&frame);
  const bool told = std::holds_alternative<sync::FeedBatch>(frame) ||
                    (part != nullptr && !part->gone) ||
                    (receipt != nullptr && receipt->head.seq > revoked->second);
  if (!told) return;
  world_.Break("claims only", absl::StrCat(OfficeId(office).value(),
                                           " was revoked, and got a receipt or its feed"));
}

// What was forgotten is written down again under its number, and is the same box.
void Laws::OnDispatch(const domain::BlanksDispatched& event) {
  for (const domain::BlanksDispatched& known : chronicle_.dispatches) {
    if (known.transfer != event.transfer) continue;
    if (known == event) return;
    return world_.Break("one dispatch", absl::StrCat("transfer ", event.transfer.value(),
                                                     " was dispatched twice, and not alike"));
  }
  CheckAskedFirst(event.transfer.value());
  chronicle_.dispatches.push_back(event);
}

}  // namespace keping::sim
