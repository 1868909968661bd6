// The link of one office: streams over a line that is cut, slow and silent. A stream keeps the
// order of its frames (as gRPC does): what is lost is its end. When it breaks, each direction loses
// what was under way from some moment on, and each end learns of it on its own, so that the node
// may be on its next stream while the centre still reads the last frames of the old one.
//
//   Link link(&world, &office, &centre);
//   link.Start();                    // connects, and connects again
//   link.Cut(3 * kHour);
#ifndef KEPING_TESTS_SIM_LINK_H_
#define KEPING_TESTS_SIM_LINK_H_

#include <deque>
#include <functional>
#include <memory>
#include <utility>

#include "common/sync/frames.h"
#include "common/wire/session_codec.h"
#include "tests/sim/office.h"
#include "tests/sim/world.h"

namespace keping::sim {

// What a link needs of the centre.
class CentreEnd {
 public:
  virtual ~CentreEnd() = default;
  virtual bool listening() const = 0;
  // `send` puts a frame on the way to the node, `drop` ends the stream; Closed follows later.
  virtual void Opened(uint64_t stream, int office,
                      std::function<void(const sync::CentreFrame&)> send,
                      std::function<void()> drop) = 0;
  // False: the stream is dropped; Closed follows.
  virtual bool Received(uint64_t stream, const sync::NodeFrame& frame) = 0;
  virtual void Closed(uint64_t stream) = 0;
};

// Not thread-safe. Everything that it points to outlives it.
class Link {
 public:
  // `centre_signer` is for feeds that a faulty centre would send.
  Link(World* world, Office* office, CentreEnd* centre, const crypto::Signer* centre_signer);

  void Start();
  // No frame passes for so long; longer cuts win.
  void Cut(Micros how_long);
  void Mend() { cut_until_ = world_.now(); }
  // The line is there; a stream may still have to be opened.
  bool line_up() const { return world_.now() >= cut_until_; }
  // The program at one end is gone: its streams with it, at once on its side.
  void NodeDied();
  void CentreDied();

 private:
  template <typename Frame>
  struct Lane {
    std::deque<std::pair<Micros, Frame>> under_way;
    bool scheduled = false;
    Micros last = 0;               // when the frame before arrives
    Micros lost_from = INT64_MAX;  // frames that would arrive later never do
  };
  struct Stream {
    uint64_t id = 0;
    bool node_open = true;
    bool centre_open = true;
    bool broken = false;
    Lane<sync::NodeFrame> up;
    Lane<sync::CentreFrame> down;
    wire::NodeSessionCodec node_codec;
    wire::CentreSessionCodec centre_codec;
  };
  using StreamPtr = std::shared_ptr<Stream>;

  void TryConnect();
  void ConnectLater();
  void SendUp(const sync::NodeFrame& frame);
  void SendDown(const StreamPtr& stream, const sync::CentreFrame& frame);
  template <typename Frame>
  void Put(const StreamPtr& stream, Lane<Frame>& lane, const Frame& frame);
  template <typename Frame>
  void Schedule(const StreamPtr& stream, Lane<Frame>& lane);
  void Deliver(const StreamPtr& stream, sync::NodeFrame frame);
  void Deliver(const StreamPtr& stream, sync::CentreFrame frame);
  template <typename Frame>
  void DeliverDue(const StreamPtr& stream, Lane<Frame>& lane);
  // Nothing more gets through; both ends learn of it later.
  void Break(const StreamPtr& stream);
  void NodeDrops();
  sync::FeedBatch LeaveOneOut(sync::FeedBatch batch);
  void CloseNodeEnd(const StreamPtr& stream);
  void CloseCentreEnd(const StreamPtr& stream);
  Micros Latency();
  Micros NoticeDelay();

  World& world_;
  Office& office_;
  CentreEnd& centre_;
  const crypto::Signer& centre_signer_;
  base::Prng prng_;
  StreamPtr current_;              // as the node sees it
  std::deque<StreamPtr> streams_;  // that the centre still has open
  Micros cut_until_ = 0;
  bool connecting_ = false;
  bool through_wire_;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_LINK_H_
