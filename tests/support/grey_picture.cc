#include "tests/support/grey_picture.h"

#include <cairo.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace keping::tests {
namespace {

// A letter of the card at half size is about 9 pixels high and wide and a quarter of it is ink.
constexpr int kWindow = 10;
constexpr int kStride = 5;
constexpr int kReach = 2;  // pixels to each side in which a window's like is looked for
constexpr double kMostDifference = 0.09;  // of a window's ink, all black being 1

struct Destroy {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using Surface = std::unique_ptr<cairo_surface_t, Destroy>;

cairo_status_t Take(void* closure, unsigned char* data, unsigned int length) {
  auto* rest = static_cast<absl::string_view*>(closure);
  if (rest->size() < length) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(data, rest->data(), length);
  rest->remove_prefix(length);
  return CAIRO_STATUS_SUCCESS;
}

cairo_status_t Append(void* closure, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

// Sums of ink over rectangles from the top left, so that a window costs four look-ups.
class InkSums {
 public:
  explicit InkSums(const GreyPicture& picture)
      : stride_(picture.width() + 1),
        sums_(static_cast<size_t>(stride_ * (picture.height() + 1)), 0) {
    for (int y = 0; y < picture.height(); ++y) {
      for (int x = 0; x < picture.width(); ++x) {
        sum(x + 1, y + 1) =
            sum(x, y + 1) + sum(x + 1, y) - sum(x, y) + (GreyPicture::kWhite - picture.at(x, y));
      }
    }
  }

  // Mean ink of the window at (x, y), 0 to 1.
  double Window(int x, int y) const {
    const int64_t ink =
        sum(x + kWindow, y + kWindow) - sum(x, y + kWindow) - sum(x + kWindow, y) + sum(x, y);
    return static_cast<double>(ink) / (255.0 * kWindow * kWindow);
  }

 private:
  int64_t& sum(int x, int y) { return sums_[static_cast<size_t>(y * stride_ + x)]; }
  int64_t sum(int x, int y) const { return sums_[static_cast<size_t>(y * stride_ + x)]; }

  int stride_;
  std::vector<int64_t> sums_;
};

struct Worst {
  double difference = 0;
  int x = 0;
  int y = 0;
};

// The window of `one` that has the least likeness in `other`.
Worst WorstWindow(const GreyPicture& one, const GreyPicture& other) {
  const InkSums sums(one), other_sums(other);
  const int last_x = one.width() - kWindow, last_y = one.height() - kWindow;
  Worst worst;
  for (int y = 0; y <= last_y; y += kStride) {
    for (int x = 0; x <= last_x; x += kStride) {
      double least = std::numeric_limits<double>::infinity();
      for (int dy = std::max(-kReach, -y); dy <= std::min(kReach, last_y - y); ++dy) {
        for (int dx = std::max(-kReach, -x); dx <= std::min(kReach, last_x - x); ++dx) {
          least = std::min(least, std::abs(sums.Window(x, y) - other_sums.Window(x + dx, y + dy)));
        }
      }
      if (least > worst.difference) worst = {least, x, y};
    }
  }
  return worst;
}

std::string Describe(const Worst& worst, absl::string_view what) {
  if (worst.difference <= kMostDifference) return "";
  return absl::StrFormat(
      "%s at pixel (%d, %d): a window of %d pixels differs by %.0f %% of ink, "
      "want at most %.0f %%. ",
      what, worst.x, worst.y, kWindow, worst.difference * 100, kMostDifference * 100);
}

}  // namespace

absl::StatusOr<GreyPicture> GreyPicture::FromPng(absl::string_view png) {
  Surface surface(cairo_image_surface_create_from_png_stream(&Take, &png));
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) {
    return absl::InvalidArgumentError("got bytes that are no PNG");
  }
  GreyPicture picture(cairo_image_surface_get_width(surface.get()),
                      cairo_image_surface_get_height(surface.get()));
  const unsigned char* data = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  for (int y = 0; y < picture.height(); ++y) {
    for (int x = 0; x < picture.width(); ++x) {
      uint32_t pixel;
      std::memcpy(&pixel, data + y * stride + 4 * x, sizeof(pixel));
      const uint32_t red = pixel >> 16 & 255, green = pixel >> 8 & 255, blue = pixel & 255;
      picture.set(x, y, static_cast<uint8_t>((red * 77 + green * 150 + blue * 29) >> 8));
    }
  }
  return picture;
}

GreyPicture GreyPicture::Halved() const {
  GreyPicture half(width_ / 2, height_ / 2);
  for (int y = 0; y < half.height(); ++y) {
    for (int x = 0; x < half.width(); ++x) {
      const int sum =
          at(2 * x, 2 * y) + at(2 * x + 1, 2 * y) + at(2 * x, 2 * y + 1) + at(2 * x + 1, 2 * y + 1);
      half.set(x, y, static_cast<uint8_t>((sum + 2) / 4));
    }
  }
  return half;
}

std::string GreyPicture::ToPng() const {
  Surface surface(cairo_image_surface_create(CAIRO_FORMAT_A8, width_, height_));
  unsigned char* data = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  for (int y = 0; y < height_; ++y) {
    for (int x = 0; x < width_; ++x) data[y * stride + x] = at(x, y);
  }
  cairo_surface_mark_dirty(surface.get());
  std::string png;
  cairo_surface_write_to_png_stream(surface.get(), &Append, &png);
  return png;
}

std::string Difference(const GreyPicture& golden, const GreyPicture& seen) {
  if (golden.width() != seen.width() || golden.height() != seen.height()) {
    return absl::StrCat("got ", seen.width(), " x ", seen.height(), " pixels, want ",
                        golden.width(), " x ", golden.height());
  }
  return absl::StrCat(Describe(WorstWindow(golden, seen), "the golden picture has more or less"),
                      Describe(WorstWindow(seen, golden), "the picture has more or less"));
}

}  // namespace keping::tests
