// Judges a count: a pile was scanned, and the book says otherwise. The verdict is the smallest
// explanation by serial, shift and person: what later facts explain, which slips of a scan explain
// two serials at once, and for the rest between which hand counts it arose and who had a shift
// then.
//
//   CountVerdict verdict = JudgeCount({node, Pile::kTray, facts, find_blank, jobs});
//   for (const Remark& remark : RemarksOn(verdict)) …               // variance_words.h
//
// Pure, order-free and idempotent. Nothing in stock is adjusted by it.
#ifndef KEPING_CENTRAL_NODE_CORE_JUDGE_COUNT_H_
#define KEPING_CENTRAL_NODE_CORE_JUDGE_COUNT_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "central_node/core/anomaly.h"
#include "central_node/core/count_facts.h"
#include "central_node/core/judge_job.h"
#include "central_node/core/serial_history.h"
#include "central_node/core/shift_windows.h"
#include "common/crypto/hash.h"
#include "common/domain/blank_serial.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"

namespace keping::central {

// One serial that the scan and the book do not both have.
struct CountDifference {
  domain::BlankSerial serial;
  bool missing = false;  // else surplus
  BookWord word = BookWord::kNeverCame;
  std::optional<Learned> learned = {};  // since; then it is explained
  bool paired = false;                  // one of a mis-scan
  domain::NodeId elsewhere = {};        // another office that had it in hand; or empty
  // Of the rest: it was right until `since` (zero: from the beginning), and the windows in which it
  // may have gone wrong, by index.
  crypto::Hash since = {};
  std::vector<size_t> windows = {};

  bool open() const { return !learned.has_value() && !paired; }
  friend bool operator==(const CountDifference&, const CountDifference&) = default;
};

// `scanned` was named although `used` was in hand, by the act, in these shifts.
struct MisScan {
  domain::BlankSerial scanned;
  domain::BlankSerial used;
  domain::ActId act;
  crypto::Hash fact;
  bool job = false;                     // the act is a print job; else a blank was written off
  domain::OperatorId operator_id = {};  // of the job; or empty
  std::vector<ShiftOf> shifts = {};

  friend bool operator==(const MisScan&, const MisScan&) = default;
};

struct CountVerdict {
  domain::NodeId node;
  domain::Pile pile = domain::Pile::kTray;
  crypto::Hash count;  // the event; zero when nothing was counted
  domain::OperatorId operator_id;
  domain::OperatorId second;                 // or empty
  std::vector<CountDifference> differences;  // the missing ones first, by serial
  std::vector<MisScan> mis_scans;            // the closest pair first
  // Between the counts of the tray; of the other piles, which nobody counts by hand, one in all.
  std::vector<CountWindow> windows;
  std::vector<crypto::Hash> wrong_counts;  // hand counts that do not fit this explanation
  bool settled = true;                     // no difference, or each is explained by a later fact
  std::vector<Anomaly> anomalies;

  friend bool operator==(const CountVerdict&, const CountVerdict&) = default;
};

struct CountRecord {
  const domain::NodeId& node;
  domain::Pile pile = domain::Pile::kTray;
  const CountFacts& facts;
  // The facts of a blank that the latest count names, asked for the first kMostLookedInto of each
  // side; null where the centre has none.
  std::function<const BlankFacts*(const domain::BlankSerial&)> blank;
  const Jobs& jobs;  // at least those that these name
};

CountVerdict JudgeCount(const CountRecord& record);

// Of more that differ, the rest is not looked into: somebody counted the wrong pile, or too little.
inline constexpr uint64_t kMostLookedInto = 1000;
// The serials that are looked into; each wants its facts.
domain::SerialSet LookedInto(const CountFact& count);

inline constexpr domain::Pile kPiles[] = {domain::Pile::kTray, domain::Pile::kSpoiled,
                                          domain::Pile::kPrinted};

// What the case of a pile is named by.
std::string CountEntity(const domain::NodeId& node, domain::Pile pile);

// The event of a case names so many facts at most, the first of the differences; a count names all
// its serials.
inline constexpr size_t kMostCountEvidence = 256;

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_JUDGE_COUNT_H_
