#include "deploy/bangli/portrait.h"

#include "deploy/bangli/pen.h"

namespace keping::bangli {
namespace {

using domain::Gender;

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

// The same box on both sides of the face, `out` pixels from its middle.
void Pair(Pen& pen, Colour colour, int out, int y, int width, int height) {
  pen.Box(colour, kCentre - out - width, y, width, height);
  pen.Box(colour, kCentre + out, y, width, height);
}

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
  Pair(pen, Darker(skin), half - 2, 46, 5, 12);
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
  Pair(pen, kInk, 6, 41, 10, 2);
  Pair(pen, kWhite, 6, 46, 10, 5);
  Pair(pen, kInk, 9, 46, 5, 5);
  if (traits.glasses) {
    Pair(pen, kInk, 4, 44, 14, 1);
    Pair(pen, kInk, 4, 53, 14, 1);
    Pair(pen, kInk, 4, 44, 1, 10);
    Pair(pen, kInk, 17, 44, 1, 10);
    pen.Box(kInk, kCentre - 4, 48, 8, 1);
  }
  pen.Polygon(Darker(skin), {{kCentre, 47}, {kCentre + 5, 60}, {kCentre - 5, 60}});
  const int width = 6 + traits.mouth;
  pen.Polygon(kLip, {{kCentre - width, 66},
                     {kCentre + width, 66},
                     {kCentre + width - 3, 69},
                     {kCentre - width + 3, 69}});
}

void DrawMark(Pen& pen) {
  pen.Box(kWhite, 0, 102, kPortraitWidth, 18);
  DrawSpecimenWord(pen, kInk, 1, 104);
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

}  // namespace keping::bangli
