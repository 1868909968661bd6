#include "central_node/core/judge_job.h"

#include <tuple>

namespace keping::central {

bool JobVerdict::Consumed(const domain::BlankSerial& blank) const {
  return state == JobState::kGood ? good.contains(blank)
                                  : state == JobState::kSpoiled && spoiled.contains(blank);
}

JobVerdict JudgeJob(const JobFacts& facts) {
  JobVerdict verdict;
  bool unused = false;
  // An answer was set aside, and the question is open again.
  bool doubted = !facts.corrections.empty();
  // Facts are sorted by id, so the first that names a blank is the smallest.
  for (const OutcomeFact& outcome : facts.outcomes) {
    verdict.node = outcome.fact.node;
    if (facts.SetAside(outcome)) continue;
    switch (outcome.kind) {
      case OutcomeKind::kSent:
      case OutcomeKind::kCompleted:
        break;
      case OutcomeKind::kNotAccepted:
      case OutcomeKind::kUnused:
        unused = true;
        break;
      case OutcomeKind::kAborted:
      case OutcomeKind::kDoubted:
        doubted = true;
        break;
      case OutcomeKind::kVerified:
        verdict.good.emplace(outcome.blank, outcome.fact.id);
        break;
      case OutcomeKind::kSpoiled:
        verdict.spoiled.emplace(outcome.blank, outcome.fact.id);
        break;
    }
  }
  if (!facts.intents.empty()) {
    verdict.intent = &facts.intents.front();
    verdict.node = verdict.intent->fact.node;
  }
  if (!verdict.good.empty()) {
    verdict.state = JobState::kGood;
  } else if (!verdict.spoiled.empty()) {
    verdict.state = JobState::kSpoiled;
  } else if (unused) {
    verdict.state = JobState::kUnused;
  } else if (verdict.intent == nullptr) {
    verdict.state = JobState::kUnknown;
  } else {
    verdict.state = doubted ? JobState::kInDoubt : JobState::kBound;
  }
  return verdict;
}

FirstAnswers ReadFirstAnswers(const JobFacts& facts) {
  const auto before = [](const OutcomeFact& a, const OutcomeFact& b) {
    return std::tie(a.fact.node, a.fact.incarnation, a.fact.seq) <
           std::tie(b.fact.node, b.fact.incarnation, b.fact.seq);
  };
  FirstAnswers answers;
  for (const OutcomeFact& outcome : facts.outcomes) {
    const bool good = outcome.kind == OutcomeKind::kVerified;
    if (!good && outcome.kind != OutcomeKind::kSpoiled) continue;
    const OutcomeFact*& first = (good ? answers.good : answers.spoiled)[outcome.blank];
    if (first == nullptr || before(outcome, *first)) first = &outcome;
  }
  return answers;
}

}  // namespace keping::central
