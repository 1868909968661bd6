// A signature that nobody can take for a person's: a zigzag with a flourish, drawn with a ruler,
// and the word SPESIMEN below it.
//
//   std::string png = SignaturePng(prng);
#ifndef KEPING_DEPLOY_BANGLI_SIGNATURE_H_
#define KEPING_DEPLOY_BANGLI_SIGNATURE_H_

#include <string>

#include "common/base/prng.h"

namespace keping::bangli {

inline constexpr int kSignatureWidth = 240;
inline constexpr int kSignatureHeight = 84;

// Black on white, kSignatureWidth x kSignatureHeight pixels, about 1 to 2 kB.
std::string SignaturePng(base::Prng& prng);

}  // namespace keping::bangli

#endif  // KEPING_DEPLOY_BANGLI_SIGNATURE_H_
