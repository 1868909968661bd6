// The link of a whole region comes back: more offices than may send at the same time.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_format.h"
#include "tests/support/little_district.h"

namespace keping::central {
namespace {

using namespace ::keping::domain;  // NOLINT: the verbs of a district
using tests::LittleDistrict;

constexpr int kOffices = static_cast<int>(SessionHub::kUploadsAtOnce) + 4;

std::map<std::string, std::string> Offices() {
  std::map<std::string, std::string> offices;
  for (int i = 0; i < kOffices; ++i) {
    offices[absl::StrFormat("office-%02d", i)] = absl::StrFormat("51.06.%02d", i + 1);
  }
  return offices;
}

class StormTest : public ::testing::Test {
 protected:
  // Each office wrote something a minute after the one before.
  StormTest() {
    for (const auto& [name, kecamatan] : Offices()) {
      names_.push_back(name);
      district_.clock().Advance(absl::Minutes(1));
      district_.RestartOffice(name);
      district_.AddRecords(static_cast<int>(names_.size()), 1, kecamatan + ".2001");
    }
  }

  bool Proven(const std::string& name) {
    const edge::EdgeNode& node = *district_.office(name).node;
    return node.core().contact().proven_seq == node.store().log().head().seq;
  }
  int Waiting() {
    int waiting = 0;
    for (const std::string& name : names_) {
      for (const sync::CentreFrame& frame : district_.office(name).down) {
        const auto* welcome = std::get_if<sync::Welcome>(&frame);
        waiting += welcome != nullptr && welcome->wait;
      }
    }
    return waiting;
  }

  LittleDistrict district_{Offices()};
  std::vector<std::string> names_;
};

TEST_F(StormTest, EverybodyGetsThroughAndTheOldestComesFirst) {
  // The youngest come first, so that the oldest have to wait.
  for (auto name = names_.rbegin(); name != names_.rend(); ++name) district_.Connect(*name);
  int waiting = 0;
  std::vector<std::string> late;  // in the order in which those who waited were proven
  std::map<std::string, bool> waited;
  while (district_.Run(1)) {
    waiting = std::max(waiting, Waiting());
    for (const std::string& name : names_) {
      for (const sync::CentreFrame& frame : district_.office(name).down) {
        if (std::holds_alternative<sync::Admitted>(frame)) waited[name] = true;
      }
      const bool known = std::find(late.begin(), late.end(), name) != late.end();
      if (waited[name] && Proven(name) && !known) late.push_back(name);
    }
  }
  EXPECT_EQ(waiting, kOffices - static_cast<int>(SessionHub::kUploadsAtOnce));
  EXPECT_EQ(late.size(), 4u);
  for (const std::string& name : names_) EXPECT_TRUE(Proven(name)) << name;
}

TEST_F(StormTest, WhatTheFeedSaysWaitsForNoTurn) {
  for (const std::string& name : names_) district_.Connect(name);
  // Nothing that is sent arrives, so that nobody's turn ends.
  for (int turn = 0; turn < 3; ++turn) district_.Run(1);
  for (const std::string& name : names_) {
    EXPECT_GT(district_.office(name).node->core().catalogue().plan().size(), 0u) << name;
  }
}

TEST_F(StormTest, WhoeverIsCutOffGivesItsTurnAway) {
  for (const std::string& name : names_) district_.Connect(name);
  district_.Run(1);
  for (size_t i = 0; i < SessionHub::kUploadsAtOnce; ++i) district_.Cut(names_[i]);
  district_.Run();
  for (size_t i = SessionHub::kUploadsAtOnce; i < names_.size(); ++i) {
    EXPECT_TRUE(Proven(names_[i])) << names_[i];
  }
}

TEST_F(StormTest, WhoeverSendsNothingGivesItsTurnAway) {
  for (const std::string& name : names_) district_.Connect(name);
  // Those whose turn it is are silent.
  for (size_t i = 0; i < SessionHub::kUploadsAtOnce; ++i) {
    LittleDistrict::Office& office = district_.office(names_[i]);
    ASSERT_TRUE(district_.hub().OnFrame(*office.connection, office.up.front()).ok());
    office.up.clear();
    office.down.clear();
  }
  district_.Run();
  EXPECT_FALSE(Proven(names_.back()));
  district_.clock().Advance(SessionHub::kIdleTurn + absl::Seconds(1));
  district_.hub().EndIdleTurns();
  district_.Run();
  EXPECT_TRUE(Proven(names_.back()));
}

}  // namespace
}  // namespace keping::central
