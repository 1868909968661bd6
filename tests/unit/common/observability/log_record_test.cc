#include "common/observability/log_record.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace keping::observability {
namespace {

TEST(LogRecordTest, WritesEventAndFieldsInOrder) {
  EXPECT_EQ(FormatRecord("job_sent", {{"printer", "p1"}, {"jobs", 3}, {"again", true}}),
            "event=job_sent printer=p1 jobs=3 again=true");
}

TEST(LogRecordTest, NumbersKeepTheirSignAndRange) {
  EXPECT_EQ(FormatRecord("x", {{"a", int64_t{-5}}, {"b", uint8_t{200}}, {"c", size_t{7}}}),
            "event=x a=-5 b=200 c=7");
}

TEST(LogRecordTest, QuotesWhatWouldBreakTheLine) {
  struct Case {
    const char* value;
    const char* want;
  };
  for (const Case& c :
       {Case{"no ribbon", R"(event=x k="no ribbon")"}, Case{"", R"(event=x k="")"},
        Case{"a=b", R"(event=x k="a=b")"}, Case{"say \"no\"", R"(event=x k="say \"no\"")"},
        Case{"one\nlevel=error", R"(event=x k="one\nlevel=error")"}}) {
    EXPECT_EQ(FormatRecord("x", {{"k", c.value}}), c.want);
  }
}

TEST(LogRecordTest, SixteenDigitsAreMaskedWhereverTheyStand) {
  EXPECT_EQ(FormatRecord("x", {{"k", "5106014107900001"}}), "event=x k=**");
  EXPECT_EQ(FormatRecord("x", {{"k", int64_t{5106014107900001}}}), "event=x k=**");
  EXPECT_EQ(FormatRecord("x", {{"k", "id 5106014107900001, again"}}), "event=x k=\"id **, again\"");
  EXPECT_EQ(FormatRecord("5106014107900001", {}), "event=**");
  EXPECT_EQ(MaskLongNumbers("a5106014107900001b51060141079000017"), "a**b**");
}

TEST(LogRecordTest, ShorterNumbersStay) {
  EXPECT_EQ(FormatRecord("x", {{"k", "510601410790000"}, {"n", 123456789012345}}),
            "event=x k=510601410790000 n=123456789012345");
}

}  // namespace
}  // namespace keping::observability
