#include "tests/sim/kept_logs.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/domain/entry.h"
#include "common/storage/key_space.h"
#include "common/wire/event_codec.h"
#include "tests/sim/laws.h"

namespace keping::sim {
namespace {

constexpr char kHeld[] = "held is written";
constexpr char kAcknowledged[] = "acknowledged";

}  // namespace

// Each log hangs together; a branch begins anew, after an entry that some other stream holds.
KeptLogs::KeptLogs(World* world, const Chronicle& chronicle, const storage::KvStore& store)
    : world_(*world) {
  storage::NodeStreamKey before;
  crypto::Hash hash;
  std::vector<std::pair<std::string, crypto::Hash>> begins;
  const absl::string_view prefix = storage::kNodeEntryPrefix;
  const absl::Status read = store.Scan(
      prefix, storage::PrefixEnd(prefix), [&](absl::string_view key, absl::string_view bytes) {
        const auto at = storage::ReadNodeStreamKey(key.substr(prefix.size()));
        const auto entry = domain::ParseEntry(bytes);
        if (!at.ok() || !entry.ok()) return false;
        const bool goes_on = at->node == before.node && at->incarnation == before.incarnation;
        const bool follows =
            !goes_on || (at->seq == before.seq + 1 && entry->header.previous == hash);
        const int office = OfficeIndex(domain::NodeId::Of(at->node));
        if (!follows || !chronicle.Wrote(office, at->seq, std::string(bytes))) {
          world_.Break(kHeld, absl::StrCat("entry ", at->seq, " of ", at->node,
                                           follows ? " was never written there"
                                                   : " does not follow from the one before it"));
          return false;
        }
        if (!goes_on && at->seq > 1) {
          begins.emplace_back(absl::StrCat(at->node, " ", at->incarnation), entry->header.previous);
        }
        before = *at;
        hash = domain::HashEntryBytes(bytes);
        held_.insert(hash);
        if (auto event = wire::DecodeEvent(entry->header.type, entry->payload); event.ok()) {
          entries_.push_back({.node = domain::NodeId::Of(at->node),
                              .stream = domain::IncarnationId::Of(at->incarnation),
                              .hash = hash,
                              .entry = {entry->header, *std::move(event)}});
        }
        return true;
      });
  if (!read.ok()) world_.Break(kHeld, std::string(read.message()));
  for (const auto& [stream, previous] : begins) {
    if (held_.contains(previous)) continue;
    world_.Break(kHeld, absl::StrCat("the branch ", stream, " begins after an entry that is gone"));
  }
}

std::set<domain::ActId> KeptLogs::Cards(const Chronicle& chronicle) const {
  std::set<domain::ActId> acts;
  for (const HeardCard& card : chronicle.cards) {
    if (held_.contains(card.entry)) acts.insert(card.act);
  }
  return acts;
}

void KeptLogs::CheckAcknowledged(const Chronicle& chronicle) const {
  for (const auto& [head, office] : chronicle.receipted) {
    // A centre that was set back took some of it again as claims, which nobody posted.
    if (held_.contains(head) || !chronicle.office(office).believed) continue;
    world_.Break(kAcknowledged, absl::StrCat("the centre countersigned entry ", head.ShortHex(),
                                             ", and has it "
                                             "no more"));
  }
  for (const Succession& one : chronicle.successions) {
    if (held_.contains(one.head.hash)) continue;
    world_.Break(kAcknowledged,
                 absl::StrCat("entry ", one.head.seq, " of ", one.parent.value(), " of ",
                              one.node.value(), " was left behind when its log was ended"));
  }
}

}  // namespace keping::sim
