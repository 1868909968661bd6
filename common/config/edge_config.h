// The configuration of an edge node, ready to use: parsed, defaults filled in, paths resolved,
// valid.
//
//   KEPING_ASSIGN_OR_RETURN(v1::EdgeConfig config, LoadEdgeConfig("/etc/keping/edge.textproto"));
#ifndef KEPING_COMMON_CONFIG_EDGE_CONFIG_H_
#define KEPING_COMMON_CONFIG_EDGE_CONFIG_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "keping/config/v1/edge.pb.h"

namespace keping::config {

// "18:00"; nullopt for anything else.
std::optional<int> MinuteOfDay(const std::string& text);

// InvalidArgument, one line per problem, or the codes of files::ReadFile.
absl::StatusOr<v1::EdgeConfig> LoadEdgeConfig(const std::string& path);

// Puts defaults where nothing was said, and `folder` before relative paths.
void CompleteEdgeConfig(absl::string_view folder, v1::EdgeConfig* config);

// InvalidArgument with every problem of a completed config; `file` begins each line.
absl::Status ValidateEdgeConfig(absl::string_view file, const v1::EdgeConfig& config);

}  // namespace keping::config

#endif  // KEPING_COMMON_CONFIG_EDGE_CONFIG_H_
