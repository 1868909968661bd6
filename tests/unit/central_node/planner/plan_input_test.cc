#include "central_node/planner/plan_input.h"

#include <functional>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/sample_plan.h"

namespace keping::planner {
namespace {

PlanInput Good() {
  PlanInput input = tests::SamplePlan();
  tests::AddOffice(input, {.name = "susut", .kecamatan = "51.06.01"});
  tests::AddRecords(input, {.prefix = "a", .count = 2});
  return input;
}

TEST(PlanInputTest, AWholeInputIsTaken) { EXPECT_TRUE(CheckInput(Good()).ok()); }

TEST(PlanInputTest, WhatContradictsItselfIsNamed) {
  struct Row {
    const char* wanted;
    std::function<void(PlanInput&)> spoil;
  };
  const domain::NodeId nowhere = domain::NodeId::Of("nowhere");
  const Row rows[] = {
      {"want at least one office", [](PlanInput& in) { in.offices.clear(); }},
      {"office susut, got it twice", [](PlanInput& in) { in.offices.push_back(in.offices[0]); }},
      {"record a-00001, got it twice",
       [](PlanInput& in) { in.records[1].prr = in.records[0].prr; }},
      {"record without an id", [](PlanInput& in) { in.records[1].prr = {}; }},
      {"record a-00002, want its village", [](PlanInput& in) { in.records[1].village = {}; }},
      {"printer printer-susut, got node \"nowhere\"",
       [&](PlanInput& in) { in.printers[0].node = nowhere; }},
      {"operator operator-susut, got node \"nowhere\"",
       [&](PlanInput& in) { in.operators[0].nodes.push_back(nowhere); }},
      {"parcel 2017-10-02, got node \"nowhere\"",
       [&](PlanInput& in) {
         in.parcels.push_back({nowhere, in.first_day, 1});
       }},
      {"blanks of an office: got 1000000001",
       [](PlanInput& in) { in.offices[0].blanks = 1000000001; }},
      {"cards per day: got 100001", [](PlanInput& in) { in.printers[0].cards_per_day = 100001; }},
      {"class_order: got 3 classes", [](PlanInput& in) { in.policy.class_order.pop_back(); }},
      {"invitation hour: got 24", [](PlanInput& in) { in.policy.invitation_hours = {24}; }},
      {"at least one of each", [](PlanInput& in) { in.policy.print_ahead_days = 0; }},
      {"horizon days: got 1101", [](PlanInput& in) { in.policy.horizon_days = 1101; }},
  };
  for (const Row& row : rows) {
    PlanInput input = Good();
    row.spoil(input);
    const absl::Status status = CheckInput(input);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << row.wanted;
    EXPECT_THAT(std::string(status.message()), testing::HasSubstr(row.wanted));
  }
}

}  // namespace
}  // namespace keping::planner
