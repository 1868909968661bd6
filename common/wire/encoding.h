// What the encoders of events and frames have in common.
//
//   proto.set_kind(ToEnum<pb::GrantKind>(event.kind));
//   proto.set_tag(Raw(event.tag));
//   return Pack(pb::Event::kGrantTried, proto);
#ifndef KEPING_COMMON_WIRE_ENCODING_H_
#define KEPING_COMMON_WIRE_ENCODING_H_

#include <cstdint>
#include <string>

#include "common/crypto/hash.h"
#include "common/wire/event_codec.h"
#include "google/protobuf/message_lite.h"
#include "keping/log/v1/event.pb.h"

namespace keping::wire {

// Nothing for a hash that is not there.
inline std::string Raw(const crypto::Hash& hash) {
  return hash.IsZero() ? std::string() : std::string(hash.AsBytes());
}
// Of a field that must be there: zeros as well, so that whatever was read is written as it was.
inline std::string Whole(const crypto::Hash& hash) { return std::string(hash.AsBytes()); }

// Enums of the domain have the numbers of the wire.
template <typename ProtoEnum, typename Enum>
ProtoEnum ToEnum(Enum value) {
  return static_cast<ProtoEnum>(static_cast<int>(value));
}

inline EncodedEvent Pack(log::v1::Event::EventCase type,
                         const google::protobuf::MessageLite& message) {
  return {static_cast<uint32_t>(type), message.SerializeAsString()};
}

}  // namespace keping::wire

#endif  // KEPING_COMMON_WIRE_ENCODING_H_
