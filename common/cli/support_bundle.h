// `keping support-bundle`: one archive for whoever helps an office from afar, of a running node or
// a stopped one: logs, configuration, versions, statistics of the store and heads of the logs. No
// personal data and no secret: keys are listed by name, records are counted.
//
//   KEPING_ASSIGN_OR_RETURN(v1::SupportBundle bundle,
//                           MakeSupportBundle({.edge_config = path, .to = "susut.tar.zst"}, …));
#ifndef KEPING_COMMON_CLI_SUPPORT_BUNDLE_H_
#define KEPING_COMMON_CLI_SUPPORT_BUNDLE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "keping/cli/v1/upkeep.pb.h"

namespace keping::cli {

struct SupportBundleRequest {
  // Of the node: one of the two.
  std::string edge_config;
  std::string central_config;
  std::string to;  // a new file
};

// What cannot be had is named in the answer and in the archive, and is no error. InvalidArgument:
// the config. Else the codes of WriteArchive.
absl::StatusOr<v1::SupportBundle> MakeSupportBundle(const SupportBundleRequest& request,
                                                    absl::Duration timeout, absl::Time now);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_SUPPORT_BUNDLE_H_
