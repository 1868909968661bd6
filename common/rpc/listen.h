// Why a server could not listen, in words: gRPC only says that it could not.
//
//   KEPING_RETURN_IF_ERROR(CheckAddressIsFree("0.0.0.0:7443"));
//   KEPING_RETURN_IF_ERROR(PrepareUnixSocket("/run/keping/edge.sock"));
#ifndef KEPING_COMMON_RPC_LISTEN_H_
#define KEPING_COMMON_RPC_LISTEN_H_

#include <string>

#include "absl/status/status.h"

namespace keping::rpc {

// Binds `address` (host:port) for a moment. AlreadyExists: the port is in use; PermissionDenied;
// InvalidArgument: no address of this machine.
absl::Status CheckAddressIsFree(const std::string& address);

// Makes `path` free for a listener: removes the socket that a dead process left. AlreadyExists when
// somebody listens there, or when it is no socket; InvalidArgument when it is too long; NotFound
// without its folder.
absl::Status PrepareUnixSocket(const std::string& path);

}  // namespace keping::rpc

#endif  // KEPING_COMMON_RPC_LISTEN_H_
