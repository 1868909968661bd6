#include "common/base/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace keping::base {
namespace {

TEST(Utf8Test, TheGoodPrefixEndsBeforeTheFirstBadByte) {
  const struct {
    const char* name;
    std::string text;
    size_t good;
  } kRows[] = {
      {"nothing", "", 0},
      {"plain", "Kintamani", 9},
      {"two, three and four bytes", "B\xc3\xa0ngli \xe2\x80\xa6 \xf0\x9f\x96\xa8", 16},
      {"Latin-1", "B\xe0ngli", 1},
      {"cut off", "ab\xe2\x80", 2},
      {"lone continuation", "a\x80", 1},
      {"overlong slash", "a\xc0\xaf", 1},
      {"overlong in three bytes", "a\xe0\x80\xaf", 1},
      {"overlong in four bytes", "a\xf0\x80\x80\xaf", 1},
      {"surrogate", "a\xed\xa0\x80", 1},
      {"beyond the last character", "a\xf4\x90\x80\x80", 1},
      {"no first byte", "a\xff", 1},
  };
  for (const auto& row : kRows) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(Utf8Prefix(row.text, row.text.size()).size(), row.good);
    EXPECT_EQ(IsUtf8(row.text), row.good == row.text.size());
  }
}

TEST(Utf8Test, ALimitNeverCutsACharacter) {
  EXPECT_EQ(Utf8Prefix("ab\xe2\x80\xa6", 4), "ab");
  EXPECT_EQ(Utf8Prefix("ab\xe2\x80\xa6", 5), "ab\xe2\x80\xa6");
  EXPECT_EQ(Utf8Prefix("abc", 2), "ab");
}

}  // namespace
}  // namespace keping::base
