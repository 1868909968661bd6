#include "common/wire/box_codec.h"

namespace keping::wire {

void WriteBox(const domain::Box& box, log::v1::Box& out) {
  out.set_box(box.box.value());
  out.set_quantity(box.quantity);
  out.set_scheme(static_cast<log::v1::SerialScheme>(box.scheme));
  if (!box.serials.empty()) out.mutable_serials()->set_text(box.serials.ToString());
}

void WriteBoxes(const std::vector<domain::Box>& boxes,
                google::protobuf::RepeatedPtrField<log::v1::Box>& out) {
  for (const domain::Box& box : boxes) WriteBox(box, *out.Add());
}

void WriteBoxIds(const std::vector<domain::BoxId>& boxes,
                 google::protobuf::RepeatedPtrField<std::string>& out) {
  for (const domain::BoxId& box : boxes) out.Add(std::string(box.value()));
}

domain::Box ReadBox(const char* field, const log::v1::Box& proto, FieldReader& read) {
  return {.box = read.Id<domain::BoxId>(field, proto.box()),
          .quantity = proto.quantity(),
          .scheme = read.OptionalEnum(field, proto.scheme(), domain::SerialScheme::kQuantity),
          .serials = read.Serials(field, proto.serials().text())};
}

std::vector<domain::Box> ReadBoxes(const char* field,
                                   const google::protobuf::RepeatedPtrField<log::v1::Box>& proto,
                                   FieldReader& read) {
  std::vector<domain::Box> boxes;
  for (const log::v1::Box& one : proto) boxes.push_back(ReadBox(field, one, read));
  return boxes;
}

std::vector<domain::BoxId> ReadBoxIds(const char* field,
                                      const google::protobuf::RepeatedPtrField<std::string>& proto,
                                      FieldReader& read) {
  std::vector<domain::BoxId> boxes;
  for (const std::string& one : proto) boxes.push_back(read.Id<domain::BoxId>(field, one));
  return boxes;
}

}  // namespace keping::wire
