#include "deploy/bangli/pen.h"

#include "common/base/check.h"

namespace keping::bangli {
namespace {

// Five by seven cells, the left cell in the highest of five bits.
struct Glyph {
  char letter;
  int rows[7];
};

constexpr Glyph kGlyphs[] = {
    {'S', {15, 16, 16, 14, 1, 1, 30}},   {'P', {30, 17, 17, 30, 16, 16, 16}},
    {'E', {31, 16, 16, 30, 16, 16, 31}}, {'I', {14, 4, 4, 4, 4, 4, 14}},
    {'M', {17, 27, 21, 21, 17, 17, 17}}, {'N', {17, 25, 21, 19, 17, 17, 17}}};
constexpr int kGlyphAdvance = 12;

void DrawGlyph(Pen& pen, Colour colour, const Glyph& glyph, int x, int y) {
  for (int row = 0; row < 7; ++row) {
    for (int column = 0; column < 5; ++column) {
      if (glyph.rows[row] >> (4 - column) & 1) {
        pen.Box(colour, x + 2 * column, y + 2 * row, 2, 2);
      }
    }
  }
}

cairo_status_t AppendBytes(void* out, const unsigned char* bytes, unsigned int size) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

void Pen::Polygon(Colour colour, std::initializer_list<Point> points) {
  cairo_new_path(cairo_);
  for (const Point& point : points) cairo_line_to(cairo_, point.x, point.y);
  cairo_close_path(cairo_);
  Fill(colour);
}

void Pen::Box(Colour colour, int x, int y, int width, int height) {
  cairo_rectangle(cairo_, x, y, width, height);
  Fill(colour);
}

void Pen::Line(Colour colour, Point from, Point to, int tip) {
  const Point across = {from.x + tip, from.y + tip}, across_to = {to.x + tip, to.y + tip};
  Box(colour, from.x, from.y, tip, tip);
  Box(colour, to.x, to.y, tip, tip);
  // Both diagonals of the tip, drawn along the line, cover whatever the tip covers.
  Polygon(colour, {from, to, across_to, across});
  Polygon(colour,
          {{across.x, from.y}, {across_to.x, to.y}, {to.x, across_to.y}, {from.x, across.y}});
}

void Pen::Fill(Colour colour) {
  cairo_set_source_rgb(cairo_, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0);
  cairo_fill(cairo_);
}

void DrawSpecimenWord(Pen& pen, Colour colour, int x, int y) {
  for (char letter : {'S', 'P', 'E', 'S', 'I', 'M', 'E', 'N'}) {
    for (const Glyph& glyph : kGlyphs) {
      if (glyph.letter == letter) DrawGlyph(pen, colour, glyph, x, y);
    }
    x += kGlyphAdvance;
  }
}

std::string EncodePng(cairo_surface_t* surface) {
  std::string png;
  const cairo_status_t status = cairo_surface_write_to_png_stream(surface, AppendBytes, &png);
  KEPING_CHECK(status == CAIRO_STATUS_SUCCESS, "a small image in memory can be encoded");
  return png;
}

}  // namespace keping::bangli
