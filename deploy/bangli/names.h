// Names of persons by Balinese custom: a particle (I, Ni), sometimes a title of caste, the order of
// birth (Wayan, Putu, Gede, Luh · Made, Kadek · Nyoman, Komang · Ketut, and round again), and a
// name given to this child alone. A few are of one word, of other customs, or carry a degree after
// a comma.
//
//   std::string name = MakeName(prng, Gender::kFemale, /*birth_year=*/1985, Custom::kBalinese);
#ifndef KEPING_DEPLOY_BANGLI_NAMES_H_
#define KEPING_DEPLOY_BANGLI_NAMES_H_

#include <string>

#include "common/base/prng.h"
#include "common/domain/nik.h"

namespace keping::bangli {

enum class Custom { kBalinese, kOther };

// Upper case, 1 to 60 characters of A-Z, space, full stop and comma.
std::string MakeName(base::Prng& prng, domain::Gender gender, int birth_year, Custom custom);

}  // namespace keping::bangli

#endif  // KEPING_DEPLOY_BANGLI_NAMES_H_
