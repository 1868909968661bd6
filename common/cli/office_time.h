// Times as the office's wall clock shows them.
//
//   OfficeTime time(480);
//   time.Format(micros);   // "2017-04-27 09:15:03 WITA"; "never" for 0
#ifndef KEPING_COMMON_CLI_OFFICE_TIME_H_
#define KEPING_COMMON_CLI_OFFICE_TIME_H_

#include <cstdint>
#include <string>

namespace keping::cli {

// Bangli's: central Indonesian time.
inline constexpr int kDefaultUtcOffsetMinutes = 480;

// A value.
class OfficeTime {
 public:
  // 420 shows as WIB, 480 as WITA, 540 as WIT, others as a UTC offset.
  explicit OfficeTime(int utc_offset_minutes = kDefaultUtcOffsetMinutes)
      : utc_offset_minutes_(utc_offset_minutes) {}

  // Since the Unix epoch.
  std::string Format(int64_t micros) const;

 private:
  int utc_offset_minutes_;
};

// "2017-04-27", or "none" for 0.
std::string FormatDay(int32_t days_since_epoch);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_OFFICE_TIME_H_
