#include "tests/sim/discrepancies.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <variant>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "tests/sim/laws.h"

namespace keping::sim {
namespace {

using domain::CaseKind;
using domain::PrrId;

uint32_t VersionIn(const std::map<PrrId, uint32_t>& versions, const PrrId& prr) {
  const auto found = versions.find(prr);
  return found == versions.end() ? 0 : found->second;
}

bool IsIn(const std::map<PrrId, uint32_t>& withdrawals, const PrrId& prr, uint32_t latest) {
  const uint32_t withdrawn = VersionIn(withdrawals, prr);
  return withdrawn != 0 && withdrawn >= latest;
}

// Of one record with a card.
void AddOfRecord(const Chronicle& chronicle, const PrrId& prr, Discrepancies& found) {
  const uint32_t latest = VersionIn(chronicle.versions, prr);
  const bool withdrawn = IsIn(chronicle.withdrawals, prr, latest);
  const bool elsewhere = IsIn(chronicle.elsewhere, prr, latest);
  if (withdrawn) found.insert({CaseKind::kWithdrawnPrinted, prr.value()});
  if (elsewhere) found.insert({CaseKind::kPrintedElsewhere, prr.value()});
  if (!withdrawn && !elsewhere && chronicle.replaced.contains(prr)) {
    found.insert({CaseKind::kCardSuperseded, prr.value()});
  }
}

// Two records of one person have a card each, and both hold.
void AddOfPersons(const Chronicle& chronicle, const std::map<PrrId, int>& cards,
                  Discrepancies& found) {
  std::map<crypto::Hash, int> valid;
  for (const auto& [prr, count] : cards) {
    const uint32_t latest = VersionIn(chronicle.versions, prr);
    if (IsIn(chronicle.withdrawals, prr, latest) || IsIn(chronicle.elsewhere, prr, latest)) {
      continue;
    }
    const auto person = chronicle.persons.find(prr);
    if (person == chronicle.persons.end() || chronicle.replaced.contains(prr)) continue;
    if (++valid[person->second] == 2) {
      found.insert({CaseKind::kTwoCardsOnePerson, person->second.Hex()});
    }
  }
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
    if (++cards[card.prr] == 2) found.insert({CaseKind::kDuplicatePrint, prr});
    if (++uses[card.blank] == 2) found.insert({CaseKind::kBlankUsedTwice, card.blank.text()});
    if (card.version < latest) found.insert({CaseKind::kStalePrint, prr});
    if (!chronicle.intents.at(card.act.value()).event.stale_override.empty()) {
      found.insert({CaseKind::kBeyondStaleness, card.act.value()});
    }
    if (card.blank != card.intended) {
      found.insert({CaseKind::kWrongBlankBound, card.intended.text()});
    }
  }
  for (const auto& [prr, count] : cards) AddOfRecord(chronicle, prr, found);
  AddOfPersons(chronicle, cards, found);
}

bool Dispatched(const Chronicle& chronicle, int office, const domain::BlankSerial& serial) {
  return std::any_of(chronicle.dispatches.begin(), chronicle.dispatches.end(),
                     [&](const domain::BlanksDispatched& one) {
                       return one.node == OfficeId(office) && one.serials.Contains(serial);
                     });
}

// Blanks that came to two offices, or to one that they were never sent to.
void AddOfPlaces(const Chronicle& chronicle, const std::set<crypto::Hash>& held,
                 const domain::SerialSet& allotted, Discrepancies& found) {
  std::map<domain::BlankSerial, std::set<int>> came;
  for (const HeardReception& one : chronicle.receptions) {
    if (!held.contains(one.entry)) continue;
    const int office = chronicle.node(one.log).office;
    const bool strange = absl::StartsWith(one.event.transfer.value(), kNotePrefix);
    if (strange) {
      one.event.received.ForEach([&](const domain::BlankSerial& serial) {
        if (allotted.Contains(serial)) came[serial].insert(office);
      });
    }
    one.event.unexpected.ForEach([&](const domain::BlankSerial& serial) {
      const bool known = allotted.Contains(serial) && !Dispatched(chronicle, office, serial);
      if (known && !chronicle.lent.Contains(serial)) {
        found.insert({CaseKind::kForeignBlank, serial.text()});
      }
    });
  }
  // Of those that somebody wrote a number of their own for: who else had them?
  for (const HeardReception& one : chronicle.receptions) {
    if (!held.contains(one.entry)) continue;
    for (auto& [serial, offices] : came) {
      if (one.event.received.Contains(serial)) offices.insert(chronicle.node(one.log).office);
    }
  }
  for (const auto& [serial, offices] : came) {
    if (offices.size() > 1 && !chronicle.lent.Contains(serial)) {
      found.insert({CaseKind::kDoubleDispatch, serial.text()});
    }
  }
}

// In the log of one machine, whose disk is what it was.
void AddAfterFires(const Chronicle& chronicle, const std::set<crypto::Hash>& held,
                   Discrepancies& found) {
  for (const HeardFire& fire : chronicle.fires) {
    if (!held.contains(fire.entry) || chronicle.node(fire.log).ever_upset) continue;
    for (const HeardReception& one : chronicle.receptions) {
      if (one.log != fire.log || one.seq < fire.seq || !held.contains(one.entry)) continue;
      one.event.received.Union(one.event.unexpected)
          .ForEach([&](const domain::BlankSerial& serial) {
            if (!fire.serials.Contains(serial)) return;
            found.insert({CaseKind::kDestroyedReappears, serial.text()});
          });
    }
  }
}

const char* PileName(domain::Pile pile) {
  switch (pile) {
    case domain::Pile::kTray:
      return "tray";
    case domain::Pile::kSpoiled:
      return "spoiled";
    case domain::Pile::kPrinted:
      break;
  }
  return "printed";
}

// The last count of each pile.
void AddOfCounts(const Chronicle& chronicle, const std::set<crypto::Hash>& held,
                 Discrepancies& found) {
  std::map<CaseOf, const HeardCount*> last;
  for (const HeardCount& one : chronicle.counts) {
    if (!chronicle.node(one.log).ever_upset) last[CaseOfCount(chronicle, one)] = &one;
  }
  for (const auto& [what, count] : last) {
    if (count->differs() && held.contains(count->entry)) found.insert(what);
  }
}

// Good cards that a printer made in an office day beyond what the district stated for it, and no
// supervisor allowed.
void AddOfDuty(const Chronicle& chronicle, const std::set<crypto::Hash>& held,
               Discrepancies& found) {
  if (chronicle.centre_set_back > 0) return;
  std::map<domain::PrinterId, uint32_t> duty;
  for (const std::string& bytes : chronicle.centre_entries) {
    const auto event = Chronicle::Read(bytes);
    const auto* stated = event ? std::get_if<domain::PrinterStated>(&*event) : nullptr;
    if (stated != nullptr) duty[stated->printer] = stated->cards_per_day;
  }
  if (duty.empty()) return;
  std::map<std::string, std::set<domain::ActId>> made;
  for (const HeardCard& card : chronicle.cards) {
    const HeardIntent& intent = chronicle.intents.at(card.act.value());
    const auto stated = duty.find(intent.event.printer);
    if (stated == duty.end() || !held.contains(card.entry)) continue;
    if (chronicle.node(intent.log).ever_upset || !intent.event.override_act.empty()) continue;
    const std::string key =
        absl::StrCat(OfficeId(card.office).value(), "/", intent.event.printer.value(), "/",
                     absl::FormatCivilTime(intent.date));
    made[key].insert(card.act);
    if (made[key].size() > stated->second) found.insert({CaseKind::kOverDuty, key});
  }
}

void AddOfReceptions(const Chronicle& chronicle, const std::set<crypto::Hash>& held,
                     const domain::SerialSet& allotted, Discrepancies& found) {
  for (const HeardReception& one : chronicle.receptions) {
    if (!held.contains(one.entry)) continue;
    const domain::BlanksReceived& event = one.event;
    if (!event.missing.empty() || !event.unexpected.empty()) {
      found.insert({CaseKind::kTransferDifference, event.transfer.value()});
    }
    event.received.Union(event.unexpected)
        .Difference(allotted)
        .Difference(chronicle.opened)
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
  AddOfPlaces(chronicle, held, allotted, found);
  AddAfterFires(chronicle, held, found);
  AddOfCounts(chronicle, held, found);
  AddOfDuty(chronicle, held, found);
  AddOfGrants(chronicle, found);
  return found;
}

CaseOf CaseOfCount(const Chronicle& chronicle, const HeardCount& count) {
  const domain::NodeId office = OfficeId(chronicle.node(count.log).office);
  return {CaseKind::kCountVariance, absl::StrCat(office.value(), "\n", PileName(count.event.pile))};
}

bool IsOfTheDesk(CaseKind kind) {
  return kind == CaseKind::kNodeSilent || kind == CaseKind::kReportContradiction ||
         kind == CaseKind::kNameClash;
}

Discrepancies FindAtTheDesk(const Chronicle& chronicle) {
  constexpr int kSilentDays = 3;
  Discrepancies found;
  std::map<domain::NodeId, int> silent;
  std::map<domain::BlankSerial, std::set<std::pair<std::string, std::string>>> names;
  for (const std::string& bytes : chronicle.centre_entries) {
    const auto event = Chronicle::Read(bytes);
    if (!event) continue;
    if (const auto* day = std::get_if<domain::DayClosed>(&*event)) {
      for (const domain::NodeId& node : day->working) ++silent[node];
      for (const domain::NodeId& node : day->heard) silent[node] = 0;
      for (const auto& [node, days] : silent) {
        if (days >= kSilentDays) found.insert({CaseKind::kNodeSilent, node.value()});
      }
    } else if (const auto* heard = std::get_if<domain::NodeHeard>(&*event)) {
      silent[heard->node] = 0;
    } else if (const auto* closed = std::get_if<domain::NodeClosed>(&*event)) {
      if (closed->end == domain::NodeEnd::kLost) {
        found.insert({CaseKind::kLostTail, closed->node.value()});
      }
    } else if (const auto* answer = std::get_if<domain::ReportAnswered>(&*event)) {
      if (!answer->accepted) found.insert({CaseKind::kReportRejected, answer->item});
    } else if (const auto* report = std::get_if<domain::FiguresReported>(&*event)) {
      uint64_t sum = 0;
      for (const auto& part : report->parts) sum += part.quantity;
      if (sum != report->total) {
        found.insert({CaseKind::kReportContradiction, report->act.value()});
      }
    } else if (const auto* join = std::get_if<domain::BlankIdentified>(&*event)) {
      for (const domain::BlankSerial& name : {join->printed, join->uid}) {
        names[name].insert({join->printed.text(), join->uid.text()});
        if (names[name].size() > 1) found.insert({CaseKind::kNameClash, name.text()});
      }
    }
  }
  return found;
}

}  // namespace keping::sim
