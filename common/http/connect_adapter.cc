#include "common/http/connect_adapter.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/http/assets.h"
#include "common/http/grpc_call.h"
#include "common/http/message_codec.h"
#include "common/rpc/server.h"
#include "common/rpc/status.h"

namespace keping::http {
namespace {

namespace pb = google::protobuf;

// For a call without Connect-Timeout-Ms; a stream then lasts as long as both sides want.
constexpr absl::Duration kUnaryTimeout = absl::Minutes(5);

Response NewResponse(int status, absl::string_view content_type, std::string body) {
  Response response{.status = status, .headers = {}, .body = std::move(body), .stream = nullptr};
  AddSecurityHeaders(response.headers);
  response.headers.Set("content-type", content_type);
  response.headers.Set("cache-control", "no-store");
  return response;
}

Response Error(int http_status, const absl::Status& status) {
  return NewResponse(http_status, "application/json", ErrorJson(status));
}

// In the form of the protocol: a stream says it in its last message.
Response Failed(const ContentType& type, const absl::Status& status) {
  if (!type.streaming) return Error(HttpStatusOf(status.code()), status);
  return NewResponse(200, ContentTypeText(type), Envelope(kEndStream, EndStreamJson(status)));
}

Response WrongMethod(const Request& request) {
  Response response =
      Error(405, absl::UnimplementedError(absl::StrCat("got ", request.method, ", want POST")));
  response.headers.Set("allow", "POST");
  return response;
}

Response WrongType(const pb::MethodDescriptor* method) {
  const bool streaming = method->server_streaming();
  const std::string wanted =
      absl::StrCat(ContentTypeText({.codec = Codec::kJson, .streaming = streaming}), ", ",
                   ContentTypeText({.codec = Codec::kProto, .streaming = streaming}));
  Response response =
      Error(415, absl::UnimplementedError(absl::StrCat("want the content type ", wanted)));
  response.headers.Set("accept-post", wanted);
  return response;
}

absl::Status CheckHead(const ContentType& type, const Headers& headers) {
  const absl::string_view version = headers.Get("connect-protocol-version");
  if (!version.empty() && version != "1") {
    return absl::InvalidArgumentError("got another Connect-Protocol-Version, want 1");
  }
  const absl::string_view encoding =
      headers.Get(type.streaming ? "connect-content-encoding" : "content-encoding");
  if (!encoding.empty() && !absl::EqualsIgnoreCase(encoding, "identity")) {
    return absl::UnimplementedError(
        "got a compressed body, want it plain: the supported encoding is identity");
  }
  return absl::OkStatus();
}

// Null when the message has no session's token.
const pb::FieldDescriptor* TokenField(const pb::Message& message) {
  const pb::FieldDescriptor* field = message.GetDescriptor()->FindFieldByName("token");
  const bool text = field != nullptr && !field->is_repeated() &&
                    field->cpp_type() == pb::FieldDescriptor::CPPTYPE_STRING;
  return text ? field : nullptr;
}

std::string TokenOf(const pb::Message& message) {
  const pb::FieldDescriptor* field = TokenField(message);
  return field == nullptr ? "" : message.GetReflection()->GetString(message, field);
}

void SetToken(const std::string& token, pb::Message& message) {
  const pb::FieldDescriptor* field = TokenField(message);
  if (field != nullptr) message.GetReflection()->SetString(&message, field, token);
}

}  // namespace

struct ConnectAdapter::Call {
  const pb::MethodDescriptor* method = nullptr;
  ContentType type;
  // Of whom: asked again while a stream goes on.
  Request head;
  grpc::ByteBuffer request;
  std::unique_ptr<ScopedCall> call;
  bool by_cookie = false;
};

// What the service streams, as envelopes, as long as its caller may hear it: a session ends, or its
// screen locks, while the stream is open. The feeds' heartbeat is when a quiet one finds out.
class ConnectAdapter::Stream : public BodyStream {
 public:
  Stream(const ConnectOptions& options, Call call, std::atomic<int>* streams)
      : options_(options),
        type_(call.type),
        answer_(NewMessage(call.method->output_type())),
        streams_(streams),
        call_(options.channel, call.head.path, std::move(call.request), std::move(call.call)),
        head_(std::move(call.head)) {}
  ~Stream() override { --*streams_; }

  std::optional<std::string> Next() override {
    if (ended_) return std::nullopt;
    std::optional<grpc::ByteBuffer> message = call_.Next();
    if (!message) return End(call_.status());
    if (const auto caller = options_.authenticate(head_); !caller.ok()) {
      return End(caller.status());
    }
    if (absl::Status status = FromByteBuffer(&*message, answer_.get()); !status.ok()) {
      return End(status);
    }
    absl::StatusOr<std::string> bytes = EncodeMessage(type_.codec, *answer_);
    return bytes.ok() ? Envelope(0, *bytes) : End(bytes.status());
  }

 private:
  std::string End(const absl::Status& status) {
    ended_ = true;
    return Envelope(kEndStream, EndStreamJson(status));
  }

  const ConnectOptions& options_;
  const ContentType type_;
  const std::unique_ptr<pb::Message> answer_;
  std::atomic<int>* const streams_;
  StreamedCall call_;
  const Request head_;
  bool ended_ = false;
};

ConnectAdapter::ConnectAdapter(ConnectOptions options)
    : options_(std::move(options)), open_(std::make_unique<OpenCalls>()) {}

ConnectAdapter::~ConnectAdapter() = default;

void ConnectAdapter::Shutdown() { open_->CancelAll(); }

Response ConnectAdapter::Answer(const Request& request, const ReadBody& read_body) {
  const pb::MethodDescriptor* method = Find(request.path);
  if (method == nullptr) {
    return Error(404, absl::UnimplementedError("there is no such method or page here"));
  }
  if (request.method != "POST") return WrongMethod(request);
  const auto type = ReadContentType(request.headers.Get("content-type"));
  if (!type || type->streaming != method->server_streaming()) return WrongType(method);
  return AnswerWithin(method, *type, request, read_body);
}

Response ConnectAdapter::AnswerWithin(const pb::MethodDescriptor* method, const ContentType& type,
                                      const Request& request, const ReadBody& read_body) {
  Request entering = request;
  const absl::StatusOr<bool> by_cookie = TakeSession(options_.session, &entering);
  if (!by_cookie.ok()) return Failed(type, by_cookie.status());
  absl::StatusOr<Call> call = Prepare(method, type, entering, read_body, *by_cookie);
  if (!call.ok()) return Failed(type, call.status());
  if (!type.streaming) {
    absl::StatusOr<Response> answer = AnswerUnary(*std::move(call));
    return answer.ok() ? *std::move(answer) : Failed(type, answer.status());
  }
  absl::StatusOr<std::unique_ptr<BodyStream>> stream = AnswerStreaming(*std::move(call));
  if (!stream.ok()) return Failed(type, stream.status());
  Response response = NewResponse(200, ContentTypeText(type), "");
  response.stream = *std::move(stream);
  return response;
}

const pb::MethodDescriptor* ConnectAdapter::Find(absl::string_view path) const {
  const size_t slash = path.rfind('/');
  if (slash == absl::string_view::npos || slash == 0 || path.front() != '/') return nullptr;
  const absl::string_view service = path.substr(1, slash - 1);
  const absl::string_view package = service.substr(0, std::min(service.rfind('.'), service.size()));
  if (std::find(options_.packages.begin(), options_.packages.end(), package) ==
      options_.packages.end()) {
    return nullptr;
  }
  return pb::DescriptorPool::generated_pool()->FindMethodByName(
      absl::StrCat(service, ".", path.substr(slash + 1)));
}

absl::StatusOr<ConnectAdapter::Call> ConnectAdapter::Prepare(const pb::MethodDescriptor* method,
                                                             const ContentType& type,
                                                             const Request& request,
                                                             const ReadBody& read_body,
                                                             bool by_cookie) const {
  if (method->client_streaming()) {
    return absl::UnimplementedError("a request that is a stream is served over gRPC only");
  }
  KEPING_ASSIGN_OR_RETURN(const std::string caller, options_.authenticate(request));
  KEPING_RETURN_IF_ERROR(CheckHead(type, request.headers));
  KEPING_ASSIGN_OR_RETURN(const absl::Duration timeout,
                          ReadTimeout(request.headers.Get("connect-timeout-ms"),
                                      type.streaming ? absl::InfiniteDuration() : kUnaryTimeout));
  KEPING_ASSIGN_OR_RETURN(const std::string body, read_body(rpc::kMaxMessageBytes));
  absl::string_view bytes = body;
  if (type.streaming) {
    KEPING_ASSIGN_OR_RETURN(bytes, OpenSingleEnvelope(body));
  }
  const std::unique_ptr<pb::Message> message = NewMessage(method->input_type());
  KEPING_RETURN_IF_ERROR(DecodeMessage(type.codec, bytes, message.get()));
  const std::string token(BearerToken(request.headers));
  if (by_cookie && !token.empty() && TokenOf(*message).empty()) SetToken(token, *message);
  if (options_.authorize) {
    KEPING_RETURN_IF_ERROR(options_.authorize(caller, request, *message));
  }
  Call call{.method = method,
            .type = type,
            .head = request,
            .request = ToByteBuffer(*message),
            .call = std::make_unique<ScopedCall>(open_.get()),
            .by_cookie = by_cookie};
  call.call->AddMetadata(kCallerMetadata, caller);
  call.call->AddMetadata("authorization", request.headers.Get("authorization"));
  for (const std::string& name : options_.passed_on) {
    call.call->AddMetadata(name, request.headers.Get(name));
  }
  if (timeout != absl::InfiniteDuration()) rpc::SetTimeout(&call.call->context(), timeout);
  return call;
}

absl::StatusOr<Response> ConnectAdapter::AnswerUnary(Call call) {
  KEPING_ASSIGN_OR_RETURN(grpc::ByteBuffer bytes, CallUnary(options_.channel, call.head.path,
                                                            call.request, call.call.get()));
  const std::unique_ptr<pb::Message> answer = NewMessage(call.method->output_type());
  KEPING_RETURN_IF_ERROR(FromByteBuffer(&bytes, answer.get()));
  const SessionCookie& session = options_.session;
  std::string set_cookie;
  if (call.by_cookie && call.head.path == session.opened_by) {
    set_cookie = CookieOf(session, TokenOf(*answer), call.head.secure);
    SetToken("", *answer);
  } else if (call.by_cookie && call.head.path == session.closed_by) {
    set_cookie = ForgottenCookie(session, call.head.secure);
  }
  KEPING_ASSIGN_OR_RETURN(std::string body, EncodeMessage(call.type.codec, *answer));
  Response response = NewResponse(200, ContentTypeText(call.type), std::move(body));
  if (!set_cookie.empty()) response.headers.Set("set-cookie", set_cookie);
  return response;
}

absl::StatusOr<std::unique_ptr<BodyStream>> ConnectAdapter::AnswerStreaming(Call call) {
  if (++streams_ > kMaxStreams) {
    --streams_;
    return absl::ResourceExhaustedError(
        "K-222: too many screens are open at this node. Close one and try again.");
  }
  return std::make_unique<Stream>(options_, std::move(call), &streams_);
}

}  // namespace keping::http
