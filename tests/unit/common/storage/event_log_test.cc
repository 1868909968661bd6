#include "common/storage/event_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/storage/faulty_store.h"
#include "common/storage/key_space.h"
#include "common/storage/memory_store.h"

namespace keping::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

EntryDraft DraftOf(const std::string& payload, const std::string& incarnation = "inc-1") {
  EntryDraft draft;
  draft.node = domain::NodeId::Of("susut");
  draft.incarnation = domain::IncarnationId::Of(incarnation);
  draft.hybrid_time = {100};
  draft.moment = {absl::FromUnixSeconds(1493251200), absl::Seconds(5), "boot-1"};
  draft.type = 7;
  draft.payload = payload;
  return draft;
}

// Whatever becomes of the log: its entries, and nothing else, are visited in order.
EventLog MustOpen(KvStore& store) {
  uint64_t visited = 0;
  auto log = EventLog::Open(
      &store, [&visited](const domain::Entry& entry) { EXPECT_EQ(entry.header.seq, ++visited); });
  EXPECT_TRUE(log.ok()) << log.status();
  EXPECT_EQ(visited, log->head().seq);
  return *std::move(log);
}

LoggedEntry Append(KvStore& store, EventLog& log, EntryDraft draft) {
  WriteBatch batch;
  LoggedEntry logged = log.Stage(std::move(draft), &batch);
  EXPECT_TRUE(store.Write(batch, Durability::kSynced).ok());
  log.Committed();
  return logged;
}

std::unique_ptr<KvStore> StoreWithEntries(int count) {
  std::unique_ptr<KvStore> store = MakeMemoryStore();
  EventLog log = MustOpen(*store);
  for (int i = 1; i <= count; ++i) Append(*store, log, DraftOf(absl::StrCat("payload ", i)));
  return store;
}

std::map<std::string, std::string> RowsUnder(const KvStore& store, absl::string_view prefix) {
  std::map<std::string, std::string> rows;
  EXPECT_TRUE(store
                  .Scan(prefix, PrefixEnd(prefix),
                        [&](absl::string_view key, absl::string_view value) {
                          rows[std::string(key)] = std::string(value);
                          return true;
                        })
                  .ok());
  return rows;
}

void Put(KvStore& store, absl::string_view key, absl::string_view value) {
  WriteBatch batch;
  batch.Put(key, value);
  ASSERT_TRUE(store.Write(batch, Durability::kSynced).ok());
}

TEST(EventLogTest, EmptyStoreIsAnEmptyLog) {
  std::unique_ptr<KvStore> store = MakeMemoryStore();
  const EventLog log = MustOpen(*store);
  EXPECT_EQ(log.head(), LogHead());
  EXPECT_TRUE(log.node().empty());
  EXPECT_EQ(log.open_report().entries, 0u);
  EXPECT_FALSE(log.open_report().cut.has_value());
}

TEST(EventLogTest, StagedEntriesFormAChain) {
  std::unique_ptr<KvStore> store = MakeMemoryStore();
  EventLog log = MustOpen(*store);
  WriteBatch batch;
  const LoggedEntry first = log.Stage(DraftOf("one"), &batch);
  const LoggedEntry second = log.Stage(DraftOf("two"), &batch);
  EXPECT_EQ(first.entry.header.seq, 1u);
  EXPECT_TRUE(first.entry.header.previous.IsZero());
  EXPECT_EQ(second.entry.header.seq, 2u);
  EXPECT_EQ(second.entry.header.previous, first.hash);
  EXPECT_EQ(second.hash, domain::HashEntryBytes(domain::EncodeEntry(second.entry)));
  EXPECT_EQ(log.head(), LogHead());
  ASSERT_TRUE(store->Write(batch, Durability::kSynced).ok());
  log.Committed();
  EXPECT_EQ(log.head(), (LogHead{2, second.hash}));
}

TEST(EventLogTest, HeaderCarriesTheDraft) {
  std::unique_ptr<KvStore> store = MakeMemoryStore();
  EventLog log = MustOpen(*store);
  Append(*store, log, DraftOf("one"));
  auto entry = domain::ParseEntry(**store->Get(EntryKey(1)));
  ASSERT_TRUE(entry.ok());
  EXPECT_EQ(entry->header.node.value(), "susut");
  EXPECT_EQ(entry->header.incarnation.value(), "inc-1");
  EXPECT_EQ(entry->header.hybrid_time, 100u);
  EXPECT_EQ(entry->header.boot_id, "boot-1");
  EXPECT_EQ(entry->header.monotonic_micros, 5000000);
  EXPECT_EQ(entry->header.wall_micros, 1493251200000000);
  EXPECT_EQ(entry->header.type, 7u);
  EXPECT_EQ(entry->payload, "one");
}

TEST(EventLogTest, AbandonedEntriesLeaveNoTrace) {
  std::unique_ptr<KvStore> store = MakeMemoryStore();
  EventLog log = MustOpen(*store);
  WriteBatch unwritten;
  log.Stage(DraftOf("never", "inc-0"), &unwritten);
  log.Abandon();
  EXPECT_TRUE(log.node().empty());
  const LoggedEntry first = Append(*store, log, DraftOf("one"));
  EXPECT_EQ(first.entry.header.seq, 1u);
  log.Stage(DraftOf("never"), &unwritten);
  log.Abandon();
  const LoggedEntry second = Append(*store, log, DraftOf("two"));
  EXPECT_EQ(second.entry.header.seq, 2u);
  EXPECT_EQ(second.entry.header.previous, first.hash);
}

TEST(EventLogTest, ReopenGoesOnWhereItWas) {
  std::unique_ptr<KvStore> store = StoreWithEntries(3);
  EventLog log = MustOpen(*store);
  EXPECT_EQ(log.open_report().entries, 3u);
  EXPECT_FALSE(log.open_report().cut.has_value());
  EXPECT_EQ(log.head(), (LogHead{3, domain::HashEntryBytes(**store->Get(EntryKey(3)))}));
  EXPECT_EQ(log.last_hybrid_time(), time::HybridTime{100});
  EXPECT_EQ(log.incarnation().value(), "inc-1");
  EXPECT_EQ(Append(*store, log, DraftOf("four")).entry.header.seq, 4u);
}

struct Damage {
  const char* name;
  std::function<void(KvStore&)> apply;  // to a log of 6 entries
  uint64_t cut_from;
  uint64_t moved;
  const char* reason;
};

std::string Bytes(const KvStore& store, uint64_t seq) { return **store.Get(EntryKey(seq)); }

void DeleteKey(KvStore& store, absl::string_view key) {
  WriteBatch batch;
  batch.Delete(key);
  ASSERT_TRUE(store.Write(batch, Durability::kSynced).ok());
}

// The entry at `seq` with `change` made, encoded again: what a person with a tool would forge.
void Forge(KvStore& store, uint64_t seq, const std::function<void(domain::Entry&)>& change) {
  domain::Entry entry = *domain::ParseEntry(Bytes(store, seq));
  change(entry);
  Put(store, EntryKey(seq), domain::EncodeEntry(entry));
}

std::vector<Damage> Damages() {
  return {
      {"missing entry", [](KvStore& s) { DeleteKey(s, EntryKey(3)); }, 3, 3, "entry 3 is missing"},
      {"missing first", [](KvStore& s) { DeleteKey(s, EntryKey(1)); }, 1, 5, "entry 1 is missing"},
      {"cut entry", [](KvStore& s) { Put(s, EntryKey(4), Bytes(s, 4).substr(0, 50)); }, 4, 3,
       "bad log entry"},
      {"empty entry", [](KvStore& s) { Put(s, EntryKey(6), ""); }, 6, 1, "bad log entry"},
      {"changed payload",
       [](KvStore& s) { Forge(s, 3, [](domain::Entry& e) { e.payload = "payload X"; }); }, 3, 4,
       "entry 4 names"},
      {"changed first entry",
       [](KvStore& s) { Forge(s, 1, [](domain::Entry& e) { e.header.type = 8; }); }, 1, 6,
       "entry 2 names"},
      {"changed previous hash",
       [](KvStore& s) { Forge(s, 4, [](domain::Entry& e) { e.header.previous.bytes[0] ^= 1; }); },
       4, 3, "entry 4 names"},
      {"previous hash of the first",
       [](KvStore& s) { Forge(s, 1, [](domain::Entry& e) { e.header.previous.bytes[0] = 1; }); }, 1,
       6, "entry 1 names"},
      {"previous hash of the last: either of two may be damaged",
       [](KvStore& s) { Forge(s, 6, [](domain::Entry& e) { e.header.previous.bytes[0] ^= 1; }); },
       5, 2, "entry 6 names"},
      {"other stream",
       [](KvStore& s) {
         Forge(s, 5, [](domain::Entry& e) { e.header.node = domain::NodeId::Of("tembuku"); });
       },
       5, 2, "entry 5 is of the stream tembuku inc-1, want susut inc-1"},
      {"entry under another's key", [](KvStore& s) { Put(s, EntryKey(2), Bytes(s, 5)); }, 2, 5,
       "entry 2 says it is entry 5"},
      {"foreign key before", [](KvStore& s) { Put(s, kEntryPrefix, "x"); }, 1, 7,
       "entry 1 is missing"},
      {"foreign key between", [](KvStore& s) { Put(s, absl::StrCat(EntryKey(2), "x"), "x"); }, 3, 5,
       "entry 3 is missing"},
      {"entry after a gap", [](KvStore& s) { Put(s, EntryKey(99), "x"); }, 7, 1,
       "entry 7 is missing"},
  };
}

TEST(EventLogTest, DamagedLogKeepsItsGoodPrefixAndTheRestByteForByte) {
  for (const Damage& damage : Damages()) {
    SCOPED_TRACE(damage.name);
    std::unique_ptr<KvStore> store = StoreWithEntries(6);
    damage.apply(*store);
    const auto before = RowsUnder(*store, kEntryPrefix);
    EventLog log = MustOpen(*store);
    ASSERT_TRUE(log.open_report().cut.has_value());
    EXPECT_EQ(log.open_report().cut->from_seq, damage.cut_from);
    EXPECT_EQ(log.open_report().cut->moved, damage.moved);
    EXPECT_THAT(log.open_report().cut->reason, HasSubstr(damage.reason));
    EXPECT_EQ(log.open_report().entries, damage.cut_from - 1);
    std::map<std::string, std::string> after = RowsUnder(*store, kEntryPrefix);
    EXPECT_EQ(after.size(), damage.cut_from - 1);
    const size_t header = QuarantineKey(1, "").size();
    for (const auto& [key, value] : RowsUnder(*store, kQuarantinePrefix)) {
      after[key.substr(header)] = value;
    }
    EXPECT_EQ(after, before);

    Append(*store, log, DraftOf("after the cut"));
    EXPECT_FALSE(MustOpen(*store).open_report().cut.has_value());
  }
}

TEST(EventLogTest, NoFlippedBitBeforeTheLastEntryStaysInTheLog) {
  const std::unique_ptr<KvStore> good = StoreWithEntries(4);
  for (uint64_t seq = 1; seq <= 3; ++seq) {
    for (size_t at = 0; at < Bytes(*good, seq).size(); ++at) {
      std::unique_ptr<KvStore> store = StoreWithEntries(4);
      std::string bytes = Bytes(*store, seq);
      bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
      Put(*store, EntryKey(seq), bytes);
      const EventLog log = MustOpen(*store);
      ASSERT_TRUE(log.open_report().cut.has_value()) << seq << " " << at;
      ASSERT_LT(log.head().seq, seq) << at;
    }
  }
}

TEST(EventLogTest, CutsDoNotMix) {
  std::unique_ptr<KvStore> store = StoreWithEntries(4);
  DeleteKey(*store, EntryKey(3));
  EventLog log = MustOpen(*store);
  Append(*store, log, DraftOf("three"));
  Append(*store, log, DraftOf("another four"));
  DeleteKey(*store, EntryKey(3));
  MustOpen(*store);
  const auto quarantine = RowsUnder(*store, kQuarantinePrefix);
  EXPECT_EQ(quarantine.size(), 2u);
  EXPECT_TRUE(quarantine.contains(QuarantineKey(1, EntryKey(4))));
  EXPECT_TRUE(quarantine.contains(QuarantineKey(2, EntryKey(4))));
}

TEST(EventLogTest, QuarantineThatFailsIsFinishedByTheNextOpen) {
  FaultyStore store;
  EventLog log = MustOpen(store);
  const std::string payload(600000, 'p');
  for (int i = 0; i < 8; ++i) Append(store, log, DraftOf(payload));
  DeleteKey(store, EntryKey(2));
  store.FailNextWrite(FaultyStore::Failure::kUnknownButWritten);
  EXPECT_TRUE(absl::IsUnavailable(EventLog::Open(&store).status()));
  store.Reopen();
  EXPECT_EQ(RowsUnder(store, kQuarantinePrefix).size(), 2u);
  EXPECT_EQ(MustOpen(store).open_report().cut->moved, 4u);
  EXPECT_EQ(RowsUnder(store, kQuarantinePrefix).size(), 6u);
  EXPECT_FALSE(MustOpen(store).open_report().cut.has_value());
}

TEST(EventLogTest, FailureOfTheStoreIsPassedOn) {
  FaultyStore store;
  Put(store, EntryKey(1), "damaged");
  store.FailNextWrite(FaultyStore::Failure::kNotWritten);
  EXPECT_TRUE(absl::IsUnavailable(EventLog::Open(&store).status()));
}

std::vector<uint64_t> SeqsRead(const EventLog& log, uint64_t from, uint64_t entries, size_t bytes) {
  std::vector<uint64_t> seqs;
  EXPECT_TRUE(log.Read(from, entries, bytes,
                       [&](uint64_t seq, absl::string_view entry) {
                         EXPECT_EQ(domain::ParseEntry(entry)->header.seq, seq);
                         seqs.push_back(seq);
                         return true;
                       })
                  .ok());
  return seqs;
}

TEST(EventLogTest, ReadIsBoundedByEntriesAndBytes) {
  std::unique_ptr<KvStore> store = StoreWithEntries(5);
  const EventLog log = MustOpen(*store);
  const size_t size = Bytes(*store, 1).size();
  const size_t no_limit = 1 << 20;
  EXPECT_THAT(SeqsRead(log, 1, 100, no_limit), ElementsAre(1, 2, 3, 4, 5));
  EXPECT_THAT(SeqsRead(log, 0, 2, no_limit), ElementsAre(1, 2));
  EXPECT_THAT(SeqsRead(log, 4, 100, no_limit), ElementsAre(4, 5));
  EXPECT_THAT(SeqsRead(log, 6, 100, no_limit), IsEmpty());
  EXPECT_THAT(SeqsRead(log, 1, 0, no_limit), IsEmpty());
  EXPECT_THAT(SeqsRead(log, 1, 100, 3 * size), ElementsAre(1, 2, 3));
  EXPECT_THAT(SeqsRead(log, 1, 100, 3 * size - 1), ElementsAre(1, 2));
  EXPECT_THAT(SeqsRead(log, 2, 100, 0), ElementsAre(2));
}

TEST(EventLogTest, HeadAtAnySeq) {
  std::unique_ptr<KvStore> store = StoreWithEntries(3);
  const EventLog log = MustOpen(*store);
  EXPECT_EQ(*log.HeadAt(3), log.head());
  EXPECT_EQ(*log.HeadAt(2), (LogHead{2, domain::ParseEntry(Bytes(*store, 3))->header.previous}));
  EXPECT_TRUE(absl::IsNotFound(log.HeadAt(0).status()));
  EXPECT_TRUE(absl::IsNotFound(log.HeadAt(4).status()));
}

}  // namespace
}  // namespace keping::storage
