// Structured logs: one line per record, `ts=… level=info event=… key=value …` (logfmt, UTC), to
// standard error or to a file that rotates. What goes in: ids, codes and counts, never personal
// data.
//
//   KEPING_RETURN_IF_ERROR(ConfigureLogging({.file = config.log_file()}));
//   LogInfo("segment_receipted", {{"node", node.value()}, {"seq", seq}});
//
// Log or return an error, not both.
#ifndef KEPING_COMMON_OBSERVABILITY_LOG_H_
#define KEPING_COMMON_OBSERVABILITY_LOG_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/observability/log_record.h"

namespace keping::observability {

struct LogOptions {
  // Empty: standard error. Parent folders are made.
  std::string file;
  // A file that would grow beyond this is renamed: `keping.log` to `keping.1.log` and so on.
  size_t rotate_at_bytes = 10 * 1024 * 1024;
  // Older files kept beside the current one.
  size_t rotated_files = 5;
};

// Where records go from now on; until the first call they go to standard error. Call it at start,
// before other threads log. Unavailable when the file cannot be opened; the target stays as it was.
absl::Status ConfigureLogging(const LogOptions& options);

// Thread-safe; each record is handed to the kernel before the call returns.
void LogInfo(absl::string_view event, std::initializer_list<Field> fields = {});
// Something is wrong, and the program goes on by itself.
void LogWarning(absl::string_view event, std::initializer_list<Field> fields = {});
// Somebody has to do something.
void LogError(absl::string_view event, std::initializer_list<Field> fields = {});

}  // namespace keping::observability

#endif  // KEPING_COMMON_OBSERVABILITY_LOG_H_
