#include "central_node/core/joined_names.h"

#include <algorithm>
#include <vector>

namespace keping::central {
namespace {

using domain::BlankSerial;

// The two names, when nothing else is said of this one.
std::optional<JoinedNames> OnlyPair(const BlankFacts& facts) {
  std::optional<JoinedNames> pair;
  for (const NameFact& name : facts.names) {
    const JoinedNames said{.printed = name.printed, .uid = name.uid};
    if (pair.has_value() && *pair != said) return std::nullopt;
    pair = said;
  }
  return pair;
}

template <typename Facts>
void AddAll(const Facts& from, Facts& to) {
  for (const auto& fact : from) AddFact(to, fact);
}

// What one scan says of both names is one thing: in the hand outweighs absent, and whoever missed
// the one name and did not expect the other received the blank.
ScanKind Together(ScanKind a, ScanKind b) {
  const auto [first, second] = std::minmax(a, b);
  const bool both = first == ScanKind::kMissing && second == ScanKind::kUnexpected;
  return both ? ScanKind::kReceived : first;
}

void AddScans(const std::vector<ScanFact>& from, std::vector<ScanFact>& to) {
  for (const ScanFact& scan : from) {
    if (AddFact(to, scan)) continue;
    const auto same = std::find_if(to.begin(), to.end(),
                                   [&](const ScanFact& one) { return one.fact == scan.fact; });
    same->kind = Together(same->kind, scan.kind);
  }
}

// Of two ends that one event tells of, the one that is further from the office.
void AddSteps(const std::vector<StepFact>& from, std::vector<StepFact>& to) {
  for (const StepFact& step : from) {
    if (AddFact(to, step)) continue;
    const auto same = std::find_if(to.begin(), to.end(),
                                   [&](const StepFact& one) { return one.fact == step.fact; });
    same->kind = std::max(same->kind, step.kind);
  }
}

BlankFacts Merge(BlankFacts facts, const BlankFacts& other) {
  facts.issued = facts.issued || other.issued;
  AddAll(other.dispatches, facts.dispatches);
  AddScans(other.scans, facts.scans);
  AddAll(other.spoils, facts.spoils);
  AddAll(other.corrections, facts.corrections);
  AddAll(other.openings, facts.openings);
  AddSteps(other.steps, facts.steps);
  AddAll(other.losses, facts.losses);
  AddAll(other.births, facts.births);
  AddAll(other.loans, facts.loans);
  AddAll(other.names, facts.names);
  facts.jobs.insert(other.jobs.begin(), other.jobs.end());
  return facts;
}

}  // namespace

std::optional<JoinedNames> NamesOf(const BlankSerial& serial,
                                   const std::map<BlankSerial, BlankRow>& blanks) {
  const std::optional<JoinedNames> pair = OnlyPair(blanks.at(serial).facts);
  if (!pair.has_value() || pair->printed == pair->uid) return std::nullopt;
  const BlankSerial& other = serial == pair->printed ? pair->uid : pair->printed;
  return OnlyPair(blanks.at(other).facts) == pair ? pair : std::nullopt;
}

std::vector<BlankSerial> AllNamesOf(const BlankSerial& serial,
                                    const std::map<BlankSerial, BlankRow>& blanks) {
  const auto row = blanks.find(serial);
  if (row == blanks.end()) return {serial};
  const std::vector<NameFact>& said = row->second.facts.names;
  const bool all_here = std::all_of(said.begin(), said.end(), [&](const NameFact& name) {
    return blanks.contains(name.printed) && blanks.contains(name.uid);
  });
  const std::optional<JoinedNames> names = all_here ? NamesOf(serial, blanks) : std::nullopt;
  if (!names.has_value()) return {serial};
  return {names->printed, names->uid};
}

std::vector<StepFact> StepsOfBlank(const BlankSerial& serial,
                                   const std::map<BlankSerial, BlankRow>& blanks) {
  std::vector<StepFact> steps;
  for (const BlankSerial& name : AllNamesOf(serial, blanks)) {
    const auto row = blanks.find(name);
    if (row != blanks.end()) AddSteps(row->second.facts.steps, steps);
  }
  return steps;
}

BoxedName BoxOfName(const BlankSerial& serial, const std::map<BlankSerial, BlankRow>& blanks) {
  const std::optional<JoinedNames> names = NamesOf(serial, blanks);
  if (!names.has_value()) return {.box = blanks.at(serial).facts.born_of(), .counted = true};
  const BlankFacts& printed = blanks.at(names->printed).facts;
  const domain::BoxId source = Merge(printed, blanks.at(names->uid).facts).born_of();
  const bool as_printed = std::any_of(printed.births.begin(), printed.births.end(),
                                      [&](const BirthFact& birth) { return birth.box == source; });
  return {.box = source, .counted = serial == (as_printed ? names->printed : names->uid)};
}

BlankVerdict JudgeNamed(const BlankSerial& serial, const std::map<BlankSerial, BlankRow>& blanks,
                        const Jobs& jobs) {
  const BlankFacts& own = blanks.at(serial).facts;
  const std::optional<JoinedNames> names = NamesOf(serial, blanks);
  if (!names.has_value()) return JudgeBlank(serial, own, jobs);
  if (serial == names->uid) {
    const ledger::Account origin = OriginOf(own);
    return {.place = {origin, {}},
            .origin = origin,
            .allotted_again = own.issued && blanks.at(names->printed).facts.issued,
            .anomalies = {}};
  }
  return JudgeBlank(serial, Merge(own, blanks.at(names->uid).facts), jobs, names->uid);
}

}  // namespace keping::central
