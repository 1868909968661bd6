// Telephone grants: a short code that the district reads out and a person types in at an office
// without a link. Made with a key that only the centre and this node have, for one act on one day.
//
//   std::string code = MakeGrantCode(key, terms, 7);          // "0748 1502 9937"
//   KEPING_ASSIGN_OR_RETURN(TypedGrant typed, ParseGrantCode("0748-1502-9937"));
//   if (auto tag = MatchGrant(key, terms, typed)) …            // the tag names the grant in the
//   logs
//
//   code := number (2 digits) mark (9 digits) check (1 digit)
//   mark := HMAC-SHA-256(key, "keping-grant-v1\n" terms number "\ncode") modulo 10^9
//   tag  := HMAC-SHA-256(key, "keping-grant-v1\n" terms number "\ntag")
//
// `terms` is every field of GrantTerms in the order of the struct, each followed by a line feed.
// The number tells the grants of a node and day apart. The check digit (Damm, 2004) finds every
// single wrong digit and every swap of neighbours, so that a slip of the ear costs no try.
#ifndef KEPING_COMMON_DOMAIN_GRANT_CODE_H_
#define KEPING_COMMON_DOMAIN_GRANT_CODE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/crypto/hash.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"

namespace keping::domain {

inline constexpr size_t kGrantKeySize = 32;
inline constexpr uint32_t kGrantNumbers = 100;  // 0 … 99

// What a grant is good for. Both sides must mean exactly the same.
struct GrantTerms {
  NodeId node;
  GrantKind kind = GrantKind::kUnlockNode;
  SubjectId subject;  // the operator or the record; empty for kUnlockNode
  absl::CivilDay day;
  ApplicationVersion application_version;  // of kCertifyOperator; or empty
  LeaseEpoch lease_epoch;                  // of kForceLease

  friend bool operator==(const GrantTerms&, const GrantTerms&) = default;
};

struct TypedGrant {
  uint32_t number = 0;
  uint32_t mark = 0;
};

// In groups of four digits.
std::string MakeGrantCode(absl::string_view key, const GrantTerms& terms, uint32_t number);
crypto::Hash GrantTag(absl::string_view key, const GrantTerms& terms, uint32_t number);

// Blanks and hyphens do not matter. InvalidArgument, without the text, for what is no code.
absl::StatusOr<TypedGrant> ParseGrantCode(absl::string_view typed);

// The tag of the grant that these terms and this code are of; nullopt when the code is of no such
// grant.
std::optional<crypto::Hash> MatchGrant(absl::string_view key, const GrantTerms& terms,
                                       const TypedGrant& typed);

// "nol tujuh empat delapan, satu …": the digits as they are said on the telephone, in Indonesian.
std::string SpokenDigits(absl::string_view code);

}  // namespace keping::domain

#endif  // KEPING_COMMON_DOMAIN_GRANT_CODE_H_
