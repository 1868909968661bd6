// Draws flat shapes in whole pixels: what the artificial portraits and signatures are made of.
//
//   Pen pen(cairo);
//   pen.Polygon(colour, {{0, 0}, {10, 0}, {5, 8}});
//   DrawSpecimenWord(pen, colour, 4, 60);
#ifndef KEPING_DEPLOY_BANGLI_PEN_H_
#define KEPING_DEPLOY_BANGLI_PEN_H_

#include <cairo.h>

#include <initializer_list>
#include <string>

namespace keping::bangli {

struct Colour {
  int red;
  int green;
  int blue;
};

struct Point {
  int x;
  int y;
};

// Draws in the current coordinates of `cairo`, which must outlive it.
class Pen {
 public:
  explicit Pen(cairo_t* cairo) : cairo_(cairo) {}

  void Polygon(Colour colour, std::initializer_list<Point> points);
  void Box(Colour colour, int x, int y, int width, int height);
  // With a square tip of `tip` pixels a side.
  void Line(Colour colour, Point from, Point to, int tip);

 private:
  void Fill(Colour colour);

  cairo_t* cairo_;
};

// The word SPESIMEN, kSpecimenWordWidth x kSpecimenWordHeight pixels, of shapes and no font.
inline constexpr int kSpecimenWordWidth = 94;
inline constexpr int kSpecimenWordHeight = 14;
void DrawSpecimenWord(Pen& pen, Colour colour, int x, int y);

// The surface as a PNG file's bytes.
std::string EncodePng(cairo_surface_t* surface);

}  // namespace keping::bangli

#endif  // KEPING_DEPLOY_BANGLI_PEN_H_
