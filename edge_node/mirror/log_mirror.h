// Keeps the mirror folder up with the node's log, on a thread of its own: nothing that happens to
// the folder, and no disk that hangs, ever holds up the core.
//
//   LogMirror mirror({.folder = …}, &clock);
//   mirror.Advance(log.head().seq);       // after each write; returns at once
//   MirrorState state = mirror.state();   // for the first screen
#ifndef KEPING_EDGE_NODE_MIRROR_LOG_MIRROR_H_
#define KEPING_EDGE_NODE_MIRROR_LOG_MIRROR_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/runtime/core_thread.h"
#include "common/time/clock.h"
#include "edge_node/mirror/mirror_writer.h"

namespace keping::edge {

struct MirrorState {
  std::string folder;    // empty: none is configured
  uint64_t entries = 0;  // durable there
  // When it was last seen to hold everything that there was; InfinitePast: never since the start.
  absl::Time whole_at = absl::InfinitePast();
  std::string problem;  // why it does not hold everything now, or empty
  bool on_disk_of_database = false;
};

// Thread-safe.
class LogMirror {
 public:
  // Looks again for a folder that failed, and whether one that works is still there.
  static constexpr absl::Duration kRetry = absl::Seconds(15);

  // `clock` outlives this object.
  LogMirror(MirrorOptions options, const time::Clock* clock);
  ~LogMirror();

  // The log now ends at `head_seq`, and everything up to there is durable in the store.
  void Advance(uint64_t head_seq);
  MirrorState state() const;
  // Writes what was asked for, and ends.
  void Stop();

 private:
  void CatchUp();
  void LookAgain();

  const time::Clock* const clock_;
  MirrorWriter writer_;  // on the thread
  mutable absl::Mutex mutex_;
  uint64_t head_seq_ ABSL_GUARDED_BY(mutex_) = 0;
  bool posted_ ABSL_GUARDED_BY(mutex_) = false;  // a CatchUp waits for the thread
  MirrorState state_ ABSL_GUARDED_BY(mutex_);
  runtime::CoreThread thread_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_MIRROR_LOG_MIRROR_H_
