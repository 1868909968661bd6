#include "common/scan/scan.h"

#include <gtest/gtest.h>

#include <string>

namespace keping::scan {
namespace {

constexpr char kNik[] = "5106045705830001";

const ReaderProfile kHexReader = {.enter = true};
const ReaderProfile kDecimalReader = {.notation = Notation::kDecimal, .enter = true, .digits = 10};
const ReaderProfile kTextReader = {.notation = Notation::kText, .enter = true};

TEST(ScanTest, WrongInputIsRecognised) {
  struct Case {
    const char* name;
    ReaderProfile reader;
    std::string typed;
    ScanProblem problem;
  };
  const Case cases[] = {
      {"a card", kHexReader, "04A1B2C3D4E5F6\n", ScanProblem::kNone},
      {"a locked Caps key", kHexReader, "04a1b2c3d4e5f6\n", ScanProblem::kNone},
      {"a person's way to write", kHexReader, "04:a1:b2:c3:d4:e5:f6", ScanProblem::kNone},
      {"blanks around", kHexReader, "  04A1B2C3D4E5F6 ", ScanProblem::kNone},
      {"nothing", kHexReader, "", ScanProblem::kNothing},
      {"Enter", kHexReader, "\r\n", ScanProblem::kNothing},
      {"a NIK", kHexReader, kNik, ScanProblem::kNik},
      {"a NIK in groups", kHexReader, "510604 570583 0001\n", ScanProblem::kNik},
      {"a NIK, decimal reader", kDecimalReader, kNik, ScanProblem::kNik},
      {"a NIK, text reader", kTextReader, kNik, ScanProblem::kNik},
      {"16 digits of no person", kTextReader, "5106049913830001", ScanProblem::kNoSerial},
      {"twice with Enter", kHexReader, "04A1B2C3D4E5F6\n04A1B2C3D4E5F6\n",
       ScanProblem::kDoubleRead},
      {"twice in a row", kHexReader, "04A1B2C3D4E5F604A1B2C3D4E5F6", ScanProblem::kDoubleRead},
      {"4 bytes twice", kHexReader, "A1B2C3D4A1B2C3D4", ScanProblem::kDoubleRead},
      {"thrice", kHexReader, "A1B2C3D4A1B2C3D4A1B2C3D4", ScanProblem::kDoubleRead},
      {"decimal twice", kDecimalReader, "27128473162712847316", ScanProblem::kDoubleRead},
      {"printed twice", kTextReader, "KPA0001KPA0001", ScanProblem::kDoubleRead},
      {"printed number that repeats itself", kTextReader, "10011001", ScanProblem::kNone},
      {"two cards", kHexReader, "04A1B2C3D4E5F604A1B2C3D4E5F7", ScanProblem::kSeveral},
      {"a pasted list", kHexReader, "04A1B2C3D4E5F6, 04A1B2C3D4E5F7,04A1B2C3D4E5F8",
       ScanProblem::kSeveral},
      {"a pasted column", kTextReader, "KPA0001\nKPA0002\nKPA0003\n", ScanProblem::kSeveral},
      {"a pasted line", kTextReader, "KPA0001 KPA0002", ScanProblem::kSeveral},
      {"a web address", kHexReader, "https://keping.example/m/17", ScanProblem::kOtherCode},
      {"a QR code of ours", kTextReader, "{\"manifest\": 17}", ScanProblem::kOtherCode},
      {"a long text", kTextReader, std::string(300, 'A'), ScanProblem::kOtherCode},
      {"a megabyte", kHexReader, std::string(1 << 20, '4'), ScanProblem::kOtherCode},
      {"decimal at a hex reader", kHexReader, "2712847316", ScanProblem::kOtherReader},
      {"hex at a decimal reader", kDecimalReader, "A1B2C3D4", ScanProblem::kOtherReader},
      {"half a card", kHexReader, "04A1B2", ScanProblem::kTooShort},
      {"a digit short", kDecimalReader, "271284", ScanProblem::kTooShort},
      {"a digit too many", kHexReader, "04A1B2C3D4E5F604A1B2C3", ScanProblem::kTooLong},
      {"a word", kHexReader, "KINTAMANI", ScanProblem::kNoSerial},
      {"an odd end", kTextReader, "-KPA1", ScanProblem::kNoSerial},
  };
  for (const Case& test : cases) {
    SCOPED_TRACE(test.name);
    const Scan scan = ReadScan(test.reader, test.typed);
    EXPECT_EQ(scan.problem, test.problem) << WordsOf(scan.problem).english;
    EXPECT_EQ(scan.serial.empty(), test.problem != ScanProblem::kNone);
  }
}

TEST(ScanTest, EachProblemHasItsWords) {
  for (int i = 1; i < kScanProblemCount; ++i) {
    const Words words = WordsOf(static_cast<ScanProblem>(i));
    EXPECT_EQ(std::string(words.code).substr(0, 4), "K-23") << i;
    EXPECT_STRNE(words.indonesian, words.english);
  }
}

TEST(ScanTest, NikIsKnownByItsStructure) {
  EXPECT_TRUE(LooksLikeNik(kNik));
  EXPECT_TRUE(LooksLikeNik("3171012902000001"));   // a leap day
  EXPECT_FALSE(LooksLikeNik("0106041705830001"));  // no such province
  EXPECT_FALSE(LooksLikeNik("5106043202830001"));  // no such day
  EXPECT_FALSE(LooksLikeNik("5106041713830001"));  // no such month
  EXPECT_FALSE(LooksLikeNik("5106041705830000"));  // numbering starts at 0001
  EXPECT_FALSE(LooksLikeNik("510604170583001"));
  EXPECT_FALSE(LooksLikeNik("04A1B2C3D4E5F6A1"));
}

TEST(ScanTest, InputEndsWithEnterOrTheSuffix) {
  EXPECT_TRUE(IsComplete(kHexReader, "04A1B2C3D4E5F6\n"));
  EXPECT_FALSE(IsComplete(kHexReader, "04A1B2C3D4E5F6"));
  const ReaderProfile marked{.suffix = "?"};
  EXPECT_TRUE(IsComplete(marked, "04A1B2C3D4E5F6?"));
  EXPECT_FALSE(IsComplete(marked, "04A1B2C3"));
  // 4 bytes may be the beginning of 7: a page asks the person.
  EXPECT_FALSE(IsComplete(ReaderProfile{}, "A1B2C3D4"));
}

}  // namespace
}  // namespace keping::scan
