#include "common/exchange/csv_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace keping::exchange {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// "LINE:a|b" for a row in order, "LINE!" for one that is not.
std::vector<std::string> Rows(absl::string_view text, size_t columns) {
  CsvRows rows(text);
  std::vector<std::string> read;
  while (const auto row = rows.Next(columns)) {
    read.push_back(row->problem.empty()
                       ? absl::StrCat(row->line, ":", absl::StrJoin(row->fields, "|"))
                       : absl::StrCat(row->line, "!"));
  }
  return read;
}

TEST(CsvRowsTest, ReadsWhatSpreadsheetsWrite) {
  EXPECT_THAT(Rows("a,b\nc,d\n", 2), ElementsAre("1:a|b", "2:c|d"));
  EXPECT_THAT(Rows("a;b\r\nc;d", 2), ElementsAre("1:a|b", "2:c|d"));
  EXPECT_THAT(Rows("a\tb\rc\t\r", 2), ElementsAre("1:a|b", "2:c|"));
  EXPECT_THAT(Rows("sep=;\r\na;b,c\r\n", 2), ElementsAre("2:a|b,c"));
  EXPECT_THAT(Rows("a,b\n\"c, \"\"d\"\"\",e\n", 2), ElementsAre("1:a|b", "2:c, \"d\"|e"));
  EXPECT_THAT(Rows("a,b\n\"c\r\nd\",e\nf,g\n", 2), ElementsAre("1:a|b", "2:c\r\nd|e", "4:f|g"));
}

TEST(CsvRowsTest, EmptyLinesAreNoRowsAndCountAsLines) {
  EXPECT_THAT(Rows("a,b\n\n  \r\n,\nc,d\n\n", 2), ElementsAre("1:a|b", "5:c|d"));
  EXPECT_THAT(Rows("", 2), ElementsAre());
  EXPECT_THAT(Rows("\n\n", 2), ElementsAre());
}

TEST(CsvRowsTest, AQuoteThatIsNotClosedTakesNoOtherRowAlong) {
  EXPECT_THAT(Rows("a,b\n\"c,d\ne,f\ng,h\n", 2), ElementsAre("1:a|b", "2!", "3:e|f", "4:g|h"));
  EXPECT_THAT(Rows("a,b\n\"c,d\ne,\"f\"\ng,h\n", 2), ElementsAre("1:a|b", "2!", "3:e|f", "4:g|h"));
  // It meets another row's quote, and together they look like one value.
  EXPECT_THAT(Rows("a,b\n\"c,d\ne,f\"\ng,h\n", 2), ElementsAre("1:a|b", "2!", "3!", "4:g|h"));
}

TEST(CsvRowsTest, AQuoteWithinAValueIsNotInOrder) {
  EXPECT_THAT(Rows("a,b\nc\"d,e\nf,g\n", 2), ElementsAre("1:a|b", "2!", "3:f|g"));
  EXPECT_THAT(Rows("a,b\n\"c\"d,e\nf,g\n", 2), ElementsAre("1:a|b", "2!", "3:f|g"));
}

TEST(CsvRowsTest, ARowHasAsManyColumnsAsTheHeader) {
  EXPECT_THAT(Rows("a,b\nc\nd,e,f\ng,h\n", 2), ElementsAre("1:a|b", "2!", "3!", "4:g|h"));
  CsvRows rows("c,d,e");
  EXPECT_THAT(rows.Next(2)->problem, HasSubstr("got 3 columns, want 2"));
}

TEST(CsvRowsTest, AnEndlessQuoteIsGivenUp) {
  const std::string endless =
      absl::StrCat("a,b\n\"c,", std::string(CsvRows::kMaxRowBytes, 'x'), "\nd,e\n");
  EXPECT_THAT(Rows(endless, 2), ElementsAre("1:a|b", "2!", "3:d|e"));
}

}  // namespace
}  // namespace keping::exchange
