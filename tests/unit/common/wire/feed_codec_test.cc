#include "common/wire/feed_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "keping/sync/v1/sync.pb.h"

namespace keping::wire {
namespace {

using ::testing::HasSubstr;
namespace d = ::keping::domain;
namespace pb = ::keping::sync::v1;

d::FeedItem Item(decltype(d::FeedItem::body) body) {
  return {.key = "key/1", .position = 41, .version = 2, .body = std::move(body)};
}

d::PrrItem FullPrr() {
  return {.prr = d::PrrId::Of("prr-1"),
          .prr_version = 3,
          .withdrawn = true,
          .lease_holder = d::NodeId::Of("susut"),
          .lease_epoch = {1, 4},
          .release_requested = true,
          .enrolled_at = absl::FromUnixMicros(1493251200000001),
          .village = d::VillageCode::Of("51.06.01.2001"),
          .nik_tail = "0007",
          .record = std::string("any\0bytes", 9)};
}

TEST(FeedCodecTest, EveryKindComesBackAsItWas) {
  const std::vector<d::FeedItem> kItems = {
      Item(FullPrr()),
      Item(d::OperatorItem{
          .operator_id = d::OperatorId::Of("op"),
          .certified = {d::ApplicationVersion::Of("8.1"), d::ApplicationVersion::Of("8.2")},
          .role = d::Role::kStockKeeper,
          .active = false,
          .verifier = "$argon2id$v=19$…"}),
      Item(d::TransferItem{d::TransferId::Of("t-1"), *d::SerialSet::Parse("A1..A9,B7")}),
      Item(d::ActionItem{.action = d::ActionId::Of("action-1"),
                         .kind = d::ActionKind::kRescanBlank,
                         .case_id = d::CaseId::Of("case-1"),
                         .prr = d::PrrId::Of("prr-1"),
                         .blank = d::BlankSerial::Of("A1")}),
      Item(d::ApplicationItem{d::ApplicationVersion::Of("8.1")}),
      Item(d::GrantKeyItem{std::string("any\0bytes", 9)}),
      Item(d::PolicyItem{.version = 3,
                         .staleness = {{.record_class = d::RecordClass::kFirstCard,
                                        .limit_days = 14,
                                        .override_prints = 20}}})};
  EXPECT_EQ(kItems.size(), std::variant_size_v<decltype(d::FeedItem::body)>);
  for (const d::FeedItem& item : kItems) {
    EXPECT_EQ(DecodeFeedItem(EncodeFeedItem(item)).value(), item) << item.body.index();
  }
}

// As a centre of the first version wrote it: {operator_id = 1: "op", certified_version = 2: "8.1"}.
TEST(FeedCodecTest, APersonOfTheFirstVersionIsAnOperator) {
  const std::string first =
      "\x0a\x05key/1\x10\x29\x18\x02\x2a\x09\x0a\x02op\x12\x03"
      "8.1";
  EXPECT_EQ(DecodeFeedItem(first).value(),
            Item(d::OperatorItem{d::OperatorId::Of("op"), {d::ApplicationVersion::Of("8.1")}}));
  const std::string untrained = "\x0a\x05key/1\x10\x29\x18\x02\x2a\x04\x0a\x02op";
  EXPECT_EQ(DecodeFeedItem(untrained).value(), Item(d::OperatorItem{d::OperatorId::Of("op")}));
}

TEST(FeedCodecTest, AWithdrawalNeedsNeitherHolderNorRecord) {
  d::PrrItem bare;
  bare.prr = d::PrrId::Of("prr-1");
  bare.withdrawn = true;
  EXPECT_EQ(DecodeFeedItem(EncodeFeedItem(Item(bare))).value(), Item(bare));
}

TEST(FeedCodecTest, ABodyOfALaterVersionIsUnimplemented) {
  pb::FeedItem proto;
  proto.set_key("key/1");
  proto.set_version(2);
  EXPECT_TRUE(absl::IsUnimplemented(DecodeFeedItem(proto.SerializeAsString()).status()));
}

TEST(FeedCodecTest, BadFieldsAreNamed) {
  pb::FeedItem prr;
  prr.mutable_prr()->set_prr("not an id");
  pb::FeedItem action;
  action.mutable_action()->set_action("a");
  action.mutable_action()->set_case_id("c");
  pb::FeedItem transfer;
  transfer.mutable_transfer()->set_transfer("t");
  transfer.mutable_transfer()->mutable_serials()->set_text("A9..A1");
  const std::pair<std::string, const char*> kCases[] = {
      {"\xff", "bad FeedItem: 1 bytes"},
      {prr.SerializeAsString(), "bad FeedItem.prr"},
      {action.SerializeAsString(), "bad FeedItem.kind: got enum number 0, want 1 to 2"},
      {transfer.SerializeAsString(), "bad FeedItem.serials"},
  };
  for (const auto& [bytes, message] : kCases) {
    const absl::Status status = DecodeFeedItem(bytes).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << message;
    EXPECT_THAT(std::string(status.message()), HasSubstr(message));
  }
}

}  // namespace
}  // namespace keping::wire
