// Calls a node's API on its Unix socket.
//
//   KEPING_RETURN_IF_ERROR(CheckSocket(path));
//   absl::StatusOr<EdgeResponse> response = CallEdge(path, timeout, request);
#ifndef KEPING_COMMON_CLI_CLIENT_H_
#define KEPING_COMMON_CLI_CLIENT_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/cli/requests.h"
#include "keping/maintenance/v1/backup.pb.h"

namespace google::protobuf {
class Message;
}  // namespace google::protobuf

namespace keping::cli {

// Whether somebody listens at `path`; else one sentence that says what to do. gRPC's own words for
// the same are of no use to an office.
absl::Status CheckSocket(const std::string& path);

// Keys and values that go with a call.
using CallMetadata = std::vector<std::pair<std::string, std::string>>;

// The response is the alternative that belongs to the request.
absl::StatusOr<EdgeResponse> CallEdge(const std::string& socket, absl::Duration timeout,
                                      const EdgeRequest& request);
absl::StatusOr<CentralResponse> CallCentral(const std::string& socket, absl::Duration timeout,
                                            const CentralRequest& request,
                                            const CallMetadata& metadata = {});

// Any method of either API, by its request.
absl::Status CallNode(const std::string& socket, absl::Duration timeout,
                      const google::protobuf::Message& request, google::protobuf::Message* response,
                      const CallMetadata& metadata = {});

// A page of the log of an edge node.
absl::StatusOr<maintenance_api::ReadLogResponse> CallReadLog(const std::string& socket,
                                                             absl::Duration timeout,
                                                             uint64_t from_seq);

// A backup of the central node, message by message. There is no deadline: it takes as long as there
// are rows. Errors of `on_response` end it and are passed on.
absl::Status CallBackup(
    const std::string& socket, const maintenance_api::BackupRequest& request,
    absl::FunctionRef<absl::Status(const maintenance_api::BackupResponse&)> on_response);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_CLIENT_H_
