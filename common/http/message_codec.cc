#include "common/http/message_codec.h"

#include <google/protobuf/message.h>
#include <google/protobuf/util/json_util.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/proto_buffer_reader.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace keping::http {
namespace {

namespace pb = google::protobuf;

absl::Status DecodeJson(absl::string_view bytes, pb::Message* message) {
  pb::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  const pb::util::Status parsed =
      pb::util::JsonStringToMessage(pb::StringPiece(bytes.data(), bytes.size()), message, options);
  if (parsed.ok()) return absl::OkStatus();
  // The library points at the place on lines of their own.
  const std::string reason = absl::StrReplaceAll(parsed.message().ToString(), {{"\n", " "}});
  return absl::InvalidArgumentError(
      absl::StrCat("got a body that is no ", message->GetTypeName(), " in JSON: ", reason));
}

}  // namespace

std::unique_ptr<pb::Message> NewMessage(const pb::Descriptor* type) {
  return std::unique_ptr<pb::Message>(
      pb::MessageFactory::generated_factory()->GetPrototype(type)->New());
}

absl::Status DecodeMessage(Codec codec, absl::string_view bytes, pb::Message* message) {
  if (codec == Codec::kJson) return DecodeJson(bytes, message);
  if (message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat("got a body that is no ", message->GetTypeName(), " in protobuf's wire form"));
}

absl::StatusOr<std::string> EncodeMessage(Codec codec, const pb::Message& message) {
  if (codec == Codec::kProto) return message.SerializeAsString();
  std::string json;
  const pb::util::Status written = pb::util::MessageToJsonString(message, &json);
  if (written.ok()) return json;
  return absl::InternalError(absl::StrCat("cannot write ", message.GetTypeName(), " as JSON"));
}

grpc::ByteBuffer ToByteBuffer(const pb::Message& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

absl::Status FromByteBuffer(grpc::ByteBuffer* buffer, pb::Message* message) {
  grpc::ProtoBufferReader reader(buffer);
  if (reader.status().ok() && message->ParseFromZeroCopyStream(&reader)) return absl::OkStatus();
  return absl::InternalError(
      absl::StrCat("got an answer that is no ", message->GetTypeName(), " from the service"));
}

}  // namespace keping::http
