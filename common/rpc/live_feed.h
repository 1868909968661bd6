// One live picture for all who watch it: read while somebody watches, sent when it differs from the
// last, and as a heartbeat.
//
//   LiveFeed<v1::WatchStatusResponse> feed({.read = …, .now = …, .after = …});
//   feed.Add(watcher);   // gets the picture at once
//   feed.Stop();         // the node stops
//
// It looks instead of being told: what a screen shows comes from logs, feeds, links, printers and
// the clock, and a source that forgot to tell would leave a screen that lies.
#ifndef KEPING_COMMON_RPC_LIVE_FEED_H_
#define KEPING_COMMON_RPC_LIVE_FEED_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"

namespace keping::rpc {

// One screen. Called on the core thread; must not block.
template <typename Message>
class LiveWatcher {
 public:
  virtual ~LiveWatcher() = default;
  // A watcher that is slow may skip all but the newest.
  virtual void Offer(const Message& message) = 0;
  // Nothing more will come.
  virtual void Stop() = 0;
};

// Lives on the core thread. Message is of protobuf.
template <typename Message>
class LiveFeed {
 public:
  struct Ports {
    std::function<Message()> read;
    std::function<absl::Duration()> now;  // monotonic
    // Runs a task on the core thread after a delay.
    std::function<void(absl::Duration delay, std::function<void()> task)> after;
    // Between two readings.
    absl::Duration pause = absl::Milliseconds(250);
    // What differs where two pictures do; absent: their bytes.
    std::function<std::string(const Message&)> mark = {};
  };
  static constexpr absl::Duration kHeartbeat = absl::Seconds(10);
  static constexpr size_t kMaxWatchers = 64;

  explicit LiveFeed(Ports ports) : ports_(std::move(ports)) {}

  // False when too many watch already, or the feed has stopped. A watcher that nobody else keeps is
  // forgotten.
  bool Add(const std::shared_ptr<LiveWatcher<Message>>& watcher) {
    ForgetGone();
    if (stopped_ || watchers_.size() >= kMaxWatchers) return false;
    watchers_.push_back(watcher);
    watcher->Offer(ports_.read());
    Arm();
    return true;
  }

  bool stopped() const { return stopped_; }
  // Stops all watchers.
  void Stop() {
    stopped_ = true;
    for (const auto& one : watchers_) {
      if (const auto watcher = one.lock()) watcher->Stop();
    }
    watchers_.clear();
  }

 private:
  void Arm() {
    if (armed_) return;
    armed_ = true;
    ports_.after(ports_.pause, [this] { Tick(); });
  }

  void Tick() {
    armed_ = false;
    ForgetGone();
    if (watchers_.empty()) return;
    const absl::Duration now = ports_.now();
    if (Refresh() || now - sent_at_ >= kHeartbeat) {
      sent_at_ = now;
      for (const auto& one : watchers_) {
        if (const auto watcher = one.lock()) watcher->Offer(last_);
      }
    }
    Arm();
  }

  // Reads; true when the picture differs from the last.
  bool Refresh() {
    last_ = ports_.read();
    std::string mark = ports_.mark ? ports_.mark(last_) : last_.SerializeAsString();
    if (mark == last_mark_) return false;
    last_mark_ = std::move(mark);
    return true;
  }

  void ForgetGone() {
    std::erase_if(watchers_, [](const auto& one) { return one.expired(); });
  }

  const Ports ports_;
  std::vector<std::weak_ptr<LiveWatcher<Message>>> watchers_;
  Message last_;
  std::string last_mark_;
  absl::Duration sent_at_;
  bool armed_ = false;
  bool stopped_ = false;
};

}  // namespace keping::rpc

#endif  // KEPING_COMMON_RPC_LIVE_FEED_H_
