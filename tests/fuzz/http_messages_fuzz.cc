// What a browser or a stranger sends to the counter's HTTP: headers, envelopes, and messages of the
// operator API in JSON and in protobuf's form.

#include <google/protobuf/message.h>

#include <memory>
#include <string>
#include <vector>

#include "common/http/connect_protocol.h"
#include "common/http/message.h"
#include "common/http/message_codec.h"
#include "keping/edge/v1/edge.pb.h"
#include "keping/edge/v1/people.pb.h"
#include "keping/edge/v1/stock.pb.h"
#include "tests/fuzz/fuzz_input.h"

namespace keping::fuzz {
namespace {

const std::vector<const google::protobuf::Descriptor*>& Types() {
  static const auto* const types = [] {
    auto* all = new std::vector<const google::protobuf::Descriptor*>();
    for (const auto* file : {edge::v1::GetStatusRequest::descriptor()->file(),
                             edge::v1::SignInRequest::descriptor()->file(),
                             edge::v1::CountPileRequest::descriptor()->file()}) {
      for (int i = 0; i < file->message_type_count(); ++i) all->push_back(file->message_type(i));
    }
    return all;
  }();
  return *types;
}

void ReadHeaders(FuzzInput& input) {
  http::Headers headers;
  const absl::string_view name = input.Chunk();
  headers.Add(name, input.Chunk());
  headers.Add(name, input.Chunk());
  headers.Get(name);
  if (const auto type = http::ReadContentType(input.Chunk())) {
    KEPING_CHECK(http::ReadContentType(http::ContentTypeText(*type)).has_value(),
                 "a content type has a text");
  }
  const auto timeout = http::ReadTimeout(input.Chunk(), absl::Seconds(1));
  CheckClear(timeout.status());
  KEPING_CHECK(!timeout.ok() || (*timeout >= absl::ZeroDuration() && *timeout < absl::Hours(2778)),
               "a timeout has ten digits at most");
  http::ErrorJson(absl::InvalidArgumentError(input.Rest()));
}

void ReadEnvelope(FuzzInput& input) {
  const absl::string_view body = input.Rest();
  const auto message = http::OpenSingleEnvelope(body);
  CheckClear(message.status());
  if (!message.ok()) return;
  KEPING_CHECK(http::Envelope(0, *message) == body, "an envelope has one form");
}

void ReadMessage(FuzzInput& input, http::Codec codec) {
  const auto* type = Types()[input.Byte() % Types().size()];
  const std::unique_ptr<google::protobuf::Message> message = http::NewMessage(type);
  const absl::Status status = http::DecodeMessage(codec, input.Rest(), message.get());
  CheckClear(status);
  if (!status.ok()) return;
  const auto json = http::EncodeMessage(http::Codec::kJson, *message);
  CheckClear(json.status());
  KEPING_CHECK(http::EncodeMessage(http::Codec::kProto, *message).ok(), "a message can be sent on");
}

}  // namespace
}  // namespace keping::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  keping::fuzz::FuzzInput input(data, size);
  switch (input.Byte() % 4) {
    case 0:
      keping::fuzz::ReadHeaders(input);
      break;
    case 1:
      keping::fuzz::ReadEnvelope(input);
      break;
    case 2:
      keping::fuzz::ReadMessage(input, keping::http::Codec::kJson);
      break;
    default:
      keping::fuzz::ReadMessage(input, keping::http::Codec::kProto);
  }
  return 0;
}
