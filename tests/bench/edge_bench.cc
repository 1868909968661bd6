// The program of an office with 20,000 records cached: how long it takes from its start until it
// serves, how much memory it holds, what it burns when nothing happens; beside a program that only
// opens an empty database.
#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/status_macros.h"
#include "tests/bench/bench.h"
#include "tests/bench/bench_office.h"
#include "tests/bench/child_process.h"
#include "tests/bench/measure.h"

namespace keping::bench {
namespace {

constexpr size_t kRecordBytes = 30000;
constexpr double kMostStartSeconds = 1;
constexpr double kMostResidentMiB = 80;
constexpr double kMostIdlePercent = 0.5;

struct Sizes {
  size_t records;
  int starts;
  absl::Duration settling;  // after the start, until it counts as idle
  absl::Duration idle;
};

Sizes SizesOf(const BenchOptions& options) {
  if (options.quick) return {20, 1, absl::Milliseconds(10), absl::Milliseconds(50)};
  return {20000, 5, absl::Seconds(10), absl::Seconds(30)};
}

absl::Status Fill(const OfficeFolder& folder, size_t records) {
  KEPING_ASSIGN_OR_RETURN(const auto store, OpenOfficeStore(folder));
  KEPING_ASSIGN_OR_RETURN(const auto office, BenchOffice::Open(folder, store.get()));
  return office->Equip({.records = records, .record_bytes = kRecordBytes});
}

// Makes the next start read the database from the disk, as after a boot.
void DropFromMemory(const std::string& folder) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const int file = open(entry.path().c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) continue;
    fdatasync(file);
    posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    close(file);
  }
}

struct Program {
  explicit Program(std::vector<std::string> its_command) : command(std::move(its_command)) {}

  const std::vector<std::string> command;
  Samples start_seconds;
  Samples cold_start_seconds;
  Samples start_cpu_seconds;
  double resident_mib = 0;
  double anonymous_mib = 0;
  double idle_percent = 0;
};

absl::Status TimeStart(Program& program, Samples& seconds) {
  const Stopwatch watch;
  KEPING_ASSIGN_OR_RETURN(const auto child, ChildProcess::Start(program.command));
  KEPING_RETURN_IF_ERROR(child->AwaitReady());
  seconds.Add(watch.Seconds());
  program.start_cpu_seconds.Add(child->CpuSeconds());
  return absl::OkStatus();
}

absl::Status WatchIdle(Program& program, const Sizes& sizes) {
  KEPING_ASSIGN_OR_RETURN(const auto child, ChildProcess::Start(program.command));
  KEPING_RETURN_IF_ERROR(child->AwaitReady());
  KEPING_RETURN_IF_ERROR(child->LetRun(sizes.settling));
  const double cpu_before = child->CpuSeconds();
  const Stopwatch watch;
  KEPING_RETURN_IF_ERROR(child->LetRun(sizes.idle));
  program.idle_percent = (child->CpuSeconds() - cpu_before) / watch.Seconds() * 100;
  program.resident_mib = child->ResidentMiB();
  program.anonymous_mib = child->ResidentAnonymousMiB();
  return absl::OkStatus();
}

std::vector<Figure> FiguresOf(const Program& edge, const Program& empty,
                              const std::string& conditions) {
  const std::string rival = "a program that opens an empty RocksDB";
  const std::string start =
      absl::StrFormat("%s; %.2f s of CPU (%.2f)", conditions, edge.start_cpu_seconds.Quantile(0.5),
                      empty.start_cpu_seconds.Quantile(0.5));
  const std::string memory = absl::StrFormat("%s; %.1f MiB of it anonymous (%.1f)", conditions,
                                             edge.anonymous_mib, empty.anonymous_mib);
  return {{.name = "edge start",
           .value = edge.start_seconds.Quantile(0.5),
           .unit = "s",
           .ceiling = empty.start_seconds.Quantile(0.5),
           .ceiling_name = rival,
           .conditions = start,
           .bar = AtMost(kMostStartSeconds)},
          {.name = "edge start, files not in memory",
           .value = edge.cold_start_seconds.Quantile(0.5),
           .unit = "s",
           .ceiling = empty.cold_start_seconds.Quantile(0.5),
           .ceiling_name = rival,
           .conditions = start,
           .bar = AtMost(kMostStartSeconds)},
          {.name = "edge resident memory",
           .value = edge.resident_mib,
           .unit = "MiB",
           .ceiling = empty.resident_mib,
           .ceiling_name = rival,
           .conditions = memory,
           .bar = AtMost(kMostResidentMiB)},
          {.name = "edge CPU when idle",
           .value = edge.idle_percent,
           .unit = "%",
           .ceiling = empty.idle_percent,
           .ceiling_name = rival,
           .conditions = conditions,
           .bar = AtMost(kMostIdlePercent)}};
}

absl::StatusOr<std::vector<Figure>> RunEdge(const BenchOptions& options) {
  const Sizes sizes = SizesOf(options);
  KEPING_ASSIGN_OR_RETURN(const OfficeFolder folder, EnrolOffice(options.folder));
  KEPING_RETURN_IF_ERROR(Fill(folder, sizes.records));
  const std::string empty_folder = options.folder + "/empty";
  Program edge({options.program_folder + "/keping-edge", "--config", folder.config});
  Program empty({options.program_folder + "/keping-bench-empty-store", empty_folder});
  for (int i = 0; i < sizes.starts; ++i) {
    for (Program* program : {&empty, &edge}) {
      KEPING_RETURN_IF_ERROR(TimeStart(*program, program->start_seconds));
      DropFromMemory(program == &edge ? folder.data_dir : empty_folder);
      KEPING_RETURN_IF_ERROR(TimeStart(*program, program->cold_start_seconds));
    }
  }
  KEPING_RETURN_IF_ERROR(WatchIdle(empty, sizes));
  KEPING_RETURN_IF_ERROR(WatchIdle(edge, sizes));
  return FiguresOf(edge, empty,
                   absl::StrCat(sizes.records, " records of 30 kB, ", sizes.starts,
                                " starts, idle for ", absl::FormatDuration(sizes.idle),
                                " without link and printer, ", MachineConditions(options.folder)));
}

KEPING_BENCH("edge", "20,000 records cached: start, memory, CPU when idle", &RunEdge);

}  // namespace
}  // namespace keping::bench
