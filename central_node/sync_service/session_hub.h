// The centre's side of all sync sessions, without a transport: what each connected node is
// answered, told and sent. The service runs it on the core thread; the simulator calls it directly.
//
//   SessionHub hub({.node = centre.get(), .signer = keys.signer.get(), …});
//   hub.OnConnected(7, node_id, {.send = …, .close = …});   // node_id as the certificate proves it
//   absl::Status status = hub.OnFrame(7, frame);            // not OK: drop the connection
//   hub.OnDisconnected(7);
//   hub.Pump();                                             // after a command: the feeds may go on
//
// Persist, then act: a frame goes out only when what it says is durable.
#ifndef KEPING_CENTRAL_NODE_SYNC_SERVICE_SESSION_HUB_H_
#define KEPING_CENTRAL_NODE_SYNC_SERVICE_SESSION_HUB_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "central_node/store/central_node.h"
#include "central_node/sync_service/upload_queue.h"
#include "common/crypto/signer.h"
#include "common/domain/ids.h"
#include "common/sync/centre_session.h"
#include "common/sync/frames.h"
#include "common/sync/unit_size.h"
#include "common/time/clock.h"

namespace keping::central {

// Not thread-safe.
class SessionHub {
 public:
  // Nodes that send a backlog at the same time: each gets through, and the core thread has room for
  // the others and for people.
  static constexpr size_t kUploadsAtOnce = 16;
  static constexpr absl::Duration kIdleTurn = absl::Seconds(30);
  // All outlive the hub.
  struct Ports {
    CentralNode* node = nullptr;
    const crypto::Signer* signer = nullptr;  // countersigns receipts and feeds
    const crypto::Verifier* verifier = nullptr;
    const time::Clock* clock = nullptr;
    // The store failed while an arrival was written: the central node is finished.
    std::function<void(const absl::Status&)> failed;
    // Runs the task later on the hub's thread, if the hub is still there. Without it a segment is
    // judged as soon as its receipt is out.
    std::function<void(absl::Duration delay, std::function<void()> task)> after = nullptr;
  };

  // Judging begins when no segment came for so long, at most twice as long, or when so many entries
  // wait: receipts first. So many are judged in some ten seconds, and what must not come before
  // them (the end of a node, what people decide of leases) waits for that.
  static constexpr absl::Duration kJudgeDelay = absl::Milliseconds(5);
  static constexpr uint64_t kMostToJudge = 250'000;

  // Chosen by the transport; never used for two connections at the same time.
  using ConnectionId = uint64_t;

  // Neither calls back into the hub before it returns.
  struct Connection {
    // What its certificate was made for, and until when it is good; empty, and unknown, where it
    // does not say.
    domain::IncarnationId certified = {};
    absl::Time certified_until = absl::InfinitePast();
    std::function<void(const sync::CentreFrame&)> send;
    // Ends the connection; OnDisconnected follows, or came before.
    std::function<void(const absl::Status&)> close;
  };

  explicit SessionHub(Ports ports) : ports_(std::move(ports)) {}

  // `node` is proven by the transport. An older connection of the same node is closed. A node whose
  // incarnation was revoked, retired or declared lost is heard and never spoken to: its log is
  // taken (of the first two as claims, without receipts), it gets no feed, and a Problem says why.
  void OnConnected(ConnectionId id, const domain::NodeId& node, Connection connection);

  // A status other than OK means: drop this connection. PermissionDenied when the frame names
  // another node than the connection; FailedPrecondition with a Problem sent before; Aborted when
  // the connection is not known any more.
  absl::Status OnFrame(ConnectionId id, const sync::NodeFrame& frame);

  void OnDisconnected(ConnectionId id);

  // Sends what the feeds hold and the windows allow. Call it after whatever may have changed a
  // feed. A node whose feed cannot be read is disconnected.
  void Pump();

  // Ends every connection: the program stops.
  void CloseAll();

  // To be called now and then: whoever has its turn and has sent nothing for a while gives it away,
  // and may go on sending all the same.
  void EndIdleTurns();

  // Ends the connection of one node, if there is one: what it may do has changed.
  void Close(const domain::NodeId& node, const absl::Status& why);

  // ---- For screens.

  // The node has said hello and was welcomed.
  bool connected(const domain::NodeId& node) const;
  // How far the node has acknowledged its feed, as it said last since the start of this program.
  uint64_t feed_position(const domain::NodeId& node) const;
  // Why the node was last turned away (fork, rollback), or empty once it was welcomed again.
  std::string problem(const domain::NodeId& node) const;
  // When the certificate of its connection expires; InfinitePast without one.
  absl::Time certified_until(const domain::NodeId& node) const;
  // Entries of its log that it has and that are not held, as it said in its Hello; nullopt while it
  // is not connected.
  std::optional<uint64_t> unproven(const domain::NodeId& node) const;

 private:
  struct Peer {
    ConnectionId id = 0;
    absl::Duration heard =
        absl::ZeroDuration();  // its turn began, or its last segment came; monotonic
    domain::NodeId node;
    Connection connection;
    sync::CentreSession session = {};
    domain::IncarnationId incarnation = {};  // as its Hello says
    uint64_t announced = 0;                  // the end of its log, then
    bool forgotten = false;                  // enrolled before the centre was set back
    size_t claimed = 0;                      // segments taken of a log that has ended
    sync::UnitSize batch_size{sync::kFirstBatchBytes, sync::kMaxBatchBytes};
  };
  struct Seen {
    uint64_t feed_position = 0;
    std::string problem;
  };

  absl::Status OnHello(Peer& peer, const sync::Hello& hello);
  absl::Status OnSegment(Peer& peer, const sync::Segment& segment);
  // Of an incarnation that has ended: once its log is here, as far as it said in its Hello, it is
  // told, and its connection ends.
  absl::Status Farewell(Peer& peer);
  // Judges what waits, now or as soon as there is time; the feeds go on with what follows.
  // `queued`: something came that waits.
  void Judge(bool queued);
  void JudgeSome();
  absl::Status OnFeedAck(Peer& peer, const sync::FeedAck& ack);
  absl::Status OnTailWanted(Peer& peer, const sync::TailWanted& wanted);
  // The centre was set back, and waits for this node to say what it was told before.
  bool WaitsFor(const Peer& peer) const;
  // Enrols an incarnation again whose enrolment the centre forgot: its certificate vouches for it,
  // and the first entry of its log names its key.
  absl::Status Remember(Peer& peer, const sync::Segment& segment);
  absl::Status OnRecordWanted(Peer& peer, const sync::RecordWanted& wanted);
  // Feed and records may go to it.
  bool MayBeTold(const Peer& peer) const;
  absl::Status OnCentreSetBack(Peer& peer, const sync::CentreSetBack& word);
  bool ShowsSetBack(const Peer& peer, const sync::CentreSetBack& word) const;
  // The node has sent its backlog, or is gone: the next one may.
  void EndTurn(ConnectionId id);
  void CloseAll(const absl::Status& why);
  // The store failed; returns what drops the connection.
  absl::Status Failed(const absl::Status& status);
  void SendReceipt(Peer& peer, const domain::IncarnationId& incarnation, const sync::Head& head);
  // Sends the problem and remembers it; returns what drops the connection.
  absl::Status Refuse(Peer& peer, sync::Problem problem);
  absl::Status Pump(Peer& peer);
  const Peer* PeerOf(const domain::NodeId& node) const;

  const Ports ports_;
  std::map<ConnectionId, Peer> peers_;
  UploadQueue uploads_{kUploadsAtOnce};
  std::map<domain::NodeId, ConnectionId> current_;
  std::map<domain::NodeId, Seen> seen_;
  bool judging_ = false;  // a task is to come
  bool quiet_ = false;    // no segment came since it was last looked at
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_SYNC_SERVICE_SESSION_HUB_H_
