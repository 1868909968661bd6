// When an office fetches records with their pictures, whose line is paid by the byte or is needed
// by others during the day. What a day's duty needs is fetched at any time; the log, its receipts
// and whatever else the feed says never wait.
//
//   const FetchLimits limits{.from_minute = 18 * 60, .until_minute = 6 * 60, .bytes_per_day =
//   20e6}; FetchedOfDay fetched; fetched.Add(now, part.bytes.size()); if (limits.WaitFor(now,
//   fetched) == FetchWait::kHours) …
#ifndef KEPING_EDGE_NODE_CORE_FETCH_LIMITS_H_
#define KEPING_EDGE_NODE_CORE_FETCH_LIMITS_H_

#include <cstdint>

#include "absl/time/civil_time.h"

namespace keping::edge {

enum class FetchWait { kNone = 0, kHours, kBudget };

// What was fetched on one date of the machine's clock. A value.
struct FetchedOfDay {
  absl::CivilDay date;
  uint64_t bytes = 0;

  void Add(absl::CivilSecond now, uint64_t more) { *this = {absl::CivilDay(now), On(now) + more}; }
  uint64_t On(absl::CivilSecond now) const { return absl::CivilDay(now) == date ? bytes : 0; }
};

// A value.
struct FetchLimits {
  // Minutes of the day, from the first one to before the last one; over midnight where the last is
  // the smaller one. The same twice: at all hours.
  int from_minute = 0;
  int until_minute = 0;
  uint64_t bytes_per_day = 0;  // 0: no limit

  bool any() const { return from_minute != until_minute || bytes_per_day > 0; }

  // What the records beyond the day's duty wait for.
  FetchWait WaitFor(absl::CivilSecond now, const FetchedOfDay& fetched) const {
    const int minute = now.hour() * 60 + now.minute();
    const bool after = minute >= from_minute;
    const bool before = minute < until_minute;
    const bool within = from_minute < until_minute ? after && before : after || before;
    if (from_minute != until_minute && !within) return FetchWait::kHours;
    if (bytes_per_day > 0 && fetched.On(now) >= bytes_per_day) return FetchWait::kBudget;
    return FetchWait::kNone;
  }
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_FETCH_LIMITS_H_
