// The centre as one node sees it, in memory: holds the entries it is sent, countersigns them, feeds
// what it is told to say. For tests of the node; the real one is central_node.
//
//   PaperCentre centre(node_id, signer.get(), &clock);
//   centre.Tell(domain::OperatorItem{…});
//   for (const sync::CentreFrame& frame : centre.Answer(hello)) …
#ifndef KEPING_TESTS_SUPPORT_PAPER_CENTRE_H_
#define KEPING_TESTS_SUPPORT_PAPER_CENTRE_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "common/crypto/signer.h"
#include "common/domain/event.h"
#include "common/domain/feed.h"
#include "common/sync/centre_session.h"
#include "common/sync/frames.h"
#include "common/time/clock.h"

namespace keping::tests {

// Not thread-safe. Signer and clock outlive it.
class PaperCentre {
 public:
  using Body = decltype(domain::FeedItem::body);

  PaperCentre(domain::NodeId node, const crypto::Signer* signer, const time::Clock* clock);

  // The next version of the item that `body` is about.
  void Tell(const Body& body);
  // The version of a PRR last told.
  domain::PrrItem Told(const domain::PrrId& prr) const;

  // What the centre answers to a frame of the node.
  std::vector<sync::CentreFrame> Answer(const sync::NodeFrame& frame);
  // The batches that may go out now.
  std::vector<sync::CentreFrame> Batches();
  // A new connection begins.
  void Reconnect() { session_ = sync::CentreSession(); }

  // How many feed items go into one batch.
  void set_batch_size(size_t items) { batch_size_ = items; }
  sync::Receipt SignedReceipt(sync::Head head) const;
  // A signed batch of these items, as they are.
  sync::FeedBatch SignedBatch(uint64_t from, uint64_t to,
                              const std::vector<domain::FeedItem>& items, bool at_head) const;
  void Sign(sync::FeedBatch& batch) const;

  const std::vector<std::string>& entries() const { return entries_; }
  std::vector<domain::Event> events() const;
  // The names of the segments' problems, none as long as the node behaves.
  const std::vector<std::string>& complaints() const { return complaints_; }
  uint64_t feed_head() const { return position_; }
  crypto::Hash feed_state() const;

 private:
  std::vector<sync::CentreFrame> Ingest(const sync::Segment& segment);
  sync::Head held() const;
  sync::Standing Compare(const sync::Hello& hello) const;

  domain::NodeId node_;
  const crypto::Signer* signer_;
  const time::Clock* clock_;
  sync::CentreSession session_;
  std::vector<std::string> entries_;
  std::vector<std::string> complaints_;
  std::map<std::string, domain::FeedItem> feed_;
  uint64_t position_ = 0;
  size_t batch_size_ = 100;
};

// The key of the item that `body` is about.
std::string FeedKeyOf(const PaperCentre::Body& body);

}  // namespace keping::tests

#endif  // KEPING_TESTS_SUPPORT_PAPER_CENTRE_H_
