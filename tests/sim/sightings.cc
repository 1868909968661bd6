#include "tests/sim/sightings.h"

#include <set>
#include <variant>

#include "tests/sim/discrepancies.h"
#include "tests/sim/laws.h"

namespace keping::sim {
namespace {

using domain::CaseKind;
using domain::SerialSet;

class Finder {
 public:
  Finder(const Chronicle& chronicle, const SerialSet& blanks)
      : chronicle_(chronicle), blanks_(blanks) {}

  void Read(const KeptEntry& kept) {
    held_.insert(kept.hash);
    const domain::Event& event = kept.entry.event;
    if (const auto* received = std::get_if<domain::BlanksReceived>(&event)) {
      Add(received->received.Union(received->unexpected),
          {kept.node, true, {CaseKind::kTransferDifference, received->transfer.value()}});
    } else if (const auto* rescan = std::get_if<domain::StockRescanned>(&event)) {
      Add(rescan->blanks, {.node = kept.node, .shown_by = {}});
    } else if (const auto* good = std::get_if<domain::PrintVerified>(&event)) {
      Add({good->blank}, {.node = kept.node, .shown_by = {}});
    } else if (const auto* spoiled = std::get_if<domain::BlankSpoiled>(&event)) {
      Add({spoiled->blank}, {.node = kept.node, .shown_by = {}});
    }
  }

  // The last count of each pile; of a log that was set back nobody knows which one that is.
  Sightings Find() {
    std::map<CaseOf, const HeardCount*> last;
    for (const HeardCount& one : chronicle_.counts) {
      if (!chronicle_.node(one.log).ever_upset) last[CaseOfCount(chronicle_, one)] = &one;
    }
    for (const auto& [what, count] : last) {
      if (!held_.contains(count->entry)) continue;
      const domain::NodeId node = OfficeId(chronicle_.node(count->log).office);
      Add(count->event.missing, {node, false, what});
      Add(count->event.surplus, {node, true, what});
    }
    return std::move(found_);
  }

 private:
  void Add(const SerialSet& seen, const Sighting& sighting) {
    seen.Intersect(blanks_).ForEach(
        [&](const domain::BlankSerial& serial) { found_[serial].push_back(sighting); });
  }

  const Chronicle& chronicle_;
  const SerialSet& blanks_;
  std::set<crypto::Hash> held_;
  Sightings found_;
};

}  // namespace

Sightings FindSightings(const std::vector<KeptEntry>& entries, const Chronicle& chronicle,
                        const SerialSet& blanks) {
  Finder finder(chronicle, blanks);
  for (const KeptEntry& entry : entries) finder.Read(entry);
  return finder.Find();
}

}  // namespace keping::sim
