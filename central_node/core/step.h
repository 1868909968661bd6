// The heart of the central node: folds an input into the rows, judges again what it touched, and
// decides what follows: leases, cases, actions, what the nodes are told, what is reported.
//
//   Effects effects = Step(settings, Mode::kLive, input, sink, rows, resident);
//   …one synced write batch: the log entries of `sink`, the changed rows, moves, feed, outbox…
//
// Pure and deterministic. Every change of state is an event in the centre's log or in a node's, so
// that replaying the logs gives the same rows.
#ifndef KEPING_CENTRAL_NODE_CORE_STEP_H_
#define KEPING_CENTRAL_NODE_CORE_STEP_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "central_node/core/input.h"
#include "central_node/core/rows.h"
#include "central_node/core/settings.h"
#include "common/domain/feed.h"
#include "common/ledger/balances.h"

namespace keping::central {

// The centre's own log, as the core sees it. Append gives the event its place and thereby its id;
// nothing is durable before the step's batch is.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual FactRef Append(const domain::Event& event) = 0;
};

enum class Mode {
  kLive,
  kReplay,  // the decisions are in the log already: none is made again, and no node is told
};

// The next item of one node's feed. The key's version and the lane's state are the store's.
struct FeedChange {
  domain::NodeId node;
  uint64_t position = 0;
  std::string key;
  decltype(domain::FeedItem::body) body;
};

// Records by state and holder, as differences.
using PrrTally = std::map<std::pair<PrrState, domain::NodeId>, int64_t>;

struct Effects {
  CommandResult result;
  Keys changed;                     // rows to be written
  std::set<domain::NodeId> nodes;   // of Resident, to be written
  bool centre = false;              // Resident::centre, to be written
  std::vector<ledger::Move> moves;  // in order
  PrrTally tally;
  CaseTally case_tally;          // differences
  std::vector<FeedChange> feed;  // in the order of their positions
  // Records that wait for an office that is not enrolled.
  std::vector<std::pair<domain::NodeId, domain::PrrId>> waiting_added;
  std::vector<std::pair<domain::NodeId, domain::PrrId>> waiting_removed;
  // Versions of records whose pictures go with this step.
  std::vector<std::pair<domain::PrrId, uint32_t>> destroyed;
  // Looks at the data of a person, with the record that was seen; empty: those of a day's plan.
  std::vector<std::pair<domain::PrrId, FactRef>> reads;
  // The outbox: names of items to be reported, and of items that are answered.
  std::vector<std::string> reports_added;
  std::vector<std::string> reports_answered;
  std::vector<std::string> reports_retried;  // rejected before
};

// `rows` holds every key of Needs(settings, input, resident); rows and resident are changed in
// place. When the effects cannot be written, all three are worthless: recover from the store.
Effects Step(const Settings& settings, Mode mode, const Input& input, EventSink& sink, Rows& rows,
             Resident& resident);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_STEP_H_
