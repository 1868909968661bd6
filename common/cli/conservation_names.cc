// Blanks that are known under two names.

#include <algorithm>
#include <utility>

#include "common/cli/conservation.h"

namespace keping::cli {
namespace {

using domain::BlankSerial;
using domain::SerialSet;
using Aliases = std::map<BlankSerial, BlankSerial>;

void Rename(const Aliases& aliases, BlankSerial& blank) {
  if (const auto alias = aliases.find(blank); alias != aliases.end()) blank = alias->second;
}

void Rename(const Aliases& aliases, SerialSet& serials) {
  for (const auto& [uid, printed] : aliases) {
    if (!serials.Contains(uid)) continue;
    serials.Remove(uid);
    serials.Insert(printed);
  }
}

// What one event says of both names: the deed that is furthest from the office.
template <typename Kept>
void Join(Kept& more, Kept& kept) {
  if constexpr (requires { more.deed; }) {
    if (kept.deed < more.deed) kept = more;
  } else if constexpr (requires { typename Kept::mapped_type; }) {
    for (auto& [key, value] : more) {
      const auto [known, is_new] = kept.try_emplace(key, value);
      if (!is_new) Join(value, known->second);
    }
  } else if constexpr (requires { kept.merge(more); }) {
    kept.merge(more);
  }
}

// What is kept of the one name joins what is kept of the other.
template <typename Kept>
void RenameKeys(const Aliases& aliases, std::map<BlankSerial, Kept>& table) {
  for (const auto& [uid, printed] : aliases) {
    auto moved = table.extract(uid);
    if (moved.empty()) continue;
    Join(moved.mapped(), table[printed]);
  }
}

}  // namespace

std::map<BlankSerial, BlankSerial> BlankCensus::Aliases() const {
  std::map<BlankSerial, int> said;  // how many pairs a name is in
  for (const auto& [printed, uid] : names_) {
    ++said[printed];
    ++said[uid];
  }
  std::map<BlankSerial, BlankSerial> aliases;
  for (const auto& [printed, uid] : names_) {
    if (printed != uid && said[printed] == 1 && said[uid] == 1) aliases.emplace(uid, printed);
  }
  return aliases;
}

bool BlankCensus::OnlyNamed(const BlankSerial& blank) const {
  const bool named = std::any_of(names_.begin(), names_.end(), [&](const auto& pair) {
    return pair.first == blank || pair.second == blank;
  });
  if (!named) return false;
  MakeIndex();
  return !index_.all.Contains(blank);
}

BlankCensus BlankCensus::Joined() const {
  BlankCensus joined = *this;
  joined.index_.mentions.reset();
  const std::map<BlankSerial, BlankSerial> aliases = Aliases();
  for (const auto& [uid, printed] : aliases) {
    joined.renamed_[uid] = {SourceOf(uid), ""};
    if (issued_.Contains(uid) && issued_.Contains(printed)) joined.allotted_again_.insert(uid);
  }
  joined.boxes_.Rename(aliases);
  Rename(aliases, joined.issued_);
  for (auto& [id, sending] : joined.sendings_) Rename(aliases, sending.serials);
  for (auto& [id, loan] : joined.loans_) Rename(aliases, loan.blanks);
  for (auto& [id, paper] : joined.papers_) Rename(aliases, paper.blanks);
  for (auto& [id, gone] : joined.gone_) Rename(aliases, gone.blanks);
  for (auto& [id, arrival] : joined.arrivals_) {
    for (SerialSet* one : {&arrival.received, &arrival.missing, &arrival.unexpected}) {
      Rename(aliases, *one);
    }
    // Missed under the one name and not expected under the other: it came.
    arrival.received = arrival.received.Union(arrival.missing.Intersect(arrival.unexpected));
    arrival.missing = arrival.missing.Difference(arrival.received);
    arrival.unexpected = arrival.unexpected.Difference(arrival.received);
  }
  for (auto& [id, rescan] : joined.rescans_) {
    Rename(aliases, rescan.found);
    Rename(aliases, rescan.missing);
    rescan.missing = rescan.missing.Difference(rescan.found);
  }
  for (auto& [id, act] : joined.acts_) {
    for (auto& [event, intent] : act.intents) Rename(aliases, intent.blank);
    for (auto& [event, answer] : act.answers) Rename(aliases, answer.blank);
  }
  RenameKeys(aliases, joined.acts_of_);
  RenameKeys(aliases, joined.spoils_);
  RenameKeys(aliases, joined.spoils_set_aside_);
  RenameKeys(aliases, joined.openings_);
  RenameKeys(aliases, joined.steps_);
  RenameKeys(aliases, joined.recalls_);
  return joined;
}

}  // namespace keping::cli
