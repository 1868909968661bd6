// One edge node as a single-threaded object: core, store and sync session behind ports. The program
// runs it on its core thread; the simulator calls it directly.
//
//   KEPING_ASSIGN_OR_RETURN(auto node, EdgeNode::Open(settings, identity, ports));
//   node->Start();                                  // doubts of the last crash
//   absl::StatusOr<Decision> decision = node->Handle(Print{…});
//   node->OnConnected(); node->OnFrame(frame);      // the link
//
// Persist, then act: Handle returns, and ports.act is called, only after the synced write. After a
// failed write the node is finished: every call returns the error, and a new one is opened.
#ifndef KEPING_EDGE_NODE_NODE_EDGE_NODE_H_
#define KEPING_EDGE_NODE_NODE_EDGE_NODE_H_

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/crypto/seal.h"
#include "common/crypto/signer.h"
#include "common/sync/edge_session.h"
#include "common/sync/frames.h"
#include "common/sync/unit_size.h"
#include "common/sync/witness.h"
#include "common/time/clock.h"
#include "edge_node/core/edge_core.h"
#include "edge_node/core/reservations.h"
#include "edge_node/node/feed_reader.h"
#include "edge_node/node/record_fetcher.h"
#include "edge_node/store/edge_store.h"
#include "edge_node/store/frozen.h"

namespace keping::edge {

// Who this node is, and whom it believes.
struct EdgeIdentity {
  domain::IncarnationId incarnation;
  const crypto::Signer* signer = nullptr;  // the incarnation's log key
  const crypto::Verifier* verifier = nullptr;
  std::string centre_public_key;
  std::string software_version;
};

// What the node needs from outside. All pointers outlive the node.
struct EdgePorts {
  storage::KvStore* store = nullptr;
  const time::Clock* clock = nullptr;
  RandomSource random;
  std::function<Conditions()> conditions;
  std::function<void(const Action&)> act;
  std::function<void(const sync::NodeFrame&)> send;
  // Whether a card can be made of a record that arrived; the message of the status is kept and
  // shown. Without it every record is taken as fit.
  std::function<absl::Status(const domain::PrrId& prr, const std::string& record)> check_record =
      nullptr;
  // Runs the task later on the node's thread, if the node is still there. Without it every entry
  // is sent at once, in a segment of its own.
  std::function<void(absl::Duration delay, std::function<void()> task)> after = nullptr;
  // The store failed: the node is finished and must be opened anew.
  std::function<void(const absl::Status&)> failed;
  // What is known outside the store of where the log must reach to. May be empty.
  std::optional<sync::Witness> witness = std::nullopt;
  // The log grew up to this entry, durably; after the actions. May be empty.
  std::function<void(uint64_t head_seq)> logged = nullptr;
};

// What the sessions carried since the node was opened. Whatever was sent more than once was
// unanswered when a session ended.
struct LinkCounts {
  uint64_t sessions = 0;  // that the centre welcomed
  uint64_t entries_sent = 0;
  uint64_t entries_unanswered = 0;  // at the ends of sessions
};

// Not thread-safe.
class EdgeNode {
 public:
  // What is written within so long goes up in one segment, with one signature and one receipt.
  static constexpr absl::Duration kGather = absl::Milliseconds(500);
  // A card that came out of the printer is scanned next: what says so waits for the scan, and less
  // than the five seconds within which an act should be proven.
  static constexpr absl::Duration kAwaitScan = absl::Seconds(4);

  // A line on which answers are due and nothing comes for so long is left for another attempt, or
  // for twice as long as the last answer took on a slow one; twice as long again after each attempt
  // that brought none, so that no line is too slow. What waits in TCP waits twice as long
  // after each attempt of its own, and would find a line that is up again after as long as it was
  // down.
  static constexpr absl::Duration kSilence = absl::Seconds(10);

  static absl::StatusOr<std::unique_ptr<EdgeNode>> Open(EdgeSettings settings,
                                                        EdgeIdentity identity,
                                                        crypto::RecordCipher cipher,
                                                        EdgePorts ports);

  // Opens the log's incarnation if it is new, and the doubts that a crash left. A log that the
  // witness contradicts is frozen instead.
  absl::Status Start();

  // The decision, durable. A refused print is a decision too; a status other than OK means that the
  // node's store failed. While the log is frozen every decision is FailedPrecondition with K-263.
  absl::StatusOr<Decision> Handle(const Input& input) { return Handle(input, {}); }
  // With the side records that the input's event names; kept only when it is written.
  absl::StatusOr<Decision> Handle(const Input& input, const std::vector<SideRecord>& sides);

  // What a person's password is checked against: the own one, or the district's first one, which is
  // newer when the district set it after the own one.
  struct KnownPassword {
    std::string verifier;  // empty: the person has none
    bool from_roster = false;
    bool must_change = false;
  };
  absl::StatusOr<KnownPassword> PasswordOf(const domain::OperatorId& person) const;

  // A new act id: 16 random bytes in hex.
  domain::ActId NewAct();
  // Seals names of people for an event; see store/side_records.h.
  SideRecord SealNames(const std::vector<std::string>& names) const {
    return SealSideRecord(names, ports_.random);
  }
  time::Moment Now() const { return ports_.clock->Now(); }

  // Who has which record or blank in hand; in memory only.
  Reservations& reservations() { return reservations_; }

  // ---- The data key (common/storage/sealed_rows.h).
  // Records are sealed under `key` from now on; the old one is needed until ResealSome has brought
  // all of them under it. FailedPrecondition with K-211 while an earlier rotation goes on.
  absl::Status RotateDataKey(const std::string& key);
  // One small step; true while more of them are to come. To be called between other inputs.
  absl::StatusOr<bool> ResealSome();

  // What was destroyed may still lie in the store's files (common/storage/erasure.h).
  const storage::Erasure& erasure() const { return store_->erasure(); }
  absl::Status SettleErasure(uint64_t owed);

  // ---- The link. A status other than OK means: drop this connection, try again later.
  void OnConnected();
  absl::Status OnFrame(const sync::CentreFrame& frame);
  void OnDisconnected();
  // To be called every second. Not OK: the session has to begin again, since what it should bring
  // does not come (Unavailable, see kSilence), or since there is room for the batches that came
  // while the disk was nearly full and were left alone (Aborted).
  absl::Status CheckSession();
  // To be called now and then: asks for records that had to wait for an hour or a day.
  void FetchRecords();
  // What the records beyond the day's duty wait for now.
  FetchWait fetch_wait() const;
  const LinkCounts& link_counts() const { return link_counts_; }
  // A run of the log from `from_seq` on, signed, of at most so many entries and bytes, or one
  // entry. The log does not end before it.
  absl::StatusOr<sync::Segment> SegmentFrom(uint64_t from_seq,
                                            size_t max_entries = sync::kMaxSegmentEntries,
                                            size_t max_bytes = sync::kMaxSegmentBytes) const;

  // ---- What a person carried here, with the checks and effects of the wire (carried_answer.h).
  // The times are those of Contact.
  absl::Status TakeReceipt(const sync::Receipt& receipt, absl::Time received_at,
                           absl::Duration running_at);
  // A centre that was set back asks what it had told this node.
  absl::Status TakeQuestion(const sync::Welcome& welcome);
  // The centre found this in the log: the node is frozen.
  absl::Status TakeProblem(const sync::Problem& problem);
  // Returns how many items were new. Moves the feed to `to`. DataLoss: the feed left something out,
  // and is asked for anew.
  absl::StatusOr<size_t> TakeBatch(const sync::FeedBatch& batch, FeedReader& reader,
                                   const FeedCursor& to);
  // Blanks that another office lent to this one; a scan makes them this office's. False: known
  // already. AlreadyExists with K-269: another slip has this number.
  absl::StatusOr<bool> TakeSlip(const LendingSlip& slip);
  // Records do not fit the disk now.
  bool no_room_for_records() const { return ports_.conditions().no_room_for_records; }
  // The feed must come anew, from its start.
  bool wants_whole_feed() const { return resync_feed_; }

  // The session is up: the centre answered.
  bool welcomed() const { return connected_ && session_.welcomed(); }

  const EdgeCore& core() const { return core_; }
  const EdgeStore& store() const { return *store_; }
  LogReach log_reach() const {
    return {.head_seq = store_->log().head().seq,
            .fetched_to = store_->tail().end().seq,
            .proven_seq = core_.contact().proven_seq};
  }
  const EdgeIdentity& identity() const { return identity_; }

 private:
  EdgeNode(EdgeSettings settings, EdgeIdentity identity, EdgePorts ports);

  absl::Status CheckRoom() const;
  absl::Status CheckSilence();
  absl::Status OnWelcome(const sync::Welcome& welcome);
  absl::Status OnReceipt(const sync::Receipt& receipt);
  absl::Status OnBatch(const sync::FeedBatch& batch);
  // What this node has in its hands that a centre with this answer cannot have forgotten unless it
  // was set back; nullopt: nothing.
  std::optional<sync::CentreSetBack> ShownBy(const sync::Welcome& welcome) const;
  // Writes down what the centre told it, where a centre that was set back waits for that.
  absl::Status Meet(const sync::Welcome& welcome);
  EdgeCore::Met LastMet() const;
  absl::Status CheckSigned(const sync::Receipt& receipt) const;
  absl::Status CheckSigned(const sync::FeedBatch& batch) const;
  // The receipt proves this log, or contradicts it.
  absl::Status Prove(const sync::Receipt& receipt, absl::Time received_at,
                     absl::Duration running_at);
  absl::StatusOr<size_t> Absorb(const sync::FeedBatch& batch, FeedReader& reader,
                                const FeedCursor& to);
  // Does what the centre's word about this node asks for: the log is frozen, or printing locked.
  absl::Status Heed(const sync::Problem& problem);
  absl::Status Lock(const sync::Problem& problem);
  // No entry is written any more: the machine was restored or cloned. `held_seq` is what the centre
  // holds, 0 if it did not say; nullopt: the node suspects it by itself.
  absl::Status Freeze(const sync::Problem& problem, std::optional<uint64_t> held_seq);
  absl::Status CheckWitness();
  absl::Status OnLogTail(const sync::LogTail& tail);
  // Asks for what the centre holds beyond the end of the log.
  void AskForTail();
  sync::Locator MakeLocator() const;
  // When the first entry was written that no receipt covers.
  absl::Time OldestUnproven() const;
  absl::StatusOr<Decision> Commit(const Decision& decision, const time::Moment& now);
  // The rows that belong to a decision's events.
  void StageRows(const Decision& decision);
  crypto::Hash RosterVerifierHash(const domain::OperatorId& person) const;
  // What the events make superfluous: the pictures of cards that reached their residents.
  absl::Status Purge(const std::vector<domain::Event>& events);
  // Its card is with the resident.
  bool Delivered(const domain::PrrId& prr) const;
  // The centre sends whole records: what Purge took out does not come back.
  void DropOldPictures(std::vector<domain::FeedItem>& items) const;
  // Why no card can be made of a record; empty: one can.
  std::string FaultOf(const domain::PrrId& prr, const std::string& record) const;
  std::map<domain::PrrId, RecordState> RecordsOf(const FeedChanges& changes) const;
  // The record that the item names is here.
  bool HasRecordOf(const domain::PrrItem& item) const;
  absl::CivilSecond OfficeTime() const;
  // What is ready to print is as much as the printers may feed in a day.
  bool HasWorkOfDay() const;
  absl::Status OnRecordPart(const sync::RecordPart& part);
  // Asks for records that the feed names, as many as may be under way.
  // Remembers the first failure of the store.
  absl::Status Fail(absl::Status status);
  Conditions ReadConditions() const;
  // Beside the records that somebody has in hand.
  FeedBatch NextCard(const domain::ActId& batch);
  // Pumps when what belongs together has come together, at the latest after `delay`.
  absl::Status PumpWithin(absl::Duration delay);
  // Sends segments while window and log allow.
  absl::Status Pump();

  EdgeIdentity identity_;
  EdgePorts ports_;
  EdgeCore core_;
  Reservations reservations_;
  std::unique_ptr<EdgeStore> store_;
  sync::EdgeSession session_;
  sync::UnitSize segment_size_{sync::kFirstSegmentBytes, sync::kMaxSegmentBytes};
  FeedReader feed_reader_;
  RecordFetcher fetcher_;
  sync::UnitSize part_size_{sync::kFirstPartBytes, sync::kMaxPartBytes};
  domain::GenerationId generation_;  // of the present session
  uint32_t generation_order_ = 0;
  bool connected_ = false;
  bool resync_feed_ = false;
  LinkCounts link_counts_;
  absl::Duration pump_due_ = absl::InfiniteDuration();  // monotonic
  bool feed_waits_ = false;  // for room on the disk, since this session began
  int silences_ = 0;         // sessions left in a row, without an answer in between
  // When something was last asked for, or came; monotonic.
  absl::Duration stirred_ = -absl::InfiniteDuration();
  absl::Status failure_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_NODE_EDGE_NODE_H_
