#include "common/cli/render_qr.h"

#include <gtest/gtest.h>

#include <string>

namespace keping::cli {
namespace {

edge::v1::QrCode Code(uint32_t width, const std::string& modules) {
  edge::v1::QrCode code;
  code.set_width(width);
  code.set_modules(modules);
  return code;
}

TEST(RenderQrTest, TwoRowsMakeALineInsideAQuietZone) {
  // # . #
  // # # .
  // . . #
  EXPECT_EQ(RenderQr(Code(3, std::string("\xB8\x80", 2))),
            "\n"
            "\n"
            "    █▄▀\n"
            "      ▀\n"
            "\n"
            "\n");
}

TEST(RenderQrTest, ACodeOfThisProgramIsDrawnInTheSameWay) {
  EXPECT_EQ(RenderQr(qr::QrCode{
                .width = 3, .modules = {true, false, true, true, true, false, false, false, true}}),
            RenderQr(Code(3, std::string("\xB8\x80", 2))));
}

TEST(RenderQrTest, WhatIsNoCodeIsNotDrawn) {
  EXPECT_EQ(RenderQr(edge::v1::QrCode()), "");
  EXPECT_EQ(RenderQr(Code(3, "\xB8")), "");
  EXPECT_EQ(RenderQr(Code(4'000'000'000u, std::string("\xB8\x80", 2))), "");
}

}  // namespace
}  // namespace keping::cli
