// The key pair that a district's keys are sealed to in a backup: whoever has the private part, on
// paper in a safe, can bring the centre back; the public part can only seal.
//
//   EscrowPair pair = MakeEscrowPair(crypto::RandomBytes(kEscrowKeyBytes));
//   out << EscrowText(EscrowPart::kPrivate, pair.seed);
//   KEPING_ASSIGN_OR_RETURN(std::string seed, ReadEscrowText(EscrowPart::kPrivate, file));
//
//   text := label " " hex digits, four and four, then eight more of a checksum
//   label := "keping-escrow-private-1:" | "keping-escrow-public-1:"
//
// The checksum finds what was typed wrong from paper: a key with a wrong digit is a key of nobody.
#ifndef KEPING_COMMON_BACKUP_ESCROW_KEY_H_
#define KEPING_COMMON_BACKUP_ESCROW_KEY_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/keys/key_files.h"
#include "keping/store/v1/backup.pb.h"

namespace keping::backup {

inline constexpr size_t kEscrowKeyBytes = 32;

struct EscrowPair {
  std::string seed;        // secret, 32 bytes
  std::string public_key;  // Ed25519, as common/bundle/sealed_stream.h seals to it
};

// Of a seed of 32 secret bytes; InvalidArgument for another size.
absl::StatusOr<EscrowPair> EscrowPairOf(absl::string_view seed);

enum class EscrowPart { kPrivate, kPublic };

// One line, without a line break.
std::string EscrowText(EscrowPart part, absl::string_view key);
// The line of that part among others, however it is spaced and in whatever case. InvalidArgument
// with K-290: there is none, or its digits are not the ones that were written.
absl::StatusOr<std::string> ReadEscrowText(EscrowPart part, absl::string_view text);

// Seals key files; `facts` gets what a manifest says of them, without the part. InvalidArgument:
// the recipient is no key.
absl::StatusOr<std::string> SealKeys(const keys::KeyFiles& files, absl::string_view public_key,
                                     store::v1::SealedKeys* facts);
// InvalidArgument with K-290: sealed to another key; with K-288: damaged.
absl::StatusOr<keys::KeyFiles> OpenKeys(absl::string_view sealed,
                                        const store::v1::SealedKeys& facts, absl::string_view seed);

}  // namespace keping::backup

#endif  // KEPING_COMMON_BACKUP_ESCROW_KEY_H_
