// Who does something, by the names of a request's fields: so an act that is added is behind the
// door of its node from its first day.
//
//   const auto* by = people::ActorField(request);
//   if (by == nullptr) …no act…
//   const std::string second = people::TextOf(request, "second");
#ifndef KEPING_COMMON_PEOPLE_REQUEST_FIELDS_H_
#define KEPING_COMMON_PEOPLE_REQUEST_FIELDS_H_

#include <string>

namespace google::protobuf {
class FieldDescriptor;
class Message;
}  // namespace google::protobuf

namespace keping::people {

// Null when the message has no such field, or it holds no single text.
const google::protobuf::FieldDescriptor* TextField(const google::protobuf::Message& message,
                                                   const char* name);
// What it says; empty when there is none.
std::string TextOf(const google::protobuf::Message& message, const char* name);

// Of whoever acts at the district: `by` or `received_by`; null when the request is no act.
const google::protobuf::FieldDescriptor* ActorField(const google::protobuf::Message& message);

}  // namespace keping::people

#endif  // KEPING_COMMON_PEOPLE_REQUEST_FIELDS_H_
