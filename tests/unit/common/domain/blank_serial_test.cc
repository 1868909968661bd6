#include "common/domain/blank_serial.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/hash/hash_testing.h"

namespace keping::domain {
namespace {

using ::testing::HasSubstr;

TEST(BlankSerialTest, NormalisesEveryWayToWriteIt) {
  struct Row {
    const char* text;
    const char* want;
  };
  const Row rows[] = {
      {"04A1B2C3D4E5F6", "04A1B2C3D4E5F6"},
      {"04:a1:b2:c3:d4:e5:f6", "04A1B2C3D4E5F6"},
      {"04 a1 b2 c3 d4 e5 f6", "04A1B2C3D4E5F6"},
      {"04-A1-B2-C3-D4-E5-F6", "04A1B2C3D4E5F6"},
      {" 0a1b2c3d\r\n", "0A1B2C3D"},
      {"00112233445566778899", "00112233445566778899"},
      {"kpa-0001000", "KPA-0001000"},
      {"A0001000", "A0001000"},
      {"7", "7"},
      {"1234-5678-9012-34567", "1234-5678-9012-34567"},
      {"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345", "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"},
  };
  for (const Row& row : rows) {
    const auto serial = BlankSerial::Parse(row.text);
    ASSERT_TRUE(serial.ok()) << row.text << ": " << serial.status();
    EXPECT_EQ(serial->text(), row.want);
    EXPECT_EQ(BlankSerial::Parse(serial->text()).value(), *serial) << "normal form stays";
  }
}

TEST(BlankSerialTest, KindIsARuleOverTheText) {
  struct Row {
    const char* text;
    bool uid;
    const char* stem;
    size_t width;
    uint64_t number;
  };
  const Row rows[] = {
      {"04A1B2C3D4E5F6", true, "04A1B2C3D4E5F6", 0, 0},
      {"04A1B2C3", true, "04A1B2C3", 0, 0},
      {"ABCDEFAB", true, "ABCDEFAB", 0, 0},
      {"A0001000", false, "A", 7, 1000},
      {"20170427", false, "", 8, 20170427},
      {"KPA-0001000", false, "KPA-", 7, 1000},
      {"KPA-0001000X", false, "KPA-0001000X", 0, 0},
      {"12345678901234567890", false, "12", 18, 345678901234567890},
  };
  for (const Row& row : rows) {
    const BlankSerial serial = BlankSerial::Of(row.text);
    EXPECT_EQ(serial.is_uid(), row.uid) << row.text;
    EXPECT_EQ(serial.stem(), row.stem) << row.text;
    EXPECT_EQ(serial.width(), row.width) << row.text;
    EXPECT_EQ(serial.number(), row.number) << row.text;
  }
}

TEST(BlankSerialTest, RefusesANikInWordsAndDoesNotQuoteIt) {
  for (const char* text : {"5106010102030004", " 5106 0101 0203 0004 ", "5106:0101:0203:0004"}) {
    const auto serial = BlankSerial::Parse(text);
    ASSERT_FALSE(serial.ok());
    EXPECT_THAT(std::string(serial.status().message()), HasSubstr("NIK"));
    EXPECT_THAT(std::string(serial.status().message()), Not(HasSubstr("0203")));
  }
}

TEST(BlankSerialTest, RefusesWhatIsNoSerial) {
  struct Row {
    std::string text;
    const char* want;
  };
  const Row rows[] = {
      {"", "got nothing"},
      {"  ", "got nothing"},
      {"KPA_01", "position 4"},
      {"-A1", "position 1"},
      {"A1-", "position 3"},
      {"A1,A2", "position 3"},
      {"KPA 0001", "position 4"},
      {std::string("A\0B", 3), "position 2"},
      {std::string(33, 'A'), "33 characters"},
      {std::string(1000, 'A'), "1000 characters"},
  };
  for (const Row& row : rows) {
    const auto serial = BlankSerial::Parse(row.text);
    ASSERT_FALSE(serial.ok()) << row.text;
    EXPECT_EQ(serial.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(serial.status().message()), HasSubstr(row.want));
  }
}

TEST(BlankSerialTest, ARunIsContiguousInTheOrder) {
  const std::vector<const char*> in_order = {"",          "04A1B2C3D4E5F6", "7",        "07",
                                             "A0001000",  "A0001001",       "A0001999", "A00010000",
                                             "A0001000X", "B0000001"};
  std::vector<BlankSerial> sorted;
  for (const char* text : in_order) {
    sorted.push_back(*text == '\0' ? BlankSerial() : BlankSerial::Of(text));
  }
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::string> got;
  for (const BlankSerial& serial : sorted) got.push_back(serial.text());
  EXPECT_THAT(got, ::testing::ElementsAre("", "7", "07", "04A1B2C3D4E5F6", "A0001000", "A0001001",
                                          "A0001999", "A00010000", "A0001000X", "B0000001"));
}

TEST(BlankSerialTest, WithNumberKeepsTheWidth) {
  EXPECT_EQ(BlankSerial::Of("KPA-0001000").WithNumber(42).text(), "KPA-0000042");
  EXPECT_EQ(BlankSerial::Of("KPA-0001000").WithNumber(9999999).text(), "KPA-9999999");
  EXPECT_DEATH(BlankSerial::Of("A1").WithNumber(10), "keeps its width");
}

TEST(BlankSerialTest, HashFollowsEquality) {
  EXPECT_TRUE(absl::VerifyTypeImplementsAbslHashCorrectly(
      {BlankSerial(), BlankSerial::Of("A1"), BlankSerial::Of("a1"), BlankSerial::Of("A01"),
       BlankSerial::Of("04:A1:B2:C3"), BlankSerial::Of("04A1B2C3")}));
}

}  // namespace
}  // namespace keping::domain
