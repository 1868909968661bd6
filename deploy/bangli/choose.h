// Draws from the value lists of the generator.
//
//   const char* group = Choose(prng, kBloodGroups);                      // each equally likely
//   const char* religion = ChooseWeighted(prng, kReligions).text;        // by weight
#ifndef KEPING_DEPLOY_BANGLI_CHOOSE_H_
#define KEPING_DEPLOY_BANGLI_CHOOSE_H_

#include <cstddef>
#include <cstdint>

#include "common/base/prng.h"

namespace keping::bangli {

struct Weighted {
  const char* text;
  uint64_t weight;
};

template <typename T, size_t N>
const T& Choose(base::Prng& prng, const T (&list)[N]) {
  return list[prng.Below(N)];
}

template <size_t N>
const Weighted& ChooseWeighted(base::Prng& prng, const Weighted (&list)[N]) {
  uint64_t total = 0;
  for (const Weighted& entry : list) total += entry.weight;
  uint64_t draw = prng.Below(total);
  size_t index = 0;
  while (draw >= list[index].weight) draw -= list[index++].weight;
  return list[index];
}

}  // namespace keping::bangli

#endif  // KEPING_DEPLOY_BANGLI_CHOOSE_H_
