// The link of an edge node to its centre: one gRPC stream, opened again and again, with every frame
// handed to the core thread.
//
//   SyncClient client(&core_thread, make_channel, {.on_connected = …, .on_frame = …}, seed);
//   client.Start();
//   client.Send(frame);     // on the core thread
//   client.Stop();          // before the core thread stops
#ifndef KEPING_EDGE_NODE_SYNC_CLIENT_SYNC_CLIENT_H_
#define KEPING_EDGE_NODE_SYNC_CLIENT_SYNC_CLIENT_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/runtime/backoff.h"
#include "common/runtime/core_thread.h"
#include "common/sync/frames.h"

namespace grpc {
class Channel;
}

namespace keping::edge {

// All on the core thread.
struct SyncHandlers {
  std::function<void()> on_connected;
  // Anything but OK drops the stream.
  std::function<absl::Status(const sync::CentreFrame&)> on_frame;
  std::function<void()> on_disconnected;
};

// Every attempt gets its own channel, so that this class alone decides when to try again.
using ChannelFactory = std::function<std::shared_ptr<grpc::Channel>()>;

// Start, Send and Stop may be called from the core thread only, but for the destructor.
class SyncClient {
 public:
  static constexpr absl::Duration kFirstRetry = absl::Milliseconds(250);
  static constexpr absl::Duration kMaxRetry = absl::Seconds(5);

  SyncClient(runtime::CoreThread* core, ChannelFactory make_channel, SyncHandlers handlers,
             uint64_t seed);
  // Cancels the stream and waits until gRPC has let go of it.
  ~SyncClient();

  void Start();
  // Queued behind what is being sent. Dropped when no stream is open: the session starts over
  // anyway.
  void Send(const sync::NodeFrame& frame);
  void Stop();
  // Drops the stream, if one is open; another one follows.
  void Drop(const absl::Status& reason);

  // Bytes of frames since the start, before TLS.
  uint64_t bytes_sent() const { return bytes_sent_; }
  uint64_t bytes_received() const { return bytes_received_; }

 private:
  class Stream;

  void Open();
  void OnFrame(Stream* stream, const absl::StatusOr<sync::CentreFrame>& frame);
  void OnDone(Stream* stream, const absl::Status& status);

  runtime::CoreThread* const core_;
  const ChannelFactory make_channel_;
  const SyncHandlers handlers_;
  runtime::Backoff backoff_;
  bool stopping_ = false;
  bool end_logged_ = false;  // an outage is one line in the log, not one for each attempt
  std::shared_ptr<Stream> stream_;
  std::atomic<uint64_t> bytes_sent_ = 0;
  std::atomic<uint64_t> bytes_received_ = 0;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_SYNC_CLIENT_SYNC_CLIENT_H_
