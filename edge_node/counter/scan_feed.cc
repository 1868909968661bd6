#include "edge_node/counter/scan_feed.h"

#include <utility>

#include "edge_node/counter/scan_desk.h"

namespace keping::edge {

void ScanFeed::Watch(const std::string& counter, const std::shared_ptr<ScanWatcher>& watcher) {
  std::shared_ptr<ScanWatcher> before;
  bool stopped = false;
  {
    absl::MutexLock lock(&mutex_);
    stopped = stopped_;
    before = std::exchange(watchers_[counter], watcher).lock();
  }
  if (before != nullptr) before->Replace();
  if (stopped) return watcher->Stop();
  watcher->Offer({});
}

void ScanFeed::Report(const std::string& counter, const scan::Scan& scan) {
  std::shared_ptr<ScanWatcher> watcher;
  {
    absl::MutexLock lock(&mutex_);
    const auto found = watchers_.find(counter);
    if (found != watchers_.end()) watcher = found->second.lock();
  }
  if (watcher == nullptr) return;
  v1::WatchScansResponse response;
  if (scan.problem == scan::ScanProblem::kNone) {
    response.set_serial(scan.serial.text());
  } else {
    *response.mutable_problem() = ProblemOf(scan::WordsOf(scan.problem));
  }
  watcher->Offer(response);
}

void ScanFeed::Stop() {
  std::map<std::string, std::weak_ptr<ScanWatcher>> watchers;
  {
    absl::MutexLock lock(&mutex_);
    stopped_ = true;
    watchers.swap(watchers_);
  }
  for (const auto& [counter, one] : watchers) {
    if (const auto watcher = one.lock()) watcher->Stop();
  }
}

}  // namespace keping::edge
