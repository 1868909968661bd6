#include "edge_node/store/edge_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/domain/entry.h"
#include "common/storage/key_space.h"
#include "tests/support/office.h"

namespace keping::edge {
namespace {

using domain::PrintRefusal;
using domain::PrrId;
using ::testing::HasSubstr;
using ::testing::Not;
using tests::Office;

void Put(storage::KvStore& store, absl::string_view key, absl::string_view value) {
  storage::WriteBatch batch;
  batch.Put(key, value);
  ASSERT_TRUE(store.Write(batch, storage::Durability::kSynced).ok());
}

std::string AllBytes(const storage::KvStore& store) {
  std::string all;
  EXPECT_TRUE(store
                  .Scan("", "",
                        [&all](absl::string_view key, absl::string_view value) {
                          all.append(key.data(), key.size());
                          all.append(value.data(), value.size());
                          return true;
                        })
                  .ok());
  return all;
}

TEST(EdgeStoreTest, ADatabaseOfAnotherNodeIsRefused) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Kill();
  const auto cipher = crypto::RecordCipher::FromKey(std::string(32, 'k'));
  const auto random = [](size_t size) { return std::string(size, 'r'); };
  const struct {
    const char* node;
    const char* incarnation;
  } kOthers[] = {{"bangli", "inc-1"}, {"susut", "inc-2"}};
  for (const auto& other : kOthers) {
    EdgeCore core({});
    const auto store =
        EdgeStore::Open(&office.store(), *cipher, random, domain::NodeId::Of(other.node),
                        domain::IncarnationId::Of(other.incarnation), core);
    EXPECT_TRUE(absl::IsFailedPrecondition(store.status()));
    EXPECT_THAT(std::string(store.status().message()), HasSubstr("check data_dir and keys_dir"));
  }
}

TEST(EdgeStoreTest, RecordsAndTailsAreSealed) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  EXPECT_THAT(AllBytes(office.store()), Not(HasSubstr("specimen record")));
  EXPECT_THAT(AllBytes(office.store()), Not(HasSubstr("0007")));
}

TEST(EdgeStoreTest, AWithdrawalTakesTheRecordAway) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  const PrrId prr = PrrId::Of("prr-001");
  EXPECT_TRUE(office.node().store().Record(prr).ok());
  domain::PrrItem item = office.centre().Told(prr);
  item.withdrawn = true;
  item.record.clear();
  office.centre().Tell(item);
  ASSERT_TRUE(office.Exchange().ok());
  EXPECT_TRUE(absl::IsNotFound(office.node().store().Record(prr).status()));
  EXPECT_TRUE(absl::IsNotFound(office.node().store().Record(PrrId::Of("prr-none")).status()));
}

TEST(EdgeStoreTest, AFeedItemThatDoesNotOpenIsNamed) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  office.Kill();
  Put(office.store(), std::string(storage::kFeedItemPrefix) + "prr/prr-001", "not sealed");
  EXPECT_TRUE(absl::IsDataLoss(office.Open()));
}

TEST(EdgeStoreTest, DamagedRowsAreNamed) {
  const struct {
    absl::string_view key;
    const char* what;
  } kRows[] = {{storage::kFeedCursorKey, "the feed cursor"},
               {storage::kContactKey, "the last receipt"}};
  for (const auto& row : kRows) {
    Office office;
    ASSERT_TRUE(office.Open().ok());
    office.Equip();
    office.Kill();
    Put(office.store(), row.key, "\xff");
    const absl::Status status = office.Open();
    EXPECT_TRUE(absl::IsDataLoss(status)) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr(row.what));
  }
}

TEST(EdgeStoreTest, EventsOfALaterVersionStayInTheLog) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  ASSERT_TRUE(office.Sync().ok());
  office.Kill();
  {
    auto log = storage::EventLog::Open(&office.store());
    ASSERT_TRUE(log.ok());
    storage::WriteBatch batch;
    log->Stage({.node = domain::NodeId::Of("susut"),
                .incarnation = domain::IncarnationId::Of("inc-1"),
                .hybrid_time = {},
                .moment = office.clock().Now(),
                .type = 31,
                .payload = "of a later version"},
               &batch);
    ASSERT_TRUE(office.store().Write(batch, storage::Durability::kSynced).ok());
  }
  ASSERT_TRUE(office.Open().ok());
  EXPECT_EQ(office.core().tray().available().size(), 10u);
  EXPECT_EQ(office.Do(office.PrintOf("", "A0001")).refusal, PrintRefusal::kNone);
  office.Connect();
  while (!office.sent().empty()) {
    const auto answers = office.centre().Answer(office.sent().front());
    office.sent().pop_front();
    for (const auto& answer : answers) ASSERT_TRUE(office.node().OnFrame(answer).ok());
  }
  EXPECT_EQ(office.core().contact().proven_seq, office.node().store().log().head().seq);
}

TEST(EdgeStoreTest, ACutLogLocksForGood) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  for (int i = 0; i < 3; ++i) office.Do(office.PrintOf("prr-none", "A0001"));
  office.Kill();
  Put(office.store(), storage::EntryKey(3), "damaged");
  for (int start = 0; start < 3; ++start) {
    ASSERT_TRUE(office.Open().ok());
    EXPECT_TRUE(office.core().locked()) << start;
    EXPECT_EQ(office.node().store().lock_reason(), "the log was cut at entry 3") << start;
  }
}

TEST(EdgeStoreTest, TheReceiptThatDatesTheDaySurvivesARestart) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  office.Do(office.PrintOf("prr-001", "A0001"));
  ASSERT_TRUE(office.Exchange().ok());
  const auto settle = [&office] {
    office.Do(ReleaseJob{office.core().journal().OpenJobs().at(0)->intent.act,
                         domain::OperatorId::Of("ayu")});
  };
  settle();
  office.Advance(absl::Hours(1));
  ASSERT_TRUE(office.Exchange().ok());
  // Off all night: no running time.
  office.Kill();
  office.Advance(absl::Hours(23));
  office.clock().Reboot();
  ASSERT_TRUE(office.Open().ok());
  office.Do(office.PrintOf("prr-001", "A0001"));
  EXPECT_EQ(office.core().duty().day(), 1u) << "too little running time, and no contact yet";
  settle();
  ASSERT_TRUE(office.Sync().ok());
  ASSERT_TRUE(office.Open().ok());
  office.Do(office.PrintOf("prr-001", "A0001"));
  EXPECT_EQ(office.core().duty().day(), 2u);
  EXPECT_EQ(office.core().duty().date(), absl::CivilDay(2017, 4, 28));
}

TEST(EdgeStoreTest, ContactIsRememberedWithItsTimes) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  const Contact live = office.core().contact();
  ASSERT_TRUE(office.Open().ok());
  EXPECT_EQ(office.core().contact().proven_seq, live.proven_seq);
  EXPECT_EQ(office.core().contact().received_at, live.received_at);
  EXPECT_EQ(office.core().contact().centre_time, live.centre_time);
}

}  // namespace
}  // namespace keping::edge
