#include "common/crypto/one_time_code.h"

#include <gtest/gtest.h>

#include <string>

namespace keping::crypto {
namespace {

TEST(OneTimeCodeTest, ShowsTenCharactersInTwoGroups) {
  EXPECT_EQ(MakeOneTimeCode(std::string(7, '\0')), "00000-00000");
  EXPECT_EQ(MakeOneTimeCode(std::string(7, '\xff')), "ZZZZZ-ZZZZZ");
  EXPECT_EQ(MakeOneTimeCode(std::string("\0\0\0\0\0\0\x21", 7)), "11000-00000");
}

TEST(OneTimeCodeTest, ReadsWhatPeopleType) {
  for (const char* typed : {"7KQ2M-X9TB0", "7kq2mx9tbo", " 7KQ2M X9TB0\n", "7-k-q-2-m-x-9-t-b-0"}) {
    auto code = NormalizeOneTimeCode(typed);
    ASSERT_TRUE(code.ok()) << typed;
    EXPECT_EQ(*code, "7KQ2MX9TB0");
  }
  EXPECT_EQ(*NormalizeOneTimeCode("ILilo-00000"), "1111000000");
}

TEST(OneTimeCodeTest, RefusesOtherTextWithoutRepeatingIt) {
  for (const char* typed : {"", "7KQ2M", "7KQ2M-X9TB44", "7KQ2M-X9TBU", "7KQ2M-X9TB\xc3\xa9"}) {
    auto code = NormalizeOneTimeCode(typed);
    EXPECT_EQ(code.status().code(), absl::StatusCode::kInvalidArgument) << typed;
    EXPECT_EQ(code.status().message().find("7KQ2MX"), absl::string_view::npos);
  }
}

TEST(OneTimeCodeTest, HashNeedsTheKey) {
  EXPECT_EQ(HashOneTimeCode("k", "7KQ2MX9TB0"), HashOneTimeCode("k", "7KQ2MX9TB0"));
  EXPECT_NE(HashOneTimeCode("k", "7KQ2MX9TB0"), HashOneTimeCode("j", "7KQ2MX9TB0"));
  EXPECT_NE(HashOneTimeCode("k", "7KQ2MX9TB0"), HashOneTimeCode("k", "7KQ2MX9TB1"));
}

}  // namespace
}  // namespace keping::crypto
