// What the stores durably wrote, as the simulator heard it (watched_store.h): the truth that
// acknowledgements, leases and duty are measured against.
//
//   chronicle.HearNode(2, seq, bytes);       // from the watched store of office 2
//   chronicle.Intent(act)->office_day;
#ifndef KEPING_TESTS_SIM_CHRONICLE_H_
#define KEPING_TESTS_SIM_CHRONICLE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"
#include "tests/sim/event_queue.h"

namespace keping::sim {

struct HeardIntent {
  domain::PrintIntended event;
  int office = 0;
  uint64_t seq = 0;
  uint64_t office_day = 0;
};

struct HeardGrant {
  domain::NodeId node;
  domain::LeaseEpoch epoch;
  bool forced = false;
  uint64_t seq = 0;        // of the centre's log
  bool forgotten = false;  // the centre was set back to before it
  bool blind = false;      // given while the centre was set back, and nobody could know
};

// A card that a person found good, by the log.
struct HeardCard {
  domain::ActId act;
  domain::PrrId prr;
  uint32_t version = 0;
  int office = 0;
  domain::BlankSerial intended;
  domain::BlankSerial blank;
};

struct HeardReception {
  domain::BlanksReceived event;
  int office = 0;
};

struct HeardCase {
  domain::CaseKind kind = domain::CaseKind::kDuplicatePrint;
  domain::CaseState state = domain::CaseState::kOpen;
  domain::PrrId prr;
  std::optional<domain::BlankSerial> blank;
};

struct HeardBatch {
  std::vector<domain::BlankSerial> hopper;
  size_t fed = 0;
  bool closed = false;
  bool mismatched = false;
};

// The durable log of one office, and what follows from it.
struct NodeChronicle {
  std::vector<std::string> entries;  // by seq - 1, of the branch that goes on
  // Branches that ended when the database was set back: from which seq on, and its entries.
  std::vector<std::pair<uint64_t, std::vector<std::string>>> lost_branches;
  bool restored = false;
  uint64_t office_day = 0;
  Micros day_opened_at = 0;
  Micros off_since_day_opened = 0;  // time without power
  std::set<std::pair<domain::PrrId, domain::LeaseEpoch>> released;
  std::map<domain::ActId, domain::PrintIntended> open;    // intended, and not settled since
  std::set<domain::BlankSerial> used_up;                  // good or spoiled
  std::map<domain::ActId, domain::BlankSerial> answered;  // the blank that each answer used up
  std::set<domain::ActId> completed;                      // by the printer
  std::set<domain::ActId> reopened;                       // by a correction
  std::map<domain::ActId, HeardBatch> batches;
  // Generations of a centre that was set back, to which it said what it had been told.
  std::set<domain::GenerationId> met;
  // The district ended it; what a revoked node said later two officers post, or nobody does.
  std::optional<domain::NodeEnd> end;
  bool believed = true;

  // Whether some branch holds these bytes at `seq`.
  bool Wrote(uint64_t seq, const std::string& bytes) const;
};

// Not thread-safe.
class Chronicle {
 public:
  explicit Chronicle(int nodes) : nodes_(nodes) {}

  NodeChronicle& node(int office) { return nodes_[office]; }
  const NodeChronicle& node(int office) const { return nodes_[office]; }

  // Decodes an entry's event; nullopt when this version cannot read it.
  static std::optional<domain::Event> Read(const std::string& bytes);

  // Whether the intent of `act` is one of the first `seq` entries of the office's log.
  bool IntentWithin(const domain::ActId& act, int office, uint64_t seq) const;
  // The database of an office was set back to its first `seq` entries.
  void CutBack(int office, uint64_t seq);
  // The same of the centre. `shown`: it learns of it when it starts.
  void CutBackCentre(uint64_t seq, bool shown);
  // Notes an entry of the centre that says how things stand there, and not what it gave out.
  void NoteStanding(const domain::Event& event);

  absl::flat_hash_map<std::string, HeardIntent> intents;             // by act
  absl::flat_hash_map<std::string, std::vector<HeardGrant>> grants;  // by PRR
  std::vector<domain::PrrId> granted;  // records that were ever leased, once each
  std::vector<HeardCard> cards;
  std::vector<HeardReception> receptions;
  std::vector<domain::BlanksDispatched> dispatches;  // in the order of the centre's log
  std::map<domain::PrrId, uint32_t> versions;        // the latest that the centre has
  std::map<domain::PrrId, uint32_t> withdrawals;     // the same
  std::map<domain::CaseId, HeardCase> cases;
  std::vector<std::string> centre_entries;  // the centre's own log, by seq - 1
  // By that log: who was enrolled and did not end, and in which generation the centre asks
  // everybody what it had told them before it was set back; empty: it was not.
  std::set<domain::NodeId> enrolled;
  domain::GenerationId asking;
  // Of revoked nodes: how much of their logs are facts.
  std::map<domain::NodeId, uint64_t> facts_end;
  bool blind = false;       // it was set back, and nothing has shown it yet
  int centre_set_back = 0;  // how often

 private:
  std::vector<NodeChronicle> nodes_;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_CHRONICLE_H_
