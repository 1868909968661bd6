// The district's certificates: a certificate authority, requests, certificates that name a node
// (X.509 v3, EC P-256, by OpenSSL). Everything is PEM text; callers store it (common/files).
//
//   auto authority = CertificateAuthority::Create("bangli", ValidFor(now, kAuthorityValidity));
//   std::string key = *MakePrivateKey();                              // at the node
//   std::string request = *MakeCertificateRequest(key, "edge-1");     // at the node
//   std::string certificate =                                         // at the centre
//       *authority->Sign(request, "edge-1", CertificateUse::kClient, ValidFor(now,
//       absl::Hours(24)));
//   ReadCertificate(certificate)->node_id;                            // "edge-1"
//
// A certificate says who its holder is in the SAN entry URI:keping://node/<node id>. The node id is
// also a DNS name there, so that TLS clients check a server by its node id, wherever it listens. An
// edge node's names its log's incarnation too, URI:keping://incarnation/<incarnation id>, so that
// the end of an incarnation ends its certificates with it.
#ifndef KEPING_COMMON_CRYPTO_X509_H_
#define KEPING_COMMON_CRYPTO_X509_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace keping::crypto {

// The node id of every central node in the certificates of its district.
inline constexpr char kCentralNodeId[] = "central";
inline constexpr char kNodeUriPrefix[] = "keping://node/";
inline constexpr char kIncarnationUriPrefix[] = "keping://incarnation/";

inline constexpr absl::Duration kAuthorityValidity = absl::Hours(24 * 365 * 20);
inline constexpr absl::Duration kNodeCertificateValidity = absl::Hours(24 * 365 * 2);

// InvalidArgument unless a certificate can carry it: 1 to 63 lower-case letters, digits and
// hyphens.
absl::Status ValidateCertificateName(absl::string_view node_id);

struct Validity {
  absl::Time from;
  absl::Time until;
};

// From one day before `now`, because the clock of an office may be behind, to `period` after.
Validity ValidFor(absl::Time now, absl::Duration period);

// A new private key (PKCS #8 PEM). Secret: store it with files::Access::kOwnerOnly.
absl::StatusOr<std::string> MakePrivateKey();

// A request (PKCS #10) signed with the key; the node id in it is for people, see Sign().
absl::StatusOr<std::string> MakeCertificateRequest(absl::string_view key_pem,
                                                   absl::string_view node_id);

enum class CertificateUse {
  kClient,          // it may only call: the district at the national server
  kServerAndClient  // a node: it is called too, by nodes or by the browsers of its counter
};

// Immutable: safe to share between threads.
class CertificateAuthority {
 public:
  // A new key and its self-signed certificate.
  static absl::StatusOr<CertificateAuthority> Create(absl::string_view district,
                                                     const Validity& validity);
  // InvalidArgument when the key is not the certificate's.
  static absl::StatusOr<CertificateAuthority> Load(absl::string_view certificate_pem,
                                                   absl::string_view key_pem);

  // A certificate for the request's key. The names in it are made from `node_id` and `incarnation`
  // (which may be empty) alone, which the caller knows from elsewhere; nothing the request says
  // about itself is believed. InvalidArgument: no valid request, or not for an EC P-256 key.
  absl::StatusOr<std::string> Sign(absl::string_view request_pem, absl::string_view node_id,
                                   CertificateUse use, const Validity& validity,
                                   absl::string_view incarnation = {}) const;

  const std::string& certificate_pem() const { return certificate_pem_; }
  const std::string& key_pem() const { return key_pem_; }

 private:
  CertificateAuthority(std::string certificate_pem, std::string key_pem)
      : certificate_pem_(std::move(certificate_pem)), key_pem_(std::move(key_pem)) {}

  std::string certificate_pem_;
  std::string key_pem_;
};

struct CertificateFacts {
  std::string node_id;  // empty in an authority's certificate
  absl::Time not_before;
  absl::Time not_after;
  std::string fingerprint;  // SHA-256 of the certificate, 64 lower-case hexadecimal digits
  std::string incarnation;  // empty where it names none
};

// What the first certificate in `pem` says. InvalidArgument when there is none.
absl::StatusOr<CertificateFacts> ReadCertificate(absl::string_view pem);

// Whether the certificate should be replaced: a third of its life is left, or less, or by this
// clock it is not valid yet.
bool DueForRenewal(const CertificateFacts& certificate, absl::Time now);

// InvalidArgument unless `key_pem` is the certificate's.
absl::Status CheckKeyPair(absl::string_view certificate_pem, absl::string_view key_pem);

// OK when `pem` was signed by `authority_pem` and is valid at `now`; else Unauthenticated.
absl::Status VerifyCertificate(absl::string_view pem, absl::string_view authority_pem,
                               absl::Time now);

// The signature of a certificate's key over a statement (ECDSA with SHA-256, DER). InvalidArgument
// when the key does not parse.
absl::StatusOr<std::string> SignStatement(absl::string_view key_pem, absl::string_view statement);
// OK when the key of `certificate_pem` made the signature; else Unauthenticated.
absl::Status VerifyStatement(absl::string_view certificate_pem, absl::string_view statement,
                             absl::string_view signature);

// The part of a fingerprint that people compare and type: `3F2A-91C0-…`, five groups, 80 bits.
std::string ShortFingerprint(absl::string_view fingerprint);
// True when `typed` has at least 20 hexadecimal digits and the fingerprint begins with them; case,
// blanks and hyphens do not matter.
bool FingerprintMatches(absl::string_view fingerprint, absl::string_view typed);

// OK when `certificate_pem` is the central node's, valid at `now`, and signed by an authority in
// `chain_pem` whose fingerprint matches what a person typed; else Unauthenticated.
absl::Status VerifyCentralByFingerprint(absl::string_view certificate_pem,
                                        absl::string_view chain_pem, absl::string_view typed,
                                        absl::Time now);

}  // namespace keping::crypto

#endif  // KEPING_COMMON_CRYPTO_X509_H_
