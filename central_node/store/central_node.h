// The central node over its store: loads the rows that an input needs, lets the core decide, and
// writes everything in one synced batch. Nobody hears of what is not durable.
//
//   KEPING_ASSIGN_OR_RETURN(auto centre, CentralNode::Open(store.get(), options, clock.Now()));
//   centre->Handle(clock.Now(), Dispatch{…});
//   KEPING_ASSIGN_OR_RETURN(SegmentResult result, centre->Take(now, node, segment, *verifier));
//   if (result.receipted()) …sign a receipt for result.held…
//   while (centre->to_judge() > 0) centre->JudgeNext(now);         // may follow behind
//
// After a failed write every further call that writes gives FailedPrecondition: destroy this
// object, reopen the store, and open the node again from what it then holds.
#ifndef KEPING_CENTRAL_NODE_STORE_CENTRAL_NODE_H_
#define KEPING_CENTRAL_NODE_STORE_CENTRAL_NODE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "central_node/core/case_decision.h"
#include "central_node/core/input.h"
#include "central_node/core/rows.h"
#include "central_node/core/settings.h"
#include "central_node/core/step.h"
#include "central_node/store/judging_queue.h"
#include "central_node/store/lanes.h"
#include "central_node/store/node_logs.h"
#include "central_node/store/records.h"
#include "central_node/store/row_table.h"
#include "central_node/store/segment_check.h"
#include "common/crypto/seal.h"
#include "common/crypto/signer.h"
#include "common/ledger/balances.h"
#include "common/storage/erasure.h"
#include "common/storage/event_log.h"
#include "common/storage/key_space.h"
#include "common/storage/kv_store.h"
#include "common/storage/sealed_rows.h"
#include "common/sync/frames.h"
#include "common/sync/witness.h"
#include "common/time/clock.h"
#include "common/time/hybrid_clock.h"

namespace keping::central {

struct CentralOptions {
  domain::NodeId centre;  // the name of the centre's own log
  Settings settings;
  crypto::RecordCipher cipher;                // seals the keys of side records
  std::string nik_lookup_key;                 // of the keyed hash of NIKs
  std::function<std::string(size_t)> random;  // crypto::RandomBytes; seeded in the simulator
  // From which the nodes' keys for telephone grants are made; empty: there are no grants.
  std::string grant_key = {};
  // What is known outside the store of where the centre's own log must reach to. May be empty.
  std::optional<sync::Witness> witness = std::nullopt;
  // Segments of so many entries are judged in the batch that stores them. Live work is: that is one
  // write, and screens are up to date when it is proven. A backlog is not kept from its receipts by
  // the judges.
  size_t judged_at_once = 64;
};

// A segment that a person carried is no contact: nobody knows how old it is.
enum class Arrival { kByWire, kCarried };

struct SegmentResult {
  SegmentVerdict verdict = SegmentVerdict::kAccepted;
  sync::Head held;           // durable; what a receipt may name
  uint64_t new_entries = 0;  // stored by this segment
  std::string detail;        // why it was refused, or what is wrong with it; no personal data
  bool branched = false;     // a fork whose entries were stored as a branch

  bool receipted() const {
    return verdict == SegmentVerdict::kAccepted || verdict == SegmentVerdict::kAlreadyHeld ||
           branched;
  }
};

struct NationalCursors {
  uint64_t records = 0;
  uint64_t withdrawals = 0;
  uint64_t allotments = 0;
};

struct ReportCounts {
  uint64_t pending = 0;
  uint64_t accepted = 0;
  uint64_t rejected = 0;
};

// A request for blanks that has no answer, with its idempotency key.
struct NamedRequest {
  std::string item;
  domain::RequestId request;
  RequestRow row;
};

struct NamedReport {
  std::string item;
  ReportRow row;
};

// What to do about a lost data key: the end of K-210.
inline constexpr absl::string_view kLostDataKeyAdvice =
    "stop the centre and run keping-central --config FILE drop-records: it forgets the records, "
    "makes a new key, and pulls them again from the national server; until then no office gets new "
    "ones. First passwords that nobody replaced are forgotten too: give those people new ones.";

// Owned by one thread. The store must outlive it.
class CentralNode {
 public:
  // A district's rows are read at random, by serial and record, and are many: what is read again
  // and again stays in memory.
  static constexpr size_t kBlockCacheBytes = size_t{128} << 20;
  static constexpr uint32_t kFormatVersion = 6;

  // Recovers from the store; a new one gets its first generation. DataLoss when stored bytes are
  // damaged or the centre's own log does not hold together: restore the backup.
  static absl::StatusOr<std::unique_ptr<CentralNode>> Open(storage::KvStore* store,
                                                           CentralOptions options,
                                                           const time::Moment& now);

  // ------------------------------------------------------------------------------------------
  // Commands and arrivals. OK means durable. Errors are those of the store.

  absl::StatusOr<CommandResult> Handle(const time::Moment& now, const EnrolNode& command);
  // `first_password` is the verifier's text (common/crypto/password.h): it is sealed, and its
  // row's hash goes into the event. Empty: the person's password stays as it is.
  absl::StatusOr<CommandResult> Handle(const time::Moment& now, const AddOperator& command,
                                       absl::string_view first_password = {});
  absl::StatusOr<CommandResult> Handle(const time::Moment& now, const RemoveOperator& command);
  absl::StatusOr<CommandResult> Handle(const time::Moment& now, const CertifyOperator& command);
  absl::StatusOr<CommandResult> Handle(const time::Moment& now, const RequireApplication& command);
  // What people decide of leases and blanks they decide on all that is proven: what waits for the
  // judges is judged before.
  // Puts key and number in. Only with a grant_key.
  absl::StatusOr<CommandResult> Handle(const time::Moment& now, const IssueGrant& command);
  absl::StatusOr<CommandResult> Handle(const time::Moment& now, const Dispatch& command);
  absl::StatusOr<CommandResult> Handle(const time::Moment& now, const ReceiveDelivery& command);
  absl::StatusOr<CommandResult> Handle(const time::Moment& now, const MoveLease& command);
  // Looks up what a lost node held, and what one to be retired still has; of the latter the caller
  // says how much of its log is not proven.
  absl::StatusOr<CommandResult> Handle(const time::Moment& now, const CloseNode& command);
  // Looks the head up; what is accepted becomes facts at once.
  absl::StatusOr<CommandResult> Handle(const time::Moment& now, const AcceptClaims& command);

  // The district's desk. A decision on a case is one on all that is proven.
  absl::StatusOr<CommandResult> Handle(const time::Moment& now, const ResolveCase& command);
  // What that decision would lead to. Nothing is written.
  absl::StatusOr<DecisionOutcome> Try(const ResolveCase& command);
  absl::StatusOr<CommandResult> Handle(const time::Moment& now, const SetPolicy& command);
  // `first_password` as of AddOperator. The last administrator who can sign in stays one.
  absl::StatusOr<CommandResult> Handle(const time::Moment& now, const SetOfficer& command,
                                       absl::string_view first_password = {});
  absl::StatusOr<CommandResult> Handle(const time::Moment& now, const Enter& command);
  absl::StatusOr<CommandResult> Handle(const time::Moment& now, const ReadSubject& command);
  absl::StatusOr<CommandResult> Handle(const time::Moment& now, const EnterLoan& command);
  absl::StatusOr<CommandResult> Handle(const time::Moment& now, const EnterSupply& command);
  absl::StatusOr<CommandResult> Handle(const time::Moment& now, const RequestBlanks& command);

  // Officers who sign in (common/people). How long the centre has run is put in: by its log up to
  // the last try, and since the store was opened.
  absl::StatusOr<CommandResult> Handle(const time::Moment& now, const AskSignIn& command);
  absl::StatusOr<CommandResult> Handle(const time::Moment& now, const PasswordChecked& command);
  // Seals the verifier of the new password, in place of the one before.
  absl::StatusOr<CommandResult> Handle(const time::Moment& now, const ChangePassword& command,
                                       absl::string_view verifier);
  // The verifier of an officer's password; empty: there is none. DataLoss with K-328 when it is
  // damaged.
  absl::StatusOr<std::string> OfficerPassword(const domain::OperatorId& officer) const;
  // False: there is no administrator but `besides`, or none of them has a password. An error when
  // nothing is left of theirs but damaged ones.
  absl::StatusOr<bool> AdministratorCanSignIn(const domain::OperatorId& besides = {}) const;

  // Closes the days that are over by the district's clock, up to yesterday; nothing when there are
  // none. Of a clock that is far ahead or a centre that was off for long, more than kMostDaysAtOnce
  // are left to a person, who says `all`. To be called now and then, at least once a day.
  static constexpr int64_t kMostDaysAtOnce = 31;
  absl::Status EndDays(const time::Moment& now, bool all = false);
  // Days that are over and not closed, when there are more than kMostDaysAtOnce; else 0.
  int64_t days_left_open() const { return days_left_open_; }
  // One small step of the walk over all records that follows the start and the end of a day: those
  // whose pictures are due lose them, with their keys, in the batch that says so. True while more
  // of the walk is to come; it stands still while entries wait to be judged. To be called between
  // other commands.
  absl::StatusOr<bool> DestroyDue(const time::Moment& now);
  // The node is in contact, which ends its silence.
  absl::Status HearFrom(const time::Moment& now, const domain::NodeId& node);

  // Answers of the national centre, each with the cursor to go on from, stored together. Repeated
  // ones change nothing.
  absl::Status ReceiveRecords(const time::Moment& now, const std::vector<ArrivedRecord>& records,
                              uint64_t cursor);
  absl::Status ReceiveWithdrawals(const time::Moment& now, const WithdrawalsArrived& arrived,
                                  uint64_t cursor);
  absl::Status ReceiveAllotments(const time::Moment& now, const AllotmentsArrived& arrived,
                                 uint64_t cursor);
  absl::Status ReceiveReportAnswers(const time::Moment& now, const ReportAnswersArrived& arrived);
  absl::Status ReceiveRequestAnswers(const time::Moment& now, const RequestAnswersArrived& arrived);

  // Verifies a segment against what is held and stores its new entries byte for byte. A short one
  // is judged at once, in the same batch; a longer one, and what follows it in its log, is judged
  // behind its receipt. One that contradicts what is held is stored beside it, as a branch.
  // Those of an incarnation that was revoked or retired are stored as claims and judged only when
  // they are accepted.
  absl::StatusOr<SegmentResult> Take(const time::Moment& now, const domain::NodeId& node,
                                     const sync::Segment& segment, const crypto::Verifier& verifier,
                                     Arrival arrival = Arrival::kByWire);
  // Judges what was taken first, with some of what follows it in its log; nothing when all is
  // judged.
  absl::Status JudgeNext(const time::Moment& now);
  absl::Status JudgeAll(const time::Moment& now);
  // So many entries wait.
  uint64_t to_judge() const { return waiting_.entries(); }
  // Takes a segment and judges all.
  absl::StatusOr<SegmentResult> Ingest(const time::Moment& now, const domain::NodeId& node,
                                       const sync::Segment& segment,
                                       const crypto::Verifier& verifier,
                                       Arrival arrival = Arrival::kByWire);

  // The log of a node ends at `head`, before what is held of it. Noted once.
  absl::Status NoteRollback(const time::Moment& now, const domain::NodeId& node,
                            const domain::IncarnationId& incarnation, const sync::Head& head,
                            uint64_t held_seq);
  // A segment that its node signed begins beyond what is held: what is between is missing.
  absl::Status NoteGap(const time::Moment& now, const domain::NodeId& node,
                       const sync::Segment& segment);
  // A node showed that this store was set back: what follows is another life of the centre's state.
  // Every node has to say what it was told before, and until then nothing is given out.
  absl::Status OpenNextGeneration(const time::Moment& now, const domain::NodeId& shown_by,
                                  uint32_t known_order);
  // There is a witness of this store from now on.
  absl::Status NoteWitness();
  // Until the next command or arrival.
  NodeLogs logs() const { return {store_, &resident_, &waiting_}; }

  // ------------------------------------------------------------------------------------------
  // The data key (common/storage/sealed_rows.h).

  // FailedPrecondition with K-211 while an earlier rotation goes on.
  absl::Status RotateDataKey(const std::string& key);
  // One small step; true while more of them are to come. To be called between other commands.
  absl::StatusOr<bool> ResealSome();
  const storage::SealedRows& sealed_rows() const { return sealed_; }

  // The sealed rows alone, to look whether their keys are here.
  static absl::StatusOr<storage::SealedRows> OpenSealedRows(storage::KvStore* store,
                                                            const crypto::RecordCipher& cipher,
                                                            storage::SealedRows::Random random);
  // What a lost data key cost: makes a store forget its side records, and how far records were
  // pulled, so that the national server hands them over again. The logs stay as they are. Returns
  // how many records it forgot.
  static absl::StatusOr<uint64_t> DropSideRecords(storage::KvStore& store);

  // What was destroyed may still lie in the store's files (common/storage/erasure.h).
  const storage::Erasure& erasure() const { return erasure_; }
  absl::Status SettleErasure(uint64_t owed);

  // ------------------------------------------------------------------------------------------
  // For the sync sessions.

  // The end of what is held of a stream; nullopt when it is not enrolled.
  std::optional<sync::Head> held(const domain::NodeId& node,
                                 const domain::IncarnationId& incarnation) const;
  // Of an incarnation that has ended: how, with the end of what is held, claims included. Nullopt:
  // it goes on.
  struct Ended {
    domain::NodeEnd end = domain::NodeEnd::kLost;
    bool quarantined = false;  // what it sends are claims
    sync::Head taken;
  };
  std::optional<Ended> ended(const domain::NodeId& node,
                             const domain::IncarnationId& incarnation) const;
  // Whether a certificate that was made for `certified` (empty: it names none) may speak for this
  // incarnation: not when it belongs to one that has ended.
  bool CertificateHolds(const domain::NodeId& node, const domain::IncarnationId& certified,
                        const domain::IncarnationId& incarnation) const;
  // The newest position of the node's feed, 0 for an empty one, and the state of the lane.
  uint64_t feed_head(const domain::NodeId& node) const;
  const crypto::Hash& feed_state(const domain::NodeId& node) const { return lanes_.state(node); }
  // See Lanes::Read. Not signed.
  absl::StatusOr<sync::FeedBatch> ReadFeed(const domain::NodeId& node, uint64_t from,
                                           const FeedLimits& limits) const;
  // See Lanes::ReadRecord.
  absl::StatusOr<std::string> ReadRecord(const domain::NodeId& node, const domain::PrrId& prr,
                                         const crypto::Hash& digest) const;
  // Notes that the node was heard from, for the screen; durable with the next write only.
  void NoteContact(const domain::NodeId& node, absl::Time wall);
  // Nullopt: never.
  std::optional<absl::Time> last_contact(const domain::NodeId& node) const;

  // ------------------------------------------------------------------------------------------
  // For the national link.

  const NationalCursors& cursors() const { return cursors_; }
  // The oldest reports without an answer.
  absl::StatusOr<std::vector<NamedReport>> PendingReports(size_t limit) const;
  // All requests for blanks without an answer, the oldest first.
  std::vector<NamedRequest> PendingRequests() const;

  // ------------------------------------------------------------------------------------------
  // For screens; more in queries.h.

  const Resident& resident() const { return resident_; }
  const Settings& settings() const { return options_.settings; }
  const ledger::Balances& balances() const { return balances_; }
  const PrrTally& prr_tally() const { return prr_tally_; }
  const ReportCounts& report_counts() const { return report_counts_; }
  const storage::LogHead& log_head() const { return log_.head(); }
  // By how much the cases of each state grew in number within this run.
  const CaseTally& case_changes() const { return case_changes_; }
  // The name of the centre's own log; empty before its first entry.
  const domain::IncarnationId& log_incarnation() const { return log_.incarnation(); }
  const storage::KvStore& store() const { return *store_; }
  const CentralOptions& options() const { return options_; }

  // ------------------------------------------------------------------------------------------
  // For replay.h.

  // Folds an input without deciding anything anew. Not synced.
  absl::Status Replay(const Input& input);
  // A node that starts with empty tables and no generation.
  static absl::StatusOr<std::unique_ptr<CentralNode>> OpenForReplay(storage::KvStore* store,
                                                                    CentralOptions options);

 private:
  CentralNode(storage::KvStore* store, CentralOptions options, storage::EventLog log,
              storage::SealedRows sealed);

  absl::Duration RunningAt(const time::Moment& now) const;
  absl::Status LoadTables();
  absl::Status LoadBalances();
  absl::Status LoadCounters();
  absl::StatusOr<CommandResult> Commit(const time::Moment& now, Mode mode, const Input& input,
                                       const storage::WriteBatch& extra);
  absl::Status LoadRows(const Input& input, Rows& rows);
  absl::Status StageEffects(Effects& effects, Rows& rows, storage::WriteBatch& batch);
  // The entries of a segment and their signature.
  storage::WriteBatch RowsOf(const time::Moment& now, const sync::Segment& segment,
                             const std::vector<FreshEntry>& entries, const EntriesArrived& arrived,
                             Arrival arrival) const;
  // Those rows with what follows from them in one batch; or to be judged later.
  absl::Status StoreJudged(const time::Moment& now, const EntriesArrived& arrived,
                           const storage::WriteBatch& rows);
  absl::Status StoreToJudge(const std::vector<FreshEntry>& entries, const EntriesArrived& arrived,
                            storage::WriteBatch rows);
  // Adds the entries of a run. DataLoss unless they are there as they were receipted.
  absl::Status ReadWaiting(const WaitingRun& run, EntriesArrived& arrived) const;
  void StageBalances(const Effects& effects, storage::WriteBatch& batch);
  void StageReports(const Effects& effects, Rows& rows, storage::WriteBatch& batch);
  void KeepRows(Rows& rows);
  absl::Status Broken(absl::Status cause);
  absl::StatusOr<SegmentResult> TakeClaims(const time::Moment& now, const domain::NodeId& node,
                                           const sync::Segment& segment,
                                           const crypto::Verifier& verifier);
  // Makes facts of the claims that two officers accepted, segment by segment.
  absl::Status PostAccepted(const time::Moment& now, const domain::NodeId& node,
                            const domain::IncarnationId& incarnation);
  absl::Status PostAllAccepted(const time::Moment& now);
  absl::Status LookUpHeld(CloseNode& command) const;
  Holdings HoldingsOf(const domain::NodeId& node) const;
  // The witness contradicts the store. One that is missing does so only where there was one.
  absl::StatusOr<bool> WasSetBack() const;
  // Another life of the state, under a new name.
  absl::Status Begin(const time::Moment& now, OpenGeneration opening);
  // Grants what waited for offices that are enrolled by now.
  absl::Status GrantWaitingFor(const time::Moment& now, const domain::NodeId& node);
  // The same for all, unless a node may hold what this centre does not know of.
  absl::Status GrantAllWaiting(const time::Moment& now);
  std::string EncodeCursors(const NationalCursors& cursors) const;
  absl::Status CommitArrival(const time::Moment& now, const Input& input, storage::WriteBatch extra,
                             const NationalCursors& cursors);

  storage::KvStore* const store_;
  const CentralOptions options_;
  // How long the centre had run when it was opened, and the monotonic clock then.
  absl::Duration running_before_ = absl::ZeroDuration();
  absl::Duration opened_at_ = absl::ZeroDuration();
  storage::EventLog log_;
  storage::SealedRows sealed_;
  storage::Erasure erasure_;
  time::HybridClock hybrid_;
  Lanes lanes_;
  Resident resident_;
  JudgingQueue waiting_;
  RowTable<domain::BlankSerial, BlankRow> blanks_;
  RowTable<domain::PrrId, PrrRow> prrs_;
  RowTable<domain::ActId, JobFacts> jobs_;
  RowTable<domain::TransferId, TransferRow> transfers_;
  RowTable<domain::CaseId, CaseRow> cases_;
  RowTable<domain::ActionId, ActionRow> actions_;
  RowTable<std::string, ReportRow> reports_;
  RowTable<std::string, PersonRow> persons_;
  RowTable<std::string, PrinterDayRow> printer_days_;
  RowTable<domain::ActId, BatchRow> batches_;
  RowTable<domain::BlankSerial, NameRow> names_;
  RowTable<domain::NodeId, CountFacts> counts_;
  RowTable<domain::ActId, FiguresRow> figures_;
  RowTable<domain::BoxId, BoxRow> boxes_;
  CaseTally case_changes_;
  ledger::Balances balances_;
  PrrTally prr_tally_;
  ReportCounts report_counts_;
  NationalCursors cursors_;
  std::map<domain::NodeId, absl::Time> contacts_;
  uint64_t last_move_ = 0;
  uint64_t last_outbox_ = 0;
  // No day was closed since the start: nobody knows whom a day would have heard.
  bool first_days_ = true;
  int64_t days_left_open_ = 0;
  // Where the walk of DestroyDue goes on; nullopt: it is at its end.
  std::optional<std::string> destroy_from_ = std::string(storage::kPrrRowPrefix);
  bool broken_ = false;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_STORE_CENTRAL_NODE_H_
