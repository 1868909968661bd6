// How much one act may hold, on both sides of the wire.
#ifndef KEPING_COMMON_DOMAIN_LIMITS_H_
#define KEPING_COMMON_DOMAIN_LIMITS_H_

#include <cstdint>

namespace keping::domain {

// The most blanks that one act of people names: a dispatch, a delivery, an inventory. More than an
// office uses in a year; each of them costs the district a row.
inline constexpr uint64_t kMaxBlanksOfAct = 20'000;

// In one box or delivery that came by quantity: more is a slip of the keyboard.
inline constexpr uint64_t kMostBlanksOfABox = 1'000'000;

}  // namespace keping::domain

#endif  // KEPING_COMMON_DOMAIN_LIMITS_H_
