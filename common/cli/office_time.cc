#include "common/cli/office_time.h"

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/base/epoch_days.h"

namespace keping::cli {

std::string OfficeTime::Format(int64_t micros) const {
  if (micros == 0) return "never";
  const absl::TimeZone zone = absl::FixedTimeZone(utc_offset_minutes_ * 60);
  const absl::Time time = absl::FromUnixMicros(micros);
  switch (utc_offset_minutes_) {
    case 420:
      return absl::FormatTime("%Y-%m-%d %H:%M:%S WIB", time, zone);
    case 480:
      return absl::FormatTime("%Y-%m-%d %H:%M:%S WITA", time, zone);
    case 540:
      return absl::FormatTime("%Y-%m-%d %H:%M:%S WIT", time, zone);
    default:
      return absl::FormatTime("%Y-%m-%d %H:%M:%S UTC%Ez", time, zone);
  }
}

std::string FormatDay(int32_t days_since_epoch) {
  if (days_since_epoch == 0) return "none";
  return absl::FormatCivilTime(base::FromEpochDays(days_since_epoch));
}

}  // namespace keping::cli
