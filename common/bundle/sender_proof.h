// Shows one office whose key it is that another office signed a bundle with, without asking the
// centre: the sender's certificate under the district's authority, and the statement of the
// certificate's key that the log key is its own.
//
//   manifest.key_proof = *MakeKeyProof(tls.key_pem, {node, incarnation, public_key});
//   KEPING_RETURN_IF_ERROR(CheckSender(manifest, authority_pem));   // then sender_key is the
//   node's
//
// Nobody is told here that a node was revoked since: the centre finds it when the logs arrive.
#ifndef KEPING_COMMON_BUNDLE_SENDER_PROOF_H_
#define KEPING_COMMON_BUNDLE_SENDER_PROOF_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/bundle/manifest.h"
#include "common/domain/ids.h"

namespace keping::bundle {

struct LogKey {
  domain::NodeId node;
  domain::IncarnationId incarnation;
  std::string public_key;  // 32 bytes
};

// By the private key of the node's certificate.
absl::StatusOr<std::string> MakeKeyProof(absl::string_view tls_key_pem, const LogKey& key);

// OK when the manifest's sender_key is the log key of its sender, a node of the district; else
// PermissionDenied with K-267. An old certificate is as good as a new one: an outage may last
// longer than it.
absl::Status CheckSender(const Manifest& manifest, absl::string_view authority_pem);

}  // namespace keping::bundle

#endif  // KEPING_COMMON_BUNDLE_SENDER_PROOF_H_
