// What the centre holds of the nodes' logs and has not judged yet. A run of entries is noted here
// in the batch that stores them, before its receipt, and leaves in the batch with what was judged:
// so a crash between the two forgets nothing.
//
//   JudgingQueue queue;
//   KEPING_RETURN_IF_ERROR(queue.Open(*store));
//   queue.Stage(run, batch); …write…; queue.Add(run);
//   while (!queue.empty()) { …judge *queue.At(0)…; queue.StageRemoval(1, batch); …;
//   queue.Remove(1); }
#ifndef KEPING_CENTRAL_NODE_STORE_JUDGING_QUEUE_H_
#define KEPING_CENTRAL_NODE_STORE_JUDGING_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <utility>

#include "absl/status/status.h"
#include "common/domain/ids.h"
#include "common/storage/kv_store.h"
#include "common/sync/frames.h"

namespace keping::central {

// Entries of one stream, one after another.
struct WaitingRun {
  domain::NodeId node;
  domain::IncarnationId stream;
  uint64_t first_seq = 0;
  sync::Head end;  // of its last entry
};

// Not thread-safe.
class JudgingQueue {
 public:
  // DataLoss when a stored row does not parse.
  absl::Status Open(const storage::KvStore& store);

  bool empty() const { return runs_.empty(); }
  uint64_t entries() const { return entries_; }
  // From the front on, 0, 1, 2 …; null when so many do not wait.
  const WaitingRun* At(size_t index) const {
    return index < runs_.size() ? &runs_[index] : nullptr;
  }
  // The last entry of a stream that waits; null when none does.
  const sync::Head* End(const domain::NodeId& node, const domain::IncarnationId& stream) const;
  // Whether the entry is one of those that wait.
  bool Holds(const domain::NodeId& node, const domain::IncarnationId& stream, uint64_t seq) const;

  // Puts the run's row, or takes away those of the first so many; Add and Remove follow once the
  // batch was written.
  void Stage(const WaitingRun& run, storage::WriteBatch& batch) const;
  void Add(WaitingRun run);
  void StageRemoval(size_t runs, storage::WriteBatch& batch) const;
  void Remove(size_t runs);

 private:
  void RemoveFirst();

  struct Waiting {
    uint64_t first_seq = 0;
    sync::Head end = {};
    size_t runs = 0;
  };

  uint64_t first_ = 1;  // number of the front
  uint64_t entries_ = 0;
  std::deque<WaitingRun> runs_;
  std::map<std::pair<domain::NodeId, domain::IncarnationId>, Waiting> streams_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_STORE_JUDGING_QUEUE_H_
