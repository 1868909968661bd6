#include "edge_node/counter/status_feed.h"

namespace keping::edge {

bool StatusFeed::Add(const std::shared_ptr<StatusWatcher>& watcher) {
  ForgetGone();
  if (stopped_ || watchers_.size() >= kMaxWatchers) return false;
  watchers_.push_back(watcher);
  v1::WatchStatusResponse first;
  *first.mutable_status() = ports_.read();
  watcher->Offer(first);
  Arm();
  return true;
}

void StatusFeed::Stop() {
  stopped_ = true;
  for (const auto& one : watchers_) {
    if (const auto watcher = one.lock()) watcher->Stop();
  }
  watchers_.clear();
}

void StatusFeed::Arm() {
  if (armed_) return;
  armed_ = true;
  ports_.after(kPause, [this] { Tick(); });
}

void StatusFeed::Tick() {
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

bool StatusFeed::Refresh() {
  *last_.mutable_status() = ports_.read();
  std::string bytes = last_.SerializeAsString();
  if (bytes == last_bytes_) return false;
  last_bytes_ = std::move(bytes);
  return true;
}

void StatusFeed::ForgetGone() {
  std::erase_if(watchers_, [](const auto& one) { return one.expired(); });
}

}  // namespace keping::edge
