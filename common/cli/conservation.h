// Counts blanks from raw log events, by serial: the second, independent implementation that the
// ledger is checked against. It shares no code with common/ledger, the judges of the central node
// or the tray of the edge node; only the names of the accounts are the same words.
//
//   BlankCensus census;
//   for (…) census.Add({node, incarnation, seq, id, event});    // in any order
//   DistrictCount count = census.CountDistrict();
//   count.totals.at({"printed_ready", "susut"});
//
// An event that is added again changes nothing.
#ifndef KEPING_COMMON_CLI_CONSERVATION_H_
#define KEPING_COMMON_CLI_CONSERVATION_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "common/cli/conservation_boxes.h"
#include "common/crypto/hash.h"
#include "common/domain/blank_serial.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"
#include "common/domain/serial_set.h"

namespace keping::cli {

// An event and where it was written.
struct LoggedEvent {
  domain::NodeId node;
  domain::IncarnationId incarnation;
  uint64_t seq = 0;
  crypto::Hash id;
  domain::Event event;

  // Null when it is another one.
  template <typename Event>
  const Event* As() const {
    return std::get_if<Event>(&event);
  }
};

// A blank, or something else, that breaks a law of custody.
struct CensusProblem {
  std::string code;   // stable, snake_case
  std::string place;  // "blank A0001000"
  std::string sentence;
};

// One office: received + opened = available + bound + in_doubt + used + handed_over + delivered +
// spoiled + destroyed + missing + lent. The left side is the sum of the quantities received and
// found at go-live, the right side counts blanks by what became of them.
struct OfficeCount {
  uint64_t received = 0;
  uint64_t opened = 0;
  uint64_t available = 0;
  uint64_t bound = 0;
  uint64_t in_doubt = 0;
  uint64_t used = 0;         // good cards in the office
  uint64_t handed_over = 0;  // good cards with a village head
  uint64_t delivered = 0;
  uint64_t spoiled = 0;
  uint64_t destroyed = 0;
  uint64_t missing = 0;  // not found again under a new incarnation
  uint64_t lent = 0;     // as often as it was lent: it may have come back
  // In boxes, and scanned by nobody: no part of the equation.
  uint64_t unidentified = 0;
  std::vector<CensusProblem> problems;

  uint64_t accounted() const {
    return available + bound + in_doubt + used + handed_over + delivered + spoiled + destroyed +
           missing + lent;
  }
};

struct DistrictCount {
  // Of each blank; looked up.
  absl::flat_hash_map<domain::BlankSerial, CustodyPlace> places;
  std::map<domain::BoxId, BoxContents> boxes;
  // Account and holder (empty: the district) -> blanks. The sources are negative; no zero rows.
  CustodyTotals totals;
  uint64_t allotments = 0;
  // Sum of the quantities of all allotments, and how many different serials they name.
  uint64_t allotted_quantity = 0;
  uint64_t allotted_serials = 0;
  uint64_t allotted_in_boxes = 0;  // by quantity
  // UIDs of blanks whose printed serial is allotted too: not blanks of their own.
  std::set<domain::BlankSerial> allotted_again;
  std::vector<CensusProblem> problems;
};

// Not thread-safe. What it counts in parallel it looks at on its own.
class BlankCensus {
 public:
  void Add(const LoggedEvent& logged);

  // The same census, with every blank that is known by a printed serial and by one UID counted
  // once, under its printed serial. Nothing may be added to it.
  BlankCensus Joined() const;

  // For the events of one edge node.
  OfficeCount CountOffice() const;
  // For the events of the centre and of all its nodes.
  DistrictCount CountDistrict() const;

  using Place = CustodyPlace;
  // Where one blank lies, by the events of the centre and of all its nodes.
  Place PlaceOf(const domain::BlankSerial& blank) const;

 private:
  // Where an event lies in its log. For order beyond one log see Later.
  struct Spot {
    domain::NodeId node;
    domain::IncarnationId incarnation;
    uint64_t seq = 0;

    bool SameLog(const Spot& other) const {
      return node == other.node && incarnation == other.incarnation;
    }
    bool After(const Spot& other) const { return SameLog(other) && seq > other.seq; }
  };
  // Of an incarnation, or of the one that a branch belongs to.
  struct Era {
    uint64_t number = 0;  // 0: not known; a later incarnation has a greater one
    uint64_t parted =
        0;  // of a branch: its first seq that the incarnation's own log does not share
  };
  struct Intent {
    Spot spot;
    domain::BlankSerial blank;
  };
  enum class Outcome { kUnknown, kBound, kDoubt, kUnused, kSpoiled, kGood };
  // A print job, by its act.
  enum class Word { kTaken, kRefused, kAborted, kDoubted, kGood, kSpoiled, kUnused };
  // What somebody, or a printer, said of it.
  struct Answer {
    Spot spot;
    Word word = Word::kTaken;
    domain::BlankSerial blank;  // as scanned
  };
  struct Act {
    std::map<crypto::Hash, Intent> intents;
    std::map<crypto::Hash, Answer> answers;
    std::set<crypto::Hash> set_aside;  // answers that two persons do not believe any more

    const Intent* intent() const { return intents.empty() ? nullptr : &intents.begin()->second; }
    domain::NodeId node() const;
    Outcome outcome() const;
    bool Said(Word word) const;
    // Where it is believed to have left its card, if that is `blank`.
    std::vector<Spot> CardsOn(const domain::BlankSerial& blank) const;
    // Of the answers that are not believed any more; or empty.
    domain::BlankSerial LastScanned() const;
    // The offices that say it was to use `blank`, or did.
    void AddUsersOf(const domain::BlankSerial& blank, std::set<domain::NodeId>& users) const;
    // Where it says that `blank` was in somebody's hand.
    void AddSightingsOf(const domain::BlankSerial& blank, std::vector<Spot>& sightings) const;

   private:
    bool Believed(const crypto::Hash& id, const Answer& answer) const;
  };
  struct Arrival {
    Spot spot;
    domain::TransferId transfer;
    domain::SerialSet received;
    domain::SerialSet missing;
    domain::SerialSet unexpected;
    domain::NodeId lent_by;
  };
  struct Sending {
    domain::TransferId transfer;
    domain::NodeId node;
    domain::SerialSet serials;
  };
  struct Loan {
    domain::TransferId transfer;
    domain::NodeId from;
    domain::NodeId to;
    domain::SerialSet blanks;
  };
  // A paper with another district, at its place in the centre's log.
  struct Paper {
    uint64_t seq = 0;
    domain::LoanStep step = domain::LoanStep::kLentOut;
    domain::SerialSet blanks;

    bool brings() const {
      return step == domain::LoanStep::kCameBack || step == domain::LoanStep::kBorrowed;
    }
  };
  // Under a new incarnation.
  struct Rescan {
    Spot spot;
    domain::SerialSet found;
    domain::SerialSet missing;
  };
  // A node that held blanks is gone, and nobody knows what its log said last.
  struct Gone {
    domain::NodeId node;
    std::set<domain::IncarnationId> logs;
    domain::SerialSet blanks;
  };
  // Of one blank at go-live.
  struct Opening {
    domain::NodeId node;
    domain::IncarnationId incarnation;
    domain::ActId act;
    domain::Pile pile = domain::Pile::kTray;
  };
  // What was done with a card. The order is that of belief where two logs of one office disagree.
  enum class Deed { kReturned, kHandedOver, kNotFound, kDelivered, kRecalled, kDestroyed };
  struct Step {
    Spot spot;
    Deed deed = Deed::kReturned;
  };
  // The events that name one blank, in the order of their ids: so that a blank does not cost more
  // where there are many others.
  struct Mentions {
    std::vector<const std::pair<const std::pair<crypto::Hash, domain::TransferId>, Sending>*>
        sendings;
    std::vector<const std::pair<const crypto::Hash, Arrival>*> arrivals;
    std::vector<const std::pair<const crypto::Hash, Loan>*> loans;
    std::vector<const std::pair<const crypto::Hash, Rescan>*> rescans;
    std::vector<const std::pair<const crypto::Hash, Gone>*> gone;
    std::vector<const std::pair<const crypto::Hash, Paper>*> papers;
  };
  // Made when it is asked for, of the events that were added until then. It points into the census
  // that it is made for: a copy has none.
  struct Index {
    Index() = default;
    Index(const Index&) {}
    Index& operator=(const Index&) {
      mentions.reset();
      return *this;
    }

    std::optional<absl::flat_hash_map<domain::BlankSerial, Mentions>> mentions;
    domain::SerialSet all;  // that somebody says something of
  };
  // What holds a blank: a job or a spoiling outside a job.
  struct Claim {
    domain::NodeId node;
    Outcome outcome = Outcome::kBound;
  };
  using Claims = std::map<domain::ActId, Claim>;

  void AddIncarnation(const LoggedEvent& logged);
  void AddGeneration(const LoggedEvent& logged);
  void AddMeeting(const LoggedEvent& logged, const domain::GenerationMet& met);
  void AddOutcome(const LoggedEvent& logged);
  void AddOutsideJobs(const LoggedEvent& logged);
  void AddAfterlife(const LoggedEvent& logged);
  void AddSteps(const LoggedEvent& logged, const domain::SerialSet& serials, Deed deed);
  void AddAnswer(const LoggedEvent& logged, const domain::ActId& act, Word word,
                 const domain::BlankSerial& blank = {});
  // Who says that the blank was spoiled outside a job, and is believed.
  struct Nodes {
    domain::NodeId last;
    std::set<domain::NodeId> all;
  };
  std::map<domain::ActId, Nodes> SpoilsOn(const domain::BlankSerial& blank) const;
  // The jobs that hold it: not those whose blank another job's card was found on since, since their
  // own card lies elsewhere.
  Claims JobsOn(const domain::BlankSerial& blank) const;
  static bool IsOpen(const Act& act);
  static void CountOpen(const Act& act, OfficeCount& count);
  // The job whose card was found on the blank after `meant`, another job meant it; or nullptr.
  const Act* TakerOf(const domain::BlankSerial& blank, const Spot& meant) const;
  // The blank that such a job holds: what the others left it. Nothing when that went elsewhere.
  std::optional<domain::BlankSerial> HeldBy(const Act& act) const;
  // By blank, of the jobs that hold another than they were meant for.
  std::map<domain::BlankSerial, domain::ActId> HeldElsewhere() const;
  Era EraOf(const Spot& spot) const;
  // In one log, where a branch goes on from what it shares with the log that it left.
  bool Follows(const Spot& spot, const Spot& before) const;
  // Also under a later incarnation of the office: of what its people saw and did.
  bool Later(const Spot& spot, const Spot& before) const;
  // UID -> printed serial, of the blanks of which nobody says anything else.
  std::map<domain::BlankSerial, domain::BlankSerial> Aliases() const;
  // Nobody says anything of it but what it is called.
  bool OnlyNamed(const domain::BlankSerial& blank) const;
  const Mentions& MentionsOf(const domain::BlankSerial& blank) const;
  void MakeIndex() const;
  domain::SerialSet AllSerials() const;
  // In the time that the new ones take, however many there are already.
  static void AddTo(domain::SerialSet& all, const domain::SerialSet& some);
  Claims ClaimsOn(const domain::BlankSerial& blank) const;
  // Jobs that were to use `blank` and found their card on another one.
  std::vector<std::pair<domain::ActId, Spot>> LeftBehindBy(const domain::BlankSerial& blank) const;
  bool SeenAfter(const domain::BlankSerial& blank, const domain::ActId& act, const Spot& left,
                 const Claims& claims) const;
  Place PlaceOfUnclaimed(const domain::BlankSerial& blank) const;
  // The last paper with another district that names it; nullptr: there is none.
  const Paper* LastPaperOn(const domain::BlankSerial& blank) const;
  bool IsAway(const domain::BlankSerial& blank) const;
  // Of one that the papers have with another district.
  Place PlaceOfAway(const domain::BlankSerial& blank) const;
  bool CameFromElsewhere(const domain::BlankSerial& blank) const;
  // The account that gave it.
  const char* SourceOf(const domain::BlankSerial& blank) const;
  // By what the logs show, as if they were whole.
  Place PlaceByLogs(const domain::BlankSerial& blank, const Claims& claims) const;
  // It was lost with a node, and nobody of that office had it in hand under a later log.
  bool WentWith(const Gone& gone, const domain::BlankSerial& blank) const;
  std::vector<Spot> SightingsOf(const domain::BlankSerial& blank) const;
  // An open job of a log that was lost, on a blank that was in somebody's hand since.
  bool EndedByLoss(const domain::BlankSerial& blank, const Spot& intent) const;
  // Of a blank that one act holds.
  std::string AccountOf(const domain::BlankSerial& blank, const domain::NodeId& node,
                        Outcome outcome) const;
  // An allotment, an inventory or another district answers for it.
  bool IsOnPaper(const domain::BlankSerial& blank) const;
  bool HasOrigin(const domain::BlankSerial& blank) const;
  // The offices that handed it on as a card, or destroyed it.
  std::set<domain::NodeId> HandlersOf(const domain::BlankSerial& blank) const;
  // What one log says last of a card.
  struct LastWord {
    Spot spot;
    Deed deed = Deed::kReturned;
    crypto::Hash id;
  };
  using LastWords = std::map<domain::IncarnationId, LastWord>;
  LastWords LastWordsOn(const domain::BlankSerial& blank, const domain::NodeId& node) const;
  // What was done last with it at this office; nullopt when nothing was.
  std::optional<Deed> LastDeed(const domain::BlankSerial& blank, const domain::NodeId& node) const;
  void CountClaims(const domain::BlankSerial& blank, const Claims& claims,
                   OfficeCount& count) const;
  std::set<domain::NodeId> ReceivedAt(const domain::BlankSerial& blank) const;
  // The numbers under which it came to an office (go-live: the empty one), and was lent from there.
  std::set<domain::TransferId> ComingsTo(const domain::BlankSerial& blank,
                                         const domain::NodeId& node) const;
  std::set<domain::TransferId> LoansFrom(const domain::BlankSerial& blank,
                                         const domain::NodeId& node) const;
  // It came there once more than it went.
  bool StaysAt(const domain::BlankSerial& blank, const domain::NodeId& node) const;
  void CountLoans(OfficeCount& count) const;
  // Where people of the office did not find it: when a new incarnation scanned the stock again, or
  // what was left of a box in which it had come before.
  std::vector<Spot> SearchesFor(const domain::BlankSerial& blank, const domain::NodeId& node) const;
  // After one of these nobody scanned it there.
  bool LookedForInVain(const domain::BlankSerial& blank, const domain::NodeId& node) const;
  // It was found as a blank under another incarnation of the office than the one of `intent`, and
  // not before that.
  bool FoundUnder(const domain::BlankSerial& blank, const Spot& intent) const;
  domain::NodeId FirstWitness(const domain::BlankSerial& blank) const;

  absl::flat_hash_set<crypto::Hash> seen_;
  mutable Index index_;
  using LogName = std::pair<domain::NodeId, domain::IncarnationId>;
  std::map<LogName, uint64_t> enrolments_;  // first seq in the centre's log
  std::map<LogName, domain::IncarnationId> parents_;
  std::map<LogName, std::pair<domain::IncarnationId, uint64_t>>
      branches_;  // of what, from which seq
  std::map<domain::AllotmentId, domain::SerialSet> allotments_;
  uint64_t allotted_quantity_ = 0;
  domain::SerialSet issued_;
  std::set<domain::NodeId> enrolled_;  // and not ended
  std::set<domain::NodeId> asked_;     // what the centre had told them
  std::set<std::pair<domain::NodeId, domain::IncarnationId>> ended_;
  std::map<domain::GenerationId, uint32_t> generations_;
  domain::GenerationId generation_;
  std::map<std::pair<crypto::Hash, domain::TransferId>, Sending> sendings_;
  std::map<crypto::Hash, Arrival> arrivals_;
  std::map<crypto::Hash, Loan> loans_;
  std::map<crypto::Hash, Paper> papers_;
  std::set<std::pair<domain::BlankSerial, domain::BlankSerial>> names_;  // printed serial and UID
  std::map<domain::BlankSerial, Place> renamed_;  // names that stand for another -> their source
  std::set<domain::BlankSerial> allotted_again_;  // those of them of which both names are allotted
  std::map<crypto::Hash, Rescan> rescans_;
  std::map<domain::ActId, Act> acts_;
  std::map<domain::BlankSerial, std::set<domain::ActId>> acts_of_;
  // Outside a job: blank -> act -> the events that say so, and their nodes.
  std::map<domain::BlankSerial, std::map<domain::ActId, std::map<crypto::Hash, Spot>>> spoils_;
  std::map<domain::BlankSerial, std::set<crypto::Hash>> spoils_set_aside_;
  std::map<crypto::Hash, Gone> gone_;
  BoxCensus boxes_;
  std::map<domain::BlankSerial, std::map<crypto::Hash, Opening>> openings_;
  uint64_t opened_quantity_ = 0;
  std::map<domain::BlankSerial, std::map<crypto::Hash, Step>> steps_;
  // The events that say that the card on it was called back.
  std::map<domain::BlankSerial, std::map<crypto::Hash, Spot>> recalls_;
};

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_CONSERVATION_H_
