// What the facts say of one blank at one office, seen from a count of a pile there: what the book
// said of it then, when somebody had it in hand last, and what was learned of it since.
//
//   SerialHistory history = ReadHistory({serial, facts, jobs}, Pile::kTray, count.fact);
//   if (history.learned.has_value()) …the difference is explained…
#ifndef KEPING_CENTRAL_NODE_CORE_SERIAL_HISTORY_H_
#define KEPING_CENTRAL_NODE_CORE_SERIAL_HISTORY_H_

#include <optional>

#include "central_node/core/facts.h"
#include "central_node/core/judge_job.h"
#include "common/domain/blank_serial.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"

namespace keping::central {

// What an office's book said of a blank.
enum class BookWord {
  kNeverCame = 0,
  kInTray,
  kInJob,
  kPrinted,
  kSpoiled,
  kLent,
  kHandedOver,
  kCalledBack,
  kDestroyed,
  kSought,  // looked for in vain under a new incarnation
};

// What tells after a count why a blank differed. kFound: it was in somebody's hand. kAccounted: the
// book has it since where the count found it. kCorrected: an answer that named it was set aside.
// kElsewhere: another office had it in hand.
enum class LearnedKind { kFound = 1, kAccounted, kCorrected, kElsewhere };

struct Learned {
  LearnedKind kind = LearnedKind::kFound;
  FactRef fact;

  friend bool operator==(const Learned&, const Learned&) = default;
};

// An act that took a blank from the tray by naming its serial.
struct SerialUse {
  domain::ActId act;
  FactRef fact;  // the first of the act that names it

  friend bool operator==(const SerialUse&, const SerialUse&) = default;
};

struct SerialHistory {
  BookWord word = BookWord::kNeverCame;
  std::optional<FactRef> word_fact;  // that says so; none of kNeverCame
  std::optional<FactRef> in_hand;    // the last time before the count
  std::optional<SerialUse> use;      // the last before the count that still stands
  // The first after the count; of kElsewhere the one of the smallest id, since no order is known.
  std::optional<Learned> if_missing;
  std::optional<Learned> if_surplus;
  domain::NodeId elsewhere;  // another office that had it in hand; or empty
};

// `jobs` holds at least the jobs that `facts` names.
struct BlankRecord {
  const domain::BlankSerial& serial;
  const BlankFacts& facts;
  const Jobs& jobs;
};

// Pure and order-free.
SerialHistory ReadHistory(const BlankRecord& blank, domain::Pile pile, const FactRef& count);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_SERIAL_HISTORY_H_
