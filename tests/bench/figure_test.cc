#include "tests/bench/figure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/bench/measure.h"

namespace keping::bench {
namespace {

using ::testing::HasSubstr;

Figure Sample(Bar bar) {
  return {.name = "a \"b\"",
          .value = 130,
          .unit = "us",
          .ceiling = 100,
          .ceiling_name = "c\\d",
          .conditions = "two\nlines",
          .bar = bar};
}

TEST(FigureTest, BarsAreKeptUpToTheirLimit) {
  EXPECT_TRUE(Met(Sample({})));
  EXPECT_TRUE(Met(Sample(AtMost(130))));
  EXPECT_FALSE(Met(Sample(AtMost(129))));
  EXPECT_TRUE(Met(Sample(AtLeast(130))));
  EXPECT_FALSE(Met(Sample(AtLeast(131))));
  EXPECT_TRUE(Met(Sample(AtMostRatio(1.3))));
  EXPECT_FALSE(Met(Sample(AtMostRatio(1.2))));
  EXPECT_FALSE(Met(Sample(AtLeastRatio(1.4))));
}

TEST(FigureTest, TableSaysWhetherTheBarIsKept) {
  EXPECT_THAT(FormatTable({Sample(AtMostRatio(1.3))}), HasSubstr("bar <= 1.3 x: kept"));
  EXPECT_THAT(FormatTable({Sample(AtMost(100))}), HasSubstr("bar <= 100 us: MISSED"));
}

TEST(FigureTest, JsonIsAListWithItsTextsQuoted) {
  EXPECT_EQ(FormatJson({}), "[]\n");
  EXPECT_EQ(FormatJson({Sample({})}),
            "[{\"name\": \"a \\\"b\\\"\", \"value\": 130, \"unit\": \"us\", \"ceiling\": 100, "
            "\"ceiling_name\": \"c\\\\d\", \"ratio\": 1.3, \"conditions\": \"two lines\"}]\n");
}

TEST(SamplesTest, QuantileIsTheNearestRank) {
  Samples samples;
  for (int i = 100; i > 0; --i) samples.Add(i);
  EXPECT_EQ(samples.Quantile(0.5), 50);
  EXPECT_EQ(samples.Quantile(0.99), 99);
  EXPECT_EQ(samples.Quantile(1), 100);
  Samples one;
  one.Add(7);
  EXPECT_EQ(one.Quantile(0.01), 7);
}

}  // namespace
}  // namespace keping::bench
