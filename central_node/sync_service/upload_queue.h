// Which of the nodes that come with a backlog send it now: so many at a time, so that each gets
// through, and next whoever has waited longest with something unproven.
//
//   UploadQueue queue(16);
//   if (!queue.Enter(id, oldest_unproven)) …tell it to wait…
//   if (auto next = queue.Leave(id)) …tell *next that it may send…
#ifndef KEPING_CENTRAL_NODE_SYNC_SERVICE_UPLOAD_QUEUE_H_
#define KEPING_CENTRAL_NODE_SYNC_SERVICE_UPLOAD_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/time/time.h"

namespace keping::central {

// Not thread-safe.
class UploadQueue {
 public:
  using Id = uint64_t;

  explicit UploadQueue(size_t at_once) : at_once_(at_once) {}

  // Whether it may send at once; else it waits. `oldest`: when the first entry that the centre does
  // not hold was written, by the node's clock.
  bool Enter(Id id, absl::Time oldest);
  // It has sent its backlog, or is gone. Returns who may send in its place; nullopt: nobody waits,
  // or it was waiting itself.
  std::optional<Id> Leave(Id id);

  const std::set<Id>& sending() const { return sending_; }
  size_t waiting() const { return order_.size(); }

 private:
  size_t at_once_;
  std::set<Id> sending_;
  std::set<std::pair<absl::Time, Id>> order_;
  std::map<Id, absl::Time> waiting_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_SYNC_SERVICE_UPLOAD_QUEUE_H_
