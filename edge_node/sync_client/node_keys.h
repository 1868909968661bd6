// What makes an edge node this node: the files of its keys folder.
//
//   ca.pem node.pem node.key   certificate of the district, of the node, and its TLS key
//   log.key                    seed of the Ed25519 key that signs the log, 32 bytes
//   incarnation                id of the log's incarnation that the key belongs to
//   centre.pub                 the centre's Ed25519 key for receipts and feeds, 64 hex digits
//
//   KEPING_ASSIGN_OR_RETURN(NodeKeys keys, LoadNodeKeys(config.keys_dir()));
#ifndef KEPING_EDGE_NODE_SYNC_CLIENT_NODE_KEYS_H_
#define KEPING_EDGE_NODE_SYNC_CLIENT_NODE_KEYS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/domain/ids.h"
#include "common/rpc/tls_identity.h"

namespace keping::edge {

// Secret: never log it. A value.
struct NodeKeys {
  domain::NodeId node;  // as the certificate says
  rpc::TlsIdentity tls;
  std::string log_seed;  // crypto::kSignerSeedSize bytes
  domain::IncarnationId incarnation;
  std::string centre_public_key;  // 32 bytes
};

// NotFound, with what to do, when the node is not enrolled; InvalidArgument or PermissionDenied for
// a file that is damaged, or a key that others can read.
absl::StatusOr<NodeKeys> LoadNodeKeys(const std::string& keys_dir);

// Whether LoadNodeKeys would find a node here, damaged or not.
bool IsEnrolled(const std::string& keys_dir);

// The part that a node makes itself, before it is enrolled.
struct OwnKeys {
  std::string tls_key_pem;
  std::string log_seed;
  domain::IncarnationId incarnation;
};

// Makes what is missing in `keys_dir`, the folder included: a repeated enrolment goes on with the
// same keys.
absl::StatusOr<OwnKeys> LoadOrMakeOwnKeys(const std::string& keys_dir);

// Stores what the centre answered. The certificate comes last: then the node is enrolled.
absl::Status StoreEnrolment(const std::string& keys_dir, const rpc::TlsIdentity& tls,
                            absl::string_view centre_public_key);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_SYNC_CLIENT_NODE_KEYS_H_
