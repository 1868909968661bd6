// What makes a central node this district: the files of its keys folder.
//
//   ca.pem ca.key       the district's certificate authority
//   node.pem node.key   the certificate with which the centre serves, and its key
//   chain.pem           that certificate and the authority's, as it is served
//   receipt.key         seed of the Ed25519 key that countersigns, 32 bytes
//   code.key            key of the hashes of one-time codes, 32 bytes
//
//   KEPING_ASSIGN_OR_RETURN(DistrictKeys keys,
//                           LoadOrMakeDistrictKeys(config.keys_dir(), config.district_id(),
//                           clock));
#ifndef KEPING_CENTRAL_NODE_SYNC_SERVICE_DISTRICT_KEYS_H_
#define KEPING_CENTRAL_NODE_SYNC_SERVICE_DISTRICT_KEYS_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/crypto/signer.h"
#include "common/crypto/x509.h"
#include "common/rpc/server.h"
#include "common/rpc/tls_identity.h"
#include "common/time/clock.h"

namespace keping::central {

// Immutable and shared by reference: it holds the district's secrets, so never log it.
struct DistrictKeys {
  crypto::CertificateAuthority authority;
  // What people compare when they enrol a node: crypto::ShortFingerprint of the authority.
  std::string fingerprint;
  rpc::TlsIdentity tls;
  std::unique_ptr<crypto::Signer> signer;
  std::string code_key;
};

// Loads the keys, and makes what is missing: all of it for a new district. An authority of which a
// part is lost is an error (FailedPrecondition), because a new one would lock every enrolled node
// out. Else the codes of files::ReadFile, crypto::LoadSecretFile and CertificateAuthority::Load.
absl::StatusOr<DistrictKeys> LoadOrMakeDistrictKeys(const std::string& keys_dir,
                                                    const std::string& district_id,
                                                    const time::Clock& clock);

// The files that the centre's servers read, again when they change (rpc/server.h).
rpc::TlsFiles ServedFiles(const std::string& keys_dir);

// Makes a new key and certificate for the centre's servers when the present one is due
// (crypto::DueForRenewal); true when it did. FailedPrecondition with K-253 when `now` lies outside
// the authority's own validity: then this machine's clock is wrong, and nothing is changed.
absl::StatusOr<bool> RenewServerIdentity(const std::string& keys_dir,
                                         const crypto::CertificateAuthority& authority,
                                         absl::Time now);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_SYNC_SERVICE_DISTRICT_KEYS_H_
