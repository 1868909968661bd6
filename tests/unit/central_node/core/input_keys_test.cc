#include "central_node/core/input_keys.h"

#include "common/domain/entry.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace keping::central {
namespace {

using namespace ::keping::domain;  // NOLINT: every kind of event
using ::testing::ElementsAre;
using ::testing::IsEmpty;

EntriesArrived FromSusut(const Event& event) {
  EntriesArrived input{
      .node = NodeId::Of("susut"), .incarnation = IncarnationId::Of("susut-1"), .entries = {}};
  input.entries.push_back({.ref = {.id = crypto::Sha256({"entry"}),
                                   .node = input.node,
                                   .incarnation = input.incarnation,
                                   .seq = 1},
                           .event = event});
  return input;
}

TEST(InputKeysTest, AReceiptNamesItsTransferAndItsBlanks) {
  BlanksReceived receipt;
  receipt.transfer = TransferId::Of("t1");
  receipt.received = *SerialSet::Parse("A1");
  const Keys keys = KeysOf({}, FromSusut(receipt), {});
  EXPECT_THAT(keys.transfers, ElementsAre(TransferId::Of("t1")));
  EXPECT_THAT(keys.blanks, ElementsAre(BlankSerial::Of("A1")));
}

TEST(InputKeysTest, SuppliesThatTravelNeedNoTransferOfBlanks) {
  ConsumableMoved ribbon;
  ribbon.transfer = TransferId::Of("t1");
  EXPECT_THAT(KeysOf({}, FromSusut(ribbon), {}).transfers, IsEmpty());
  SupplyMoved parcel;
  parcel.transfer = TransferId::Of("t1");
  ArrivedEntry own = FromSusut(parcel).entries.front();
  EXPECT_THAT(KeysOf({}, CentralEntriesReplayed{{own}}, {}).transfers, IsEmpty());
}

// The office day of a branch does not depend on the log that it leaves.
TEST(InputKeysTest, APrintOfABranchBelongsToADayOfTheBranch) {
  PrintIntended intent;
  intent.act = ActId::Of("job");
  intent.printer = PrinterId::Of("printer");
  EntriesArrived input = FromSusut(intent);
  input.incarnation = BranchName(crypto::Sha256({"entry"}));
  input.entries.front().ref.incarnation = input.incarnation;
  input.entries.front().ref.seq = 5;
  input.forked.emplace();
  input.forked->node = input.node;
  input.forked->incarnation = IncarnationId::Of("susut-1");
  input.forked->branch = input.incarnation;
  input.forked->seq = 5;
  Resident resident;
  resident.nodes[input.node].streams[IncarnationId::Of("susut-1")].office_days[1] =
      absl::CivilDay(2017, 4, 3);
  EXPECT_THAT(KeysOf({}, input, resident).printer_days, ElementsAre("susut/printer/1970-01-01"));
}

}  // namespace
}  // namespace keping::central
