// What every KvStore promises, run against each implementation.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "common/base/prng.h"
#include "common/storage/faulty_store.h"
#include "common/storage/kv_store.h"
#include "common/storage/memory_store.h"
#include "common/storage/rocksdb_store.h"
#include "tests/support/temp_folder.h"

namespace keping::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

struct Implementation {
  std::string name;
  std::function<std::unique_ptr<KvStore>(const std::string& folder)> make;
};

std::unique_ptr<KvStore> MakeRocksDb(const std::string& folder) {
  auto store = OpenRocksDbStore(folder + "/db");
  EXPECT_TRUE(store.ok()) << store.status();
  return *std::move(store);
}

class KvStoreContractTest : public testing::TestWithParam<Implementation> {
 protected:
  void Put(absl::string_view key, absl::string_view value) {
    WriteBatch batch;
    batch.Put(key, value);
    ASSERT_TRUE(store_->Write(batch, Durability::kBuffered).ok());
  }
  std::vector<KeyAndValue> Rows(absl::string_view begin = "", absl::string_view end = "") {
    std::vector<KeyAndValue> rows;
    const absl::Status status =
        store_->Scan(begin, end, [&](absl::string_view key, absl::string_view value) {
          rows.emplace_back(std::string(key), std::string(value));
          return true;
        });
    EXPECT_TRUE(status.ok()) << status;
    return rows;
  }
  std::optional<KeyAndValue> Last(absl::string_view begin, absl::string_view end) {
    auto last = store_->Last(begin, end);
    EXPECT_TRUE(last.ok()) << last.status();
    return *last;
  }

  tests::TempFolder folder_;
  std::unique_ptr<KvStore> store_ = GetParam().make(folder_.path());
};

TEST_P(KvStoreContractTest, EmptyStoreHoldsNothing) {
  EXPECT_EQ(*store_->Get("a"), std::nullopt);
  EXPECT_THAT(Rows(), IsEmpty());
  EXPECT_EQ(Last("", ""), std::nullopt);
}

TEST_P(KvStoreContractTest, BatchIsAppliedInOrder) {
  WriteBatch batch;
  batch.Put("a", "1");
  batch.Put("a", "2");
  batch.Put("b", "1");
  batch.Delete("b");
  batch.Delete("c");
  batch.Put("c", "1");
  batch.Delete("never there");
  ASSERT_TRUE(store_->Write(batch, Durability::kSynced).ok());
  EXPECT_THAT(Rows(), ElementsAre(Pair("a", "2"), Pair("c", "1")));
}

TEST_P(KvStoreContractTest, EmptyValueIsNotAbsence) {
  Put("a", "");
  EXPECT_EQ(*store_->Get("a"), std::make_optional<std::string>(""));
}

TEST_P(KvStoreContractTest, EmptyBatchIsFine) {
  EXPECT_TRUE(store_->Write(WriteBatch(), Durability::kBuffered).ok());
  EXPECT_TRUE(store_->Write(WriteBatch(), Durability::kSynced).ok());
}

TEST_P(KvStoreContractTest, KeysAreOrderedAsUnsignedBytes) {
  const std::string zero("\0", 1);
  const std::string zeros("\0\0", 2);
  for (const std::string& key : {std::string("\xff"), std::string("a"), zeros, std::string("\x80"),
                                 zero, std::string("ab"), std::string("\x7f")}) {
    Put(key, key);
  }
  EXPECT_THAT(Rows(),
              ElementsAre(Pair(zero, zero), Pair(zeros, zeros), Pair("a", "a"), Pair("ab", "ab"),
                          Pair("\x7f", "\x7f"), Pair("\x80", "\x80"), Pair("\xff", "\xff")));
}

TEST_P(KvStoreContractTest, ScanIsHalfOpen) {
  for (const char* key : {"a", "b", "c", "d"}) Put(key, "");
  EXPECT_THAT(Rows("b", "d"), ElementsAre(Pair("b", ""), Pair("c", "")));
  EXPECT_THAT(Rows("c", ""), ElementsAre(Pair("c", ""), Pair("d", "")));
  EXPECT_THAT(Rows("", "b"), ElementsAre(Pair("a", "")));
  EXPECT_THAT(Rows("c", "c"), IsEmpty());
  EXPECT_THAT(Rows("d", "a"), IsEmpty());
}

TEST_P(KvStoreContractTest, ScanStopsWhenTold) {
  for (const char* key : {"a", "b", "c"}) Put(key, "");
  int visits = 0;
  ASSERT_TRUE(
      store_->Scan("", "", [&](absl::string_view, absl::string_view) { return ++visits < 2; })
          .ok());
  EXPECT_EQ(visits, 2);
}

TEST_P(KvStoreContractTest, ScanSeesOneMoment) {
  for (const char* key : {"a", "b", "c"}) Put(key, "old");
  std::vector<std::string> seen;
  ASSERT_TRUE(store_
                  ->Scan("", "",
                         [&](absl::string_view key, absl::string_view value) {
                           seen.push_back(std::string(key) + "=" + std::string(value));
                           WriteBatch batch;
                           batch.Delete("b");
                           batch.Put("c", "new");
                           batch.Put("d", "new");
                           EXPECT_TRUE(store_->Write(batch, Durability::kBuffered).ok());
                           EXPECT_EQ(*store_->Get("d"), std::make_optional<std::string>("new"));
                           return true;
                         })
                  .ok());
  EXPECT_THAT(seen, ElementsAre("a=old", "b=old", "c=old"));
  EXPECT_THAT(Rows(), ElementsAre(Pair("a", "old"), Pair("c", "new"), Pair("d", "new")));
}

TEST_P(KvStoreContractTest, LastFindsTheGreatestKeyOfARange) {
  for (const char* key : {"b", "d", "f"}) Put(key, std::string("value of ") + key);
  struct Case {
    const char* begin;
    const char* end;
    const char* want;
  };
  for (const Case& c :
       {Case{"", "", "f"}, Case{"", "f", "d"}, Case{"", "g", "f"}, Case{"c", "e", "d"},
        Case{"d", "e", "d"}, Case{"e", "f", ""}, Case{"", "b", ""}, Case{"g", "", ""},
        Case{"f", "", "f"}, Case{"d", "d", ""}, Case{"f", "b", ""}}) {
    const std::optional<KeyAndValue> last = Last(c.begin, c.end);
    SCOPED_TRACE(std::string(c.begin) + ".." + c.end);
    ASSERT_EQ(last.has_value(), c.want[0] != '\0');
    if (last) {
      EXPECT_THAT(*last, Pair(c.want, std::string("value of ") + c.want));
    }
  }
}

TEST_P(KvStoreContractTest, AgreesWithAPlainMap) {
  base::Prng prng(1);
  std::map<std::string, std::string> naive;
  for (int round = 0; round < 200; ++round) {
    WriteBatch batch;
    for (uint64_t i = prng.Below(8); i > 0; --i) {
      const std::string key = prng.Bytes(1 + prng.Below(2));
      if (prng.Chance(1, 3)) {
        batch.Delete(key);
        naive.erase(key);
      } else {
        const std::string value = prng.Bytes(prng.Below(40));
        batch.Put(key, value);
        naive[key] = value;
      }
    }
    ASSERT_TRUE(store_->Write(batch, Durability::kBuffered).ok());
    std::string begin = prng.Bytes(prng.Below(3));
    std::string end = prng.Bytes(prng.Below(3));
    if (!end.empty() && end < begin) std::swap(begin, end);
    const auto from = naive.lower_bound(begin);
    const auto to = end.empty() ? naive.end() : naive.lower_bound(end);
    const std::vector<KeyAndValue> want(from, to);
    ASSERT_EQ(Rows(begin, end), want) << "round " << round;
    ASSERT_EQ(Last(begin, end), want.empty() ? std::nullopt : std::make_optional(want.back()));
  }
}

// The faulty store is made for one thread and promises nothing here.
class SharedKvStoreContractTest : public KvStoreContractTest {};

TEST_P(SharedKvStoreContractTest, BatchesAreNeverSeenByHalves) {
  std::atomic<bool> done{false};
  std::atomic<int> torn{0};
  std::thread reader([&] {
    while (!done.load()) {
      std::string first;
      (void)store_->Scan("", "", [&](absl::string_view, absl::string_view value) {
        if (first.empty()) first = std::string(value);
        if (value != first) ++torn;
        return true;
      });
    }
  });
  for (int i = 0; i < 500; ++i) {
    WriteBatch batch;
    for (const char* key : {"a", "b", "c"}) batch.Put(key, std::to_string(i));
    ASSERT_TRUE(store_->Write(batch, Durability::kBuffered).ok());
  }
  done.store(true);
  reader.join();
  EXPECT_EQ(torn.load(), 0);
}

std::unique_ptr<KvStore> MakeMemory(const std::string&) { return MakeMemoryStore(); }
std::unique_ptr<KvStore> MakeFaulty(const std::string&) { return std::make_unique<FaultyStore>(); }

std::string NameOf(const testing::TestParamInfo<Implementation>& row) { return row.param.name; }

INSTANTIATE_TEST_SUITE_P(Every, KvStoreContractTest,
                         testing::Values(Implementation{"Memory", MakeMemory},
                                         Implementation{"RocksDb", MakeRocksDb},
                                         Implementation{"Faulty", MakeFaulty}),
                         NameOf);
INSTANTIATE_TEST_SUITE_P(EveryShared, SharedKvStoreContractTest,
                         testing::Values(Implementation{"Memory", MakeMemory},
                                         Implementation{"RocksDb", MakeRocksDb}),
                         NameOf);

}  // namespace
}  // namespace keping::storage
