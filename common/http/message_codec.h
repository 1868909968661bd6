// Between the bytes of a request or an answer, protobuf messages of any type, and gRPC's buffers.
//
//   KEPING_RETURN_IF_ERROR(DecodeMessage(Codec::kJson, body, message.get()));
//   grpc::ByteBuffer buffer = ToByteBuffer(*message);
//
// JSON is protobuf's: camelCase names, 64-bit numbers and bytes as text, defaults left out, unknown
// fields ignored.
#ifndef KEPING_COMMON_HTTP_MESSAGE_CODEC_H_
#define KEPING_COMMON_HTTP_MESSAGE_CODEC_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/http/connect_protocol.h"

namespace google::protobuf {
class Descriptor;
class Message;
}  // namespace google::protobuf

namespace grpc {
class ByteBuffer;
}

namespace keping::http {

// Empty, of a type that is linked into the program.
std::unique_ptr<google::protobuf::Message> NewMessage(const google::protobuf::Descriptor* type);

// InvalidArgument: the bytes are no such message.
absl::Status DecodeMessage(Codec codec, absl::string_view bytes,
                           google::protobuf::Message* message);
// Internal: the message cannot be said in this form.
absl::StatusOr<std::string> EncodeMessage(Codec codec, const google::protobuf::Message& message);

grpc::ByteBuffer ToByteBuffer(const google::protobuf::Message& message);
// Internal: the bytes are no such message.
absl::Status FromByteBuffer(grpc::ByteBuffer* buffer, google::protobuf::Message* message);

}  // namespace keping::http

#endif  // KEPING_COMMON_HTTP_MESSAGE_CODEC_H_
