#include "central_node/sync_service/upload_queue.h"

namespace keping::central {

bool UploadQueue::Enter(Id id, absl::Time oldest) {
  if (sending_.size() < at_once_) {
    sending_.insert(id);
    return true;
  }
  order_.emplace(oldest, id);
  waiting_[id] = oldest;
  return false;
}

std::optional<UploadQueue::Id> UploadQueue::Leave(Id id) {
  if (const auto waiting = waiting_.find(id); waiting != waiting_.end()) {
    order_.erase({waiting->second, id});
    waiting_.erase(waiting);
    return std::nullopt;
  }
  if (sending_.erase(id) == 0 || order_.empty()) return std::nullopt;
  const Id next = order_.begin()->second;
  order_.erase(order_.begin());
  waiting_.erase(next);
  sending_.insert(next);
  return next;
}

}  // namespace keping::central
