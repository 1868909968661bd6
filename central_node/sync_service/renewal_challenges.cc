#include "central_node/sync_service/renewal_challenges.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "common/crypto/hash.h"
#include "common/crypto/random.h"
#include "common/storage/key_space.h"

namespace keping::central {
namespace {

constexpr size_t kKeySize = 32;
constexpr size_t kSaltSize = 16;
constexpr size_t kHeadSize = 8 + kSaltSize;  // time and salt

}  // namespace

RenewalChallenges::RenewalChallenges() : key_(crypto::RandomBytes(kKeySize)) {}

std::string RenewalChallenges::Make(absl::string_view node, absl::string_view incarnation,
                                    absl::Duration now) const {
  std::string head;
  storage::AppendBigEndian64(&head, static_cast<uint64_t>(absl::ToInt64Microseconds(now)));
  head += crypto::RandomBytes(kSaltSize);
  return Sealed(head, node, incarnation);
}

std::string RenewalChallenges::Sealed(absl::string_view time_and_salt, absl::string_view node,
                                      absl::string_view incarnation) const {
  const crypto::Hash hash = crypto::KeyedHash(
      key_, {"keping-renewal-challenge-v1\n", node, "\n", incarnation, "\n", time_and_salt});
  return absl::StrCat(time_and_salt, hash.AsBytes());
}

absl::Status RenewalChallenges::Check(absl::string_view challenge, absl::string_view node,
                                      absl::string_view incarnation, absl::Duration now) const {
  const auto made = storage::ReadBigEndian64(challenge);
  if (made.ok() && challenge == Sealed(challenge.substr(0, kHeadSize), node, incarnation)) {
    const absl::Duration age = now - absl::Microseconds(static_cast<int64_t>(*made));
    if (age >= absl::ZeroDuration() && age <= kValidity) return absl::OkStatus();
  }
  return absl::UnauthenticatedError(
      absl::StrCat("got a challenge that is not this centre's for this node, or older than ",
                   absl::FormatDuration(kValidity), ", want a fresh one; begin again"));
}

}  // namespace keping::central
