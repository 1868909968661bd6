#include "common/wire/zstd.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/base/prng.h"

namespace keping::wire {
namespace {

using ::testing::HasSubstr;

constexpr size_t kLimit = 100'000;

TEST(ZstdTest, ComesBackSmallerOrAtMostOneByteLonger) {
  base::Prng prng(1);
  const std::string repeats(50'000, 'r');
  for (const std::string& bytes : {std::string(), std::string("x"), repeats, prng.Bytes(5000)}) {
    const std::string packed = Pack(bytes, "");
    EXPECT_LE(packed.size(), bytes.size() + 1);
    EXPECT_EQ(Unpack(packed, "", kLimit).value(), bytes);
  }
  EXPECT_LT(Pack(repeats, "").size(), 100u);
}

TEST(ZstdTest, HistorySavesWhatItHolds) {
  base::Prng prng(2);
  const std::string known = prng.Bytes(300);
  const std::string packed = Pack(known + "new", known);
  EXPECT_LT(packed.size(), 30u);
  EXPECT_EQ(Unpack(packed, known, kLimit).value(), known + "new");
}

TEST(ZstdTest, MoreThanTheLimitIsRefused) {
  const std::string bytes(kLimit + 1, 'z');
  EXPECT_THAT(std::string(Unpack(Pack(bytes, ""), "", kLimit).status().message()),
              HasSubstr("a size of 100001, more than 100000"));
  EXPECT_FALSE(Unpack(std::string(1, '\0') + bytes, "", kLimit).ok());
}

TEST(ZstdTest, DamagedBytesAreRefused) {
  const std::string packed = Pack(std::string(50'000, 'r') + "end", "");
  EXPECT_FALSE(Unpack("", "", kLimit).ok());
  EXPECT_FALSE(Unpack("\x07rest", "", kLimit).ok());
  EXPECT_FALSE(Unpack(packed.substr(0, packed.size() - 1), "", kLimit).ok());
  EXPECT_FALSE(Unpack("\x01rubbish", "", kLimit).ok());
}

}  // namespace
}  // namespace keping::wire
