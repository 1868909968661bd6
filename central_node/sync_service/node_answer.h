// What the centre has to say to a node that a person carries it to: a receipt for what is held of
// its log, and its feed from where the node has it. A node whose log goes on twice, or was set
// back, or that has ended, is told so instead of being fed, as on the wire; and a centre that was
// set back asks first what it had told the node.
//
//   KEPING_ASSIGN_OR_RETURN(NodeAnswer answer, NodeAnswer::Begin(ports, hello));
//   while (true) { KEPING_ASSIGN_OR_RETURN(auto frame, answer.Next()); if (!frame) break; … }
#ifndef KEPING_CENTRAL_NODE_SYNC_SERVICE_NODE_ANSWER_H_
#define KEPING_CENTRAL_NODE_SYNC_SERVICE_NODE_ANSWER_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "central_node/store/central_node.h"
#include "common/crypto/signer.h"
#include "common/domain/ids.h"
#include "common/sync/centre_session.h"
#include "common/sync/frames.h"
#include "common/time/clock.h"

namespace keping::central {

// Lives as long as one export, on the centre's thread.
class NodeAnswer {
 public:
  // All outlive it.
  struct Ports {
    const CentralNode* node = nullptr;
    const crypto::Signer* signer = nullptr;
    const time::Clock* clock = nullptr;
  };

  // `hello` says which incarnation of the node it is for, how far that has the feed, and where its
  // log ended when somebody left with a bundle. NotFound with K-247: it is not enrolled.
  static absl::StatusOr<NodeAnswer> Begin(const Ports& ports, const sync::Hello& hello);

  // The next frame, durable before it is said; nullopt: that was all.
  absl::StatusOr<std::optional<sync::CentreFrame>> Next();

  const std::string& node_key() const { return node_key_; }
  const sync::Head& held() const { return held_; }
  const sync::Generation& generation() const { return generation_; }
  uint64_t feed_from() const { return feed_from_; }
  // After the last frame: where the feed inside ends.
  uint64_t feed_to() const { return feed_to_; }

 private:
  NodeAnswer() = default;

  Ports ports_;
  domain::NodeId node_;
  domain::IncarnationId incarnation_;
  std::string node_key_;
  sync::Head held_;
  sync::Generation generation_;
  std::deque<sync::CentreFrame> first_;  // what is said before the feed
  bool feeds_ = false;
  uint64_t feed_from_ = 0;
  uint64_t feed_to_ = 0;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_SYNC_SERVICE_NODE_ANSWER_H_
