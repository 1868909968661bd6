// The frames of one session as they travel. Both ends keep what was said before and leave it out:
// in protocol 2 a segment's entries go without what the receiver can work out
// (compact_entries.h), a receipt without what the welcome and the segments said, a feed batch
// packed, the tail of a log after its first entry like a segment; all under limits. In protocol 1,
// and where something does not fit that form, a frame travels as frame_codec.h makes it.
//
//   NodeSessionCodec codec;                       // one per connection
//   codec.Encode(hello, &request);
//   absl::StatusOr<sync::CentreFrame> frame = codec.Decode(response);
#ifndef KEPING_COMMON_WIRE_SESSION_CODEC_H_
#define KEPING_COMMON_WIRE_SESSION_CODEC_H_

#include <cstdint>
#include <deque>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/sync/frames.h"
#include "common/wire/compact_entries.h"

namespace keping::sync::v1 {
class Receipt;
class Segment;
class SessionRequest;
class SessionResponse;
}  // namespace keping::sync::v1

namespace keping::wire {

// What both ends of a session know from the frames before, the same at both.
struct SessionMemory {
  // Takes over what the welcome to this session says.
  void OnWelcome(const sync::Welcome& welcome);
  // A segment that ends at `point` was sent: a receipt may name it by its number alone.
  void OnSegment();
  // A segment was sent as it is: the next one may go on from it.
  void OnWholeSegment(const sync::Segment& segment);
  // What the next segment may repeat.
  void Remember(absl::string_view compact);

  uint32_t protocol = 0;  // before the welcome
  ChainPoint point;
  std::string history;
  domain::GenerationId generation;
  std::deque<sync::Head> heads;  // that a receipt may name, in their order
};

// At the node. Not thread-safe.
class NodeSessionCodec {
 public:
  void Encode(const sync::NodeFrame& frame, sync::v1::SessionRequest* proto);
  // InvalidArgument as DecodeFrame. Changes `proto`.
  absl::StatusOr<sync::CentreFrame> Decode(sync::v1::SessionResponse& proto);

 private:
  void Compact(const sync::Segment& segment, sync::v1::Segment& proto);
  absl::Status Complete(sync::v1::Receipt& receipt);

  SessionMemory memory_;
};

// At the centre. Not thread-safe.
class CentreSessionCodec {
 public:
  void Encode(const sync::CentreFrame& frame, sync::v1::SessionResponse* proto);
  // InvalidArgument as DecodeFrame. Changes `proto`.
  absl::StatusOr<sync::NodeFrame> Decode(sync::v1::SessionRequest& proto);

 private:
  void Shorten(const sync::Receipt& receipt, sync::v1::Receipt& proto);
  absl::Status Restore(sync::v1::Segment& segment);

  SessionMemory memory_;
};

}  // namespace keping::wire

#endif  // KEPING_COMMON_WIRE_SESSION_CODEC_H_
