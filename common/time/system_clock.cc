#include "common/time/system_clock.h"

#include <ctime>
#include <fstream>

#include "absl/time/clock.h"

namespace keping::time {
namespace {

std::string ReadBootId() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string id;
  std::getline(file, id);
  return id.empty() ? "unknown" : id;
}

}  // namespace

SystemClock::SystemClock() : boot_id_(ReadBootId()) {}

Moment SystemClock::Now() const {
  timespec running{};
  clock_gettime(CLOCK_BOOTTIME, &running);
  return {absl::Now(), absl::DurationFromTimespec(running), boot_id_};
}

}  // namespace keping::time
