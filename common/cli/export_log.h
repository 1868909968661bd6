// `keping edge export-log`: the whole log of an edge node in one file, from the running node or
// from the store of a stopped one. It asks nothing of the node but that its log can be read, so it
// works while printing is locked, the disk is full, the certificate has expired or the records' key
// is lost.
//
//   KEPING_ASSIGN_OR_RETURN(v1::ExportedLog exported, ExportLog({.to = "susut.klog"}, source));
#ifndef KEPING_COMMON_CLI_EXPORT_LOG_H_
#define KEPING_COMMON_CLI_EXPORT_LOG_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "keping/cli/v1/upkeep.pb.h"

namespace keping::cli {

struct ExportLogRequest {
  std::string to;  // a new file (common/storage/log_file.h)
};

// Where the log is. Folders are empty when only the socket is known.
struct LogSource {
  std::string socket;
  std::string data_dir;
  std::string keys_dir;
  absl::Duration timeout = absl::Seconds(30);
};

// AlreadyExists: `to` is there. Unavailable: the node does not run, and its folder is not known.
// When the log turns out to be damaged, what was read before is in the file, and the error says so.
absl::StatusOr<v1::ExportedLog> ExportLog(const ExportLogRequest& request, const LogSource& source);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_EXPORT_LOG_H_
