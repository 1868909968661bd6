// A portrait that nobody can take for a person: a face of flat polygons on red (odd year of birth)
// or blue (even), as the official photo has it, with the mark SPESIMEN across the foot. Shapes
// only, no fonts, so that it looks the same on every machine.
//
//   PortraitTraits traits = ChooseTraits(prng, Gender::kFemale, /*birth_year=*/1985);
//   std::string png = PortraitPng(traits);
#ifndef KEPING_DEPLOY_BANGLI_PORTRAIT_H_
#define KEPING_DEPLOY_BANGLI_PORTRAIT_H_

#include <cairo.h>

#include <string>

#include "common/base/prng.h"
#include "common/domain/nik.h"

namespace keping::bangli {

inline constexpr int kPortraitWidth = 96;
inline constexpr int kPortraitHeight = 120;

struct PortraitTraits {
  domain::Gender gender = domain::Gender::kMale;
  bool odd_birth_year = false;
  bool grey = false;  // hair of an old person
  bool glasses = false;
  bool head_cloth = false;  // a Balinese man's udeng
  int skin = 0;             // index of a flat colour, as all that follow
  int hair = 0;
  int hair_style = 0;
  int shirt = 0;
  int mouth = 0;
  int face_width = 0;  // 0 to 4 pixels more
};

PortraitTraits ChooseTraits(base::Prng& prng, domain::Gender gender, int birth_year);

// Draws within (0, 0) to (kPortraitWidth, kPortraitHeight) of the current coordinates.
void DrawPortrait(cairo_t* cairo, const PortraitTraits& traits);

// kPortraitWidth x kPortraitHeight pixels, about 2 to 4 kB.
std::string PortraitPng(const PortraitTraits& traits);

}  // namespace keping::bangli

#endif  // KEPING_DEPLOY_BANGLI_PORTRAIT_H_
