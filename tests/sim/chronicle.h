// What the stores durably wrote, as the simulator heard it (watched_store.h): the truth that
// acknowledgements, leases and duty are measured against.
//
//   chronicle.HearNode(2, seq, bytes);       // from the watched store of office 2
//   chronicle.Intent(act)->office_day;
#ifndef KEPING_TESTS_SIM_CHRONICLE_H_
#define KEPING_TESTS_SIM_CHRONICLE_H_

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/civil_time.h"
#include "common/crypto/hash.h"
#include "common/domain/entry.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"
#include "common/sync/frames.h"
#include "tests/sim/causes.h"
#include "tests/sim/event_queue.h"
#include "tests/sim/office_books.h"

namespace keping::sim {

struct HeardIntent {
  domain::PrintIntended event;
  int log = 0;  // of the machine
  uint64_t office_day = 0;
  absl::CivilDay date;      // that the machine gave that day
  int64_t wall_micros = 0;  // by its clock
  bool clock_right = true;  // which was right, or nearly
};

// A job of which nobody knew what came out, by the log of its machine.
struct HeardDoubt {
  int log = 0;
  domain::IncarnationId incarnation;
  uint64_t seq = 0;
  uint64_t answered_seq = 0;  // 0: not yet
};

// A box that the centre's log sends.
struct HeardBox {
  domain::NodeId node;
  int64_t wall_micros = 0;
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
  crypto::Hash entry;
};

struct HeardReception {
  domain::BlanksReceived event;
  crypto::Hash entry;
  int log = 0;
  domain::IncarnationId incarnation;
  uint64_t seq = 0;
};

struct HeardCount {
  domain::StockCounted event;
  crypto::Hash entry;
  int log = 0;

  bool differs() const { return !event.missing.empty() || !event.surplus.empty(); }
};

// Cards that were given to the residents, or burnt.
struct HeardDeparture {
  domain::SerialSet cards;
  crypto::Hash entry;
  int64_t wall_micros = 0;
};

struct HeardFire {
  domain::SerialSet serials;
  crypto::Hash entry;
  int log = 0;
  uint64_t seq = 0;
};

struct HeardCase {
  domain::CaseKind kind = domain::CaseKind::kDuplicatePrint;
  domain::CaseState state = domain::CaseState::kOpen;
  uint32_t revision = 1;
  domain::PrrId prr;
  std::optional<domain::BlankSerial> blank;
  domain::NodeId node;
  std::string entity = {};
};

// The durable log of one machine, and what follows from it.
struct NodeChronicle {
  int office = 0;
  std::vector<std::string> entries;  // by seq - 1, of the log that goes on
  // Logs that ended: those of earlier incarnations, and what was written before the database was
  // set back.
  std::vector<std::vector<std::string>> other_logs;
  // Its log is not what it was, and no new incarnation has taken over since.
  bool upset = false;
  bool ever_upset = false;
  bool witnessed = false;  // what lies beside its keys shows that
  int copy = -1;           // the place of the other machine with the same disk, while both run
  Micros off = 0;          // time without power
  absl::CivilDay date;     // of the office day, as the machine says
  OfficeBooks books;
  // Ever given back, whatever became of the log that said so.
  std::set<std::pair<domain::PrrId, domain::LeaseEpoch>> released;
  // When each office day was opened, by the hash of its entry.
  std::map<crypto::Hash, DayStamp> days;

  // Whether some log of it holds these bytes at `seq`.
  bool Wrote(uint64_t seq, const std::string& bytes) const;
};

// An entry of any log.
struct ReadEntry {
  domain::EntryHeader header;
  domain::Event event;
};

// What is so of an office, whichever of its machines said it.
struct OfficeChronicle {
  // Generations of a centre that was set back, to which it said what it had been told.
  std::set<domain::GenerationId> met;
  // The district ended it; what a revoked node said later two officers post, or nobody does.
  std::optional<domain::NodeEnd> end;
  bool believed = true;
};

// What entries that a log lost are about: a case of these has its cause.
struct Disturbed {
  std::set<domain::PrrId> prrs;
  std::set<domain::BlankSerial> blanks;
  std::set<CaseOf> cases;
};

// A log that ended, and the incarnation that went on from it.
struct Succession {
  domain::NodeId node;
  domain::IncarnationId parent;
  sync::Head head;
};

// Not thread-safe.
class Chronicle {
 public:
  explicit Chronicle(int nodes)
      : nodes_(static_cast<size_t>(nodes)), offices_(static_cast<size_t>(nodes)) {
    for (int i = 0; i < nodes; ++i) node(i).office = i;
  }

  // One more machine, with the disk of that one. Returns its place.
  int AddCopy(int log);

  // The offices' own machines come first, in their order.
  NodeChronicle& node(int log) { return nodes_[static_cast<size_t>(log)]; }
  const NodeChronicle& node(int log) const { return nodes_[static_cast<size_t>(log)]; }

  OfficeChronicle& office(int index) { return offices_[static_cast<size_t>(index)]; }
  const OfficeChronicle& office(int index) const { return offices_[static_cast<size_t>(index)]; }

  // Decodes an entry; nullopt when this version cannot read it.
  static std::optional<ReadEntry> ReadWhole(const std::string& bytes);
  // Its event alone.
  static std::optional<domain::Event> Read(const std::string& bytes);

  // Whether a machine of this office wrote these bytes at `seq`.
  bool Wrote(int office, uint64_t seq, const std::string& bytes) const;
  // Whether a machine of this office ever gave this lease back.
  bool Released(int office, const domain::PrrId& prr, const domain::LeaseEpoch& epoch) const;
  // Whether the disk of a machine of this office ever was not what it had been.
  bool WasUpset(int office) const;
  // The centre's database was set back to its first `seq` entries. `shown`: it learns of it when it
  // starts.
  void CutBackCentre(uint64_t seq, bool shown);
  // Whether the centre has, or had, such a case.
  bool HasCase(const CaseOf& what) const { return known_cases.contains(what); }
  // Notes an entry of the centre that says how things stand there, and not what it gave out.
  void NoteStanding(const ReadEntry& entry);
  // Working days of the office that the centre has closed since the day on which something was
  // written, by the clock of whoever wrote it.
  int ClosedDaysSince(const domain::NodeId& node, int64_t wall_micros) const;

  absl::flat_hash_map<std::string, HeardIntent> intents;             // by act
  absl::flat_hash_map<std::string, std::vector<HeardGrant>> grants;  // by PRR
  std::vector<domain::PrrId> granted;  // records that were ever leased, once each
  std::vector<HeardCard> cards;
  std::vector<HeardReception> receptions;
  std::vector<HeardCount> counts;
  std::vector<HeardFire> fires;
  std::vector<HeardDeparture> departures;
  domain::SerialSet lent;                            // by any office
  domain::SerialSet opened;                          // lay in some office at go-live
  std::map<domain::ActId, HeardDoubt> doubts;        // of each job the first
  std::set<domain::ActId> unasked;                   // jobs of a program that keeps no rule
  std::vector<domain::BlanksDispatched> dispatches;  // in the order of the centre's log
  std::map<domain::PrrId, uint32_t> versions;        // the latest that the centre has
  std::map<domain::PrrId, uint32_t> withdrawals;     // the same, but for those printed elsewhere
  std::map<domain::PrrId, uint32_t> elsewhere;
  std::map<domain::PrrId, crypto::Hash> persons;  // keyed hash of the NIK, of the latest version
  std::set<domain::PrrId> replaced;               // another record took their place
  std::map<domain::TransferId, HeardBox> sent;    // by the centre's log
  std::map<domain::NodeId, std::set<absl::CivilDay>> closed_days;  // on which the office worked
  std::set<domain::RequestId> unanswered;  // that the district sent to the nation
  std::map<domain::CaseId, HeardCase> cases;
  std::set<CaseOf> known_cases;             // what those are about
  std::vector<std::string> centre_entries;  // the centre's own log, by seq - 1
  // By that log: who was enrolled and did not end, under which incarnation last, and in which
  // generation the centre asks everybody what it had told them before it was set back; empty: it
  // was not.
  std::set<domain::NodeId> enrolled;
  std::map<domain::NodeId, domain::IncarnationId> active;
  domain::GenerationId asking;
  // Whoever was ever enrolled, and of these who was when the centre was last set back: only they
  // can have been told something that it forgot.
  std::set<domain::NodeId> ever_enrolled;
  std::set<domain::NodeId> told_before;
  // Of revoked nodes: how much of their logs are facts.
  std::map<domain::NodeId, uint64_t> facts_end;
  bool blind = false;                     // it was set back, and nothing has shown it yet
  int centre_set_back = 0;                // how often
  std::map<crypto::Hash, int> receipted;  // heads that the centre countersigned, of which office
  std::vector<Succession> successions;
  Disturbed disturbed;

 private:
  std::deque<NodeChronicle> nodes_;
  std::vector<OfficeChronicle> offices_;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_CHRONICLE_H_
