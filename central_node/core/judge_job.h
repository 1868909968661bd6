// Judges a job: what became of one attempt to print.
//
//   JobVerdict verdict = JudgeJob(facts);
//   if (verdict.state == JobState::kGood) …verdict.good…
#ifndef KEPING_CENTRAL_NODE_CORE_JUDGE_JOB_H_
#define KEPING_CENTRAL_NODE_CORE_JUDGE_JOB_H_

#include <map>
#include <set>

#include "central_node/core/facts.h"
#include "common/crypto/hash.h"
#include "common/domain/blank_serial.h"
#include "common/domain/ids.h"

namespace keping::central {

enum class JobState {
  kUnknown,  // only its outcome is here yet, or nothing
  kBound,
  kInDoubt,
  kUnused,
  kSpoiled,
  kGood,
};

// Where contradicting reports of one act meet (two branches of a forked log), a good card beats a
// spoiled one, and that an unused one: what a person held in the hand outweighs its absence.
struct JobVerdict {
  JobState state = JobState::kUnknown;
  domain::NodeId node;
  const IntentFact* intent = nullptr;  // lies in the judged facts; null while unknown
  // Scanned blank -> the id of the smallest fact that says so.
  std::map<domain::BlankSerial, crypto::Hash> good;
  std::map<domain::BlankSerial, crypto::Hash> spoiled;

  bool open() const { return state == JobState::kBound || state == JobState::kInDoubt; }
  // Whether the job used up `blank`.
  bool Consumed(const domain::BlankSerial& blank) const;
};

// The verdict points into `facts`.
JobVerdict JudgeJob(const JobFacts& facts);

// What people said of a job's cards when they first said it, whether it was set aside later or not:
// blank -> that outcome. Points into `facts`.
struct FirstAnswers {
  std::map<domain::BlankSerial, const OutcomeFact*> good;
  std::map<domain::BlankSerial, const OutcomeFact*> spoiled;
};
FirstAnswers ReadFirstAnswers(const JobFacts& facts);

using Jobs = std::map<domain::ActId, JobFacts>;

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_JUDGE_JOB_H_
