// From the readers at the node to the screens: what a reader read goes to the screen of its counter
// that opened last. One card must never be printed for at two screens.
//
//   ScanFeed feed;
//   feed.Watch("loket-1", screen);                    // the stream of a screen
//   reader.Start([&](const scan::Scan& scan) { feed.Report("loket-1", scan); });
//   feed.Stop();                                      // the node stops
#ifndef KEPING_EDGE_NODE_COUNTER_SCAN_FEED_H_
#define KEPING_EDGE_NODE_COUNTER_SCAN_FEED_H_

#include <map>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "common/scan/scan.h"
#include "keping/edge/v1/scan.pb.h"

namespace keping::edge {

// One screen; called on any thread, must not block.
class ScanWatcher {
 public:
  virtual ~ScanWatcher() = default;
  virtual void Offer(const v1::WatchScansResponse& response) = 0;
  // Another screen of the counter has opened.
  virtual void Replace() = 0;
  // The node stops.
  virtual void Stop() = 0;
};

// Thread-safe.
class ScanFeed {
 public:
  // The watcher hears an empty response at once. Who watched this counter before is replaced; a
  // watcher that nobody else keeps is forgotten.
  void Watch(const std::string& counter, const std::shared_ptr<ScanWatcher>& watcher);
  // What nobody watches is dropped: nobody would know what a scan of a minute ago was for.
  void Report(const std::string& counter, const scan::Scan& scan);
  void Stop();

 private:
  absl::Mutex mutex_;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  std::map<std::string, std::weak_ptr<ScanWatcher>> watchers_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_COUNTER_SCAN_FEED_H_
