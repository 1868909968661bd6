// Events to payload bytes and back: the only door between domain::Event and keping.log.v1.
//
//   EncodedEvent encoded = EncodeEvent(PrintSent{.act = act, .printer_job = 7});
//   absl::StatusOr<domain::Event> event = DecodeEvent(encoded.type, encoded.payload);
//
// The type is the field number of the event in keping.log.v1.Event. An unknown type gives
// Unimplemented (the entry is kept byte for byte and passed on); a payload that does not parse, an
// enum out of range or a bad id gives InvalidArgument that names the field.
#ifndef KEPING_COMMON_WIRE_EVENT_CODEC_H_
#define KEPING_COMMON_WIRE_EVENT_CODEC_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/domain/event.h"

namespace keping::wire {

struct EncodedEvent {
  uint32_t type = 0;
  std::string payload;
};

EncodedEvent EncodeEvent(const domain::Event& event);
absl::StatusOr<domain::Event> DecodeEvent(uint32_t type, absl::string_view payload);

}  // namespace keping::wire

#endif  // KEPING_COMMON_WIRE_EVENT_CODEC_H_
