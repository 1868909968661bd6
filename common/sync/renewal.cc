#include "common/sync/renewal.h"

#include "absl/strings/str_cat.h"
#include "common/crypto/hash.h"

namespace keping::sync {

std::string RenewalStatement(const domain::NodeId& node, const domain::IncarnationId& incarnation,
                             absl::string_view csr_pem, absl::string_view challenge) {
  const crypto::Hash request = crypto::Sha256({csr_pem});
  return absl::StrCat("keping-renewal-v1", node.value(), "\n", incarnation.value(), "\n",
                      request.AsBytes(), challenge);
}

}  // namespace keping::sync
