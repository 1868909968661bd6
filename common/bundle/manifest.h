// What a bundle says of itself, readable by everybody and signed by its sender: who it is from and
// for, which part of a log or a feed it carries, and the hash of its sealed body.
//
//   manifest := "keping bundle manifest 1\n" line*        every line once, in this order
//   line     := name " " value "\n"                       "-" for an empty value
//     kind                    log | answer | request | slip
//     sender, sender_incarnation, sender_key              node ids; the key in hex (Ed25519)
//     recipient, recipient_incarnation
//     made_at                 the sender's wall clock, microseconds since the Unix epoch: evidence
//     first_seq, last_seq     log: the entries inside; last_seq 0: none
//     head_seq, head_hash     log: the end of the sender's log; answer: what the centre holds of it
//     feed_from, feed_to      answer: the part of the feed inside; log: twice what the node has
//     feed_state              log: of the node's feed
//     generation, generation_order   of the centre, as the sender knows it
//     certificate, key_proof  request, slip: what shows the other office whose key this is
//                             (sender_proof.h), in base64
//     units, unit_bytes       inside, before compression
//     body_bytes, body_hash   of the sealed body, all parts together (SHA-256)
//
//   std::string text = EncodeManifest(manifest);
//   std::string signature = signer.Sign(ManifestStatement(text));
//   KEPING_ASSIGN_OR_RETURN(Manifest manifest, ParseManifest(text));
#ifndef KEPING_COMMON_BUNDLE_MANIFEST_H_
#define KEPING_COMMON_BUNDLE_MANIFEST_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/crypto/hash.h"
#include "common/domain/ids.h"
#include "common/sync/frames.h"

namespace keping::bundle {

inline constexpr size_t kMaxManifestBytes = 4096;
inline constexpr size_t kSignatureBytes = 64;

enum class Kind {
  kLog = 1,     // of a node, to the centre
  kAnswer = 2,  // of the centre, to a node: a receipt and a part of the feed
  // Between two offices.
  kRequest = 3,  // whom blanks may be lent to: nothing is inside
  kSlip = 4,     // the entry of a log that says what was lent
};

// A value.
struct Manifest {
  Kind kind = Kind::kLog;
  domain::NodeId sender;
  domain::IncarnationId sender_incarnation;  // empty of the centre
  std::string sender_key;                    // 32 bytes
  domain::NodeId recipient;
  domain::IncarnationId recipient_incarnation;  // empty for the centre
  absl::Time made_at = absl::UnixEpoch();
  uint64_t first_seq = 0;
  uint64_t last_seq = 0;
  sync::Head head = {};
  uint64_t feed_from = 0;
  uint64_t feed_to = 0;
  crypto::Hash feed_state = {};
  domain::GenerationId generation;  // or empty
  uint32_t generation_order = 0;
  std::string certificate = {};  // PEM
  std::string key_proof = {};
  uint64_t units = 0;
  uint64_t unit_bytes = 0;
  uint64_t body_bytes = 0;
  crypto::Hash body_hash = {};

  friend bool operator==(const Manifest&, const Manifest&) = default;
};

// "log", "answer", "request" or "slip".
const char* KindName(Kind kind);

std::string EncodeManifest(const Manifest& manifest);
// InvalidArgument with K-245 for anything but the canonical text.
absl::StatusOr<Manifest> ParseManifest(absl::string_view text);

// The bytes that are signed: "keping-bundle-v1" LF and the text.
std::string ManifestStatement(absl::string_view text);

// Names a bundle: 16 hexadecimal digits of the hash of its manifest. Every part bears it.
std::string SetIdOf(absl::string_view manifest_text);

}  // namespace keping::bundle

#endif  // KEPING_COMMON_BUNDLE_MANIFEST_H_
