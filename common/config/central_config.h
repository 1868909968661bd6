// The configuration of a central node, ready to use: parsed, defaults filled in, paths resolved,
// valid.
//
//   KEPING_ASSIGN_OR_RETURN(v1::CentralConfig config,
//   LoadCentralConfig("/etc/keping/central.textproto"));
#ifndef KEPING_COMMON_CONFIG_CENTRAL_CONFIG_H_
#define KEPING_COMMON_CONFIG_CENTRAL_CONFIG_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "keping/config/v1/central.pb.h"

namespace keping::config {

// InvalidArgument, one line per problem, or the codes of files::ReadFile.
absl::StatusOr<v1::CentralConfig> LoadCentralConfig(const std::string& path);

// Puts defaults where nothing was said, and `folder` before relative paths.
void CompleteCentralConfig(absl::string_view folder, v1::CentralConfig* config);

// InvalidArgument with every problem of a completed config; `file` begins each line.
absl::Status ValidateCentralConfig(absl::string_view file, const v1::CentralConfig& config);

}  // namespace keping::config

#endif  // KEPING_COMMON_CONFIG_CENTRAL_CONFIG_H_
