// The way of a delivery's blanks, in a district with an office that prints.
#include "central_node/console/delivery_console.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "edge_node/core/stock_input.h"
#include "tests/support/little_district.h"
#include "tests/support/paper_district.h"

namespace keping::central {
namespace {

using domain::ActId;
using domain::NodeId;
using domain::OperatorId;
using domain::SerialSet;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::StartsWith;
using tests::LittleDistrict;

// "t1 susut A1000..A1019: 19 node_stock at susut, 1 spoiled at susut", a line each.
std::vector<std::string> TreeOf(DeliveryConsole& deliveries, const std::string& allotment) {
  v1::TraceDeliveryRequest request;
  request.set_allotment(allotment);
  const auto trace = deliveries.TraceDelivery(request);
  if (!trace.ok()) return {std::string(trace.status().message())};
  std::vector<std::string> lines;
  for (const v1::TracedTransfer& sent : trace->transfers()) {
    std::string line = absl::StrCat(sent.transfer(), " ", sent.node(), " ", sent.serials(), ":");
    for (const v1::BlankCount& one : sent.states()) {
      absl::StrAppend(&line, " ", one.quantity(), " ", one.account(), " at ", one.holder());
    }
    lines.push_back(line);
  }
  return lines;
}

class DeliveryConsoleTest : public ::testing::Test {
 protected:
  DeliveryConsoleTest() {
    district_.AddBlanks(40);
    district_.Command(AddOperator{.operator_id = OperatorId::Of("op"),
                                  .node = NodeId::Of("susut"),
                                  .role = domain::Role::kSupervisor});
    district_.Connect("susut");
    district_.Run();
  }

  void Send(const std::string& transfer, uint64_t quantity) {
    district_.Command(Dispatch{.transfer = domain::TransferId::Of(transfer),
                               .node = NodeId::Of("susut"),
                               .quantity = quantity,
                               .serials = {}});
    district_.Run();
  }
  template <typename Input>
  void Do(const Input& input) {
    const auto decision = district_.office("susut").node->Handle(input);
    ASSERT_TRUE(decision.ok()) << decision.status();
    ASSERT_TRUE(decision->status.ok()) << decision->status;
    district_.Run();
  }
  std::vector<std::string> Tree(const std::string& allotment) {
    return TreeOf(deliveries_, allotment);
  }
  std::string Allotment() {
    const auto listed = deliveries_.ListDeliveries({});
    return listed.ok() && listed->deliveries_size() > 0 ? listed->deliveries(0).allotment() : "";
  }

  LittleDistrict district_{{{"susut", "51.06.01"}}};
  DeliveryConsole deliveries_{
      {.node = &district_.centre(), .hub = nullptr, .clock = &district_.clock(), .failed = {}}};
};

TEST_F(DeliveryConsoleTest, ADeliveryIsListedWithWhatItsPaperSays) {
  const auto listed = deliveries_.ListDeliveries({});
  ASSERT_TRUE(listed.ok()) << listed.status();
  ASSERT_EQ(listed->deliveries_size(), 1);
  EXPECT_EQ(listed->deliveries(0).quantity(), 40u);
}

TEST_F(DeliveryConsoleTest, WhatWasNeverSentLiesAtTheDistrict) {
  EXPECT_THAT(Tree(Allotment()), ElementsAre("  A1000..A1039: 40 district_stock at "));
}

TEST_F(DeliveryConsoleTest, EachTransferTellsWhatBecameOfItsBlanks) {
  Send("t1", 20);
  Send("t2", 5);
  Do(edge::ReceiveTransfer{.act = ActId::Of("receive"),
                           .transfer = domain::TransferId::Of("t1"),
                           .scanned = *SerialSet::Parse("A1000..A1019"),
                           .operator_id = OperatorId::Of("op")});
  Do(edge::SpoilBlank{.act = ActId::Of("spoil"),
                      .blank = domain::BlankSerial::Of("A1002"),
                      .cause = domain::SpoilCause::kFactory,
                      .operator_id = OperatorId::Of("op"),
                      .step = {}});
  EXPECT_THAT(Tree(Allotment()),
              ElementsAre("t1 susut A1000..A1019: 19 node_stock at susut 1 spoiled at susut",
                          "t2 susut A1020..A1024: 5 in_transit at susut",
                          "  A1025..A1039: 15 district_stock at "));
}

TEST_F(DeliveryConsoleTest, AnUnknownDeliveryIsSaidToBeNone) {
  EXPECT_THAT(Tree("B-9"), ElementsAre(::testing::HasSubstr("got B-9, want one that came")));
}

class DeliveryOfTwoNamesTest : public PaperDistrict {
 protected:
  DeliveryConsole deliveries_{
      {.node = &district_.centre(), .hub = nullptr, .clock = &district_.clock(), .failed = {}}};
};

TEST_F(DeliveryOfTwoNamesTest, AChipWithAPrintedSerialIsWhereItsCardIs) {
  PrintOneOfThreeChips();
  EXPECT_THAT(TreeOf(deliveries_, "C-1"),
              ElementsAre(AllOf(StartsWith("t3 susut"),
                                EndsWith(": 2 node_stock at susut 1 printed_ready at susut"))));
}

TEST_F(DeliveryOfTwoNamesTest, ABlankThatLeftItsBoxUnderBothNamesIsOne) {
  OpenABoxOfThree();
  EXPECT_THAT(TreeOf(deliveries_, "Q-1"),
              ElementsAre("t3 susut P9101: 1 node_stock at susut 2 unidentified at susut"));
}

}  // namespace
}  // namespace keping::central
