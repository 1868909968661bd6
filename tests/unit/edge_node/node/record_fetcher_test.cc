#include "edge_node/node/record_fetcher.h"

#include <gtest/gtest.h>

#include <string>

namespace keping::edge {
namespace {

const domain::PrrId kFirst = domain::PrrId::Of("p1");
const domain::PrrId kSecond = domain::PrrId::Of("p2");

class RecordFetcherTest : public ::testing::Test {
 protected:
  RecordFetcherTest() {
    Name(kFirst, 1, record_);
    Name(kSecond, 2, std::string(10, 'b'));
    fetcher_.Start(true);
  }

  // The feed names a record, enrolled at this second.
  void Name(const domain::PrrId& prr, int second, const std::string& record) {
    domain::PrrItem item;
    item.prr = prr;
    item.enrolled_at = absl::FromUnixSeconds(second);
    item.record_digest = crypto::Sha256({record});
    item.record_size = static_cast<uint32_t>(record.size());
    const uint64_t version = ++version_;
    catalogue_.Apply({domain::PrrFeedKey(prr), version, version, item}, {});
  }
  sync::RecordPart Answer(const sync::RecordWanted& wanted, const std::string& record) {
    return {.prr = wanted.prr,
            .digest = wanted.digest,
            .offset = wanted.offset,
            .bytes = record.substr(wanted.offset, wanted.size)};
  }

  const std::string record_ = std::string(9'000, 'a') + std::string(1'000, 'z');
  uint64_t version_ = 0;
  Catalogue catalogue_;
  RecordFetcher fetcher_{&catalogue_};
};

TEST_F(RecordFetcherTest, AsksInPlanOrderAndOnlySoMuch) {
  for (uint32_t offset : {0u, 4'000u, 8'000u}) {
    const auto wanted = fetcher_.Next(4'000);
    ASSERT_TRUE(wanted.has_value());
    EXPECT_EQ(wanted->prr, kFirst);
    EXPECT_EQ(wanted->offset, offset);
    EXPECT_EQ(wanted->size, offset == 8'000u ? 2'000u : 4'000u);
  }
  EXPECT_EQ(fetcher_.Next(4'000)->prr, kSecond);
  EXPECT_FALSE(fetcher_.Next(4'000).has_value()) << "enough is under way";
}

TEST_F(RecordFetcherTest, ARecordIsWholeWithItsLastPart) {
  const auto first = *fetcher_.Next(6'000);
  const auto second = *fetcher_.Next(6'000);
  EXPECT_FALSE(fetcher_.OnPart(Answer(first, record_)).value().has_value());
  const auto record = fetcher_.OnPart(Answer(second, record_)).value();
  ASSERT_TRUE(record.has_value());
  EXPECT_EQ(record->bytes, record_);
  EXPECT_EQ(record->fault, "");
}

TEST_F(RecordFetcherTest, TheNextSessionGoesOnAtTheByte) {
  ASSERT_TRUE(fetcher_.OnPart(Answer(*fetcher_.Next(6'000), record_)).ok());
  (void)fetcher_.Next(1'000);
  fetcher_.Stop();
  EXPECT_FALSE(fetcher_.Next(6'000).has_value());
  fetcher_.Start(true);
  EXPECT_EQ(fetcher_.Next(6'000)->offset, 6'000u);
}

TEST_F(RecordFetcherTest, AnotherVersionBeginsAnew) {
  const auto old = *fetcher_.Next(6'000);
  const std::string other(20'000, 'c');
  Name(kFirst, 1, other);
  EXPECT_FALSE(fetcher_.OnPart(Answer(old, record_)).value().has_value());
  const auto wanted = *fetcher_.Next(6'000);
  EXPECT_EQ(wanted.digest, crypto::Sha256({other}));
  EXPECT_EQ(wanted.offset, 0u);
}

TEST_F(RecordFetcherTest, WhatTheCentreDoesNotHaveIsNotAskedForAgainInThisSession) {
  const auto wanted = *fetcher_.Next(20'000);
  sync::RecordPart gone = Answer(wanted, "");
  gone.gone = true;
  ASSERT_TRUE(fetcher_.OnPart(gone).ok());
  EXPECT_EQ(fetcher_.Next(20'000)->prr, kSecond);
  fetcher_.Start(true);
  EXPECT_EQ(fetcher_.Next(20'000)->prr, kFirst);
}

TEST_F(RecordFetcherTest, OtherBytesThanTheFeedNamesAreAFault) {
  const auto wanted = *fetcher_.Next(20'000);
  const auto record = fetcher_.OnPart(Answer(wanted, std::string(10'000, 'x'))).value();
  ASSERT_TRUE(record.has_value());
  EXPECT_NE(record->fault, "");
}

TEST_F(RecordFetcherTest, APartThatNobodyAskedForEndsTheSession) {
  EXPECT_TRUE(absl::IsInvalidArgument(fetcher_.OnPart({}).status()));
  auto part = Answer(*fetcher_.Next(6'000), record_);
  part.bytes.pop_back();
  EXPECT_TRUE(absl::IsInvalidArgument(fetcher_.OnPart(part).status()));
  part = Answer(*fetcher_.Next(6'000), record_);
  part.offset = 1;
  EXPECT_TRUE(absl::IsInvalidArgument(fetcher_.OnPart(part).status()));
}

TEST_F(RecordFetcherTest, ASessionThatDoesNotSpeakOfPartsIsAskedNothing) {
  fetcher_.Start(false);
  EXPECT_FALSE(fetcher_.Next(6'000).has_value());
}

}  // namespace
}  // namespace keping::edge
