// One status for all who watch it: read while somebody watches, sent when it differs from the last,
// and as a heartbeat.
//
//   StatusFeed feed({.read = …, .now = …, .after = …});
//   feed.Add(watcher);   // gets the status at once
//   feed.Stop();         // the node stops
//
// It looks instead of being told: what a screen shows comes from the log, the feed, the link, the
// printers and the clock, and a source that forgot to tell would leave a screen that lies.
#ifndef KEPING_EDGE_NODE_COUNTER_STATUS_FEED_H_
#define KEPING_EDGE_NODE_COUNTER_STATUS_FEED_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "keping/edge/v1/screen.pb.h"

namespace keping::edge {

// One screen. Called on the core thread; must not block.
class StatusWatcher {
 public:
  virtual ~StatusWatcher() = default;
  // A watcher that is slow may skip all but the newest.
  virtual void Offer(const v1::WatchStatusResponse& response) = 0;
  // Nothing more will come.
  virtual void Stop() = 0;
};

struct StatusFeedPorts {
  std::function<v1::GetStatusResponse()> read;
  std::function<absl::Duration()> now;  // monotonic
  // Runs a task on the core thread after a delay.
  std::function<void(absl::Duration delay, std::function<void()> task)> after;
};

// Lives on the core thread.
class StatusFeed {
 public:
  static constexpr absl::Duration kPause = absl::Milliseconds(250);
  static constexpr absl::Duration kHeartbeat = absl::Seconds(10);
  static constexpr size_t kMaxWatchers = 64;

  explicit StatusFeed(StatusFeedPorts ports) : ports_(std::move(ports)) {}

  // False when too many watch already, or the feed has stopped. A watcher that nobody else keeps is
  // forgotten.
  bool Add(const std::shared_ptr<StatusWatcher>& watcher);
  // Stops all watchers.
  void Stop();

 private:
  void Arm();
  void Tick();
  // Reads; true when the status differs from the last.
  bool Refresh();
  void ForgetGone();

  const StatusFeedPorts ports_;
  std::vector<std::weak_ptr<StatusWatcher>> watchers_;
  v1::WatchStatusResponse last_;
  std::string last_bytes_;
  absl::Duration sent_at_;
  bool armed_ = false;
  bool stopped_ = false;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_COUNTER_STATUS_FEED_H_
