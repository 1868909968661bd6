#include "edge_node/printing/card_picture.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace keping::edge {
namespace {

// The signature and the IHDR chunk's begin, with both sides at its end.
constexpr size_t kPngHeaderBytes = 24;
constexpr absl::string_view kPngSignature("\x89PNG\r\n\x1a\n", 8);

uint32_t BigEndian32(const char* bytes) {
  uint32_t value = 0;
  for (int i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

cairo_status_t ReadPng(void* closure, unsigned char* data, unsigned int length) {
  auto* rest = static_cast<absl::string_view*>(closure);
  if (rest->size() < length) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(data, rest->data(), length);
  rest->remove_prefix(length);
  return CAIRO_STATUS_SUCCESS;
}

absl::Status Unusable(const char* what, absl::string_view got, absl::string_view want) {
  return absl::InvalidArgumentError(absl::StrCat("K-142: ", what, ": got ", got, ", want ", want,
                                                 ". Ask the district for a corrected record."));
}

// 0 for white or transparent, 255 for black. `pixel` is alpha-premultiplied ARGB.
uint8_t Darkness(uint32_t pixel, bool has_alpha) {
  const uint32_t alpha = has_alpha ? pixel >> 24 : 255;
  const uint32_t red = pixel >> 16 & 255, green = pixel >> 8 & 255, blue = pixel & 255;
  const uint32_t light = (red * 77 + green * 150 + blue * 29) >> 8;
  return static_cast<uint8_t>(alpha - std::min(alpha, light));
}

Owned<cairo_surface_t> InkMask(cairo_surface_t* picture) {
  const int width = cairo_image_surface_get_width(picture);
  const int height = cairo_image_surface_get_height(picture);
  Owned<cairo_surface_t> mask(cairo_image_surface_create(CAIRO_FORMAT_A8, width, height));
  cairo_surface_flush(picture);
  const bool has_alpha = cairo_image_surface_get_format(picture) == CAIRO_FORMAT_ARGB32;
  for (int y = 0; y < height; ++y) {
    const unsigned char* from = cairo_image_surface_get_data(picture) +
                                ptrdiff_t{y} * cairo_image_surface_get_stride(picture);
    unsigned char* to = cairo_image_surface_get_data(mask.get()) +
                        ptrdiff_t{y} * cairo_image_surface_get_stride(mask.get());
    for (int x = 0; x < width; ++x) {
      uint32_t pixel;
      std::memcpy(&pixel, from + ptrdiff_t{4} * x, sizeof(pixel));
      to[x] = Darkness(pixel, has_alpha);
    }
  }
  cairo_surface_mark_dirty(mask.get());
  return mask;
}

}  // namespace

absl::StatusOr<CardPicture> CardPicture::FromPng(const char* what, const std::string& png) {
  if (png.empty()) return Unusable(what, "no picture", "a PNG");
  if (png.size() < kPngHeaderBytes ||
      absl::string_view(png).substr(0, kPngSignature.size()) != kPngSignature) {
    return Unusable(what, "what is not a PNG", "a PNG");
  }
  // Before it is decoded: a small file can claim a picture that does not fit into memory.
  const uint32_t width = BigEndian32(png.data() + 16), height = BigEndian32(png.data() + 20);
  if (width == 0 || height == 0 || width > kMostPicturePixelsPerSide ||
      height > kMostPicturePixelsPerSide) {
    return Unusable(what, absl::StrCat(width, " x ", height, " pixels"),
                    absl::StrCat("1 to ", kMostPicturePixelsPerSide, " a side"));
  }
  absl::string_view rest = png;
  Owned<cairo_surface_t> surface(cairo_image_surface_create_from_png_stream(&ReadPng, &rest));
  const cairo_format_t format = cairo_image_surface_get_format(surface.get());
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS ||
      (format != CAIRO_FORMAT_ARGB32 && format != CAIRO_FORMAT_RGB24)) {
    return Unusable(what, "a broken picture", "a whole PNG of 8 bits a colour");
  }
  return CardPicture(std::move(surface));
}

Box CardPicture::Place(const Box& box) const {
  const double width = cairo_image_surface_get_width(surface_.get());
  const double height = cairo_image_surface_get_height(surface_.get());
  const double scale = std::min(box.width / width, box.height / height);
  return {box.left + (box.width - width * scale) / 2, box.top + (box.height - height * scale) / 2,
          width * scale, height * scale};
}

Box CardPicture::Draw(cairo_t* cr, const Box& box) const {
  const Box place = Place(box);
  cairo_save(cr);
  cairo_translate(cr, place.left, place.top);
  cairo_scale(cr, place.width / cairo_image_surface_get_width(surface_.get()),
              place.height / cairo_image_surface_get_height(surface_.get()));
  cairo_set_source_surface(cr, surface_.get(), 0, 0);
  // Beyond the edge the edge's colour, so that it does not fade into the paper.
  cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_PAD);
  cairo_rectangle(cr, 0, 0, cairo_image_surface_get_width(surface_.get()),
                  cairo_image_surface_get_height(surface_.get()));
  cairo_fill(cr);
  cairo_restore(cr);
  return place;
}

Box CardPicture::DrawInk(cairo_t* cr, const Box& box, const Colour& ink) const {
  const Box place = Place(box);
  const Owned<cairo_surface_t> mask = InkMask(surface_.get());
  cairo_save(cr);
  cairo_translate(cr, place.left, place.top);
  cairo_scale(cr, place.width / cairo_image_surface_get_width(surface_.get()),
              place.height / cairo_image_surface_get_height(surface_.get()));
  SetColour(cr, ink);
  cairo_mask_surface(cr, mask.get(), 0, 0);
  cairo_restore(cr);
  return place;
}

}  // namespace keping::edge
