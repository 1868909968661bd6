#include "central_node/sync_service/session_hub.h"

#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "central_node/store/replay.h"
#include "central_node/store/segment_check.h"
#include "central_node/sync_service/farewell.h"
#include "central_node/sync_service/signed_frames.h"
#include "common/base/status_macros.h"

namespace keping::central {
namespace {

sync::ProblemKind ProblemOf(SegmentVerdict verdict) {
  if (verdict == SegmentVerdict::kFork) return sync::ProblemKind::kFork;
  if (verdict == SegmentVerdict::kUnknownIncarnation) {
    return sync::ProblemKind::kUnknownIncarnation;
  }
  return sync::ProblemKind::kBadSegment;
}

}  // namespace

void SessionHub::OnConnected(ConnectionId id, const domain::NodeId& node, Connection connection) {
  const auto older = current_.find(node);
  if (older != current_.end()) {
    const ConnectionId old = older->second;
    peers_.at(old).connection.close(
        absl::AbortedError("a newer connection of the same node takes over"));
    OnDisconnected(old);
  }
  current_[node] = id;
  peers_[id] = {.id = id, .node = node, .connection = std::move(connection)};
}

void SessionHub::OnDisconnected(ConnectionId id) {
  const auto peer = peers_.find(id);
  if (peer == peers_.end()) return;
  current_.erase(peer->second.node);
  peers_.erase(peer);
  EndTurn(id);
}

void SessionHub::EndTurn(ConnectionId id) {
  const std::optional<ConnectionId> next = uploads_.Leave(id);
  if (!next.has_value()) return;
  Peer& peer = peers_.at(*next);
  peer.heard = ports_.clock->Now().monotonic;
  peer.connection.send(sync::Admitted());
}

void SessionHub::EndIdleTurns() {
  if (uploads_.waiting() == 0) return;
  const absl::Duration now = ports_.clock->Now().monotonic;
  std::vector<ConnectionId> idle;
  for (const ConnectionId id : uploads_.sending()) {
    if (now - peers_.at(id).heard > kIdleTurn) idle.push_back(id);
  }
  for (const ConnectionId id : idle) EndTurn(id);
}

void SessionHub::Close(const domain::NodeId& node, const absl::Status& why) {
  const auto id = current_.find(node);
  if (id == current_.end()) return;
  peers_.at(id->second).connection.close(why);
  OnDisconnected(id->second);
}

void SessionHub::CloseAll() {
  CloseAll(absl::UnavailableError("the centre stops; try again later"));
}

void SessionHub::CloseAll(const absl::Status& why) {
  current_.clear();
  uploads_ = UploadQueue(kUploadsAtOnce);
  for (const auto& [id, peer] : std::exchange(peers_, {})) peer.connection.close(why);
}

absl::Status SessionHub::OnFrame(ConnectionId id, const sync::NodeFrame& frame) {
  const auto found = peers_.find(id);
  if (found == peers_.end()) return absl::AbortedError("this connection was closed");
  Peer& peer = found->second;
  ports_.node->NoteContact(peer.node, ports_.clock->Now().wall);
  if (const auto* hello = std::get_if<sync::Hello>(&frame)) return OnHello(peer, *hello);
  if (!peer.session.welcomed()) {
    return absl::FailedPreconditionError("got a frame before Hello, want Hello first");
  }
  if (const auto* segment = std::get_if<sync::Segment>(&frame)) return OnSegment(peer, *segment);
  if (const auto* tail = std::get_if<sync::TailWanted>(&frame)) return OnTailWanted(peer, *tail);
  if (const auto* wanted = std::get_if<sync::RecordWanted>(&frame)) {
    return OnRecordWanted(peer, *wanted);
  }
  if (const auto* word = std::get_if<sync::CentreSetBack>(&frame)) {
    return OnCentreSetBack(peer, *word);
  }
  return OnFeedAck(peer, std::get<sync::FeedAck>(frame));
}

absl::Status SessionHub::OnHello(Peer& peer, const sync::Hello& hello) {
  if (hello.node != peer.node) {
    return absl::PermissionDeniedError(absl::StrCat("got a frame for node ", hello.node.value(),
                                                    ", want ", peer.node.value(),
                                                    ", as the certificate says"));
  }
  if (!ports_.node->CertificateHolds(peer.node, peer.connection.certified, hello.incarnation)) {
    return absl::PermissionDeniedError(
        absl::StrCat("K-255: got a certificate of ", peer.node.value(),
                     " that was made for an incarnation that has ended, want one of the present "
                     "incarnation; enrol the node"));
  }
  absl::StatusOr<LogPlace> place = ports_.node->logs().Find(hello);
  // This centre certified it, and forgot that when it was set back.
  peer.forgotten = absl::IsNotFound(place.status()) && !hello.incarnation.empty() &&
                   peer.connection.certified == hello.incarnation;
  if (peer.forgotten) place = LogPlace();
  if (absl::IsNotFound(place.status())) {
    return Refuse(peer,
                  {sync::ProblemKind::kUnknownIncarnation, std::string(place.status().message())});
  }
  if (!place.ok()) return Failed(place.status());
  if (place->problem.has_value() && place->problem->kind == sync::ProblemKind::kRollback) {
    const absl::Status noted = ports_.node->NoteRollback(
        ports_.clock->Now(), peer.node, hello.incarnation, hello.head, place->held.seq);
    if (!noted.ok()) return Failed(noted);
  }
  if (const absl::Status heard = ports_.node->HearFrom(ports_.clock->Now(), peer.node);
      !heard.ok()) {
    return Failed(heard);
  }
  const std::optional<CentralNode::Ended> ended = ports_.node->ended(peer.node, hello.incarnation);
  if (ended.has_value()) place->held = ended->taken;
  const CentreRow& centre = ports_.node->resident().centre;
  auto answer =
      peer.session.OnHello(hello, {place->held, place->common, place->problem, WaitsFor(peer)},
                           {ports_.node->feed_head(peer.node), ports_.node->feed_state(peer.node)},
                           {centre.generation, centre.generation_order}, ports_.clock->Now().wall);
  if (auto* problem = std::get_if<sync::Problem>(&answer)) return Refuse(peer, std::move(*problem));
  auto& welcome = std::get<sync::Welcome>(answer);
  EndTurn(peer.id);
  const bool behind = hello.head.seq > place->held.seq && !ended.has_value();
  if (behind && sync::CanWait(hello)) {
    welcome.wait = !uploads_.Enter(peer.id, hello.oldest_unproven);
    peer.heard = ports_.clock->Now().monotonic;
  }
  peer.incarnation = hello.incarnation;
  peer.announced = hello.head.seq;
  seen_[peer.node] = {.feed_position = welcome.feed_from,
                      .problem = place->problem ? place->problem->detail : ""};
  peer.connection.send(welcome);
  // A receipt may have been lost with the link that broke: it is said again.
  const bool agreed = place->common == place->held || !place->problem.has_value();
  const bool quarantined = ended.has_value() && ended->quarantined;
  if (place->held.seq > 0 && agreed && !quarantined) {
    SendReceipt(peer, hello.incarnation, place->held);
  }
  if (ended.has_value()) return Farewell(peer);
  return Pump(peer);
}

absl::Status SessionHub::Farewell(Peer& peer) {
  const std::optional<CentralNode::Ended> ended = ports_.node->ended(peer.node, peer.incarnation);
  if (!ended.has_value()) return absl::OkStatus();
  const bool window_full = ended->quarantined && peer.claimed >= sync::kSegmentWindow;
  if (ended->taken.seq < peer.announced && !window_full) return absl::OkStatus();
  return Refuse(peer, {sync::ProblemKind::kClosed, FarewellText(*ended)});
}

bool SessionHub::WaitsFor(const Peer& peer) const {
  const CentreRow& centre = ports_.node->resident().centre;
  return centre.unheard.contains(peer.node) || (peer.forgotten && centre.generation_order > 1);
}

absl::Status SessionHub::Remember(Peer& peer, const sync::Segment& segment) {
  absl::StatusOr<ArrivedEntry> first = absl::NotFoundError("");
  if (segment.first_seq == 1 && !segment.entries.empty()) {
    first = ReadArrivedEntry(segment.entries.front());
  }
  const auto* opened = first.ok() && first->event.has_value()
                           ? std::get_if<domain::IncarnationOpened>(&*first->event)
                           : nullptr;
  if (opened == nullptr || segment.incarnation != peer.incarnation) {
    return absl::InvalidArgumentError(
        "got a log that does not begin with the opening of its incarnation");
  }
  // Before the key is kept for good: what was damaged on its way must not enrol a wrong one.
  StreamHead claimed;
  claimed.public_key = opened->public_key;
  KEPING_ASSIGN_OR_RETURN(
      const CheckedSegment checked,
      CheckSegment(peer.node, segment, &claimed, *ports_.verifier,
                   [](uint64_t) { return absl::NotFoundError("nothing is held yet"); }));
  if (checked.verdict != SegmentVerdict::kAccepted) {
    return Refuse(peer, {ProblemOf(checked.verdict), checked.detail});
  }
  const auto result =
      ports_.node->Handle(ports_.clock->Now(), EnrolNode{.node = peer.node,
                                                         .incarnation = peer.incarnation,
                                                         .public_key = opened->public_key,
                                                         .forgotten = true});
  if (!result.ok()) return Failed(result.status());
  peer.forgotten = false;
  return absl::OkStatus();
}

absl::Status SessionHub::OnSegment(Peer& peer, const sync::Segment& segment) {
  peer.heard = ports_.clock->Now().monotonic;
  if (peer.forgotten) KEPING_RETURN_IF_ERROR(Remember(peer, segment));
  const uint64_t waited = ports_.node->to_judge();
  absl::StatusOr<SegmentResult> result =
      ports_.node->Take(ports_.clock->Now(), peer.node, segment, *ports_.verifier);
  if (!result.ok()) return Failed(result.status());
  if (result->verdict == SegmentVerdict::kClaimed) {
    ++peer.claimed;
    return Farewell(peer);
  }
  if (!result->receipted()) {
    return Refuse(peer, {ProblemOf(result->verdict), std::move(result->detail)});
  }
  SendReceipt(peer, segment.incarnation, result->held);
  if (result->held.seq >= peer.announced) EndTurn(peer.id);
  // Whoever came with a branch unknown until now is told; the log goes on coming.
  if (result->branched) {
    seen_[peer.node].problem = result->detail;
    peer.connection.send(sync::Problem{sync::ProblemKind::kFork, result->detail});
  }
  // Before the feeds go on, which may end this connection too.
  absl::Status farewell = Farewell(peer);
  Judge(ports_.node->to_judge() > waited);
  return farewell;
}

void SessionHub::Judge(bool queued) {
  Pump();
  if (ports_.node->to_judge() == 0) return;
  if (ports_.after == nullptr) {
    const absl::Status judged = ports_.node->JudgeAll(ports_.clock->Now());
    if (!judged.ok()) return ports_.failed(judged);
    return Pump();
  }
  if (queued) quiet_ = false;
  if (!std::exchange(judging_, true)) ports_.after(kJudgeDelay, [this] { JudgeSome(); });
}

void SessionHub::JudgeSome() {
  judging_ = false;
  const bool now = std::exchange(quiet_, true) || ports_.node->to_judge() > kMostToJudge;
  if (now) {
    do {
      if (const absl::Status judged = ports_.node->JudgeNext(ports_.clock->Now()); !judged.ok()) {
        ports_.failed(judged);
        return;
      }
    } while (ports_.node->to_judge() > kMostToJudge);
    Pump();
  }
  if (ports_.node->to_judge() == 0) return;
  judging_ = true;
  ports_.after(now ? absl::ZeroDuration() : kJudgeDelay, [this] { JudgeSome(); });
}

absl::Status SessionHub::OnTailWanted(Peer& peer, const sync::TailWanted& wanted) {
  absl::StatusOr<sync::Segment> segment =
      ports_.node->logs().ReadSegment(peer.node, peer.incarnation, wanted.first_seq);
  if (absl::IsNotFound(segment.status())) return segment.status();
  if (!segment.ok()) return Failed(segment.status());
  peer.connection.send(sync::LogTail{*std::move(segment)});
  return absl::OkStatus();
}

bool SessionHub::MayBeTold(const Peer& peer) const {
  // A node of a centre that was set back says first what it was told before; one of an earlier
  // version cannot, and must still hear of withdrawals.
  return peer.session.feeds() && !ports_.node->ended(peer.node, peer.incarnation).has_value() &&
         !(peer.session.names_records() &&
           ports_.node->resident().centre.unheard.contains(peer.node));
}

absl::Status SessionHub::OnRecordWanted(Peer& peer, const sync::RecordWanted& wanted) {
  if (wanted.size == 0 || wanted.size > sync::kMaxPartBytes) {
    return absl::InvalidArgumentError(absl::StrCat(
        "got a question for ", wanted.size, " bytes of a record, want 1 to ", sync::kMaxPartBytes));
  }
  sync::RecordPart part{.prr = wanted.prr, .digest = wanted.digest, .offset = wanted.offset};
  absl::StatusOr<std::string> record = absl::NotFoundError("");
  if (MayBeTold(peer)) record = ports_.node->ReadRecord(peer.node, wanted.prr, wanted.digest);
  if (!record.ok() && !absl::IsNotFound(record.status())) return Failed(record.status());
  part.gone = !record.ok() || wanted.offset >= record->size();
  if (!part.gone) part.bytes = record->substr(wanted.offset, wanted.size);
  peer.connection.send(std::move(part));
  return absl::OkStatus();
}

// Only this centre signs receipts: one for more than it holds, or of a generation that its log
// never opened, is of a later state than this one.
bool SessionHub::ShowsSetBack(const Peer& peer, const sync::CentreSetBack& word) const {
  const bool in_order =
      peer.session.feeds() && !ports_.node->ended(peer.node, peer.incarnation).has_value();
  if (!in_order || !word.receipt.has_value()) return false;
  const sync::Receipt& receipt = *word.receipt;
  if (receipt.node != peer.node || receipt.incarnation != peer.incarnation ||
      !ports_.verifier->Verify(ports_.signer->public_key(), sync::ReceiptStatement(receipt),
                               receipt.signature)) {
    return false;
  }
  const CentreRow& centre = ports_.node->resident().centre;
  if (!centre.generations.contains(receipt.generation)) return true;
  const auto held = ports_.node->held(peer.node, peer.incarnation).value_or(sync::Head());
  return receipt.generation == centre.generation && receipt.head.seq > held.seq;
}

absl::Status SessionHub::OnCentreSetBack(Peer& peer, const sync::CentreSetBack& word) {
  if (!ShowsSetBack(peer, word)) {
    return absl::InvalidArgumentError(
        "got the word that this centre was set back, want its own receipt for more than it holds, "
        "or "
        "of a generation that it does not know");
  }
  const absl::Status begun =
      ports_.node->OpenNextGeneration(ports_.clock->Now(), peer.node, word.generation_order);
  if (!begun.ok()) return Failed(begun);
  // Everybody meets the new generation.
  const absl::Status again =
      absl::AbortedError("the centre was set back and begins a new generation; come again");
  CloseAll(again);
  return again;
}

absl::Status SessionHub::Failed(const absl::Status& status) {
  ports_.failed(status);
  return absl::UnavailableError("the centre cannot store anything now; try again later");
}

absl::Status SessionHub::OnFeedAck(Peer& peer, const sync::FeedAck& ack) {
  peer.session.OnFeedAck(ack);
  peer.batch_size.OnAnswered(ports_.clock->Now().monotonic);
  seen_[peer.node].feed_position = ack.position;
  return Pump(peer);
}

void SessionHub::SendReceipt(Peer& peer, const domain::IncarnationId& incarnation,
                             const sync::Head& head) {
  peer.connection.send(SignedReceipt(*ports_.node, *ports_.signer, ports_.clock->Now().wall,
                                     peer.node, incarnation, head));
}

absl::Status SessionHub::Refuse(Peer& peer, sync::Problem problem) {
  seen_[peer.node].problem = problem.detail;
  absl::Status status = absl::FailedPreconditionError(problem.detail);
  peer.connection.send(std::move(problem));
  return status;
}

void SessionHub::Pump() {
  std::vector<std::pair<ConnectionId, absl::Status>> broken;
  for (auto& [id, peer] : peers_) {
    if (absl::Status status = Pump(peer); !status.ok()) broken.emplace_back(id, status);
  }
  for (const auto& [id, status] : broken) {
    peers_.at(id).connection.close(status);
    OnDisconnected(id);
  }
}

absl::Status SessionHub::Pump(Peer& peer) {
  if (!MayBeTold(peer)) return absl::OkStatus();
  const uint64_t head = ports_.node->feed_head(peer.node);
  while (peer.session.MaySendBatch(head)) {
    KEPING_ASSIGN_OR_RETURN(
        const sync::FeedBatch batch,
        SignedBatch(*ports_.node, *ports_.signer, peer.node, peer.session.feed_sent(),
                    {.items = sync::kMaxBatchItems,
                     .bytes = peer.batch_size.bytes(),
                     .with_records = !peer.session.names_records()}));
    peer.session.OnBatchSent(batch);
    peer.batch_size.OnSent(ports_.clock->Now().monotonic);
    peer.connection.send(batch);
  }
  return absl::OkStatus();
}

const SessionHub::Peer* SessionHub::PeerOf(const domain::NodeId& node) const {
  const auto id = current_.find(node);
  return id == current_.end() ? nullptr : &peers_.at(id->second);
}

bool SessionHub::connected(const domain::NodeId& node) const {
  const Peer* peer = PeerOf(node);
  return peer != nullptr && peer->session.welcomed();
}

uint64_t SessionHub::feed_position(const domain::NodeId& node) const {
  const auto seen = seen_.find(node);
  return seen == seen_.end() ? 0 : seen->second.feed_position;
}

absl::Time SessionHub::certified_until(const domain::NodeId& node) const {
  const Peer* peer = PeerOf(node);
  return peer == nullptr ? absl::InfinitePast() : peer->connection.certified_until;
}

std::optional<uint64_t> SessionHub::unproven(const domain::NodeId& node) const {
  const Peer* peer = PeerOf(node);
  if (peer == nullptr || !peer->session.welcomed()) return std::nullopt;
  const sync::Head held = ports_.node->held(node, peer->incarnation).value_or(sync::Head());
  return peer->announced > held.seq ? peer->announced - held.seq : 0;
}

std::string SessionHub::problem(const domain::NodeId& node) const {
  const auto seen = seen_.find(node);
  return seen == seen_.end() ? "" : seen->second.problem;
}

}  // namespace keping::central
