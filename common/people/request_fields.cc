#include "common/people/request_fields.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

namespace keping::people {

namespace pb = ::google::protobuf;

const pb::FieldDescriptor* TextField(const pb::Message& message, const char* name) {
  const pb::FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  const bool text = field != nullptr && !field->is_repeated() &&
                    field->cpp_type() == pb::FieldDescriptor::CPPTYPE_STRING;
  return text ? field : nullptr;
}

std::string TextOf(const pb::Message& message, const char* name) {
  const pb::FieldDescriptor* field = TextField(message, name);
  return field == nullptr ? "" : message.GetReflection()->GetString(message, field);
}

const pb::FieldDescriptor* ActorField(const pb::Message& message) {
  const pb::FieldDescriptor* by = TextField(message, "by");
  return by != nullptr ? by : TextField(message, "received_by");
}

}  // namespace keping::people
