#include "tests/sim/link.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "keping/sync/v1/sync.pb.h"

namespace keping::sim {
namespace {

// One seed in so many sends its frames through the codecs of the wire.
constexpr uint64_t kThroughWireOneIn = 16;

// The frame as the other side reads it.
template <typename Proto, typename Sender, typename Receiver, typename Frame>
Frame ThroughWire(World& world, Sender& sender, Receiver& receiver, const Frame& frame) {
  Proto proto;
  sender.Encode(frame, &proto);
  Proto read;
  if (!read.ParseFromString(proto.SerializeAsString())) {
    world.Break("frames survive the wire", "a frame does not parse");
    return frame;
  }
  auto decoded = receiver.Decode(read);
  if (decoded.ok()) return *std::move(decoded);
  world.Break("frames survive the wire", std::string(decoded.status().message()));
  return frame;
}

}  // namespace

Link::Link(World* world, Office* office, CentreEnd* centre, const crypto::Signer* centre_signer)
    : world_(*world),
      office_(*office),
      centre_(*centre),
      centre_signer_(*centre_signer),
      prng_(world->Fork()),
      through_wire_(world->seed() % kThroughWireOneIn == 0) {
  office_.on_send = [this](const sync::NodeFrame& frame) { SendUp(frame); };
  office_.on_down = [this] { NodeDied(); };
  office_.on_drop = [this] { NodeDrops(); };
}

void Link::Start() { ConnectLater(); }

void Link::Cut(Micros how_long) {
  cut_until_ = std::max(cut_until_, world_.now() + how_long);
  if (current_ != nullptr) Break(current_);
}

void Link::NodeDied() {
  if (current_ == nullptr) return;
  const StreamPtr stream = current_;
  stream->node_open = false;
  current_ = nullptr;
  Break(stream);
  ConnectLater();
}

void Link::CentreDied() {
  for (const StreamPtr& stream : streams_) {
    stream->centre_open = false;
    Break(stream);
  }
  streams_.clear();
}

void Link::ConnectLater() {
  if (connecting_) return;
  connecting_ = true;
  world_.queue().After(prng_.Between(kSecond, 2 * kMinute), [this] {
    connecting_ = false;
    TryConnect();
  });
}

void Link::TryConnect() {
  if (current_ != nullptr) return;
  if (!line_up() || office_.node() == nullptr || !centre_.listening()) return ConnectLater();
  auto stream = std::make_shared<Stream>();
  static constexpr uint64_t kStreamsPerOffice = uint64_t{1} << 32;
  stream->id = static_cast<uint64_t>(office_.index()) * kStreamsPerOffice + world_.queue().steps();
  current_ = stream;
  streams_.push_back(stream);
  centre_.Opened(
      stream->id, office_.index(),
      [this, stream](const sync::CentreFrame& frame) { SendDown(stream, frame); },
      [this, stream] { Break(stream); });
  office_.Connected();
}

// ---- Frames.

Micros Link::Latency() {
  if (world_.plan().slow_frame.Strikes(prng_)) {
    world_.Count("slow_frame");
    return prng_.Between(kSecond, 5 * kMinute);
  }
  return prng_.Between(20 * kMillisecond, 800 * kMillisecond);
}

Micros Link::NoticeDelay() {
  return prng_.Between(kMillisecond, world_.plan().late_notice ? 3 * kMinute : 2 * kSecond);
}

template <typename Frame>
void Link::Put(const StreamPtr& stream, Lane<Frame>& lane, const Frame& frame) {
  lane.last = std::max(lane.last, world_.now() + Latency());
  lane.under_way.emplace_back(lane.last, frame);
  Schedule(stream, lane);
}

template <typename Frame>
void Link::Schedule(const StreamPtr& stream, Lane<Frame>& lane) {
  if (lane.scheduled || lane.under_way.empty()) return;
  lane.scheduled = true;
  world_.queue().At(lane.under_way.front().first, [this, stream, &lane] {
    lane.scheduled = false;
    DeliverDue(stream, lane);
  });
}

template <typename Frame>
void Link::DeliverDue(const StreamPtr& stream, Lane<Frame>& lane) {
  while (!lane.under_way.empty() && lane.under_way.front().first <= world_.now()) {
    auto [when, frame] = std::move(lane.under_way.front());
    lane.under_way.pop_front();
    if (when < lane.lost_from) {
      Deliver(stream, std::move(frame));
    } else {
      world_.Count("frame_lost");
    }
  }
  Schedule(stream, lane);
}

void Link::SendUp(const sync::NodeFrame& frame) {
  if (current_ == nullptr || !current_->node_open) return;
  const StreamPtr stream = current_;
  Put(stream, stream->up,
      through_wire_ ? ThroughWire<sync::v1::SessionRequest>(world_, stream->node_codec,
                                                            stream->centre_codec, frame)
                    : frame);
  if (world_.plan().stream_break.Strikes(prng_)) {
    world_.Count("stream_break");
    Break(stream);
  }
}

void Link::SendDown(const StreamPtr& stream, const sync::CentreFrame& frame) {
  if (!stream->centre_open) return;
  const auto* batch = std::get_if<sync::FeedBatch>(&frame);
  if (batch != nullptr && !batch->items.empty() && world_.plan().feed_omission.Strikes(prng_)) {
    return Put(stream, stream->down, sync::CentreFrame(LeaveOneOut(*batch)));
  }
  Put(stream, stream->down,
      through_wire_ ? ThroughWire<sync::v1::SessionResponse>(world_, stream->centre_codec,
                                                             stream->node_codec, frame)
                    : frame);
}

void Link::Deliver(const StreamPtr& stream, sync::NodeFrame frame) {
  if (!stream->centre_open || centre_.Received(stream->id, frame)) return;
  Break(stream);
  CloseCentreEnd(stream);
}

void Link::Deliver(const StreamPtr& stream, sync::CentreFrame frame) {
  if (!stream->node_open || stream != current_ || office_.Receive(frame)) return;
  NodeDrops();
}

void Link::NodeDrops() {
  if (current_ == nullptr) return;
  const StreamPtr stream = current_;
  CloseNodeEnd(stream);
  Break(stream);
}

// As a centre with a bug would send it: an item is missing, the signature is right.
sync::FeedBatch Link::LeaveOneOut(sync::FeedBatch batch) {
  world_.Count("feed_omission");
  batch.items.erase(batch.items.begin() + static_cast<ptrdiff_t>(prng_.Below(batch.items.size())));
  batch.signature = centre_signer_.Sign(sync::BatchStatement(office_.id(), batch));
  return batch;
}

// ---- The end of a stream.

void Link::Break(const StreamPtr& stream) {
  if (stream->broken) return;
  stream->broken = true;
  stream->up.lost_from = world_.now() + prng_.Between(0, kSecond);
  stream->down.lost_from = world_.now() + prng_.Between(0, kSecond);
  world_.queue().After(NoticeDelay(), [this, stream] { CloseNodeEnd(stream); });
  world_.queue().After(NoticeDelay(), [this, stream] { CloseCentreEnd(stream); });
}

void Link::CloseNodeEnd(const StreamPtr& stream) {
  if (!stream->node_open) return;
  stream->node_open = false;
  if (stream != current_) return;
  current_ = nullptr;
  office_.Disconnected();
  ConnectLater();
}

void Link::CloseCentreEnd(const StreamPtr& stream) {
  if (!stream->centre_open) return;
  stream->centre_open = false;
  std::erase(streams_, stream);
  centre_.Closed(stream->id);
}

}  // namespace keping::sim
