// How a node asks for a new certificate: it signs its request, and a challenge that the centre made
// just now, with the key of its log, which the centre knows. The old certificate plays no part, so
// one that has expired can be renewed too.
//
//   signer->Sign(RenewalStatement(node, incarnation, csr_pem, challenge))
#ifndef KEPING_COMMON_SYNC_RENEWAL_H_
#define KEPING_COMMON_SYNC_RENEWAL_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/domain/ids.h"

namespace keping::sync {

// The bytes that are signed:
//   "keping-renewal-v1" node LF incarnation LF hash of the request(32 bytes) challenge
std::string RenewalStatement(const domain::NodeId& node, const domain::IncarnationId& incarnation,
                             absl::string_view csr_pem, absl::string_view challenge);

}  // namespace keping::sync

#endif  // KEPING_COMMON_SYNC_RENEWAL_H_
