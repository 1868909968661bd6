#include "common/exchange/json_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace keping::exchange {
namespace {

using ::testing::ElementsAre;

// "LINE:text" for a row, "LINE!" for what is none.
std::vector<std::string> Rows(absl::string_view text) {
  JsonRows rows(text);
  std::vector<std::string> read;
  while (const auto row = rows.Next()) {
    read.push_back(row->problem.empty() ? absl::StrCat(row->line, ":", row->text)
                                        : absl::StrCat(row->line, "!"));
  }
  return read;
}

TEST(JsonRowsTest, ReadsAnArrayAndOneObjectALine) {
  EXPECT_THAT(Rows("[{\"a\":1},{\"a\":2}]"), ElementsAre("1:{\"a\":1}", "1:{\"a\":2}"));
  EXPECT_THAT(Rows("{\"a\":1}\n\n{\"a\":2}\n"), ElementsAre("1:{\"a\":1}", "3:{\"a\":2}"));
  EXPECT_THAT(Rows("[\n  {\n    \"a\": 1\n  },\n  {}\n]\n"),
              ElementsAre("2:{\n    \"a\": 1\n  }", "5:{}"));
  EXPECT_THAT(Rows(""), ElementsAre());
  EXPECT_THAT(Rows("[]"), ElementsAre());
}

TEST(JsonRowsTest, BracesAndQuotesWithinTextsAreText) {
  EXPECT_THAT(Rows("{\"a\":\"}{\\\"\\\\\"}\n{}"), ElementsAre("1:{\"a\":\"}{\\\"\\\\\"}", "2:{}"));
}

TEST(JsonRowsTest, ABadRowTakesNoOtherAlong) {
  EXPECT_THAT(Rows("{\"a\":\"x}\n{\"a\":2}\n"), ElementsAre("1!", "2:{\"a\":2}"));
  EXPECT_THAT(Rows("{\"a\":1\n{\"a\":2}\n"), ElementsAre("1!", "2:{\"a\":2}"));
  EXPECT_THAT(Rows("{\"a\":1},\nhello\n{\"a\":2}"),
              ElementsAre("1:{\"a\":1}", "2!", "3:{\"a\":2}"));
  EXPECT_THAT(Rows("[{\"a\":1},\n{\"a\":"), ElementsAre("1:{\"a\":1}", "2!"));
  EXPECT_THAT(Rows("no JSON at all"), ElementsAre("1!"));
}

}  // namespace
}  // namespace keping::exchange
