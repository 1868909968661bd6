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
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/crypto/seal.h"
#include "common/crypto/signer.h"
#include "common/sync/edge_session.h"
#include "common/sync/frames.h"
#include "common/time/clock.h"
#include "edge_node/core/edge_core.h"
#include "edge_node/store/edge_store.h"

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
  // The store failed: the node is finished and must be opened anew.
  std::function<void(const absl::Status&)> failed;
};

// Not thread-safe.
class EdgeNode {
 public:
  static absl::StatusOr<std::unique_ptr<EdgeNode>> Open(EdgeSettings settings,
                                                        EdgeIdentity identity,
                                                        crypto::RecordCipher cipher,
                                                        EdgePorts ports);

  // Opens the log's incarnation if it is new, and the doubts that a crash left.
  absl::Status Start();

  // The decision, durable. A refused print is a decision too; a status other than OK means that the
  // node's store failed.
  absl::StatusOr<Decision> Handle(const Input& input);

  // A new act id: 16 random bytes in hex.
  domain::ActId NewAct();

  // ---- The data key (common/storage/sealed_rows.h).
  // Records are sealed under `key` from now on; the old one is needed until ResealSome has brought
  // all of them under it. FailedPrecondition with K-211 while an earlier rotation goes on.
  absl::Status RotateDataKey(const std::string& key);
  // One small step; true while more of them are to come. To be called between other inputs.
  absl::StatusOr<bool> ResealSome();

  // ---- The link. A status other than OK means: drop this connection, try again later.
  void OnConnected();
  absl::Status OnFrame(const sync::CentreFrame& frame);
  void OnDisconnected();
  // The session is up: the centre answered.
  bool welcomed() const { return connected_ && session_.welcomed(); }

  const EdgeCore& core() const { return core_; }
  const EdgeStore& store() const { return *store_; }
  const EdgeIdentity& identity() const { return identity_; }

 private:
  EdgeNode(EdgeSettings settings, EdgeIdentity identity, EdgePorts ports,
           std::unique_ptr<EdgeStore> store);

  absl::Status OnWelcome(const sync::Welcome& welcome);
  absl::Status OnReceipt(const sync::Receipt& receipt);
  absl::Status OnBatch(const sync::FeedBatch& batch);
  // The items that say something new.
  absl::StatusOr<std::vector<domain::FeedItem>> ReadNewItems(const sync::FeedBatch& batch) const;
  // A record that was withdrawn or moved away comes without the digits that its card, perhaps
  // printed before this node could know, is still confirmed by.
  void KeepNikTail(domain::FeedItem& item) const;
  absl::Status Lock(const sync::Problem& problem);
  absl::StatusOr<Decision> Commit(const Decision& decision, const time::Moment& now);
  // Remembers the first failure of the store.
  absl::Status Fail(absl::Status status);
  Conditions ReadConditions() const;
  // Sends segments while window and log allow.
  absl::Status Pump();

  EdgeIdentity identity_;
  EdgePorts ports_;
  EdgeCore core_;
  std::unique_ptr<EdgeStore> store_;
  sync::EdgeSession session_;
  domain::GenerationId generation_;  // of the present session
  bool connected_ = false;
  bool resync_feed_ = false;
  absl::Status failure_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_NODE_EDGE_NODE_H_
