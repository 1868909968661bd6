#include "common/storage/key_space.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <string>

#include "common/base/prng.h"

namespace keping::storage {
namespace {

TEST(KeySpaceTest, PrefixesDiffer) {
  const std::set<absl::string_view> prefixes = {kFormatVersionKey, kEntryPrefix, kSealedHeadPrefix,
                                                kQuarantinePrefix};
  EXPECT_EQ(prefixes.size(), 4u);
  for (absl::string_view prefix : prefixes) EXPECT_EQ(prefix.size(), 1u);
}

TEST(KeySpaceTest, BigEndianBytes) {
  std::string out = "x";
  AppendBigEndian64(&out, 0x0102030405060708);
  EXPECT_EQ(out, "x\x01\x02\x03\x04\x05\x06\x07\x08");
}

TEST(KeySpaceTest, BigEndianRoundTripKeepsOrder) {
  base::Prng prng(7);
  for (int i = 0; i < 1000; ++i) {
    const uint64_t a = prng.Next() >> prng.Below(64);
    const uint64_t b = prng.Next() >> prng.Below(64);
    EXPECT_EQ(*ReadBigEndian64(EntryKey(a), 1), a);
    EXPECT_EQ(a < b, EntryKey(a) < EntryKey(b));
  }
}

TEST(KeySpaceTest, ReadingPastTheEndIsDataLoss) {
  EXPECT_TRUE(absl::IsDataLoss(ReadBigEndian64("1234567").status()));
  EXPECT_TRUE(absl::IsDataLoss(ReadBigEndian64("12345678", 1).status()));
  EXPECT_TRUE(absl::IsDataLoss(ReadBigEndian64("12345678", 100).status()));
  EXPECT_TRUE(ReadBigEndian64("12345678").ok());
}

TEST(KeySpaceTest, PrefixEndIsTheNextKeyAfterThePrefix) {
  EXPECT_EQ(PrefixEnd("a"), "b");
  EXPECT_EQ(PrefixEnd("a\xff\xff"), "b");
  EXPECT_EQ(PrefixEnd("\x7f"), "\x80");
  EXPECT_EQ(PrefixEnd("\xff\xff"), "");
  EXPECT_EQ(PrefixEnd(""), "");
  EXPECT_LT(EntryKey(UINT64_MAX), PrefixEnd(kEntryPrefix));
}

TEST(KeySpaceTest, QuarantineKeepsTheOldKey) {
  EXPECT_EQ(QuarantineKey(1, "key"),
            std::string(kQuarantinePrefix) + std::string("\0\0\0\0\0\0\0\1", 8) + "key");
}

}  // namespace
}  // namespace keping::storage
