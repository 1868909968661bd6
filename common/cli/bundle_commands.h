// `keping bundle`: what a link would carry between an office and the centre, in files.
//
//   KEPING_ASSIGN_OR_RETURN(v1::ExportedBundle exported, ExportBundle(request, socket, timeout));
//   KEPING_ASSIGN_OR_RETURN(v1::ImportedBundles imported, ImportBundles(request, socket, timeout));
//   KEPING_ASSIGN_OR_RETURN(v1::InspectedBundles inspected, InspectBundles(request));
#ifndef KEPING_COMMON_CLI_BUNDLE_COMMANDS_H_
#define KEPING_COMMON_CLI_BUNDLE_COMMANDS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "keping/cli/v1/bundle.pb.h"
#include "keping/maintenance/v1/bundle.pb.h"

namespace keping::cli {

// The node that exports or imports; one of the three.
struct BundleNode {
  std::string edge_config;
  std::string central_config;
  std::string socket;
};

struct ExportBundleRequest {
  BundleNode node;
  std::string to;  // a new file
  uint64_t split_bytes = 0;
  maintenance::v1::OpenExportRequest what;
  std::string request_file;  // with a slip: the request of the office that takes the blanks
};

struct ImportBundlesRequest {
  BundleNode node;
  std::vector<std::string> paths;  // files and folders
  // At the centre: where the answers go, a new file or a folder; or empty.
  std::string answer;
  uint64_t split_bytes = 0;
};

struct InspectBundlesRequest {
  std::vector<std::string> paths;
  std::string public_key;  // of the sender, in hex; or empty
};

// AlreadyExists: the file is there.
absl::StatusOr<v1::ExportedBundle> ExportBundle(const ExportBundleRequest& request,
                                                const std::string& socket, absl::Duration timeout);

// Takes every whole bundle that it finds, and at the centre every log in files (log_files.h); what
// could not be taken is in `problems`. An error: nothing was found, or the node does not answer.
absl::StatusOr<v1::ImportedBundles> ImportBundles(const ImportBundlesRequest& request,
                                                  const std::string& socket,
                                                  absl::Duration timeout);

// Asks no node and needs no secret.
absl::StatusOr<v1::InspectedBundles> InspectBundles(const InspectBundlesRequest& request);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_BUNDLE_COMMANDS_H_
