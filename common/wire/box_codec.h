// Boxes of blanks in messages, for every message that names some.
//
//   WriteBoxes(event.boxes, *proto.mutable_boxes());
//   event.boxes = ReadBoxes("boxes", proto.boxes(), read);
#ifndef KEPING_COMMON_WIRE_BOX_CODEC_H_
#define KEPING_COMMON_WIRE_BOX_CODEC_H_

#include <string>
#include <vector>

#include "common/domain/box.h"
#include "common/wire/field_reader.h"
#include "keping/log/v1/serial_set.pb.h"

namespace keping::wire {

void WriteBox(const domain::Box& box, log::v1::Box& out);
void WriteBoxes(const std::vector<domain::Box>& boxes,
                google::protobuf::RepeatedPtrField<log::v1::Box>& out);
void WriteBoxIds(const std::vector<domain::BoxId>& boxes,
                 google::protobuf::RepeatedPtrField<std::string>& out);

// `read` collects the first error.
domain::Box ReadBox(const char* field, const log::v1::Box& proto, FieldReader& read);
std::vector<domain::Box> ReadBoxes(const char* field,
                                   const google::protobuf::RepeatedPtrField<log::v1::Box>& proto,
                                   FieldReader& read);
std::vector<domain::BoxId> ReadBoxIds(const char* field,
                                      const google::protobuf::RepeatedPtrField<std::string>& proto,
                                      FieldReader& read);

}  // namespace keping::wire

#endif  // KEPING_COMMON_WIRE_BOX_CODEC_H_
