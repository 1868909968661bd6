#include "common/scan/reader_profile.h"

#include <gtest/gtest.h>

#include <string>

#include "common/base/prng.h"
#include "common/scan/scan.h"

namespace keping::scan {
namespace {

using domain::BlankSerial;

constexpr char kCard[] = "04A1B2C3D4E5F6";

struct Taught {
  const char* name;
  const char* known;
  const char* typed;
  ReaderProfile profile;
};

TEST(ReaderProfileTest, OneCardTeachesTheReader) {
  const Taught cases[] = {
      {"hex", kCard, "04A1B2C3D4E5F6", {}},
      {"hex, Enter", kCard, "04A1B2C3D4E5F6\n", {.enter = true}},
      {"hex, Enter of Windows", kCard, "04A1B2C3D4E5F6\r\n", {.enter = true}},
      {"lower case", kCard, "04a1b2c3d4e5f6", {.letters = LetterCase::kLower}},
      {"reversed", kCard, "F6E5D4C3B2A104", {.reversed = true}},
      {"colons", kCard, "04:A1:B2:C3:D4:E5:F6", {.separator = ':'}},
      {"reversed with dashes and affixes",
       kCard,
       "%f6-e5-d4-c3-b2-a1-04?\n",
       {.reversed = true,
        .letters = LetterCase::kLower,
        .separator = '-',
        .enter = true,
        .prefix = "%",
        .suffix = "?"}},
      {"prefix", kCard, "UID=04A1B2C3D4E5F6", {.prefix = "UID="}},
      {"decimal of 4 bytes", "A1B2C3D4", "2712847316", {.notation = Notation::kDecimal}},
      {"decimal reversed",
       "A1B2C3D4",
       "3569595041",
       {.notation = Notation::kDecimal, .reversed = true}},
      {"decimal filled up",
       "0A1B2C3D",
       "0169552957",
       {.notation = Notation::kDecimal, .digits = 10}},
      {"decimal of 7 bytes filled up",
       kCard,
       "01303689068602870",
       {.notation = Notation::kDecimal, .digits = 17}},
      {"decimal of 7 bytes between affixes",
       kCard,
       "<1303689068602870>",
       {.notation = Notation::kDecimal, .prefix = "<", .suffix = ">"}},
      {"printed", "KPA-0001000", "KPA-0001000\n", {.notation = Notation::kText, .enter = true}},
      {"printed in lower case",
       "KPA-0001000",
       "kpa-0001000",
       {.notation = Notation::kText, .letters = LetterCase::kLower}},
      {"digits only", "10012345", "10012345", {.notation = Notation::kText}},
      {"digits only, a chip reversed", "04112233", "33221104", {.reversed = true}},
  };
  for (const Taught& test : cases) {
    SCOPED_TRACE(test.name);
    ReaderProfile profile;
    ASSERT_EQ(Teach(BlankSerial::Of(test.known), test.typed, &profile), TeachOutcome::kTaught);
    EXPECT_EQ(profile, test.profile);
    const Scan scan = ReadScan(profile, test.typed);
    EXPECT_EQ(scan.problem, ScanProblem::kNone);
    EXPECT_EQ(scan.serial.text(), test.known);
  }
}

TEST(ReaderProfileTest, WhatTeachesNothingIsRefused) {
  struct Case {
    const char* known;
    const char* typed;
    TeachOutcome outcome;
  };
  const Case cases[] = {
      {kCard, "", TeachOutcome::kNothingTyped},
      {kCard, "\n", TeachOutcome::kNothingTyped},
      {kCard, "04A1B2C3D4E5F7", TeachOutcome::kNotThisCard},
      {kCard, "04A1B2C3D4E5", TeachOutcome::kNotThisCard},
      {kCard, "04A1B2C3D4E5F688", TeachOutcome::kNotThisCard},  // with a check sum
      {kCard, "reader no. 7: 04A1B2C3D4E5F6", TeachOutcome::kNotThisCard},
      {kCard, "04A1B2C3D4E5F604A1B2C3D4E5F6", TeachOutcome::kTypedTwice},
      {kCard, "04A1B2C3D4E5F6\n04A1B2C3D4E5F6\n", TeachOutcome::kTypedTwice},
      {"A1B2B2A1", "A1B2B2A1", TeachOutcome::kAmbiguousCard},  // the same from both ends
      {"A1B2B2A1", "2712842913", TeachOutcome::kAmbiguousCard},
      {kCard, "1303689068602870", TeachOutcome::kLooksLikeNik},
  };
  for (const Case& test : cases) {
    SCOPED_TRACE(test.typed);
    ReaderProfile profile{.notation = Notation::kText};
    EXPECT_EQ(Teach(BlankSerial::Of(test.known), test.typed, &profile), test.outcome);
    EXPECT_EQ(profile, ReaderProfile{.notation = Notation::kText});
    EXPECT_STREQ(WordsOf(test.outcome).code, "K-238");
  }
}

// What a taught reader types for any other card is that card, and no NIK.
TEST(ReaderProfileTest, TaughtReaderReadsEveryOtherCard) {
  base::Prng prng(1);
  const ReaderProfile readers[] = {
      {},
      {.enter = true},
      {.reversed = true, .letters = LetterCase::kLower, .enter = true},
      {.separator = ':'},
      {.separator = ' ', .prefix = ";", .suffix = "?"},
      {.notation = Notation::kDecimal, .digits = 17},
      {.notation = Notation::kDecimal, .reversed = true, .digits = 20},
      {.notation = Notation::kDecimal, .prefix = "<", .suffix = ">"},
  };
  for (const ReaderProfile& reader : readers) {
    for (int card = 0; card < 500; ++card) {
      std::string uid = "04";
      while (uid.size() < 14) uid += "0123456789ABCDEF"[prng.Below(16)];
      const BlankSerial serial = BlankSerial::Of(uid);
      const Scan scan = ReadScan(reader, Typed(reader, serial));
      ASSERT_EQ(scan.problem, ScanProblem::kNone) << Typed(reader, serial);
      ASSERT_EQ(scan.serial, serial);
    }
  }
}

}  // namespace
}  // namespace keping::scan
