// A new tar archive, compressed by zstd: `tar --zstd -xf` opens it anywhere.
//
//   KEPING_RETURN_IF_ERROR(WriteArchive("bundle.tar.zst", {{"versions.txt", text}}, now));
#ifndef KEPING_COMMON_CLI_ARCHIVE_H_
#define KEPING_COMMON_CLI_ARCHIVE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace keping::cli {

struct ArchivedFile {
  std::string name;  // with folders, relative
  std::string content;
};

// Mode 0600; every file in it is dated `now`. AlreadyExists: it is never overwritten. Else the
// codes for a disk that fails; a half-written archive is removed.
absl::Status WriteArchive(const std::string& path, const std::vector<ArchivedFile>& files,
                          absl::Time now);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_ARCHIVE_H_
