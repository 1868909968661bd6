// One delivery of blanks (jatah) from the centre, the same for the same seed: mostly random chip
// UIDs of seven bytes, and three ranges of printed serials with a twentieth of the blanks each.
//
//   Allotment allotment = MakeAllotment(/*seed=*/1, /*blanks=*/8000);
#ifndef KEPING_DEPLOY_BANGLI_ALLOTMENT_H_
#define KEPING_DEPLOY_BANGLI_ALLOTMENT_H_

#include <cstdint>
#include <string>

#include "absl/time/civil_time.h"
#include "common/domain/serial_set.h"

namespace keping::bangli {

inline constexpr uint64_t kMaxBlanks = 1'000'000;

struct Allotment {
  std::string allotment;    // "ALT-5106-2017-0001"
  std::string bast_number;  // of the handover minutes
  absl::CivilDay date;
  domain::SerialSet serials;
};

// `blanks` is at most kMaxBlanks.
Allotment MakeAllotment(uint64_t seed, uint64_t blanks);

}  // namespace keping::bangli

#endif  // KEPING_DEPLOY_BANGLI_ALLOTMENT_H_
