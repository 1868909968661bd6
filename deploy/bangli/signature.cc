#include "deploy/bangli/signature.h"

#include <cairo.h>

#include "deploy/bangli/pen.h"

namespace keping::bangli {
namespace {

constexpr Colour kPaper = {255, 255, 255};
constexpr Colour kInk = {16, 18, 40};
constexpr int kTip = 3;
constexpr int kMargin = 12;
constexpr int kWordTop = kSignatureHeight - kSpecimenWordHeight - 2;
constexpr int kFlourishY = kWordTop - 10;

int Between(base::Prng& prng, int low, int high) {
  return static_cast<int>(prng.Between(low, high));
}

void DrawZigzag(Pen& pen, base::Prng& prng) {
  const int strokes = 2 * Between(prng, 4, 8);
  const int step = (kSignatureWidth - 2 * kMargin) / strokes;
  Point at = {kMargin, Between(prng, 30, 44)};
  for (int i = 0; i < strokes; ++i) {
    const bool up = i % 2 == 0;
    const Point next = {at.x + Between(prng, step / 2, step),
                        up ? Between(prng, 4, 24) : Between(prng, 34, 50)};
    pen.Line(kInk, at, next, kTip);
    at = next;
  }
  const Point back = {kMargin + Between(prng, 4, 40), kFlourishY + Between(prng, -6, 0)};
  pen.Line(kInk, at, back, kTip);
  pen.Line(kInk, back, {kSignatureWidth - kMargin - kTip, kFlourishY}, kTip);
}

}  // namespace

std::string SignaturePng(base::Prng& prng) {
  cairo_surface_t* surface =
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, kSignatureWidth, kSignatureHeight);
  cairo_t* cairo = cairo_create(surface);
  cairo_set_antialias(cairo, CAIRO_ANTIALIAS_NONE);  // two colours make a third of the bytes
  Pen pen(cairo);
  pen.Box(kPaper, 0, 0, kSignatureWidth, kSignatureHeight);
  DrawZigzag(pen, prng);
  DrawSpecimenWord(pen, kInk, (kSignatureWidth - kSpecimenWordWidth) / 2, kWordTop);
  cairo_destroy(cairo);
  std::string png = EncodePng(surface);
  cairo_surface_destroy(surface);
  return png;
}

}  // namespace keping::bangli
