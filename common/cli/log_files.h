// Logs that lie in files (common/storage/log_file.h): a mirror folder, or what `keping edge
// export-log` wrote.
//
//   for (const std::vector<std::string>& files : FindLogFiles("/media/stick")) {
//     KEPING_ASSIGN_OR_RETURN(const FiledLog log, ReadFiledLog(files));
//     for (const sync::Segment& segment : log.segments) …
//   }
#ifndef KEPING_COMMON_CLI_LOG_FILES_H_
#define KEPING_COMMON_CLI_LOG_FILES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/domain/ids.h"
#include "common/sync/frames.h"

namespace keping::cli {

// By its name, or by its first bytes.
bool IsLogFile(const std::string& path);

// The files of each log, in the order of their names: `path` itself, those in that folder, or those
// in each of its folders.
std::vector<std::vector<std::string>> FindLogFiles(const std::string& path);

struct FiledLog {
  domain::NodeId node;  // empty: the files hold no entry
  // What lies between two of the node's signatures. They prove themselves, as on the wire.
  std::vector<sync::Segment> segments;
  uint64_t entries_unsigned = 0;      // that no signature covers
  std::vector<std::string> problems;  // for people
};

// The files of one log; entries may stand in them twice, and a file may end torn. The codes of
// storage::ReadLogFile, but that a file of another kind is a problem.
absl::StatusOr<FiledLog> ReadFiledLog(const std::vector<std::string>& files);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_LOG_FILES_H_
