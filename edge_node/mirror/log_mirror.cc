#include "edge_node/mirror/log_mirror.h"

#include <utility>

#include "common/observability/log.h"

namespace keping::edge {

LogMirror::LogMirror(MirrorOptions options, const time::Clock* clock)
    : clock_(clock), writer_(std::move(options)), thread_(clock, 4) {
  {
    absl::MutexLock lock(&mutex_);
    state_.folder = writer_.options().folder;
  }
  thread_.PostAfter(kRetry, [this] { LookAgain(); });
}

LogMirror::~LogMirror() { Stop(); }

void LogMirror::Stop() { thread_.Stop(runtime::CoreThread::Waiting::kRun); }

void LogMirror::Advance(uint64_t head_seq) {
  absl::MutexLock lock(&mutex_);
  head_seq_ = head_seq;
  // One that waits will see the new head.
  if (!posted_) posted_ = thread_.Post([this] { CatchUp(); });
}

MirrorState LogMirror::state() const {
  absl::MutexLock lock(&mutex_);
  return state_;
}

void LogMirror::CatchUp() {
  uint64_t head_seq = 0;
  {
    absl::MutexLock lock(&mutex_);
    posted_ = false;
    head_seq = head_seq_;
  }
  // Nobody has said yet where the log ends.
  if (head_seq == 0) return;
  const absl::Status status = writer_.CatchUp(head_seq);
  const absl::Time now = clock_->Now().wall;
  absl::MutexLock lock(&mutex_);
  const std::string problem(status.message());
  if (problem != state_.problem && !status.ok()) {
    observability::LogError("mirror_failed", {{"reason", problem}});
  }
  if (status.ok() && !state_.problem.empty()) {
    observability::LogInfo("mirror_works_again", {{"entries", writer_.entries()}});
  }
  state_.problem = problem;
  state_.entries = writer_.entries();
  state_.on_disk_of_database = writer_.on_disk_of_database();
  if (status.ok()) state_.whole_at = now;
}

void LogMirror::LookAgain() {
  CatchUp();
  thread_.PostAfter(kRetry, [this] { LookAgain(); });
}

}  // namespace keping::edge
