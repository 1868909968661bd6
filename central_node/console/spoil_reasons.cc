#include "central_node/console/spoil_reasons.h"

#include <algorithm>
#include <optional>
#include <variant>

#include "absl/strings/str_cat.h"
#include "central_node/core/joined_names.h"
#include "central_node/core/judge_job.h"
#include "central_node/store/named_blank.h"
#include "common/base/status_macros.h"

namespace keping::central {
namespace {

using domain::BlankSerial;

std::optional<SpoilReason> ReasonIn(const domain::Event& event) {
  if (const auto* spoiled = std::get_if<domain::PrintSpoiled>(&event)) {
    return ReasonOf(spoiled->cause);
  }
  if (const auto* spoiled = std::get_if<domain::BlankSpoiled>(&event)) {
    return ReasonOf(spoiled->cause);
  }
  if (std::holds_alternative<domain::TestCardPrinted>(event)) return SpoilReason::kTestCard;
  const auto* opened = std::get_if<domain::StockOpened>(&event);
  if (opened == nullptr || opened->pile != domain::Pile::kSpoiled) return std::nullopt;
  return SpoilReason::kOpening;
}

// By which the blank became no card, as one of its names has it.
std::optional<crypto::Hash> SpoiledBy(const BlankSerial& name, const BlankFacts& facts,
                                      const Jobs& jobs) {
  for (const SpoilFact& spoil : facts.spoils) {
    if (!IsSetAside(facts.corrections, spoil.fact.id)) return spoil.fact.id;
  }
  for (const domain::ActId& act : facts.jobs) {
    const JobVerdict verdict = JudgeJob(jobs.at(act));
    const auto spoiled = verdict.spoiled.find(name);
    if (verdict.state == JobState::kSpoiled && spoiled != verdict.spoiled.end()) {
      return spoiled->second;
    }
  }
  for (const OpeningFact& opening : facts.openings) {
    if (opening.pile == domain::Pile::kSpoiled) return opening.fact.id;
  }
  return std::nullopt;
}

// An office says so of an order only.
bool WasCalledBack(const BlankFacts& facts) {
  return std::any_of(facts.steps.begin(), facts.steps.end(),
                     [](const StepFact& step) { return step.kind == StepKind::kWithdrawn; });
}

}  // namespace

void SpoilReasons::Hear(const ArrivedEntry& entry) {
  if (!entry.event.has_value()) return;
  if (const auto reason = ReasonIn(*entry.event)) said_.emplace(entry.ref.id, *reason);
}

absl::StatusOr<SpoilReasons::Spoil> SpoilReasons::Of(const CentralNode& centre,
                                                     const BlankSerial& blank) const {
  Rows rows;
  KEPING_RETURN_IF_ERROR(LoadNamedBlank(centre, blank, rows));
  Spoil spoil;
  for (const BlankSerial& name : AllNamesOf(blank, rows.blanks)) {
    const BlankFacts& facts = rows.blanks.at(name).facts;
    if (WasCalledBack(facts)) spoil.reason = SpoilReason::kRecalled;
    const std::optional<crypto::Hash> fact = SpoiledBy(name, facts, rows.jobs);
    if (!fact.has_value()) continue;
    const auto said = said_.find(*fact);
    if (said == said_.end()) {
      return absl::DataLossError(absl::StrCat("K-355: why a blank was spoiled: got the fact ",
                                              fact->ShortHex(),
                                              ", want one that is in a log; run keping verify"));
    }
    return Spoil{.reason = said->second, .fact = *fact};
  }
  return spoil;
}

}  // namespace keping::central
