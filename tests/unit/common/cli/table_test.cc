#include "common/cli/table.h"

#include <gtest/gtest.h>

namespace keping::cli {
namespace {

TEST(TableTest, AlignsColumnsUnderTheHeading) {
  Table table({{"Node"}, {"Proven", Align::kRight}, {"Problem"}});
  table.AddRow({"susut", "249", "-"});
  table.AddRow({"tembuku", "1,600", "fork"});
  EXPECT_EQ(table.ToString(),
            "Node     Proven  Problem\n"
            "-------  ------  -------\n"
            "susut       249  -\n"
            "tembuku   1,600  fork\n");
}

TEST(TableTest, CountsCharactersNotBytes) {
  Table table({{"A"}, {"B"}});
  table.AddRow({"…", "x"});
  table.AddRow({"abc", "y"});
  EXPECT_EQ(table.ToString(), "A    B\n---  -\n…    x\nabc  y\n");
}

TEST(TableTest, ControlCharactersDoNotBreakTheRow) {
  Table table({{"A"}});
  table.AddRow({"one\ntwo\x1b[2J"});
  EXPECT_EQ(table.ToString(), "A\n-----------\none two [2J\n");
}

TEST(TableTest, EmptyTableIsItsHeading) {
  const Table table({{"A"}, {"B"}});
  EXPECT_TRUE(table.empty());
  EXPECT_EQ(table.ToString(), "A  B\n-  -\n");
}

TEST(WithThousandsTest, GroupsDigits) {
  const std::pair<int64_t, const char*> rows[] = {
      {0, "0"},          {999, "999"},   {1000, "1,000"},       {13387, "13,387"},
      {-8000, "-8,000"}, {-100, "-100"}, {1234567, "1,234,567"}};
  for (const auto& [number, text] : rows) EXPECT_EQ(WithThousands(number), text);
}

}  // namespace
}  // namespace keping::cli
