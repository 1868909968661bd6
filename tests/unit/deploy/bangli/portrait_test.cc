#include "deploy/bangli/portrait.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "deploy/bangli/png_padding.h"

namespace keping::bangli {
namespace {

struct Reader {
  const std::string& png;
  size_t at = 0;
};

cairo_status_t ReadBytes(void* context, unsigned char* out, unsigned int size) {
  auto* reader = static_cast<Reader*>(context);
  if (reader->png.size() - reader->at < size) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(out, reader->png.data() + reader->at, size);
  reader->at += size;
  return CAIRO_STATUS_SUCCESS;
}

// The colour of the top left pixel as 0xRRGGBB, or 0 when the bytes are no picture of our size.
uint32_t Background(const std::string& png) {
  Reader reader{png};
  cairo_surface_t* surface = cairo_image_surface_create_from_png_stream(ReadBytes, &reader);
  uint32_t pixel = 0;
  if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS &&
      cairo_image_surface_get_width(surface) == kPortraitWidth &&
      cairo_image_surface_get_height(surface) == kPortraitHeight) {
    std::memcpy(&pixel, cairo_image_surface_get_data(surface), sizeof(pixel));
  }
  cairo_surface_destroy(surface);
  return pixel & 0xffffff;
}

TEST(PortraitTest, BackgroundIsRedForOddAndBlueForEvenYears) {
  base::Prng prng(1);
  EXPECT_EQ(Background(PortraitPng(ChooseTraits(prng, domain::Gender::kMale, 1985))), 0xbe1e2du);
  EXPECT_EQ(Background(PortraitPng(ChooseTraits(prng, domain::Gender::kFemale, 1986))), 0x2052a8u);
}

TEST(PortraitTest, PaddingKeepsThePictureReadable) {
  base::Prng prng(1);
  const std::string png = PortraitPng(ChooseTraits(prng, domain::Gender::kMale, 1985));
  for (size_t size : {png.size() + 12, png.size() + 13, size_t{100000}}) {
    const std::string padded = PadPng(png, size, prng);
    EXPECT_EQ(padded.size(), size);
    EXPECT_EQ(Background(padded), 0xbe1e2du);
  }
}

TEST(PortraitTest, PaddingWithoutRoomChangesNothing) {
  base::Prng prng(1);
  const std::string png = PortraitPng(ChooseTraits(prng, domain::Gender::kMale, 1985));
  EXPECT_EQ(PadPng(png, png.size() + 11, prng), png);
  EXPECT_EQ(PadPng(png, 0, prng), png);
}

}  // namespace
}  // namespace keping::bangli
