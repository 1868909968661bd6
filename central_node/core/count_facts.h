// What the centre keeps of an office's counts: the scans of its piles and the hand counts of its
// shifts. Bounded, whatever the office writes, and the same for the same set of facts.
//
//   CountFacts facts;
//   AddCount(facts, Pile::kTray, {.fact = ref, .act = act, .missing = missing, …});
//   AddMark(facts, {.fact = ref, .act = act, .operator_id = person, .opens = true, .counted = 98,
//                   .book = 100});
#ifndef KEPING_CENTRAL_NODE_CORE_COUNT_FACTS_H_
#define KEPING_CENTRAL_NODE_CORE_COUNT_FACTS_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "central_node/core/facts.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"
#include "common/domain/serial_set.h"

namespace keping::central {

// A pile that was scanned. What it has and the book has not is surplus, the reverse is missing.
struct CountFact {
  FactRef fact;
  domain::ActId act;
  uint64_t counted = 0;
  domain::SerialSet missing;
  domain::SerialSet surplus;
  domain::OperatorId operator_id;
  domain::OperatorId second;  // or empty

  bool clean() const { return missing.empty() && surplus.empty(); }
  // How many more lay there than the book says.
  int64_t difference() const {
    return static_cast<int64_t>(surplus.size()) - static_cast<int64_t>(missing.size());
  }
};

// One end of a shift. `counted` blanks lay in the tray by hand, `book` of them by the book of that
// moment; it says how many differ only where it has both.
struct ShiftMark {
  FactRef fact;
  domain::ActId act;  // of the shift
  domain::OperatorId operator_id;
  bool opens = false;  // else it closes
  std::optional<uint64_t> counted = {};
  std::optional<uint64_t> book = {};
};

// Of one office.
struct CountFacts {
  std::map<domain::Pile, std::vector<CountFact>> counts = {};
  std::vector<ShiftMark> marks = {};
};

// Of each stream the last ones are kept. 128 marks are a month of two shifts a day.
inline constexpr size_t kMostCounts = 16;
inline constexpr size_t kMostMarks = 128;

// Where in the log of an office a fact stands; only of facts that one log has both.
using LogOrder = std::tuple<uint64_t, uint64_t>;
inline LogOrder PlaceInLog(const FactRef& fact) { return {fact.era, fact.seq}; }

// What was counted before a count without a difference tells nothing any more, and goes.
void AddCount(CountFacts& facts, domain::Pile pile, CountFact count);
void AddMark(CountFacts& facts, ShiftMark mark);

// The count that stands: the one made last. Null when there is none. Points into `facts`.
const CountFact* LatestCount(const CountFacts& facts, domain::Pile pile);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_COUNT_FACTS_H_
