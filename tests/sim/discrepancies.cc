#include "tests/sim/discrepancies.h"

#include <map>

namespace keping::sim {
namespace {

using domain::CaseKind;
using domain::PrrId;

uint32_t VersionIn(const std::map<PrrId, uint32_t>& versions, const PrrId& prr) {
  const auto found = versions.find(prr);
  return found == versions.end() ? 0 : found->second;
}

void AddOfCards(const Chronicle& chronicle, const std::set<crypto::Hash>& held,
                Discrepancies& found) {
  std::map<PrrId, int> cards;
  std::map<domain::BlankSerial, int> uses;
  std::set<std::pair<domain::ActId, domain::BlankSerial>> known;
  for (const HeardCard& card : chronicle.cards) {
    if (!held.contains(card.entry)) continue;
    // Of one card, two machines with one disk may both say so.
    if (!known.insert({card.act, card.blank}).second) continue;
    const std::string& prr = card.prr.value();
    const uint32_t latest = VersionIn(chronicle.versions, card.prr);
    const uint32_t withdrawn = VersionIn(chronicle.withdrawals, card.prr);
    if (++cards[card.prr] == 2) found.insert({CaseKind::kDuplicatePrint, prr});
    if (++uses[card.blank] == 2) found.insert({CaseKind::kBlankUsedTwice, card.blank.text()});
    if (card.version < latest) found.insert({CaseKind::kStalePrint, prr});
    if (withdrawn != 0 && withdrawn >= latest) found.insert({CaseKind::kWithdrawnPrinted, prr});
    if (card.blank != card.intended) {
      found.insert({CaseKind::kWrongBlankBound, card.intended.text()});
    }
  }
}

void AddOfReceptions(const Chronicle& chronicle, const std::set<crypto::Hash>& held,
                     const domain::SerialSet& allotted, Discrepancies& found) {
  for (const auto& [event, entry] : chronicle.receptions) {
    if (!held.contains(entry)) continue;
    if (!event.missing.empty() || !event.unexpected.empty()) {
      found.insert({CaseKind::kTransferDifference, event.transfer.value()});
    }
    event.received.Union(event.unexpected)
        .Difference(allotted)
        .ForEach([&found](const domain::BlankSerial& serial) {
          found.insert({CaseKind::kNeverIssued, serial.text()});
        });
  }
}

// A lease that was taken from another office by force. What a centre that was set back forgot of
// that, no log says.
void AddOfGrants(const Chronicle& chronicle, Discrepancies& found) {
  for (const PrrId& prr : chronicle.granted) {
    const std::vector<HeardGrant>& grants = chronicle.grants.at(prr.value());
    for (size_t i = 1; i < grants.size(); ++i) {
      for (size_t before = 0; before < i; ++before) {
        const bool known = !grants[i].forgotten && !grants[before].forgotten;
        if (known && grants[i].forced && grants[before].node != grants[i].node) {
          found.insert({CaseKind::kOverlapRisk, prr.value()});
        }
      }
    }
  }
}

}  // namespace

Discrepancies FindDiscrepancies(const Chronicle& chronicle, const std::set<crypto::Hash>& held,
                                const domain::SerialSet& allotted) {
  Discrepancies found;
  AddOfCards(chronicle, held, found);
  AddOfReceptions(chronicle, held, allotted, found);
  AddOfGrants(chronicle, found);
  return found;
}

}  // namespace keping::sim
