#include "common/domain/serial_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace keping::domain {
namespace {

using ::testing::HasSubstr;

SerialSet Set(absl::string_view text) { return SerialSet::Parse(text).value(); }
BlankSerial Serial(absl::string_view text) { return BlankSerial::Of(text); }

TEST(SerialSetTest, KeepsRunsTogether) {
  SerialSet set{Serial("A0001"), Serial("A0003"), Serial("04A1B2C3D4E5F6")};
  EXPECT_EQ(set.ToString(), "04A1B2C3D4E5F6,A0001,A0003");
  EXPECT_TRUE(set.Insert(Serial("A0002")));
  EXPECT_FALSE(set.Insert(Serial("A0002")));
  EXPECT_EQ(set.ToString(), "04A1B2C3D4E5F6,A0001..A0003");
  EXPECT_EQ(set.size(), 4u);
  EXPECT_EQ(set.ranges().size(), 2u);
  EXPECT_EQ(set.ranges()[1], (SerialSet::Range{Serial("A0001"), Serial("A0003"), 3}));
}

TEST(SerialSetTest, ChipUidsNeverFormARun) {
  EXPECT_EQ(Set("04A1B2C3D4E5F6,04A1B2C3D4E5F7").ranges().size(), 2u);
}

TEST(SerialSetTest, OtherWidthIsAnotherRun) {
  EXPECT_EQ(Set("A9,A10").ToString(), "A9,A10");
  EXPECT_EQ(Set("A99..A99,A100").ToString(), "A99,A100");
}

TEST(SerialSetTest, RemoveSplitsARun) {
  SerialSet set = Set("A0001..A0005");
  EXPECT_TRUE(set.Remove(Serial("A0003")));
  EXPECT_FALSE(set.Remove(Serial("A0003")));
  EXPECT_FALSE(set.Contains(Serial("A0003")));
  EXPECT_TRUE(set.Contains(Serial("A0004")));
  EXPECT_FALSE(set.Contains(Serial("A0006")));
  EXPECT_EQ(set.ToString(), "A0001..A0002,A0004..A0005");
}

TEST(SerialSetTest, TakeRemovesTheFirstInOrder) {
  SerialSet set = Set("04A1B2C3D4E5F6,A0001..A0005");
  EXPECT_EQ(set.Take(3).ToString(), "04A1B2C3D4E5F6,A0001..A0002");
  EXPECT_EQ(set.ToString(), "A0003..A0005");
  EXPECT_EQ(set.Take(0), SerialSet());
  EXPECT_EQ(set.Take(10).size(), 3u);
  EXPECT_TRUE(set.empty());
}

TEST(SerialSetTest, SetOperations) {
  const SerialSet a = Set("A01..A10,B1");
  const SerialSet b = Set("A04..A05,A09..A12,C1");
  EXPECT_EQ(a.Union(b).ToString(), "A01..A12,B1,C1");
  EXPECT_EQ(a.Difference(b).ToString(), "A01..A03,A06..A08,B1");
  EXPECT_EQ(a.Intersect(b).ToString(), "A04..A05,A09..A10");
  EXPECT_TRUE(a.Union(b).ContainsAll(b));
  EXPECT_FALSE(a.ContainsAll(b));
}

TEST(SerialSetTest, ForEachVisitsInOrder) {
  std::string visited;
  Set("A09..A11,04A1B2C3").ForEach([&](const BlankSerial& s) { visited += s.text() + " "; });
  EXPECT_EQ(visited, "04A1B2C3 A09 A10 A11 ");
}

TEST(SerialSetTest, ParseReadsTheCanonicalFormOfItself) {
  for (const char* text : {"", "A1", "A0001000..A0001999", "04A1B2C3D4E5F6,KPA-01..KPA-99,Z"}) {
    EXPECT_EQ(Set(text).ToString(), text);
  }
  EXPECT_EQ(Set(" b1 , a1..a2 ,A3").ToString(), "A1..A3,B1");
}

TEST(SerialSetTest, ParseNamesThePositionOfWhatIsWrong) {
  struct Row {
    const char* text;
    const char* want;
  };
  const Row rows[] = {
      {"A1,,A2", "item 2: blank serial: got nothing"},
      {"A1,A1", "item 2: got a serial that is listed before"},
      {"A1..A5,A5..A7", "item 2: got a serial that is listed before"},
      {"A1..A05", "different form"},
      {"A5..A1", "last serial before the first"},
      {"A..B", "without a number"},
      {"04A1B2C3D4E5F6..04A1B2C3D4E5F9", "without a number"},
      {"A1..A2..A3", "item 1: blank serial: position"},
      {"A000000000..A999999999", "at most 1000000"},
      {"A1,5106010102030004", "item 2: blank serial: got 16 decimal digits"},
  };
  for (const Row& row : rows) {
    const auto set = SerialSet::Parse(row.text);
    ASSERT_FALSE(set.ok()) << row.text;
    EXPECT_EQ(set.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(set.status().message()), HasSubstr(row.want)) << row.text;
  }
}

TEST(SerialSetTest, ParseKeepsToItsLimits) {
  EXPECT_TRUE(SerialSet::Parse("A1..A9", {.blanks = 9, .items = 1}).ok());
  EXPECT_THAT(std::string(SerialSet::Parse("A1..A9", {.blanks = 8, .items = 1}).status().message()),
              HasSubstr("more than 8 blanks"));
  EXPECT_THAT(std::string(SerialSet::Parse("A1,A3", {.blanks = 8, .items = 1}).status().message()),
              HasSubstr("more than 1 items"));
}

}  // namespace
}  // namespace keping::domain
