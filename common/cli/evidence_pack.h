// `keping verify --pack`: whether an evidence pack proves what it says, on a machine that knows
// nothing else.
//
//   absl::StatusOr<std::string> text = VerifyPack({.file = "case.pack", .centre_key = hex});
#ifndef KEPING_COMMON_CLI_EVIDENCE_PACK_H_
#define KEPING_COMMON_CLI_EVIDENCE_PACK_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace keping::crypto {
class Verifier;
}  // namespace keping::crypto

namespace keping::cli {

struct VerifyPackRequest {
  std::string file;
  // Of the centre's receipt key, 64 hexadecimal digits; empty: whoever reads compares what is
  // shown.
  std::string centre_key;
};

// What was found good, for people. PermissionDenied: it is not what was signed; the message says
// what differs. InvalidArgument: it is no such file.
absl::StatusOr<std::string> VerifyPack(const VerifyPackRequest& request);

// The same of bytes in memory; `source` is what an error calls them.
absl::StatusOr<std::string> CheckPack(absl::string_view bytes, const std::string& source,
                                      const std::string& centre_key,
                                      const crypto::Verifier& verifier);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_EVIDENCE_PACK_H_
