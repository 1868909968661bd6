// A day as protobuf messages and files hold it: the number of days since 1970-01-01.
//
//   proto.set_day_days(base::ToEpochDays(day));
//   absl::CivilDay day = base::FromEpochDays(proto.day_days());
#ifndef KEPING_COMMON_BASE_EPOCH_DAYS_H_
#define KEPING_COMMON_BASE_EPOCH_DAYS_H_

#include <cstdint>

#include "absl/time/civil_time.h"

namespace keping::base {

inline int32_t ToEpochDays(absl::CivilDay day) {
  return static_cast<int32_t>(day - absl::CivilDay(1970, 1, 1));
}

inline absl::CivilDay FromEpochDays(int64_t days) { return absl::CivilDay(1970, 1, 1) + days; }

}  // namespace keping::base

#endif  // KEPING_COMMON_BASE_EPOCH_DAYS_H_
