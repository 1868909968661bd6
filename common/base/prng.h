// A small seeded generator (xoshiro256**, seeded by SplitMix64; Blackman and Vigna, 2018): the same
// seed gives the same numbers on every machine. For simulation, jitter and sample data; keys and
// act ids come from crypto/random.h.
//
//   Prng prng(seed);
//   uint64_t die = 1 + prng.Below(6);
//   if (prng.Chance(1, 100)) Drop(frame);
#ifndef KEPING_COMMON_BASE_PRNG_H_
#define KEPING_COMMON_BASE_PRNG_H_

#include <cstdint>
#include <string>

namespace keping::base {

// A value: copy it to fork the sequence. Not thread-safe.
class Prng {
 public:
  explicit Prng(uint64_t seed);

  uint64_t Next();
  // Uniform in [0, bound); `bound` is at least 1.
  uint64_t Below(uint64_t bound);
  // Uniform in [low, high], both ends included.
  int64_t Between(int64_t low, int64_t high);
  // True `numerator` times in `denominator`.
  bool Chance(uint64_t numerator, uint64_t denominator);
  // `size` raw bytes.
  std::string Bytes(size_t size);

 private:
  uint64_t state_[4];
};

}  // namespace keping::base

#endif  // KEPING_COMMON_BASE_PRNG_H_
