// What befalls the disk of an office's machine.
#include <algorithm>
#include <utility>

#include "common/base/check.h"
#include "common/storage/event_log.h"
#include "common/storage/key_space.h"
#include "common/time/hybrid_clock.h"
#include "common/wire/event_codec.h"
#include "edge_node/store/ancestry.h"
#include "tests/sim/office.h"

namespace keping::sim {
namespace {

constexpr uint64_t kEntriesAtRisk = 20;

// What spoils one of the last entries: it is gone, or it is no entry, or (where the next one shows
// it) it is another one.
storage::WriteBatch Damage(const WatchedStore& store, uint64_t head, base::Prng& prng) {
  storage::WriteBatch batch;
  const uint64_t seq = head - prng.Below(std::min(head - 1, kEntriesAtRisk));
  const std::string key = storage::EntryKey(seq);
  std::string bytes = store.DurableGet(key).value_or("");
  switch (prng.Below(seq == head ? 2 : 3)) {
    case 0:
      batch.Delete(key);
      break;
    case 1:
      batch.Put(key, bytes.substr(0, prng.Below(bytes.size())));
      break;
    default:
      bytes.back() = static_cast<char>(bytes.back() ^ 1);
      batch.Put(key, bytes);
      break;
  }
  return batch;
}

}  // namespace

void Office::CopyDiskOf(const Office& original) {
  store_.Restore(original.store_.Backup());
  witness_ = original.witness_;
  succeeds_ = original.succeeds_;
  off_since_ = world_.now();
}

void Office::MakeBackup() { backup_ = {store_.Backup(), witness_}; }

void Office::RestoreBackup(bool whole_disk, Micros down_for) {
  if (node_ == nullptr) return;
  Stop();
  store_.Restore(backup_->store);
  if (whole_disk) witness_ = backup_->witness;
  laws_.OnDiskChanged(log_, store_, !whole_disk && store_.durable_seq() < witness_.head.seq);
  StartAgain(down_for, /*power=*/false);
}

void Office::DamageLog(Micros down_for) {
  if (node_ == nullptr) return;
  const uint64_t head = node_->store().log().head().seq;
  if (head < 2) return;
  Stop();
  store_.Reopen();
  store_.Touch(Damage(store_, head, prng_));
  damaged_ = true;
  StartAgain(down_for, /*power=*/false);
}

bool Office::WriteUnasked(const std::vector<domain::Event>& events, Micros down_for) {
  Stop();
  store_.Reopen();
  auto log = storage::EventLog::Open(&store_);
  KEPING_CHECK(log.ok(), "the log of a node that ran hangs together");
  time::HybridClock hybrid(log->last_hybrid_time());
  storage::WriteBatch batch;
  const time::Moment now = clock_.Now();
  for (const domain::Event& event : events) {
    wire::EncodedEvent encoded = wire::EncodeEvent(event);
    log->Stage({.node = id_,
                .incarnation = keys_.incarnation,
                .hybrid_time = hybrid.Tick(now.wall),
                .moment = now,
                .type = encoded.type,
                .payload = std::move(encoded.payload)},
               &batch);
  }
  const bool written = store_.Write(batch, storage::Durability::kSynced).ok();
  if (written) {
    log->Committed();
    witness_ = {.incarnation = keys_.incarnation, .head = {log->head().seq, log->head().hash}};
  } else {
    store_.Reopen();
  }
  StartAgain(down_for, /*power=*/false);
  return written;
}

void Office::Succeed(OfficeKeys next, Micros down_for) {
  const edge::LogTail tail = node_->store().tail();
  const uint64_t fetched_to = tail.end().seq;
  const edge::Frozen frozen = *node_->store().frozen();
  const bool forked = frozen.kind != sync::ProblemKind::kRollback;
  Stop();
  store_.Reopen();
  storage::WriteBatch batch;
  const absl::Status staged = edge::StageSuccession(
      store_, tail, next.incarnation,
      forked ? domain::IncarnationReason::kForked : domain::IncarnationReason::kRestored,
      edge::ReachedSeq(frozen, witness_.head.seq), &batch);
  KEPING_CHECK(staged.ok(), "the log of a simulated disk becomes an ancestor");
  store_.Touch(batch);
  keys_ = std::move(next);
  witness_ = {.incarnation = keys_.incarnation, .head = {}};
  // Older copies are of an incarnation that these keys are not for.
  backup_.reset();
  succeeds_ = true;
  laws_.OnSucceeded(log_, store_, fetched_to);
  StartAgain(down_for, /*power=*/false);
}

}  // namespace keping::sim
