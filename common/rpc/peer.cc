#include "common/rpc/peer.h"

#include <grpc/grpc_security_constants.h>
#include <grpcpp/security/auth_context.h>
#include <grpcpp/server_context.h>

#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "common/crypto/x509.h"

namespace keping::rpc {

absl::StatusOr<std::string> PeerNodeId(const grpc::ServerContextBase& context) {
  const std::shared_ptr<const grpc::AuthContext> peer = context.auth_context();
  std::vector<std::string> nodes;
  if (peer != nullptr && peer->IsPeerAuthenticated()) {
    for (const grpc::string_ref& uri : peer->FindPropertyValues(GRPC_PEER_URI_PROPERTY_NAME)) {
      absl::string_view text(uri.data(), uri.size());
      if (absl::ConsumePrefix(&text, crypto::kNodeUriPrefix)) nodes.emplace_back(text);
    }
  }
  if (nodes.size() == 1) return nodes.front();
  return absl::UnauthenticatedError(
      "got a caller without a node's certificate, want one of this district; enrol the node");
}

PeerCertificate ReadPeerCertificate(const grpc::ServerContextBase& context) {
  const std::shared_ptr<const grpc::AuthContext> peer = context.auth_context();
  if (peer == nullptr || !peer->IsPeerAuthenticated()) return {};
  for (const grpc::string_ref& pem : peer->FindPropertyValues(GRPC_X509_PEM_CERT_PROPERTY_NAME)) {
    const auto facts = crypto::ReadCertificate({pem.data(), pem.size()});
    if (facts.ok()) return {.incarnation = facts->incarnation, .not_after = facts->not_after};
  }
  return {};
}

}  // namespace keping::rpc
