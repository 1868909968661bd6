#include "common/storage/faulty_store.h"

#include <utility>

namespace keping::storage {

void FaultyStore::Reopen() {
  if (in_doubt_) map_.Apply(*in_doubt_);
  in_doubt_.reset();
  unsynced_.clear();
  next_failure_.reset();
  failed_ = false;
}

size_t FaultyStore::Crash(base::Prng& prng) {
  const size_t at_risk = unsynced_.size() + (in_doubt_ ? 1 : 0);
  const size_t lost = prng.Below(at_risk + 1);
  size_t to_revert = lost;
  if (in_doubt_ && to_revert > 0) {
    in_doubt_.reset();
    --to_revert;
  }
  for (; to_revert > 0; --to_revert) {
    Revert(std::move(unsynced_.back()));
    unsynced_.pop_back();
  }
  Reopen();
  return lost;
}

std::optional<std::string> FaultyStore::DurableGet(absl::string_view key) const {
  for (const Undo& undo : unsynced_) {
    for (const auto& [changed, before] : undo.before) {
      if (changed == key) return before;
    }
  }
  return map_.Get(key);
}

absl::StatusOr<std::optional<std::string>> FaultyStore::Get(absl::string_view key) const {
  return map_.Get(key);
}

absl::Status FaultyStore::Scan(
    absl::string_view begin, absl::string_view end,
    absl::FunctionRef<bool(absl::string_view key, absl::string_view value)> visit) const {
  const OrderedMap::Snapshot snapshot = map_.snapshot();
  ScanMap(*snapshot, begin, end, visit);
  return absl::OkStatus();
}

absl::StatusOr<std::optional<KeyAndValue>> FaultyStore::Last(absl::string_view begin,
                                                             absl::string_view end) const {
  return map_.Last(begin, end);
}

absl::Status FaultyStore::Write(const WriteBatch& batch, Durability durability) {
  if (failed_) return ReopenNeeded();
  if (next_failure_) return Fail(batch);
  if (durability == Durability::kSynced) {
    map_.Apply(batch);
    unsynced_.clear();
  } else if (!batch.empty()) {
    unsynced_.push_back(Apply(batch));
  }
  return absl::OkStatus();
}

FaultyStore::Undo FaultyStore::Apply(const WriteBatch& batch) {
  Undo undo;
  undo.before.reserve(batch.ops().size());
  for (const WriteBatch::Op& op : batch.ops()) {
    undo.before.emplace_back(
        op.key, map_.Set(op.key, op.is_delete ? std::nullopt : std::make_optional(op.value)));
  }
  return undo;
}

void FaultyStore::Revert(Undo undo) {
  for (auto it = undo.before.rbegin(); it != undo.before.rend(); ++it) {
    map_.Set(it->first, std::move(it->second));
  }
}

absl::Status FaultyStore::Fail(const WriteBatch& batch) {
  if (*next_failure_ == Failure::kUnknownButWritten) in_doubt_ = batch;
  next_failure_.reset();
  failed_ = true;
  return absl::UnavailableError("the disk failed on purpose: reopen the store");
}

}  // namespace keping::storage
