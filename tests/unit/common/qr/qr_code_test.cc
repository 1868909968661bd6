#include "common/qr/qr_code.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace keping::qr {
namespace {

TEST(QrCodeTest, HasItsThreeFinderPatterns) {
  const auto code = MakeQrCode("5f2c1a9b7d3e48f0a1b2c3d4e5f60718");
  ASSERT_TRUE(code.ok()) << code.status();
  ASSERT_GE(code->width, 21);
  const int last = code->width - 7;
  for (const auto& [left, top] : {std::pair(0, 0), std::pair(last, 0), std::pair(0, last)}) {
    for (int i = 0; i < 7; ++i) {
      EXPECT_TRUE(code->dark(left + i, top)) << "the dark frame";
      EXPECT_TRUE(code->dark(left, top + i));
    }
    EXPECT_FALSE(code->dark(left + 1, top + 1)) << "the light ring";
    EXPECT_TRUE(code->dark(left + 3, top + 3)) << "the dark centre";
  }
}

TEST(QrCodeTest, OtherTextIsAnotherCodeAndNoneIsRefused) {
  EXPECT_NE(MakeQrCode("manifest-1")->modules, MakeQrCode("manifest-2")->modules);
  EXPECT_TRUE(absl::IsInvalidArgument(MakeQrCode("").status()));
  EXPECT_TRUE(absl::IsInvalidArgument(MakeQrCode(std::string(3000, 'x')).status()));
}

}  // namespace
}  // namespace keping::qr
