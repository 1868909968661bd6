#include "edge_node/printing/png_encoder.h"

#include <png.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace keping::edge {
namespace {

constexpr size_t kBytesPerPixel = 3;

// Red, green, blue, row by row.
std::string Pixels(cairo_surface_t* surface) {
  const int width = cairo_image_surface_get_width(surface);
  const int height = cairo_image_surface_get_height(surface);
  std::string pixels(static_cast<size_t>(width) * static_cast<size_t>(height) * kBytesPerPixel,
                     '\0');
  char* to = pixels.data();
  cairo_surface_flush(surface);
  for (int y = 0; y < height; ++y) {
    const unsigned char* from = cairo_image_surface_get_data(surface) +
                                ptrdiff_t{y} * cairo_image_surface_get_stride(surface);
    for (int x = 0; x < width; ++x) {
      uint32_t pixel;
      std::memcpy(&pixel, from + ptrdiff_t{4} * x, sizeof(pixel));
      *to++ = static_cast<char>(pixel >> 16);
      *to++ = static_cast<char>(pixel >> 8);
      *to++ = static_cast<char>(pixel);
    }
  }
  return pixels;
}

}  // namespace

absl::StatusOr<std::string> EncodePng(cairo_surface_t* surface) {
  const std::string pixels = Pixels(surface);
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(cairo_image_surface_get_width(surface));
  image.height = static_cast<png_uint_32>(cairo_image_surface_get_height(surface));
  image.format = PNG_FORMAT_RGB;
  // No filters and little compression: a page of letters on white becomes even smaller so.
  image.flags = PNG_IMAGE_FLAG_FAST;
  std::string png(PNG_IMAGE_PNG_SIZE_MAX(image), '\0');
  png_alloc_size_t size = png.size();
  const int row_stride = 0;  // that of the picture
  if (png_image_write_to_memory(&image, png.data(), &size, /*convert_to_8_bit=*/0, pixels.data(),
                                row_stride, /*colormap=*/nullptr) == 0) {
    return absl::InternalError(absl::StrCat("got no PNG from libpng (", image.message, ")"));
  }
  png.resize(size);
  return png;
}

}  // namespace keping::edge
