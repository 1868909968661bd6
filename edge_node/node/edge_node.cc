#include "edge_node/node/edge_node.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"

namespace keping::edge {

EdgeNode::EdgeNode(EdgeSettings settings, EdgeIdentity identity, EdgePorts ports)
    : identity_(std::move(identity)),
      ports_(std::move(ports)),
      core_(std::move(settings)),
      session_(core_.settings().node, identity_.incarnation, identity_.software_version),
      feed_reader_(&core_.catalogue()),
      fetcher_(&core_.catalogue()) {}

absl::StatusOr<std::unique_ptr<EdgeNode>> EdgeNode::Open(EdgeSettings settings,
                                                         EdgeIdentity identity,
                                                         crypto::RecordCipher cipher,
                                                         EdgePorts ports) {
  std::unique_ptr<EdgeNode> node(
      new EdgeNode(std::move(settings), std::move(identity), std::move(ports)));
  KEPING_ASSIGN_OR_RETURN(
      node->store_,
      EdgeStore::Open(node->ports_.store, std::move(cipher), node->ports_.random,
                      node->core_.settings().node, node->identity_.incarnation, node->core_));
  return node;
}

absl::Status EdgeNode::Start() {
  KEPING_RETURN_IF_ERROR(CheckWitness());
  if (store_->frozen().has_value()) return absl::OkStatus();
  if (store_->log().head().seq == 0) {
    domain::IncarnationOpened opened{.reason = store_->ancestry().reason(),
                                     .parent = {},
                                     .parent_head = {},
                                     .public_key = identity_.signer->public_key()};
    if (const auto& parent = store_->ancestry().parent(); parent.has_value()) {
      opened.parent = parent->incarnation;
      opened.parent_seq = parent->head.seq;
      opened.parent_head = parent->head.hash;
      opened.parent_reached_seq = store_->ancestry().reached_seq();
    }
    Decision open;
    open.events.push_back(std::move(opened));
    KEPING_RETURN_IF_ERROR(Commit(open, ports_.clock->Now()).status());
  }
  return Handle(Started{}).status();
}

absl::Status EdgeNode::CheckWitness() {
  if (!ports_.witness.has_value() || store_->frozen().has_value()) return absl::OkStatus();
  const sync::Witness& witness = *ports_.witness;
  const storage::LogHead& head = store_->log().head();
  if (witness.missing && head.seq > 0) {
    return Freeze({sync::ProblemKind::kRollback,
                   "the witness file beside the keys is gone, so nobody can say that this database "
                   "is the latest one"},
                  std::nullopt);
  }
  if (witness.other_machine) {
    return Freeze({sync::ProblemKind::kFork, "this database was copied to another machine"},
                  std::nullopt);
  }
  if (witness.incarnation != identity_.incarnation || witness.head.seq == 0) {
    return absl::OkStatus();
  }
  const auto own = store_->log().HeadAt(witness.head.seq);
  if (own.ok() && own->hash == witness.head.hash) return absl::OkStatus();
  if (!own.ok() && !absl::IsNotFound(own.status())) return Fail(own.status());
  return Freeze({sync::ProblemKind::kRollback,
                 absl::StrCat("the log ends at entry ", head.seq, " and had reached entry ",
                              witness.head.seq, ": this database was restored from a copy")},
                std::nullopt);
}

absl::StatusOr<Decision> EdgeNode::Handle(const Input& input,
                                          const std::vector<SideRecord>& sides) {
  KEPING_RETURN_IF_ERROR(failure_);
  const std::optional<Frozen>& frozen = store_->frozen();
  const bool may_unlock = std::holds_alternative<UseGrant>(input);
  if (frozen.has_value() && (frozen->by_centre || !may_unlock)) {
    if (std::holds_alternative<Print>(input)) {
      Decision refused;
      refused.refusal = domain::PrintRefusal::kNodeLocked;
      return refused;
    }
    return Decision::Failed(absl::FailedPreconditionError(
        absl::StrCat("K-263: this node writes nothing any more: ", store_->lock_reason(),
                     ". Call the district office; the administrator runs keping-edge recover.")));
  }
  const time::Moment now = ports_.clock->Now();
  const Decision decision = core_.Step(now, ReadConditions(), input);
  if (decision.status.ok()) {
    for (const SideRecord& side : sides) store_->StageSideRecord(side);
  }
  return Commit(decision, now);
}

absl::StatusOr<Decision> EdgeNode::Commit(const Decision& decision, const time::Moment& now) {
  store_->Stage(decision.events, now);
  StageRows(decision);
  KEPING_RETURN_IF_ERROR(Fail(Purge(decision.events)));
  KEPING_RETURN_IF_ERROR(Fail(store_->Commit(core_)));
  for (const Action& action : decision.actions) ports_.act(action);
  if (!decision.events.empty() && ports_.logged) ports_.logged(store_->log().head().seq);
  if (!decision.feed_next.empty()) {
    KEPING_RETURN_IF_ERROR(Handle(NextCard(decision.feed_next)).status());
  }
  const bool scan_follows = !decision.events.empty() &&
                            std::holds_alternative<domain::PrintCompleted>(decision.events.back());
  if (connected_) KEPING_RETURN_IF_ERROR(PumpWithin(scan_follows ? kAwaitScan : kGather));
  return decision;
}

void EdgeNode::StageRows(const Decision& decision) {
  for (const PasswordRow& row : decision.passwords) {
    store_->StagePassword(row.operator_id, {.verifier = row.verifier,
                                            .replaces = RosterVerifierHash(row.operator_id),
                                            .must_change = row.must_change});
  }
  for (const domain::Event& event : decision.events) {
    if (std::holds_alternative<domain::NodeUnlocked>(event)) store_->StageUnlock();
  }
}

crypto::Hash EdgeNode::RosterVerifierHash(const domain::OperatorId& person) const {
  const domain::OperatorItem* item = core_.catalogue().FindOperator(person);
  return crypto::Sha256({item == nullptr ? absl::string_view() : item->verifier});
}

absl::StatusOr<EdgeNode::KnownPassword> EdgeNode::PasswordOf(
    const domain::OperatorId& person) const {
  KEPING_ASSIGN_OR_RETURN(const std::optional<StoredPassword> own, store_->Password(person));
  if (own.has_value() && own->replaces == RosterVerifierHash(person)) {
    return KnownPassword{.verifier = own->verifier, .must_change = own->must_change};
  }
  const domain::OperatorItem* item = core_.catalogue().FindOperator(person);
  if (item == nullptr || item->verifier.empty()) return KnownPassword();
  return KnownPassword{.verifier = item->verifier, .from_roster = true, .must_change = true};
}

absl::Status EdgeNode::Purge(const std::vector<domain::Event>& events) {
  absl::Status status;
  for (const domain::Event& event : events) {
    const auto* answered = std::get_if<domain::CardsAnswered>(&event);
    if (answered == nullptr) continue;
    answered->delivered.ForEach([&](const domain::BlankSerial& serial) {
      const Card* card = core_.cards().Find(serial);
      if (status.ok() && card != nullptr && !card->prr.empty()) {
        status = store_->StagePurge(card->prr);
      }
    });
  }
  return status;
}

FeedBatch EdgeNode::NextCard(const domain::ActId& batch) {
  const Batch* open = core_.batches().Find(batch);
  FeedBatch feed{.batch = batch, .job = NewAct()};
  if (open != nullptr) {
    feed.taken = reservations_.RecordsOfOthers({open->opened.operator_id, ""}, Now().monotonic);
  }
  return feed;
}

Conditions EdgeNode::ReadConditions() const {
  Conditions conditions = ports_.conditions();
  conditions.offline = !welcomed();
  return conditions;
}

absl::Status EdgeNode::Fail(absl::Status status) {
  if (!status.ok() && failure_.ok()) {
    failure_ = status;
    ports_.failed(status);
  }
  return status;
}

domain::ActId EdgeNode::NewAct() {
  return domain::ActId::Of(absl::BytesToHexString(ports_.random(16)));
}

absl::Status EdgeNode::RotateDataKey(const std::string& key) {
  KEPING_RETURN_IF_ERROR(failure_);
  KEPING_RETURN_IF_ERROR(crypto::RecordCipher::FromKey(key).status());
  storage::SealedRows& rows = store_->sealed_rows();
  // A refusal is no failure of the store.
  const bool refused = rows.resealing();
  const absl::Status status = rows.StartRotation(key);
  return refused ? status : Fail(status);
}

absl::StatusOr<bool> EdgeNode::ResealSome() {
  KEPING_RETURN_IF_ERROR(failure_);
  storage::SealedRows& rows = store_->sealed_rows();
  if (rows.resealing()) KEPING_RETURN_IF_ERROR(Fail(rows.ResealSome()));
  return rows.resealing();
}

void EdgeNode::OnConnected() {
  connected_ = true;
  const storage::LogHead& head = store_->log().head();
  const FeedCursor& cursor = store_->feed_cursor();
  ports_.send(session_.Open({head.seq, head.hash}, MakeLocator(),
                            resync_feed_ ? 0 : cursor.position, core_.catalogue().state(),
                            cursor.generation, OldestUnproven()));
  resync_feed_ = false;
}

absl::Time EdgeNode::OldestUnproven() const {
  absl::Time oldest = absl::InfiniteFuture();
  const auto read = store_->log().Read(core_.contact().proven_seq + 1, 1, SIZE_MAX,
                                       [&](uint64_t, absl::string_view bytes) {
                                         const auto entry = domain::ParseEntry(bytes);
                                         if (entry.ok())
                                           oldest = absl::FromUnixMicros(entry->header.wall_micros);
                                         return false;
                                       });
  // It only says whose turn it is; a log that cannot be read shows where it is sent.
  return read.ok() ? oldest : absl::InfiniteFuture();
}

sync::Locator EdgeNode::MakeLocator() const {
  sync::Locator locator;
  const uint64_t head = store_->log().head().seq;
  for (size_t i = 0; i < sync::kMaxLocator && sync::LocatorDistance(i) < head; ++i) {
    const auto at = store_->log().HeadAt(head - sync::LocatorDistance(i));
    if (!at.ok()) break;
    locator.emplace_back(at->hash.AsBytes().substr(0, sync::kLocatorHashBytes));
  }
  return locator;
}

void EdgeNode::OnDisconnected() {
  connected_ = false;
  feed_waits_ = false;
  segment_size_.Reset();
  part_size_.Reset();
  fetcher_.Stop();
  if (session_.welcomed()) {
    link_counts_.entries_unanswered += session_.sent_seq() - session_.held_seq();
  }
  session_.Close();
}

absl::Status EdgeNode::OnFrame(const sync::CentreFrame& frame) {
  KEPING_RETURN_IF_ERROR(failure_);
  if (!connected_) return absl::FailedPreconditionError("got a frame, but no connection is up");
  stirred_ = Now().monotonic;
  KEPING_RETURN_IF_ERROR(CheckRoom());
  if (const auto* welcome = std::get_if<sync::Welcome>(&frame)) return OnWelcome(*welcome);
  if (const auto* receipt = std::get_if<sync::Receipt>(&frame)) return OnReceipt(*receipt);
  if (const auto* batch = std::get_if<sync::FeedBatch>(&frame)) return OnBatch(*batch);
  if (const auto* tail = std::get_if<sync::LogTail>(&frame)) return OnLogTail(*tail);
  if (const auto* part = std::get_if<sync::RecordPart>(&frame)) return OnRecordPart(*part);
  if (std::holds_alternative<sync::Admitted>(frame)) {
    session_.OnAdmitted();
    return Pump();
  }
  const auto& problem = std::get<sync::Problem>(frame);
  const bool freezes =
      problem.kind == sync::ProblemKind::kFork || problem.kind == sync::ProblemKind::kRollback;
  if (freezes || problem.kind == sync::ProblemKind::kClosed) return Lock(problem);
  return absl::AbortedError(absl::StrCat("the centre refused the session: ", problem.detail));
}

EdgeCore::Met EdgeNode::LastMet() const {
  const FeedCursor& fed = store_->feed_cursor();
  if (fed.generation.empty() || core_.met().order > fed.generation_order) return core_.met();
  return {fed.generation, std::max(fed.generation_order, 1u), 0};
}

std::optional<sync::CentreSetBack> EdgeNode::ShownBy(const sync::Welcome& welcome) const {
  const bool speaks = welcome.protocol >= sync::kProtocolWithTurns;
  if (!speaks || store_->frozen().has_value() || welcome.problem.has_value()) return std::nullopt;
  const EdgeCore::Met met = LastMet();
  const std::optional<sync::Receipt>& receipt = store_->last_receipt();
  if (!receipt.has_value()) return std::nullopt;
  const bool forgot =
      receipt->generation == welcome.generation && receipt->head.seq > welcome.held.seq;
  const bool earlier = receipt->generation == met.generation &&
                       met.generation != welcome.generation &&
                       met.order >= welcome.generation_order;
  if (!earlier && !forgot) return std::nullopt;
  return sync::CentreSetBack{met.generation, met.order, receipt};
}

absl::Status EdgeNode::Meet(const sync::Welcome& welcome) {
  const EdgeCore::Met& met = core_.met();
  const bool on_its_way = met.generation == welcome.generation && met.seq > welcome.held.seq;
  if (!welcome.unheard || on_its_way || store_->frozen().has_value()) return absl::OkStatus();
  const time::Moment now = ports_.clock->Now();
  return Commit(core_.Step(now, ReadConditions(),
                           MeetGeneration{welcome.generation, welcome.generation_order}),
                now)
      .status();
}

absl::Status EdgeNode::OnWelcome(const sync::Welcome& welcome) {
  if (auto shown = ShownBy(welcome)) {
    // It ends every session, and what this node delivered before comes again.
    ports_.send(*std::move(shown));
    return absl::OkStatus();
  }
  crypto::Hash own;
  if (auto head = store_->log().HeadAt(welcome.held.seq); head.ok()) {
    own = head->hash;
  } else if (!absl::IsNotFound(head.status())) {
    return Fail(head.status());
  }
  ++link_counts_.sessions;
  generation_ = welcome.generation;
  generation_order_ = welcome.generation_order;
  feed_reader_.Start(welcome.feed_from);
  fetcher_.Start(welcome.protocol >= sync::kProtocolWithTurns);
  if (auto problem = session_.OnWelcome(welcome, own)) {
    KEPING_RETURN_IF_ERROR(Freeze(*problem, welcome.held.seq));
    AskForTail();
  }
  KEPING_RETURN_IF_ERROR(Meet(welcome));
  KEPING_RETURN_IF_ERROR(Pump());
  FetchRecords();
  return absl::OkStatus();
}

void EdgeNode::AskForTail() {
  const std::optional<Frozen>& frozen = store_->frozen();
  if (!frozen.has_value() || frozen->kind != sync::ProblemKind::kRollback) return;
  const uint64_t next = store_->tail().end().seq + 1;
  if (next <= frozen->held_seq) ports_.send(sync::TailWanted{next});
}

absl::Status EdgeNode::OnLogTail(const sync::LogTail& tail) {
  if (!store_->frozen().has_value()) {
    return absl::FailedPreconditionError("got a tail of the log, but the log is in order here");
  }
  const absl::Status added =
      store_->tail().Add(tail.segment, core_.settings().node, identity_.incarnation,
                         *identity_.verifier, identity_.signer->public_key());
  if (absl::IsInvalidArgument(added)) return added;
  KEPING_RETURN_IF_ERROR(Fail(added));
  AskForTail();
  return absl::OkStatus();
}

absl::Status EdgeNode::Freeze(const sync::Problem& problem, std::optional<uint64_t> held_seq) {
  const std::optional<Frozen>& before = store_->frozen();
  const Frozen frozen = Learn(before, {problem.kind, held_seq.value_or(0), held_seq.has_value()});
  // The centre learns where a fork is while the entries come; it tells it more exactly then.
  const bool told_anew =
      problem.kind == sync::ProblemKind::kSuperseded || problem.kind == sync::ProblemKind::kFork;
  if (before == frozen && (!told_anew || store_->lock_reason() == problem.detail)) {
    return absl::OkStatus();
  }
  store_->StageFreeze(frozen, problem.detail);
  return Fail(store_->Commit(core_));
}

absl::Status EdgeNode::OnReceipt(const sync::Receipt& receipt) {
  KEPING_RETURN_IF_ERROR(CheckSigned(receipt));
  const uint64_t held_before = session_.held_seq();
  KEPING_RETURN_IF_ERROR(session_.OnReceipt(receipt));
  const time::Moment now = Now();
  // The first one of a session may only say again what is known.
  if (session_.held_seq() > held_before) {
    segment_size_.OnAnswered(now.monotonic);
    silences_ = 0;
  }
  KEPING_RETURN_IF_ERROR(Prove(receipt, now.wall, core_.running_time().At(now)));
  return Pump();
}

absl::Status EdgeNode::CheckSigned(const sync::Receipt& receipt) const {
  if (identity_.verifier->Verify(identity_.centre_public_key, sync::ReceiptStatement(receipt),
                                 receipt.signature)) {
    return absl::OkStatus();
  }
  return absl::PermissionDeniedError("got a receipt that the centre's key did not sign");
}

absl::Status EdgeNode::Prove(const sync::Receipt& receipt, absl::Time received_at,
                             absl::Duration running_at) {
  KEPING_ASSIGN_OR_RETURN(const storage::LogHead own, store_->log().HeadAt(receipt.head.seq));
  if (own.hash != receipt.head.hash) {
    return Lock({sync::ProblemKind::kFork,
                 absl::StrCat("the receipt names another entry ", receipt.head.seq)});
  }
  return Fail(store_->PutContact(receipt, received_at, running_at, core_));
}

absl::Status EdgeNode::TakeReceipt(const sync::Receipt& receipt, absl::Time received_at,
                                   absl::Duration running_at) {
  KEPING_RETURN_IF_ERROR(failure_);
  KEPING_RETURN_IF_ERROR(CheckSigned(receipt));
  KEPING_RETURN_IF_ERROR(
      sync::CheckReceiptIsFor(receipt, core_.settings().node, identity_.incarnation));
  if (receipt.head.seq > store_->log().head().seq) {
    return Lock({sync::ProblemKind::kRollback,
                 absl::StrCat("the centre holds this log up to ", receipt.head.seq,
                              ", which is beyond its end here: this node was restored")});
  }
  return Prove(receipt, received_at, running_at);
}

absl::Status EdgeNode::TakeProblem(const sync::Problem& problem) {
  KEPING_RETURN_IF_ERROR(failure_);
  return Heed(problem);
}

absl::StatusOr<bool> EdgeNode::TakeSlip(const LendingSlip& slip) {
  KEPING_RETURN_IF_ERROR(failure_);
  if (const LendingSlip* known = core_.lendings().Slip(slip.transfer)) {
    if (*known == slip) return false;
    return absl::AlreadyExistsError(absl::StrCat(
        "K-269: a slip of ", known->from.value(), " has the number ", slip.transfer.value(),
        " already, for other blanks. Call both offices; nothing was changed."));
  }
  KEPING_RETURN_IF_ERROR(Fail(store_->PutSlip(slip, core_)));
  return true;
}

absl::Status EdgeNode::Heed(const sync::Problem& problem) {
  const sync::Problem named = {
      problem.kind, problem.detail.empty() ? "the centre gave no reason" : problem.detail};
  if (named.kind != sync::ProblemKind::kClosed) return Freeze(named, 0);
  // Said in each session. What happened to blanks can still be written, and arrives as a claim.
  if (store_->frozen().has_value() || store_->lock_reason() == named.detail) {
    return absl::OkStatus();
  }
  store_->StageLock(named.detail);
  return Fail(store_->Commit(core_));
}

absl::Status EdgeNode::TakeQuestion(const sync::Welcome& welcome) {
  KEPING_RETURN_IF_ERROR(failure_);
  return Meet(welcome);
}

absl::Status EdgeNode::Lock(const sync::Problem& problem) {
  KEPING_RETURN_IF_ERROR(Heed(problem));
  return absl::FailedPreconditionError(
      absl::StrCat("printing is locked: ", problem.detail, ". Call the district office."));
}

absl::Status EdgeNode::PumpWithin(absl::Duration delay) {
  if (ports_.after == nullptr) return Pump();
  const absl::Duration due = ports_.clock->Now().monotonic + delay;
  if (pump_due_ <= due) return absl::OkStatus();
  pump_due_ = due;
  ports_.after(delay, [this, due] {
    // Another one came first, or is to come.
    if (pump_due_ != due) return;
    pump_due_ = absl::InfiniteDuration();
    // A failure of the store was told through ports.failed.
    if (connected_ && failure_.ok()) Pump().IgnoreError();
  });
  return absl::OkStatus();
}

absl::Status EdgeNode::Pump() {
  const storage::EventLog& log = store_->log();
  while (auto from = session_.NextSegment(log.head().seq)) {
    absl::StatusOr<sync::Segment> segment =
        SegmentFrom(*from, sync::kMaxSegmentEntries, segment_size_.bytes());
    KEPING_RETURN_IF_ERROR(Fail(segment.status()));
    const uint64_t last_seq = *from + segment->entries.size() - 1;
    KEPING_RETURN_IF_ERROR(Fail(store_->PutSealedHead(last_seq, segment->signature)));
    session_.OnSent(last_seq);
    link_counts_.entries_sent += segment->entries.size();
    stirred_ = Now().monotonic;
    segment_size_.OnSent(stirred_);
    ports_.send(*segment);
  }
  return absl::OkStatus();
}

absl::StatusOr<sync::Segment> EdgeNode::SegmentFrom(uint64_t from_seq, size_t max_entries,
                                                    size_t max_bytes) const {
  sync::Segment segment{
      .incarnation = identity_.incarnation, .first_seq = from_seq, .entries = {}, .signature = {}};
  KEPING_RETURN_IF_ERROR(store_->log().Read(from_seq, max_entries, max_bytes,
                                            [&segment](uint64_t, absl::string_view bytes) {
                                              segment.entries.emplace_back(bytes);
                                              return true;
                                            }));
  const sync::Head head{from_seq + segment.entries.size() - 1,
                        domain::HashEntryBytes(segment.entries.back())};
  segment.signature = identity_.signer->Sign(
      sync::HeadStatement(core_.settings().node, identity_.incarnation, head));
  return segment;
}

}  // namespace keping::edge
