// Judges a blank: in which account it lies, at whom, and what is wrong with it.
//
//   BlankVerdict verdict = JudgeBlank(serial, facts, jobs);
//   // {kPrintedReady at node "susut", no anomalies}
//
// Pure, order-free and idempotent: the verdict depends on the set of facts alone.
#ifndef KEPING_CENTRAL_NODE_CORE_JUDGE_BLANK_H_
#define KEPING_CENTRAL_NODE_CORE_JUDGE_BLANK_H_

#include <optional>
#include <vector>

#include "central_node/core/anomaly.h"
#include "central_node/core/facts.h"
#include "central_node/core/judge_job.h"
#include "common/domain/blank_serial.h"
#include "common/ledger/balances.h"

namespace keping::central {

struct BlankVerdict {
  ledger::Place place;
  ledger::Account origin = ledger::Account::kUnknownOrigin;  // the source that gave it
  // Allotments name it twice: this name is the second one of a blank that lies under the first.
  bool allotted_again = false;
  std::vector<Anomaly> anomalies;  // in the order of their kinds

  friend bool operator==(const BlankVerdict&, const BlankVerdict&) = default;
};

// `jobs` holds at least the jobs that `facts` names. Under `other_name` too the facts are about
// this blank (joined_names.h).
BlankVerdict JudgeBlank(const domain::BlankSerial& serial, const BlankFacts& facts,
                        const Jobs& jobs,
                        const std::optional<domain::BlankSerial>& other_name = std::nullopt);

// The source of a blank, of those that are named the one that outweighs the others.
ledger::Account OriginOf(const BlankFacts& facts);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_JUDGE_BLANK_H_
