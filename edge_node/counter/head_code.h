// The head of this node's log as a QR code, on the screen and under the day report: a photo of it
// that is sent is compared by `keping central compare-head`, which takes its text.
//
//   const std::string text = HeadCodeText(node, incarnation, seq, hash);
//   *response.mutable_proof_qr() = DrawHeadCode(text);
#ifndef KEPING_EDGE_NODE_COUNTER_HEAD_CODE_H_
#define KEPING_EDGE_NODE_COUNTER_HEAD_CODE_H_

#include <cstdint>
#include <string>

#include "common/crypto/hash.h"
#include "common/domain/ids.h"
#include "keping/edge/v1/edge.pb.h"

namespace keping::edge {

// "susut/5f2c… 248 9e107d9d372bb682": the log, its entry, and the first digits of that entry's
// hash.
std::string HeadCodeText(const domain::NodeId& node, const domain::IncarnationId& incarnation,
                         uint64_t seq, const crypto::Hash& hash);

v1::QrCode DrawHeadCode(const std::string& text);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_COUNTER_HEAD_CODE_H_
