// Who is calling, as proven by mutual TLS.
//
//   KEPING_ASSIGN_OR_RETURN(std::string node_id, PeerNodeId(*context));
#ifndef KEPING_COMMON_RPC_PEER_H_
#define KEPING_COMMON_RPC_PEER_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace grpc {
class ServerContextBase;
}

namespace keping::rpc {

// The node id in the caller's certificate. Unauthenticated when there is no certificate, or none
// that names exactly one node.
absl::StatusOr<std::string> PeerNodeId(const grpc::ServerContextBase& context);

// What else the same certificate says.
struct PeerCertificate {
  std::string incarnation;  // that it was made for; empty where it names none
  absl::Time not_after = absl::InfinitePast();
};
PeerCertificate ReadPeerCertificate(const grpc::ServerContextBase& context);

}  // namespace keping::rpc

#endif  // KEPING_COMMON_RPC_PEER_H_
