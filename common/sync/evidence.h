// What a centre signs when it hands evidence out (proto/keping/central/v1/evidence.proto).
//
//   std::string signature = signer.Sign(EvidenceStatement(contents));
#ifndef KEPING_COMMON_SYNC_EVIDENCE_H_
#define KEPING_COMMON_SYNC_EVIDENCE_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/crypto/hash.h"

namespace keping::sync {

// "keping-evidence-v1", a line break, and the SHA-256 of the serialised contents in hex.
inline std::string EvidenceStatement(absl::string_view contents) {
  return absl::StrCat("keping-evidence-v1\n", crypto::Sha256({contents}).Hex());
}

}  // namespace keping::sync

#endif  // KEPING_COMMON_SYNC_EVIDENCE_H_
