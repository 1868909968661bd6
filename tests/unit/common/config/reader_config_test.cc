#include "common/config/reader_config.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

namespace keping::config {
namespace {

using scan::LetterCase;
using scan::Notation;
using scan::ReaderProfile;

std::string Complaints(const std::string& readers) {
  v1::EdgeConfig config;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(readers, &config)) << readers;
  Problems problems("f");
  ValidateReaders(config, &problems);
  return std::string(problems.ToStatus().message());
}

TEST(ReaderConfigTest, BlockGivesTheProfileBack) {
  const ReaderProfile profiles[] = {
      {},
      {.notation = Notation::kText, .letters = LetterCase::kLower, .enter = true},
      {.reversed = true, .separator = ':', .prefix = "\"%\\", .suffix = "?\t"},
      {.notation = Notation::kDecimal, .enter = true, .digits = 17},
  };
  for (const ReaderProfile& profile : profiles) {
    const std::string block = ReaderBlock("loket-1", profile);
    v1::EdgeConfig config;
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(block, &config)) << block;
    ASSERT_EQ(config.readers_size(), 1);
    EXPECT_EQ(config.readers(0).counter(), "loket-1");
    EXPECT_EQ(ProfileOf(config.readers(0)), profile) << block;
    EXPECT_EQ(Complaints(block), "");
  }
}

TEST(ReaderConfigTest, ReaderWithoutFieldsIsUnderstoodInHex) {
  v1::ReaderConfig reader;
  reader.set_counter("loket-1");
  EXPECT_EQ(ProfileOf(reader), ReaderProfile{});
}

TEST(ReaderConfigTest, EachProblemHasItsSentence) {
  struct Case {
    const char* readers;
    const char* want;
  };
  const Case cases[] = {
      {"readers { counter: \"Loket 1\" }",
       "f: readers[0].counter: got \"Loket 1\", want 1 to 63 lower-case letters, digits and "
       "hyphens, "
       "beginning and ending with no hyphen"},
      {"readers { counter: \"a\" } readers { counter: \"a\" }",
       "f: readers[1].counter: got \"a\" a second time, want one reader for each counter"},
      {"readers { counter: \"a\" separator: \"/\" }",
       "f: readers[0].separator: got \"/\", want \":\", \"-\", \" \" or nothing"},
      {"readers { counter: \"a\" prefix: \"123456789\" }",
       "f: readers[0].prefix: got 9 characters, want at most 8"},
      {"readers { counter: \"a\" digits: 10 }",
       "f: readers[0].digits: got 10, want a number from 0 to 0"},
      {"readers { counter: \"a\" notation: READER_NOTATION_DECIMAL digits: 26 }",
       "f: readers[0].digits: got 26, want a number from 0 to 25"},
      {"readers { counter: \"a\" pcsc: \"ACS\" enter: true }",
       "f: readers[0].pcsc: got a PC/SC reader with fields for one that types, want counter and "
       "pcsc "
       "only"},
  };
  for (const Case& test : cases) EXPECT_EQ(Complaints(test.readers), test.want);
  EXPECT_EQ(Complaints("readers { counter: \"a\" pcsc: \"ACS ACR122U\" }"), "");
}

}  // namespace
}  // namespace keping::config
