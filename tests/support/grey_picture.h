// A picture in shades of grey, and what differs between two of them: for golden pictures.
//
//   GreyPicture seen = GreyPicture::FromPng(png).value().Halved();
//   EXPECT_EQ(Difference(golden, seen), "");
//
// Two pictures are alike when every small window of one has as much ink as a window of the other at
// the same place or a few pixels beside it. So a new version of the typesetting library, which
// moves a line by part of a pixel or makes strokes a little thinner, changes nothing, while a
// missing letter does. What the letters say is for other tests.
#ifndef KEPING_TESTS_SUPPORT_GREY_PICTURE_H_
#define KEPING_TESTS_SUPPORT_GREY_PICTURE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace keping::tests {

class GreyPicture {
 public:
  static constexpr uint8_t kWhite = 255;

  GreyPicture(int width, int height)
      : width_(width), height_(height), pixels_(static_cast<size_t>(width * height), kWhite) {}
  // InvalidArgument when the bytes are no PNG.
  static absl::StatusOr<GreyPicture> FromPng(absl::string_view png);

  int width() const { return width_; }
  int height() const { return height_; }
  uint8_t at(int x, int y) const { return pixels_[Index(x, y)]; }
  void set(int x, int y, uint8_t grey) { pixels_[Index(x, y)] = grey; }

  // Half as wide and high; each pixel is the mean of four.
  GreyPicture Halved() const;
  std::string ToPng() const;

 private:
  size_t Index(int x, int y) const { return static_cast<size_t>(y * width_ + x); }

  int width_;
  int height_;
  std::vector<uint8_t> pixels_;
};

// In words, where it is greatest; empty when the pictures are alike.
std::string Difference(const GreyPicture& golden, const GreyPicture& seen);

}  // namespace keping::tests

#endif  // KEPING_TESTS_SUPPORT_GREY_PICTURE_H_
