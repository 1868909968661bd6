#include "deploy/bangli/portrait.h"

#include <initializer_list>

#include "common/base/check.h"

namespace keping::bangli {
namespace {

using domain::Gender;

struct Colour {
  int red;
  int green;
  int blue;
};

struct Point {
  int x;
  int y;
};

constexpr Colour kRed = {190, 30, 45};
constexpr Colour kBlue = {32, 82, 168};
constexpr Colour kWhite = {250, 250, 246};
constexpr Colour kInk = {34, 30, 30};
constexpr Colour kGold = {214, 168, 60};
constexpr Colour kLip = {158, 66, 62};
constexpr Colour kSkins[] = {{198, 142, 100}, {182, 124, 84}, {168, 110, 72}, {212, 160, 118}};
constexpr Colour kHairs[] = {{28, 24, 26}, {46, 34, 30}, {20, 20, 30}};
constexpr Colour kGrey = {150, 150, 152};
constexpr Colour kShirts[] = {{238, 238, 232}, {64, 98, 88},   {120, 70, 40},
                              {88, 60, 110},   {200, 120, 60}, {52, 60, 84}};

constexpr int kCentre = kPortraitWidth / 2;

Colour Darker(Colour c) { return {c.red * 82 / 100, c.green * 82 / 100, c.blue * 82 / 100}; }

// A pen of flat colours in whole pixels.
class Pen {
 public:
  explicit Pen(cairo_t* cairo) : cairo_(cairo) {}

  void Polygon(Colour colour, std::initializer_list<Point> points) {
    cairo_new_path(cairo_);
    for (const Point& point : points) cairo_line_to(cairo_, point.x, point.y);
    cairo_close_path(cairo_);
    Fill(colour);
  }
  void Box(Colour colour, int x, int y, int width, int height) {
    cairo_rectangle(cairo_, x, y, width, height);
    Fill(colour);
  }
  // The same box on both sides of the face, `out` pixels from its middle.
  void Pair(Colour colour, int out, int y, int width, int height) {
    Box(colour, kCentre - out - width, y, width, height);
    Box(colour, kCentre + out, y, width, height);
  }

 private:
  void Fill(Colour colour) {
    cairo_set_source_rgb(cairo_, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0);
    cairo_fill(cairo_);
  }

  cairo_t* cairo_;
};

// Half of the head's width.
int Half(const PortraitTraits& traits) { return 20 + traits.face_width / 2; }

void DrawBackHair(Pen& pen, const PortraitTraits& traits, Colour hair) {
  if (traits.gender == Gender::kMale) return;
  const int out = Half(traits) + 5;
  if (traits.hair_style == 0) {  // long
    pen.Polygon(hair, {{kCentre - out + 6, 20},
                       {kCentre + out - 6, 20},
                       {kCentre + out, 44},
                       {kCentre + out, 92},
                       {kCentre - out, 92},
                       {kCentre - out, 44}});
  } else if (traits.hair_style == 1) {  // a knot on top
    pen.Polygon(hair, {{kCentre - 10, 6},
                       {kCentre + 10, 6},
                       {kCentre + 14, 18},
                       {kCentre, 24},
                       {kCentre - 14, 18}});
  } else {  // to the chin
    pen.Box(hair, kCentre - out, 34, 2 * out, 36);
  }
}

void DrawShoulders(Pen& pen, const PortraitTraits& traits, Colour skin) {
  const Colour shirt = kShirts[traits.shirt];
  pen.Polygon(shirt, {{6, 120}, {12, 94}, {38, 84}, {58, 84}, {84, 94}, {90, 120}});
  pen.Polygon(Darker(skin), {{40, 68}, {56, 68}, {58, 86}, {48, 96}, {38, 86}});
  if (traits.gender == Gender::kMale) {
    pen.Polygon(Darker(shirt), {{38, 83}, {48, 96}, {42, 104}, {32, 87}});
    pen.Polygon(Darker(shirt), {{58, 83}, {48, 96}, {54, 104}, {64, 87}});
  } else {
    pen.Polygon(kGold, {{38, 86}, {48, 97}, {58, 86}, {60, 89}, {48, 101}, {36, 89}});
  }
}

void DrawHead(Pen& pen, const PortraitTraits& traits, Colour skin) {
  const int half = Half(traits);
  pen.Pair(Darker(skin), half - 2, 46, 5, 12);
  pen.Polygon(skin, {{kCentre - half + 6, 22},
                     {kCentre + half - 6, 22},
                     {kCentre + half, 32},
                     {kCentre + half, 60},
                     {kCentre + half - 10, 76},
                     {kCentre - half + 10, 76},
                     {kCentre - half, 60},
                     {kCentre - half, 32}});
}

void DrawFrontHair(Pen& pen, const PortraitTraits& traits, Colour hair) {
  const int half = Half(traits);
  if (traits.head_cloth) {
    pen.Polygon(kWhite, {{kCentre - half - 2, 36},
                         {kCentre - half + 2, 20},
                         {kCentre, 14},
                         {kCentre + half - 2, 20},
                         {kCentre + half + 2, 36},
                         {kCentre, 28}});
    pen.Polygon(kWhite, {{kCentre - 2, 20}, {kCentre + 8, 4}, {kCentre + 10, 20}});
    pen.Polygon(kGold, {{kCentre - half - 2, 36},
                        {kCentre, 28},
                        {kCentre + half + 2, 36},
                        {kCentre + half + 2, 39},
                        {kCentre, 31},
                        {kCentre - half - 2, 39}});
    return;
  }
  const int parting = traits.hair_style == 0 ? 0 : traits.hair_style == 1 ? -8 : 8;
  pen.Polygon(hair, {{kCentre - half - 1, 42},
                     {kCentre - half - 1, 28},
                     {kCentre - half + 7, 17},
                     {kCentre + half - 7, 17},
                     {kCentre + half + 1, 28},
                     {kCentre + half + 1, 42},
                     {kCentre + half - 4, 34},
                     {kCentre + parting, 29},
                     {kCentre - half + 4, 34}});
}

void DrawFeatures(Pen& pen, const PortraitTraits& traits, Colour skin) {
  pen.Pair(kInk, 6, 41, 10, 2);
  pen.Pair(kWhite, 6, 46, 10, 5);
  pen.Pair(kInk, 9, 46, 5, 5);
  if (traits.glasses) {
    pen.Pair(kInk, 4, 44, 14, 1);
    pen.Pair(kInk, 4, 53, 14, 1);
    pen.Pair(kInk, 4, 44, 1, 10);
    pen.Pair(kInk, 17, 44, 1, 10);
    pen.Box(kInk, kCentre - 4, 48, 8, 1);
  }
  pen.Polygon(Darker(skin), {{kCentre, 47}, {kCentre + 5, 60}, {kCentre - 5, 60}});
  const int width = 6 + traits.mouth;
  pen.Polygon(kLip, {{kCentre - width, 66},
                     {kCentre + width, 66},
                     {kCentre + width - 3, 69},
                     {kCentre - width + 3, 69}});
}

// The letters of SPESIMEN, five by seven cells, the left cell in the highest of five bits.
struct Glyph {
  char letter;
  int rows[7];
};

constexpr Glyph kGlyphs[] = {
    {'S', {15, 16, 16, 14, 1, 1, 30}},   {'P', {30, 17, 17, 30, 16, 16, 16}},
    {'E', {31, 16, 16, 30, 16, 16, 31}}, {'I', {14, 4, 4, 4, 4, 4, 14}},
    {'M', {17, 27, 21, 21, 17, 17, 17}}, {'N', {17, 25, 21, 19, 17, 17, 17}}};

void DrawGlyph(Pen& pen, const Glyph& glyph, int x, int y) {
  for (int row = 0; row < 7; ++row) {
    for (int column = 0; column < 5; ++column) {
      if (glyph.rows[row] >> (4 - column) & 1) pen.Box(kInk, x + 2 * column, y + 2 * row, 2, 2);
    }
  }
}

void DrawMark(Pen& pen) {
  pen.Box(kWhite, 0, 102, kPortraitWidth, 18);
  int x = 1;
  for (char letter : {'S', 'P', 'E', 'S', 'I', 'M', 'E', 'N'}) {
    for (const Glyph& glyph : kGlyphs) {
      if (glyph.letter == letter) DrawGlyph(pen, glyph, x, 104);
    }
    x += 12;
  }
}

cairo_status_t AppendBytes(void* out, const unsigned char* bytes, unsigned int size) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

PortraitTraits ChooseTraits(base::Prng& prng, Gender gender, int birth_year) {
  PortraitTraits traits;
  traits.gender = gender;
  traits.odd_birth_year = birth_year % 2 != 0;
  traits.grey = birth_year < 1955 && prng.Chance(3, 4);
  traits.glasses = prng.Chance(1, 5);
  traits.head_cloth = gender == Gender::kMale && prng.Chance(1, 4);
  traits.skin = static_cast<int>(prng.Below(std::size(kSkins)));
  traits.hair = static_cast<int>(prng.Below(std::size(kHairs)));
  traits.hair_style = static_cast<int>(prng.Below(3));
  traits.shirt = static_cast<int>(prng.Below(std::size(kShirts)));
  traits.mouth = static_cast<int>(prng.Below(5));
  traits.face_width = static_cast<int>(prng.Below(5));
  return traits;
}

void DrawPortrait(cairo_t* cairo, const PortraitTraits& traits) {
  Pen pen(cairo);
  const Colour hair = traits.grey ? kGrey : kHairs[traits.hair];
  const Colour skin = kSkins[traits.skin];
  pen.Box(traits.odd_birth_year ? kRed : kBlue, 0, 0, kPortraitWidth, kPortraitHeight);
  DrawBackHair(pen, traits, hair);
  DrawShoulders(pen, traits, skin);
  DrawHead(pen, traits, skin);
  DrawFrontHair(pen, traits, hair);
  DrawFeatures(pen, traits, skin);
  DrawMark(pen);
}

std::string PortraitPng(const PortraitTraits& traits) {
  cairo_surface_t* surface =
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, kPortraitWidth, kPortraitHeight);
  cairo_t* cairo = cairo_create(surface);
  DrawPortrait(cairo, traits);
  cairo_destroy(cairo);
  std::string png = EncodePng(surface);
  cairo_surface_destroy(surface);
  return png;
}

std::string EncodePng(cairo_surface_t* surface) {
  std::string png;
  const cairo_status_t status = cairo_surface_write_to_png_stream(surface, AppendBytes, &png);
  KEPING_CHECK(status == CAIRO_STATUS_SUCCESS, "a small image in memory can be encoded");
  return png;
}

}  // namespace keping::bangli
