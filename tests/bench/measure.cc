#include "tests/bench/measure.h"

#include <linux/magic.h>
#include <sys/resource.h>
#include <sys/statfs.h>
#include <unistd.h>

#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace keping::bench {
namespace {

constexpr long kXfsMagic = 0x58465342;

std::string FileSystemOf(const std::string& folder) {
  struct statfs facts {};
  if (statfs(folder.c_str(), &facts) != 0) return "unknown file system";
  switch (static_cast<long>(facts.f_type)) {
    case EXT4_SUPER_MAGIC:
      return "ext4";
    case kXfsMagic:
      return "xfs";
    case BTRFS_SUPER_MAGIC:
      return "btrfs";
    case OVERLAYFS_SUPER_MAGIC:
      return "overlayfs";
    case TMPFS_MAGIC:
      return "tmpfs, which is no disk";
    default:
      return absl::StrFormat("file system 0x%x", static_cast<unsigned>(facts.f_type));
  }
}

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double CpuSeconds(int who) {
  struct rusage usage {};
  getrusage(who, &usage);
  return Seconds(usage.ru_utime) + Seconds(usage.ru_stime);
}

}  // namespace

double OwnCpuSeconds() { return CpuSeconds(RUSAGE_THREAD); }

double ProgramCpuSeconds() { return CpuSeconds(RUSAGE_SELF); }

std::string MachineConditions(const std::string& folder) {
  double load = 0;
  getloadavg(&load, 1);
  return absl::StrCat(FileSystemOf(folder), ", ", sysconf(_SC_NPROCESSORS_ONLN), " CPUs, load ",
                      absl::StrFormat("%.1f", load));
}

}  // namespace keping::bench
