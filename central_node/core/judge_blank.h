// Judges a blank: in which account it lies, at whom, and what is wrong with it.
//
//   BlankVerdict verdict = JudgeBlank(serial, facts, jobs);
//   // {kPrintedReady at node "susut", no anomalies}
//
// Pure, order-free and idempotent: the verdict depends on the set of facts alone.
#ifndef KEPING_CENTRAL_NODE_CORE_JUDGE_BLANK_H_
#define KEPING_CENTRAL_NODE_CORE_JUDGE_BLANK_H_

#include <vector>

#include "central_node/core/anomaly.h"
#include "central_node/core/facts.h"
#include "central_node/core/judge_job.h"
#include "common/domain/blank_serial.h"
#include "common/ledger/balances.h"

namespace keping::central {

struct BlankVerdict {
  ledger::Place place;
  std::vector<Anomaly> anomalies;  // in the order of their kinds

  friend bool operator==(const BlankVerdict&, const BlankVerdict&) = default;
};

// `jobs` holds at least the jobs that `facts` names.
BlankVerdict JudgeBlank(const domain::BlankSerial& serial, const BlankFacts& facts,
                        const Jobs& jobs);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_JUDGE_BLANK_H_
