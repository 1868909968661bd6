// Laws of the event log over a store that loses and fails: whatever happens, a reopened log is a
// prefix of what was staged, holds everything that was synced, and its chain verifies.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/prng.h"
#include "common/domain/entry.h"
#include "common/storage/event_log.h"
#include "common/storage/faulty_store.h"
#include "common/storage/key_space.h"

namespace keping::storage {
namespace {

// One node's life: a log, its store, and what a perfect memory would know of both.
class Life {
 public:
  explicit Life(uint64_t seed) : prng_(seed) { Open(); }

  void Step() {
    if (prng_.Chance(1, 10)) {
      Break();
    } else {
      AppendBatch();
    }
    if (store_.failed() || prng_.Chance(1, 30)) Restart();
  }

  // A restart at the end, so that the last steps are judged too.
  void Restart() {
    if (prng_.Chance(1, 2)) {
      store_.Crash(prng_);
    } else {
      store_.Reopen();
    }
    Open();
  }

 private:
  void Break() {
    store_.FailNextWrite(prng_.Chance(1, 2) ? FaultyStore::Failure::kNotWritten
                                            : FaultyStore::Failure::kUnknownButWritten);
  }

  void AppendBatch() {
    WriteBatch batch;
    std::vector<std::string> staged;
    for (uint64_t i = 1 + prng_.Below(4); i > 0; --i) {
      const LoggedEntry logged = log_->Stage(Draft(), &batch);
      staged.push_back(domain::EncodeEntry(logged.entry));
    }
    if (prng_.Chance(1, 10)) {
      log_->Abandon();
      return;
    }
    const bool synced = prng_.Chance(1, 3);
    // Written or not is unknown after a failure: the entries may turn up at the next open.
    written_.insert(written_.end(), staged.begin(), staged.end());
    if (!store_.Write(batch, synced ? Durability::kSynced : Durability::kBuffered).ok()) return;
    log_->Committed();
    ASSERT_EQ(log_->head().seq, written_.size());
    if (synced) durable_ = written_.size();
  }

  EntryDraft Draft() {
    EntryDraft draft;
    draft.node = domain::NodeId::Of("node");
    draft.incarnation = domain::IncarnationId::Of("inc");
    draft.hybrid_time = {prng_.Below(1000)};
    draft.moment = {absl::FromUnixSeconds(prng_.Between(0, 2000000000)), absl::Seconds(1), "boot"};
    draft.type = static_cast<uint32_t>(prng_.Below(50));
    draft.payload = prng_.Bytes(prng_.Below(100));
    return draft;
  }

  void Open() {
    auto log = EventLog::Open(&store_);
    ASSERT_TRUE(log.ok()) << log.status();
    log_ = *std::move(log);
    EXPECT_FALSE(log_->open_report().cut.has_value());
    const std::vector<std::string> found = ReadAll();
    ASSERT_EQ(found.size(), log_->head().seq);
    ASSERT_LE(found.size(), written_.size());
    ASSERT_GE(found.size(), durable_);
    written_.resize(found.size());
    ASSERT_EQ(found, written_);
    crypto::Hash previous;
    for (const std::string& bytes : found) {
      ASSERT_EQ(domain::ParseEntry(bytes)->header.previous, previous);
      previous = domain::HashEntryBytes(bytes);
    }
    ASSERT_EQ(log_->head().hash, previous);
    durable_ = found.size();
  }

  std::vector<std::string> ReadAll() {
    std::vector<std::string> found;
    EXPECT_TRUE(log_->Read(1, UINT64_MAX, SIZE_MAX,
                           [&](uint64_t, absl::string_view bytes) {
                             found.emplace_back(bytes);
                             return true;
                           })
                    .ok());
    return found;
  }

  base::Prng prng_;
  FaultyStore store_;
  std::optional<EventLog> log_;
  std::vector<std::string> written_;  // in order, perhaps more than is stored
  size_t durable_ = 0;                // how many of them no crash may take
};

TEST(EventLogPropertyTest, CrashesTakeOnlyAnUnsyncedEnd) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    Life life(seed);
    for (int step = 0; step < 60 && !testing::Test::HasFailure(); ++step) life.Step();
    life.Restart();
    if (testing::Test::HasFailure()) return;
  }
}

// Damage anywhere: what stays is a prefix of what was written, and opening again changes nothing.
TEST(EventLogPropertyTest, AnyDamageLeavesAPrefix) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    base::Prng prng(seed);
    FaultyStore store;
    EventLog log = *EventLog::Open(&store);
    WriteBatch batch;
    std::vector<std::string> written;
    for (int i = 0; i < 20; ++i) {
      EntryDraft draft;
      draft.node = domain::NodeId::Of("node");
      draft.incarnation = domain::IncarnationId::Of("inc");
      draft.payload = prng.Bytes(prng.Below(100));
      written.push_back(domain::EncodeEntry(log.Stage(std::move(draft), &batch).entry));
    }
    const size_t hit = prng.Below(written.size());
    std::string bytes = written[hit];
    for (uint64_t flips = 1 + prng.Below(3); flips > 0; --flips) {
      char& byte = bytes[prng.Below(bytes.size())];
      byte = static_cast<char>(byte ^ (1 << prng.Below(8)));
    }
    if (bytes == written[hit]) continue;
    batch.Put(EntryKey(hit + 1), bytes);
    ASSERT_TRUE(store.Write(batch, Durability::kSynced).ok());

    const EventLog reopened = *EventLog::Open(&store);
    const uint64_t kept = reopened.head().seq;
    // Damage of the last entry that leaves its links alone shows only against an outside witness.
    if (hit + 1 < written.size()) {
      EXPECT_LE(kept, hit);
    }
    EXPECT_GE(kept + 1, hit);
    for (uint64_t seq = 1; seq <= std::min<uint64_t>(kept, hit); ++seq) {
      EXPECT_EQ(**store.Get(EntryKey(seq)), written[seq - 1]);
    }
    const EventLog again = *EventLog::Open(&store);
    EXPECT_FALSE(again.open_report().cut.has_value());
    EXPECT_EQ(again.head(), reopened.head());
  }
}

}  // namespace
}  // namespace keping::storage
