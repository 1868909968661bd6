#include "tests/sim/pictures.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "central_node/core/input.h"
#include "tests/sim/laws.h"

namespace keping::sim {
namespace {

// When a record or its lease was given out last, by the centre's clock.
std::map<domain::PrrId, int64_t> GivenOut(const Chronicle& chronicle) {
  std::map<domain::PrrId, int64_t> last;
  for (const std::string& bytes : chronicle.centre_entries) {
    const auto read = Chronicle::ReadWhole(bytes);
    if (!read) continue;
    const auto* grant = std::get_if<domain::LeaseGranted>(&read->event);
    const auto* record = std::get_if<domain::PrrReceived>(&read->event);
    if (grant != nullptr) last[grant->prr] = read->header.wall_micros;
    if (record != nullptr) last[record->prr] = read->header.wall_micros;
  }
  return last;
}

}  // namespace

void Pictures::Round() {
  SetPolicy();
  bool more = true;
  while (more && centre_.listening()) {
    centre_.Do([&](central::CentralNode& node, const time::Moment& now) {
      const absl::StatusOr<bool> left = node.DestroyDue(now);
      more = left.ok() && *left && node.to_judge() == 0;
      return left.status();
    });
  }
  if (std::exchange(set_backs_, chronicle_.centre_set_back) != chronicle_.centre_set_back) {
    looked_at_ = std::min(looked_at_, chronicle_.centre_entries.size());
  }
  for (; looked_at_ < chronicle_.centre_entries.size(); ++looked_at_) {
    const auto event = Chronicle::Read(chronicle_.centre_entries[looked_at_]);
    const auto* destroyed = event ? std::get_if<domain::PicturesDestroyed>(&*event) : nullptr;
    if (destroyed != nullptr) CheckDestroyed(*destroyed);
  }
}

// Once, and again after the centre was set back.
void Pictures::SetPolicy() {
  centre_.Do([&](central::CentralNode& node, const time::Moment& now) {
    domain::Policy policy = node.resident().centre.policy;
    if (policy.picture_days == days_) return absl::OkStatus();
    policy.picture_days = days_;
    ++policy.version;
    return node.Handle(now, central::SetPolicy{.policy = policy, .by = by_, .second = second_})
        .status();
  });
}

Pictures::GoneAt Pictures::CardsGone() const {
  GoneAt gone;
  for (const HeardDeparture& one : chronicle_.departures) {
    one.cards.ForEach(
        [&](const domain::BlankSerial& serial) { gone.try_emplace(serial, one.wall_micros); });
  }
  return gone;
}

bool Pictures::DaysPassed(const HeardCard& card, const GoneAt& gone) const {
  const auto left = gone.find(card.blank);
  if (left == gone.end()) return false;
  const auto passed = [&](const domain::NodeId& node) {
    return chronicle_.ClosedDaysSince(node, left->second) >= static_cast<int>(days_);
  };
  // The days of an office that works no more go by with those of the others.
  if (!chronicle_.office(card.office).end) return passed(OfficeId(card.office));
  return std::any_of(chronicle_.closed_days.begin(), chronicle_.closed_days.end(),
                     [&](const auto& one) { return passed(one.first); });
}

void Pictures::CheckDestroyed(const domain::PicturesDestroyed& destroyed) {
  const GoneAt gone = CardsGone();
  for (const domain::PrrId& prr : destroyed.prrs) {
    world_.Count("pictures_destroyed");
    // Without a card they go with the record.
    if (chronicle_.withdrawals.contains(prr) || chronicle_.elsewhere.contains(prr)) continue;
    const bool over = std::any_of(
        chronicle_.cards.begin(), chronicle_.cards.end(),
        [&](const HeardCard& card) { return card.prr == prr && DaysPassed(card, gone); });
    if (over) continue;
    world_.Break("never too early", absl::StrCat("the pictures of record ", prr.value(),
                                                 " were destroyed, and no log says that its card "
                                                 "was given out ",
                                                 days_, " working days before"));
  }
}

bool Pictures::AnyCaseOf(const HeardCard& card) const {
  const auto person = chronicle_.persons.find(card.prr);
  std::vector<std::string> named{card.prr.value(), card.act.value(), card.blank.text(),
                                 card.entry.Hex()};  // of a report that the nation rejected
  const auto intent = chronicle_.intents.find(card.act.value());
  if (intent != chronicle_.intents.end()) named.push_back(intent->second.event.batch.value());
  if (person != chronicle_.persons.end()) named.push_back(person->second.Hex());
  return std::any_of(
      std::begin(domain::kCaseKinds), std::end(domain::kCaseKinds), [&](domain::CaseKind kind) {
        return std::any_of(named.begin(), named.end(), [&](const std::string& entity) {
          return chronicle_.HasCase({kind, entity});
        });
      });
}

void Pictures::CheckGone(const KeptLogs& kept) {
  if (!on() || chronicle_.centre_set_back > 0) return;
  // What came since the last day ended is looked at when the next one does.
  centre_.Do([](central::CentralNode& node, time::Moment now) {
    now.wall += absl::Hours(24);
    return node.EndDays(now);
  });
  Round();
  std::set<domain::PrrId> destroyed;
  for (const std::string& bytes : chronicle_.centre_entries) {
    const auto event = Chronicle::Read(bytes);
    const auto* gone = event ? std::get_if<domain::PicturesDestroyed>(&*event) : nullptr;
    if (gone != nullptr) destroyed.insert(gone->prrs.begin(), gone->prrs.end());
  }
  std::set<domain::BlankSerial> left;
  for (const HeardDeparture& one : chronicle_.departures) {
    if (!kept.held().contains(one.entry)) continue;
    one.cards.ForEach([&](const domain::BlankSerial& serial) { left.insert(serial); });
  }
  std::map<domain::PrrId, int> jobs;
  for (const auto& [act, intent] : chronicle_.intents) ++jobs[intent.event.prr];
  const GoneAt gone = CardsGone();
  const std::map<domain::PrrId, int64_t> given_out = GivenOut(chronicle_);
  for (const HeardCard& card : chronicle_.cards) {
    const bool plain = jobs[card.prr] == 1 && left.contains(card.blank) && !AnyCaseOf(card) &&
                       !chronicle_.disturbed.prrs.contains(card.prr) &&
                       !chronicle_.disturbed.blanks.contains(card.blank) &&
                       !chronicle_.replaced.contains(card.prr) &&
                       chronicle_.office(card.office).believed;
    if (!plain || destroyed.contains(card.prr) || !DaysPassed(card, gone)) continue;
    // Of a clock that was behind the centre's nobody knows the date.
    const auto given = given_out.find(card.prr);
    if (given == given_out.end() || gone.at(card.blank) < given->second) continue;
    world_.Break("gone in time",
                 absl::StrCat("the card of record ", card.prr.value(), " was given out more than ",
                              days_, " working days ago, and its pictures are there"));
  }
}

}  // namespace keping::sim
