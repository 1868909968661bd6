// Session frames to protos and back: the only door between common/sync/frames.h and keping.sync.v1.
#ifndef KEPING_COMMON_WIRE_FRAME_CODEC_H_
#define KEPING_COMMON_WIRE_FRAME_CODEC_H_

#include "absl/status/statusor.h"
#include "common/domain/entry.h"
#include "common/sync/frames.h"

namespace keping::sync::v1 {
class SessionRequest;
class SessionResponse;
}  // namespace keping::sync::v1

namespace keping::wire {

// Of a unit's proto: one entry or item alone may pass the bound of its unit in frames.h.
inline constexpr size_t kMaxUnitBytes = 2 * domain::kMaxPayloadSize;

void EncodeFrame(const sync::NodeFrame& frame, sync::v1::SessionRequest* proto);
void EncodeFrame(const sync::CentreFrame& frame, sync::v1::SessionResponse* proto);

// InvalidArgument that names the field; a frame beyond the bounds of frames.h is refused too.
absl::StatusOr<sync::NodeFrame> DecodeFrame(const sync::v1::SessionRequest& proto);
absl::StatusOr<sync::CentreFrame> DecodeFrame(const sync::v1::SessionResponse& proto);

}  // namespace keping::wire

#endif  // KEPING_COMMON_WIRE_FRAME_CODEC_H_
